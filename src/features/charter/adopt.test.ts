import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { findAct } from '#src/acts.ts'
import { Charter } from '#kernel/charter.ts'
import { momentOf } from '#kernel/calendar.ts'
import { engine, perform } from '#kernel/perform.ts'
import { World } from '#test/world.ts'

const adopt = findAct('charter.adopt')
assert.ok(adopt)

describe('charter.adopt', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const office = ['The Centre', 'office-director'] as const
  const version = (id: string) => ({ unit: world.unit('The Centre'), version: id })

  it('The Measures of October 2016 are adopted on their day and kept with a digest of what they say', async () => {
    await world.done(adopt, version('2016-10'), { as: office, on: '2016-10-11' })
    const { rows } = await world.engine.database.pool.query(
      'select version, in_force_from, length(digest) as digest from charter_adoption',
    )
    assert.deepEqual(rows, [{ version: '2016-10', in_force_from: '2016-10-11', digest: 64 }])
  })

  it("A version that the charter does not have is refused: 'version-unknown'", async () => {
    assert.deepEqual(await world.codes(adopt, version('2099-01'), { as: office, on: '2016-10-12' }), [
      'version-unknown',
    ])
  })

  it("A version cannot be adopted before its day of force: 'not-in-force-yet'", async () => {
    assert.deepEqual(await world.codes(adopt, version('2016-10'), { as: office, on: '2016-10-10' }), [
      'already-adopted',
      'not-in-force-yet',
    ])
  })

  it("A version is adopted once: 'already-adopted'", async () => {
    assert.deepEqual(await world.codes(adopt, version('2016-10'), { as: office, on: '2016-10-13' }), [
      'already-adopted',
    ])
  })

  it("A charter with a gap is refused with every gap named: 'charter-unsound'", async () => {
    const text = structuredClone(world.charter.text)
    const duties = text.duties.map((duty) => (duty.id === 'set-schedule' ? { ...duty, held_by: { county: [] } } : duty))
    const unsound = engine(world.engine.database, new Charter({ ...text, duties }))
    const deed = { actor: world.actor(office), key: 'unsound', at: momentOf('2016-10-14'), via: 'test' } as const
    const outcome = await perform(unsound, adopt, version('2015-11'), deed)
    assert.ok(outcome.outcome === 'refused')
    assert.deepEqual(
      outcome.refusals.map((told) => told.code),
      ['charter-unsound'],
    )
    assert.match(outcome.refusals[0]?.sentence.en ?? '', /set the schedule/i)
  })
})
