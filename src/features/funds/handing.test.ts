import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mergeUnits } from '#features/units/index.ts'
import { appropriated, centre, city, county, fund, handing, left, paper, province, sharesOf, wan } from '#test/fund-walk.ts'
import { World } from '#test/world.ts'

const appropriate = fund('appropriate')
const contribute = fund('contribute')
const handDown = fund('hand-down')
const allocate = fund('allocate')
const passOn = fund('pass-on')

const on = '2016-03-02'

describe('Money comes into being and goes down', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const owed = async (unit: string, line: string) => {
    const rows = await world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'due_on', 'met_on', 'lapsed_on'])
      .where('unit_id', '=', world.unit(unit))
      .where('subject', '=', `fund/${line}/2016`)
      .execute()
    return rows
  }

  it('A line goes from the centre to a province, a city and a county, to the fen', async () => {
    const line = await appropriated(world, '1000000.01', { 'Qingshan Province': '600000.01' })
    assert.equal(await left(world, line, 'The Centre'), 40_000_000n)
    await world.done(handDown, handing(world, 'The Centre', line, { 'Haidao Province': '400000' }), { as: centre, on })
    const shares = { 'Heyang City': '500000.01', 'Song County': '100000' }
    await world.done(allocate, handing(world, 'Qingshan Province', line, shares), { as: province, on })
    await world.done(passOn, handing(world, 'Heyang City', line, { 'Liu County': '500000.01' }), { as: city, on })
    const held = await Promise.all(
      ['The Centre', 'Qingshan Province', 'Haidao Province', 'Heyang City', 'Liu County', 'Song County'].map((unit) =>
        left(world, line, unit),
      ),
    )
    assert.deepEqual(held, [0n, 0n, 40_000_000n, 0n, 50_000_001n, 10_000_000n])
  })

  it('A province owes to allocate within thirty days and a city to pass on; a county owes neither', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(60), 'Haidao Province': wan(40) })
    assert.deepEqual(await owed('Qingshan Province', line), [
      { obligation: 'pass-funds-down', due_on: '2016-03-31', met_on: null, lapsed_on: null },
    ])
    await world.done(
      allocate,
      handing(world, 'Qingshan Province', line, { 'Heyang City': wan(30), 'Song County': wan(20) }),
      { as: province, on },
    )
    assert.equal((await owed('Qingshan Province', line))[0]?.met_on, null, 'ten are left to allocate')
    assert.deepEqual(await owed('Heyang City', line), [
      { obligation: 'pass-funds-on', due_on: '2016-04-01', met_on: null, lapsed_on: null },
    ])
    assert.deepEqual(await owed('Song County', line), [])
    await world.done(allocate, handing(world, 'Qingshan Province', line, { 'Tong County': wan(10) }), {
      as: province,
      on: '2016-03-20',
    })
    assert.equal((await owed('Qingshan Province', line))[0]?.met_on, '2016-03-20')
    await world.done(passOn, handing(world, 'Heyang City', line, { 'Liu County': wan(30) }), { as: city, on: '2016-03-21' })
    assert.equal((await owed('Heyang City', line))[0]?.met_on, '2016-03-21')
  })
})
