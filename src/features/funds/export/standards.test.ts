import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { projectWalk } from '#test/project-walk.ts'
import { seedBooks } from '#test/seeded-books.ts'
import { problemsOfIati, problemsOfOc4ids } from '#test/standards.ts'
import { World } from '#test/world.ts'
import { exportFunds } from './formats.ts'

describe('projects with their money in the forms of IATI and OC4IDS', () => {
  let world: World
  let seeded: Awaited<ReturnType<typeof seedBooks>>
  before(async () => {
    world = await World.open()
    seeded = await seedBooks(world)
  })
  after(() => world.close())

  const exported = async (
    format: 'iati' | 'oc4ids',
    { on = '2016-12-31', language = 'zh', ...about }: { on?: string; language?: 'zh' | 'en'; unit?: string } = {},
  ) => {
    const pieces: string[] = []
    await exportFunds({ db: world.db, on }, format, { ...about, language }, async (piece) => {
      pieces.push(String(piece))
    })
    return pieces.join('')
  }
  const paidFen = async (project: string) => {
    const { rows } = await world.engine.database.pool.query<{ paid: bigint }>(
      `select sum(balance)::bigint as paid from fund_account where project_id = $1 and kind = 'paid'`,
      [project],
    )
    return rows[0]?.paid ?? 0n
  }
  const fen = (yuan: string) => BigInt(yuan.replace('.', ''))
  const sum = (amounts: readonly bigint[]) => amounts.reduce((all, each) => all + each, 0n)

  it('An independent validator finds nothing wrong with the country’s projects as IATI activities', async () => {
    for (const about of [{}, { language: 'en' as const }, { unit: seeded.ye }, { on: '2016-02-10' }])
      assert.deepEqual(await problemsOfIati(await exported('iati', about)), [])
  })

  it('An independent validator finds nothing wrong with them as a package of OC4IDS', async () => {
    for (const about of [{}, { language: 'en' as const }, { unit: seeded.ye }, { on: '2016-02-10' }])
      assert.deepEqual(problemsOfOc4ids(await exported('oc4ids', about)), [])
  })

  it('Nor with a project in any state, with money or without', async () => {
    const walk = projectWalk(world)
    const states = {
      assigned: 'preparation',
      started: 'implementation',
      accepted: 'completion',
      'handed-over': 'maintenance',
    } as const
    const expected = new Map([[seeded.road, 'implementation']])
    for (const state of Object.keys(states) as (keyof typeof states)[])
      expected.set(await walk.to(state, 'Liu County', { draft: { code: state } }), states[state])
    const withdrawn = await walk.to('assigned', 'Liu County', { draft: { code: 'withdrawn' } })
    await walk.does('withdraw', 'Liu County', [withdrawn], '2017-04-01')
    expected.set(withdrawn, 'cancelled')
    assert.deepEqual(await problemsOfIati(await exported('iati', { on: '2017-12-31' })), [])
    const text = await exported('oc4ids', { on: '2017-12-31' })
    assert.deepEqual(problemsOfOc4ids(text), [])
    const { projects } = JSON.parse(text) as { projects: { id: string; status: string }[] }
    const found = new Map(projects.map(({ id, status }) => [id, status]))
    for (const [id, status] of expected) assert.equal(found.get(id), status)
  })

  it('The validators are awake: what is missing or out of its order is found', async () => {
    const iati = await exported('iati')
    assert.notDeepEqual(await problemsOfIati(iati.replace(/<activity-status [^>]*>\n/, '')), [])
    assert.notDeepEqual(await problemsOfIati(iati.replace('iso-date="2016-03-01"', 'iso-date="2016-13-01"')), [])
    assert.notDeepEqual(problemsOfOc4ids((await exported('oc4ids')).replace('"CNY"', '"RMB"')), [])
  })

  it('What a project was paid, added up again from either form, is what the books hold', async () => {
    const iati = await exported('iati')
    const packaged = JSON.parse(await exported('oc4ids')) as {
      projects: {
        id: string
        budget: { budgetBreakdowns: { budgetBreakdown: { amount: { amount: number } }[] }[] }
      }[]
    }
    for (const id of [seeded.road, seeded.orchard, seeded.pier]) {
      const activity = iati.split('<iati-activity ').find((each) => each.includes(`-${id}</iati-identifier>`)) ?? ''
      const payments = [
        ...activity.matchAll(/<transaction-type code="[34]"\/>\n<[^\n]*\n<value [^>]*>(-?[\d.]+)<\/value>/g),
      ].map(([, amount = '']) => fen(amount))
      assert.equal(sum(payments), await paidFen(id))
      const [breakdown] = packaged.projects.find((each) => each.id === id)?.budget.budgetBreakdowns ?? []
      const entries = breakdown?.budgetBreakdown ?? []
      const amounts = entries.map(({ amount }) => fen(amount.amount.toFixed(2)))
      // Payments stand below zero, their reversals and commitments above: commitments less payments is what is still committed.
      const { rows } = await world.engine.database.pool.query<{ open: bigint }>(
        `select sum(balance)::bigint as open from fund_account where project_id = $1 and kind = 'committed'`,
        [id],
      )
      assert.equal(sum(amounts), rows[0]?.open)
    }
  })

  it('No household is named, and what several were paid under one document stands as one sum', async () => {
    for (const format of ['iati', 'oc4ids'] as const) {
      const text = await exported(format)
      assert.doesNotMatch(text, /王|6217/)
      assert.match(text, /3000\.82/)
    }
  })

  it('Made-up money is marked in both forms and both languages', async () => {
    for (const format of ['iati', 'oc4ids'] as const) {
      assert.match(await exported(format), /含虚构或模拟数据/)
      assert.match(await exported(format, { language: 'en' }), /made up or modelled/)
    }
  })

  it('Where no project is assigned there is no file, and that is said', async () => {
    for (const format of ['iati', 'oc4ids'] as const)
      await assert.rejects(exported(format, { on: '2016-01-15' }), /There is no assigned project/)
  })
})
