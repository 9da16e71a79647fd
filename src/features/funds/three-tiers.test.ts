import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { fund, paper, wan } from '#test/fund-walk.ts'
import { type As, World } from '#test/world.ts'

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
})
