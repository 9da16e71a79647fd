import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mergeUnits } from '#features/units/index.ts'
import { NotYourDuty } from '#kernel/outcome.ts'
import {
  appropriated,
  centre,
  city,
  county,
  fund,
  handing,
  left,
  paper,
  province,
  sharesOf,
  wan,
} from '#test/fund-walk.ts'
import { World } from '#test/world.ts'

const appropriate = fund('appropriate')
const contribute = fund('contribute')
const handDown = fund('hand-down')
const allocate = fund('allocate')
const passOn = fund('pass-on')
const nowhere = '00000000-0000-4000-8000-000000000000'
const on = '2016-03-02'

describe('Money comes into being and goes down', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const owed = (unit: string, line: string) =>
    world.db
      .selectFrom('obligation_item')
      .select(['obligation', 'due_on', 'met_on', 'lapsed_on'])
      .where('unit_id', '=', world.unit(unit))
      .where('obligation', 'like', 'pass-funds-%')
      .where('subject', '=', `fund/${line}/2016`)
      .where('obligation', 'in', ['pass-funds-down', 'pass-funds-on'])
      .execute()
  const opening = (more: object = {}) => ({
    unit: world.unit('The Centre'),
    name: { zh: '中央财政专项扶贫资金', en: 'Central special funds' },
    year: 2016,
    document: paper(),
    amount: wan(100),
    ...more,
  })
  const sentences = async (...[act, input, when]: Parameters<World['refused']>) =>
    (await world.refused(act, input, when)).map((told) => told.sentence.en)

  it('A line goes from the centre to a province, a city and a county, to the fen', async () => {
    const line = await appropriated(world, '1000000.01', { 'Qingshan Province': '600000.01' })
    assert.equal(await left(world, line, 'The Centre'), 40_000_000n)
    await world.done(handDown, handing(world, 'The Centre', line, { 'Haidao Province': '400000' }), { as: centre, on })
    const shares = { 'Heyang City': '500000.01', 'Song County': '100000' }
    await world.done(allocate, handing(world, 'Qingshan Province', line, shares), { as: province, on })
    await world.done(passOn, handing(world, 'Heyang City', line, { 'Liu County': '500000.01' }), { as: city, on })
    const units = ['The Centre', 'Qingshan Province', 'Haidao Province', 'Heyang City', 'Liu County', 'Song County']
    const held = await Promise.all(units.map((unit) => left(world, line, unit)))
    assert.deepEqual(held, [0n, 0n, 40_000_000n, 0n, 50_000_001n, 10_000_000n])
  })

  it('A province owes to allocate within thirty days and a city to pass on; a county owes neither', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(60), 'Haidao Province': wan(40) })
    const down = { obligation: 'pass-funds-down', due_on: '2016-03-31', met_on: null, lapsed_on: null }
    assert.deepEqual(await owed('Qingshan Province', line), [down])
    const first = handing(world, 'Qingshan Province', line, { 'Heyang City': wan(30), 'Song County': wan(20) })
    await world.done(allocate, first, { as: province, on })
    assert.deepEqual(await owed('Qingshan Province', line), [down], 'ten are left to allocate')
    const further = { obligation: 'pass-funds-on', due_on: '2016-04-01', met_on: null, lapsed_on: null }
    assert.deepEqual(await owed('Heyang City', line), [further])
    assert.deepEqual(await owed('Song County', line), [])
    const rest = handing(world, 'Qingshan Province', line, { 'Tong County': wan(10) })
    await world.done(allocate, rest, { as: province, on: '2016-03-20' })
    assert.deepEqual(await owed('Qingshan Province', line), [{ ...down, met_on: '2016-03-20' }])
    await world.done(passOn, handing(world, 'Heyang City', line, { 'Liu County': wan(30) }), {
      as: city,
      on: '2016-03-21',
    })
    assert.deepEqual(await owed('Heyang City', line), [{ ...further, met_on: '2016-03-21' }])
  })

  it('Where a county stands directly under its province, the province allocates to it and nobody passes on', async () => {
    const line = await appropriated(world, wan(10), { 'Haidao Province': wan(10) })
    const shares = handing(world, 'Haidao Province', line, { 'Ye County': wan(10) })
    await world.done(allocate, shares, { as: ['Haidao Province', 'governor'], on })
    assert.equal(await left(world, line, 'Ye County'), 10_000_000n)
    assert.deepEqual(await owed('Ye County', line), [])
  })

  it('A province contributes money of its own, which nobody obliges it to hand down', async () => {
    const input = opening({
      unit: world.unit('Qingshan Province'),
      name: { zh: '省级配套', en: 'Matching' },
      earmark: 'water',
    })
    const { line } = await world.done(contribute, input, { as: province, on: '2016-11-01' })
    assert.deepEqual(await owed('Qingshan Province', line), [])
    const row = await world.db.selectFrom('fund_line').selectAll().where('id', '=', line).executeTakeFirstOrThrow()
    assert.deepEqual([row.source, row.earmark, row.made_up], ['provincial', 'water', false])
    await world.done(allocate, handing(world, 'Qingshan Province', line, { 'Song County': wan(100) }), {
      as: province,
      on: '2016-11-02',
    })
    assert.equal(await left(world, line, 'Song County'), 100_000_000n)
  })

  it('One fen more than is left is refused with both amounts: `exceeds-line`', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(60) })
    const asked = handing(world, 'Qingshan Province', line, { 'Song County': '600000.01' })
    const [told] = await world.refused(allocate, asked, { as: province, on })
    assert.equal(told?.code, 'exceeds-line')
    assert.match(told.sentence.en, /600,000 yuan of «Central special funds» is left .* 600,000\.01 yuan was asked/)
    assert.match(told.sentence.zh, /还剩60万元，本次要下达600,000\.01元/)
    assert.equal(await left(world, line, 'Song County'), 0n)
  })
  it('Shares of more than is appropriated are refused: `exceeds-line`', async () => {
    const shares = sharesOf(world, { 'Qingshan Province': wan(60), 'Haidao Province': '400000.01' })
    const asked = opening({ shares })
    assert.deepEqual(await sentences(appropriate, asked, { as: centre, on }), [
      '1,000,000 yuan is appropriated, but the shares add up to 1,000,000.01 yuan, which is 0.01 yuan too much.',
    ])
  })
  it('A line that nobody opened, or that comes only later, is refused: `unknown-line`', async () => {
    const asked = handing(world, 'Qingshan Province', nowhere, { 'Song County': wan(1) })
    assert.deepEqual(await world.codes(allocate, asked, { as: province, on }), ['unknown-line'])
    const line = await appropriated(world, wan(1), { 'Qingshan Province': wan(1) }, '2016-05-01')
    const early = { ...asked, line }
    assert.deepEqual(await world.codes(allocate, early, { as: province, on }), ['unknown-line'])
  })
  it('Another year’s books, in which nothing of the line is, are refused and the right ones named: `wrong-year`', async () => {
    const line = await appropriated(world, wan(1), { 'Qingshan Province': wan(1) })
    const asked = handing(world, 'Qingshan Province', line, { 'Song County': wan(1) }, 2017)
    const [told] = await world.refused(allocate, asked, { as: province, on })
    assert.equal(told?.code, 'wrong-year')
    assert.match(
      told.sentence.en,
      /is money of 2016; Qingshan Province has none of it in the books of 2017, but has some in those of 2016/,
    )
  })
  it('Money of a year beyond the next is not appropriated yet: `wrong-year`', async () => {
    assert.deepEqual(await world.codes(appropriate, opening({ year: 2018 }), { as: centre, on }), ['wrong-year'])
    await world.done(appropriate, opening({ year: 2017 }), { as: centre, on })
  })
  it('A line under the same document, year and name is refused with what it was: `line-exists`', async () => {
    const input = opening()
    await world.done(appropriate, input, { as: centre, on })
    const [told] = await world.refused(appropriate, { ...input, amount: wan(7) }, { as: centre, on: '2016-03-03' })
    assert.equal(told?.code, 'line-exists')
    assert.match(told.sentence.en, /opened on 2016-03-02 already, with 1,000,000 yuan/)
  })
  it('A county of another province is refused, and so is the giver itself: `not-within`', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = handing(world, 'Qingshan Province', line, {
      'Yan County': wan(1),
      'Qingshan Province': wan(1),
      'Song County': wan(1),
    })
    const [told] = await world.refused(allocate, asked, { as: province, on })
    assert.equal(told?.code, 'not-within')
    assert.match(told.sentence.en, /Yan County/)
    assert.match(told.sentence.en, /Qingshan Province/)
    assert.doesNotMatch(told.sentence.en, /Song County/)
  })
  it('The centre cannot hand money to a county over its province’s head: `passes-over`', async () => {
    const line = await appropriated(world, wan(9))
    const asked = handing(world, 'The Centre', line, { 'Song County': wan(1) })
    assert.deepEqual(await world.codes(handDown, asked, { as: centre, on }), ['passes-over'])
    const shares = sharesOf(world, { 'Heyang City': wan(1) })
    assert.deepEqual(await world.codes(appropriate, opening({ shares }), { as: centre, on }), ['passes-over'])
  })
  it('A unit that stands twice is refused: `unit-twice`', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = handing(world, 'Qingshan Province', line, { 'Song County': wan(1) })
    const twice = { ...asked, shares: [...asked.shares, ...asked.shares] }
    assert.deepEqual(await world.codes(allocate, twice, { as: province, on }), ['unit-twice'])
  })
  it('A unit that never was is refused: `unit-unknown`', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = { ...handing(world, 'Qingshan Province', line, {}), shares: [{ unit: nowhere, amount: wan(1) }] }
    assert.deepEqual(await world.codes(allocate, asked, { as: province, on }), ['unit-unknown'])
  })
  it('A county’s own money is not the province’s to allocate: `not-own-books`', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = handing(world, 'Heyang City', line, { 'Song County': wan(1) })
    assert.ok((await world.codes(allocate, asked, { as: province, on })).includes('not-own-books'))
  })
  it('Somebody else’s line has nothing that could be given away, and somebody else’s duty is not done', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = handing(world, 'Xiling Province', line, { 'Yan County': wan(1) })
    assert.deepEqual(await world.codes(allocate, asked, { as: ['Xiling Province', 'governor'], on }), ['exceeds-line'])
    await assert.rejects(world.perform(allocate, asked, { as: county, on }), NotYourDuty)
  })
  it('Every reason is given at once', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const asked = handing(world, 'Qingshan Province', line, { 'Yan County': wan(10) })
    const shares = [...asked.shares, { unit: nowhere, amount: wan(1) }, { unit: nowhere, amount: wan(1) }]
    assert.deepEqual(await world.codes(allocate, { ...asked, shares }, { as: province, on }), [
      'exceeds-line',
      'not-within',
      'unit-twice',
      'unit-unknown',
    ])
  })
  it('A county that was merged since gets nothing more; its successor is named: `unit-closed`', async () => {
    const line = await appropriated(world, wan(9), { 'Qingshan Province': wan(9) })
    const merge = { from: [world.unit('Tong County')], into: world.unit('Song County') }
    await world.done(mergeUnits, merge, { as: ['The Centre', 'minister-civil-affairs'], on: '2016-06-01' })
    const asked = handing(world, 'Qingshan Province', line, { 'Tong County': wan(1) })
    const [told] = await world.refused(allocate, asked, { as: province, on: '2016-06-02' })
    assert.equal(told?.code, 'unit-closed')
    assert.match(told.sentence.en, /Tong County closed on 2016-06-01 and is carried on by Song County/)
  })
})
