import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Labour, office } from '#test/labour.ts'
import { TestServer } from '#test/server.ts'

describe('A plan of deployment over HTTP', () => {
  let server: TestServer
  let labour: Labour
  before(async () => {
    server = await TestServer.open({ day: '2018-05-10' })
    labour = await Labour.open(server.world)
    const statement = { village: labour.villages[0], people: 3, households: 40, weight: 8 }
    await labour.done('village.state-needs', { statements: [statement] }, '2017-02-20')
    // A server that has just started may be too busy to answer at first; sitting down waits for it.
    await cookie()
  })
  after(() => server.close())

  const cookie = () => server.cookieOf('Liu County', office[1])
  const ask = async (query: string, as: string) =>
    server.send(`/api/asks/deployment.plan?unit=${labour.unit()}${query}`, { method: 'GET', as })
  const cancel = (as: string) => server.send(`/api/plans/deployment?unit=${labour.unit()}`, { method: 'DELETE', as })

  it('Whoever has no seat gets no plan and stops none; whoever sits in another county stops none of this one', async () => {
    assert.equal((await ask('', '')).status, 401)
    assert.equal((await cancel('')).status, 401)
    assert.equal((await cancel(await server.cookieOf('Tong County', office[1]))).status, 403)
    assert.equal(
      (await server.send('/api/plans/deployment?unit=nowhere', { method: 'DELETE', as: await cookie() })).status,
      400,
    )
  })

  it('A county asks, cancels while it is computed, is told so once, and asks again to have its plan', async () => {
    const as = await cookie()
    const first = (await ask('&need=70&wait_s=0', as)).problem as unknown as { state: string }
    assert.ok(['computing', 'ready'].includes(first.state))
    const stopped = (await cancel(as)).problem as unknown as { cancelled: boolean }
    const next = (await ask('&need=70', as)).problem as unknown as { state: string; why?: string }
    assert.equal(next.state, stopped.cancelled ? 'failed' : 'ready')
    const again = (await ask('&need=70', as)).problem as unknown as { state: string; proposal: { served: number } }
    assert.equal(again.state, 'ready')
    assert.equal(again.proposal.served, 1)
    assert.deepEqual((await cancel(as)).problem, { cancelled: false })
  })

  it('Weights that are none are malformed, field by field', async () => {
    const { status, problem } = await ask('&need=101&travel=much', await cookie())
    assert.equal(status, 400)
    assert.deepEqual(problem.issues?.map(({ field }) => field).toSorted(), ['need', 'travel'])
  })
})
