import assert from 'node:assert/strict'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { mergeUnits } from '#features/units/index.ts'
import { readChecks, runCheck } from '#kernel/check.ts'
import { appropriated, centre, fund, handing, paper, province, sharesOf, type Shares, wan } from '#test/fund-walk.ts'
import { World } from '#test/world.ts'

const announce = fund('announce')
const announceDown = fund('announce-down')

describe('Next year’s money is announced in advance', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const announcing = (giver: string, shares: Shares, more: object = {}) => ({
    unit: world.unit(giver),
    year: 2017,
    document: paper(),
    shares: sharesOf(world, shares),
    ...more,
  })
  const on = '2016-10-20'

  it('The centre tells its provinces and a province its counties; no money moves', async () => {
    const input = announcing('The Centre', { 'Qingshan Province': wan(90), 'Haidao Province': wan(10) })
    const result = await world.done(announce, input, { as: centre, on })
    assert.equal(result.amountFen, '100000000')
    await world.done(
      announceDown,
      announcing('Qingshan Province', { 'Heyang City': wan(50), 'Song County': wan(40) }),
      {
        as: province,
        on,
      },
    )
    assert.deepEqual(await world.db.selectFrom('fund_posting').selectAll().execute(), [])
  })
  it('Money of this year or of the year after next is not announced: `not-next-year`', async () => {
    for (const year of [2016, 2018]) {
      const asked = announcing('The Centre', { 'Qingshan Province': wan(1) }, { year })
      assert.deepEqual(await world.codes(announce, asked, { as: centre, on }), ['not-next-year'])
    }
  })
  it('One document announces once, and is replaced once: `announced-already`, `nothing-to-replace`, `replaced-before`', async () => {
    const first = announcing('The Centre', { 'Xiling Province': wan(1) })
    await world.done(announce, first, { as: centre, on })
    assert.deepEqual(await world.codes(announce, first, { as: centre, on: '2016-10-21' }), ['announced-already'])
    const strange = announcing('The Centre', { 'Xiling Province': wan(2) }, { replaces: '财农〔1999〕1号' })
    assert.deepEqual(await world.codes(announce, strange, { as: centre, on }), ['nothing-to-replace'])
    const second = announcing('The Centre', { 'Xiling Province': wan(2) }, { replaces: first.document })
    await world.done(announce, second, { as: centre, on: '2016-10-22' })
    const third = announcing('The Centre', { 'Xiling Province': wan(3) }, { replaces: first.document })
    assert.deepEqual(await world.codes(announce, third, { as: centre, on: '2016-10-23' }), ['replaced-before'])
    const { rows } = await world.engine.database.pool.query<{ day: string; amount: bigint }>(
      `select day::date::text as day, sum(amount)::bigint as amount from unnest(array['2016-10-21', '2016-10-22']) day, fund_announced_on(day::date)
        where unit_id = $1 group by 1 order by 1`,
      [world.unit('Xiling Province')],
    )
    assert.deepEqual(rows, [
      { day: '2016-10-21', amount: 1_000_000n },
      { day: '2016-10-22', amount: 2_000_000n },
    ])
  })
  it('Announced is only to whom money could be handed: `not-within`, `passes-over`, `unit-twice`, `unit-unknown`', async () => {
    const asked = announcing('The Centre', { 'Song County': wan(1), 'The Centre': wan(1) })
    const shares = [...asked.shares, ...asked.shares, { unit: '00000000-0000-4000-8000-000000000000', amount: '1' }]
    assert.deepEqual(await world.codes(announce, { ...asked, shares }, { as: centre, on }), [
      'not-within',
      'passes-over',
      'unit-twice',
      'unit-unknown',
    ])
  })
  it('A city’s announcement is not the province’s: `not-own-books`', async () => {
    const asked = announcing('Heyang City', { 'Liu County': wan(1) })
    assert.ok((await world.codes(announceDown, asked, { as: province, on })).includes('not-own-books'))
  })
  it('Whoever hands down less than they announced is told so, and who announces too little as well', async () => {
    const line = await appropriated(world, wan(200), { 'Qingshan Province': wan(80) }, '2017-03-01')
    const asked = handing(world, 'The Centre', line, { 'Qingshan Province': wan(5) }, 2017)
    const { refusals, advice } = await world.rehearse(fund('hand-down'), asked, { as: centre, on: '2017-03-02' })
    assert.deepEqual(refusals, [])
    assert.deepEqual(
      advice.map((told) => told.sentence.en),
      [
        'It differs from what was announced in advance: Qingshan Province was announced 900,000 yuan and has 850,000 yuan with this.',
      ],
    )
    const exact = handing(world, 'The Centre', line, { 'Qingshan Province': wan(10) }, 2017)
    assert.deepEqual((await world.rehearse(fund('hand-down'), exact, { as: centre, on: '2017-03-02' })).advice, [])
    const little = announcing('The Centre', { 'Qingshan Province': wan(71) }, { year: 2018 })
    const told = await world.rehearse(announce, little, { as: centre, on: '2017-10-20' })
    assert.deepEqual(
      told.advice.map((each) => each.code),
      ['below-announced-share'],
    )
    const enough = announcing('The Centre', { 'Qingshan Province': wan(72) }, { year: 2018 })
    assert.deepEqual((await world.rehearse(announce, enough, { as: centre, on: '2017-10-20' })).advice, [])
  })
  it('A unit that handed down much more than it had announced is found', async () => {
    const check = readChecks(path.join(import.meta.dirname, '../../../checks')).find(
      (each) => each.id === 'advance-notice-too-small',
    )
    assert.ok(check)
    const found = async (day: string) => (await runCheck(world.db, check, day, world.charter)).map((each) => each.unit)
    assert.deepEqual(await found('2017-03-02'), [], 'of 80 handed down, 103 were announced')
    await appropriated(world, wan(300), { 'Haidao Province': wan(300) }, '2017-04-01')
    assert.deepEqual(await found('2017-04-02'), [world.unit('The Centre')])
  })
  it('A county that was merged since is not announced anything: `unit-closed`', async () => {
    const merge = { from: [world.unit('Tong County')], into: world.unit('Song County') }
    await world.done(mergeUnits, merge, { as: ['The Centre', 'minister-civil-affairs'], on: '2017-06-01' })
    const asked = announcing('Qingshan Province', { 'Tong County': wan(1) }, { year: 2018 })
    assert.deepEqual(await world.codes(announceDown, asked, { as: province, on: '2017-10-01' }), ['unit-closed'])
  })
})
