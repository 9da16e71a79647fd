import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { designate } from '#test/designate.ts'
import { fund, paper, wan } from '#test/fund-walk.ts'
import { projectWalk } from '#test/project-walk.ts'
import { payeeAct } from '#test/spending.ts'
import { type As, World } from '#test/world.ts'
import { showDisclosure } from './disclosures.ts'

const nation: As = ['The Centre', 'works-secretary']
const region: As = ['North Region', 'commission-clerk']
const district: As = ['Birch District', 'stewardry-clerk']

describe('Money in a country of three tiers', () => {
  let world: World
  before(async () => {
    world = await World.open('three-tiers')
  })
  after(() => world.close())

  const owed = async (line: string) =>
    (
      await world.db
        .selectFrom('obligation_item')
        .select(['obligation', 'unit_id', 'met_on', 'lapsed_on'])
        .where('subject', '=', `fund/${line}/2016`)
        .where('obligation', 'in', ['pass-funds-down', 'pass-funds-on'])
        .orderBy('opened_on')
        .execute()
    ).map(({ unit_id, ...item }) => ({ ...item, isRegion: unit_id === world.unit('North Region') }))

  it('It goes from the nation by the region to the districts and back, under the same acts', async () => {
    const share = (unit: string, amount: string) => ({ unit: world.unit(unit), amount })
    const opening = {
      unit: world.unit('The Centre'),
      name: { zh: '工程款', en: 'Works' },
      year: 2016,
      document: paper(),
      amount: wan(10),
      shares: [share('North Region', wan(10))],
    }
    const { line } = await world.done(fund('appropriate'), opening, { as: nation, on: '2016-03-01' })
    const down = { obligation: 'pass-funds-down', isRegion: true, met_on: null, lapsed_on: null }
    assert.deepEqual(await owed(line), [down])
    const books = (unit: string) => ({ unit: world.unit(unit), line, year: 2016, document: paper() })
    const shares = [share('Birch District', wan(7)), share('Alder District', wan(3))]
    await world.done(fund('allocate'), { ...books('North Region'), shares }, { as: region, on: '2016-03-02' })
    assert.deepEqual(await owed(line), [{ ...down, met_on: '2016-03-02' }], 'a district owes no passing on')
    const back = { ...books('Birch District'), to: world.unit('North Region'), amount: '0.01' }
    await world.done(fund('return'), back, { as: district, on: '2016-03-03' })
    assert.deepEqual(
      await world.codes(fund('hand-down'), { ...books('The Centre'), shares }, { as: nation, on: '2016-03-03' }),
      ['exceeds-line', 'passes-over'],
    )
    const carrying = { unit: world.unit('Birch District'), year: 2016, document: paper() }
    const carried = await world.done(fund('carry-over'), carrying, { as: district, on: '2016-12-31' })
    assert.equal(carried.amountFen, '6999999')
    await world.done(fund('close-year'), { unit: carrying.unit, year: 2016 }, { as: district, on: '2016-12-31' })
  })

  it('A district commits what reached it to a project, pays for it by another hand, and tells the public of both', async () => {
    const clerk: As = ['Birch District', 'steward']
    await designate(world, ['Birch District'])
    const project = await projectWalk(world).to('started', 'Birch District')
    const opening = {
      unit: world.unit('The Centre'),
      name: { zh: '工程款', en: 'Works' },
      year: 2017,
      document: paper(),
      amount: wan(50),
      shares: [{ unit: world.unit('North Region'), amount: wan(50) }],
    }
    const { line } = await world.done(fund('appropriate'), opening, { as: nation, on: '2017-02-10' })
    const shares = [{ unit: world.unit('Birch District'), amount: wan(50) }]
    const down = { unit: world.unit('North Region'), line, year: 2017, document: paper(), shares }
    await world.done(fund('allocate'), down, { as: region, on: '2017-02-13' })
    const books = () => ({ unit: world.unit('Birch District'), line, year: 2017, document: paper() })
    const items = [{ project, amount: wan(40) }]
    await world.done(fund('commit'), { ...books(), items }, { as: district, on: '2017-02-20' })
    const company = { kind: 'company', name: '桦林建筑公司', bank: '农商行', account: '6217000000000000019' }
    const { payees } = await world.done(
      payeeAct('register'),
      { unit: world.unit('Birch District'), payees: [company] },
      { as: clerk, on: '2017-02-21' },
    )
    const payments = [{ project, payee: payees[0], amount: '100000.50' }]
    await world.done(fund('pay'), { ...books(), payments }, { as: clerk, on: '2017-03-10' })
    const told = { unit: world.unit('Birch District'), line }
    const { disclosure } = await world.done(fund('disclose'), told, { as: district, on: '2017-03-12' })
    const shown = await world.ask(showDisclosure, { id: disclosure }, '2017-03-12')
    assert.match(JSON.stringify(shown), /青石村食用菌大棚/)
    const { rows } = await world.engine.database.pool.query<{ kind: string; held: string }>(
      `select kind, sum(balance)::text as held from fund_account where line_id = $1 group by kind having sum(balance) <> 0 order by kind`,
      [line],
    )
    assert.deepEqual(rows, [
      { kind: 'available', held: '10000000' },
      { kind: 'committed', held: '29999950' },
      { kind: 'paid', held: '10000050' },
      { kind: 'source', held: '-50000000' },
    ])
  })
})
