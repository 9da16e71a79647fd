import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Occupied, Runs } from './index.ts'

const module = new URL('../../test/optimiser/odd-work.ts', import.meta.url)
const order = (input: string, msMax = 20_000) => ({ module, input, msMax })

describe('A search in a thread of its own', () => {
  it('It is asked for again while it runs and after it ended, and is run once', async () => {
    const runs = new Runs<string>(2)
    const [one, again] = [runs.ask('Liu County', 'a', order('fine')), runs.ask('Liu County', 'a', order('fine'))]
    assert.equal(one, again)
    assert.deepEqual(await one.ended, { state: 'done', result: 'fine' })
    assert.equal(runs.ask('Liu County', 'a', order('fine')), one)
    assert.notEqual(runs.ask('Liu County', 'b', order('fine')), one)
  })

  it('One at a time for a county, and so many at once: others are told that it is occupied', async () => {
    const runs = new Runs<string>(2)
    const waiting = [runs.ask('Liu County', 'a', order('waits')), runs.ask('Tong County', 'a', order('waits'))]
    assert.throws(
      () => runs.ask('Liu County', 'b', order('fine')),
      (error) => error instanceof Occupied && error.by === 'same',
    )
    assert.throws(
      () => runs.ask('Song County', 'a', order('fine')),
      (error) => error instanceof Occupied && error.by === 'others',
    )
    runs.stop()
    for (const run of waiting) assert.equal((await run.ended).state, 'failed')
    assert.equal((await runs.ask('Song County', 'a', order('fine')).ended).state, 'done')
  })

  it('It is cancelled in the midst of work that never looks up, and the server goes on meanwhile', async () => {
    const runs = new Runs<string>(1)
    const run = runs.ask('Liu County', 'a', order('hangs'))
    let ticks = 0
    const clock = setInterval(() => (ticks += 1), 5)
    await new Promise((resume) => setTimeout(resume, 300))
    clearInterval(clock)
    assert.ok(ticks > 20, `only ${ticks} ticks`)
    assert.equal(runs.cancel('Liu County'), true)
    const ended = await run.ended
    assert.equal(ended.state === 'failed' && ended.why, 'cancelled')
    assert.equal(runs.cancel('Liu County'), false)
  })

  it('One that does not keep to its time is cut off', async () => {
    const run = new Runs<string>(1, { graceMs: 50 }).ask('Liu County', 'a', order('hangs', 300))
    const ended = await run.ended
    assert.equal(ended.state === 'failed' && ended.why, 'out-of-time')
    assert.ok(run.ms >= 300 && run.isOver)
  })

  it('One that throws, dies or eats all its memory is told as such, takes nothing with it, and can be asked for again', async () => {
    const runs = new Runs<string>(1, { heapMb: 24 })
    for (const [how, message] of [
      ['throws', /out of its depth/],
      ['dies', /ended with 7/],
      ['eats', /memory/i],
    ] as const) {
      const ended = await runs.ask('Liu County', how, order(how)).ended
      assert.ok(ended.state === 'failed' && ended.why === 'crashed')
      assert.match(ended.message, message)
      runs.told('Liu County')
      const again = runs.ask('Liu County', how, order(how))
      assert.equal(again.isOver, false)
      again.cancel()
      await again.ended
    }
  })
})
