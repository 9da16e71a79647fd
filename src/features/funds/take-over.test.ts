import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { mergeUnits, splitUnit } from '#features/units/index.ts'
import { readFigure } from '#kernel/figure.ts'
import { appropriated, city, fund, handing, left, paper, province, wan } from '#test/fund-walk.ts'
import { Spending, treasurer } from '#test/spending.ts'
import { type As, idOf, World } from '#test/world.ts'
import { showDisclosure } from './disclosures.ts'
import { listForebears } from './forebears.ts'
import { divided } from './heirs.ts'
import { figures } from './index.ts'

const minister: As = ['The Centre', 'minister-civil-affairs']
const tong: As = ['Tong County', 'finance-director-county']
const takeOver = fund('take-over')
const merged = '2017-06-01'
const on = '2017-06-05'

const total = (world: World, figure: string, unit: string, map: string, day = '2017-06-30') => {
  const found = figures.find((each) => each.name === figure)
  assert.ok(found)
  return readFigure(world.db, found, { charter: world.charter, unit: world.unit(unit), on: day, map, year: 2017 }).then(
    (reading) => reading.value,
  )
}

const forebears = async (world: World) =>
  (await listForebears.answer(world.reader(on, tong), { unit: world.unit('Tong County') })).items

describe('Liu County is merged into Tong County, which takes over its books', () => {
  let world: World
  let spending: Spending
  let earlier: Record<string, number | null>
  const taking = (more: object = {}) => ({
    unit: world.unit('Tong County'),
    from: world.unit('Liu County'),
    document: paper(),
    ...more,
  })
  const codes = (input: object, as: As = tong, day = on) => world.codes(takeOver, input, { as, on: day })
  const owed = async (unit: string) =>
    (
      await world.db
        .selectFrom('obligation_item')
        .select(['obligation', 'opened_on', 'met_on', 'lapsed_on'])
        .where('unit_id', '=', world.unit(unit))
        .where('subject', '=', `fund/${spending.line}/2017`)
        .execute()
    ).map((item) => [item.obligation, item.opened_on, item.met_on, item.lapsed_on])
  const measures = ['funds.received', 'funds.committed', 'funds.paid', 'funds.idle']
  const inAll = async (unit: string, map: string, day?: string) =>
    Object.fromEntries(
      await Promise.all(measures.map(async (name) => [name, await total(world, name, unit, map, day)] as const)),
    )

  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    await spending.commit(wan(50))
    await spending.pay([{ amount: wan(20), payee: spending.payee }])
    earlier = await inAll('Heyang City', '2017-05-31', '2017-05-31')
  })
  after(() => world.close())

  it("A county that stands keeps its books itself: 'not-closed'", async () => {
    assert.deepEqual(await codes(taking()), ['not-closed'])
  })
  it("Nobody else takes them over: 'not-its-heir'", async () => {
    await world.done(
      mergeUnits,
      { from: [world.unit('Liu County')], into: world.unit('Tong County') },
      {
        as: minister,
        on: merged,
      },
    )
    const song: As = ['Song County', 'finance-director-county']
    assert.deepEqual(await codes(taking({ unit: world.unit('Song County') }), song), ['not-its-heir'])
    assert.deepEqual(await codes(taking({ unit: world.unit('Liu County') }), tong), ['unit-unknown'])
  })
  it('Whoever carries it on is shown what waits to be taken over, with the acts for it', async () => {
    const [waits, ...others] = await forebears(world)
    assert.deepEqual(others, [])
    assert.deepEqual(
      [waits?.from, waits?.heldFen, waits?.closedOn, waits?.can.map((each) => each.act)],
      [world.unit('Liu County'), '980000000', merged, ['funds.take-over', 'project.take-over']],
    )
  })
  it('All that is uncommitted and committed goes on in the books of the successor, of the same lines and years', async () => {
    const done = await world.done(takeOver, taking(), { as: tong, on })
    assert.equal(done.amountFen, '980000000')
    assert.equal(await left(world, spending.line, 'Liu County', 2017), 0n)
    assert.equal(await left(world, spending.line, 'Tong County', 2017), 950_000_000n)
    const { rows } = await world.engine.database.pool.query<{ unit_id: string; kind: string; balance: bigint }>(
      `select unit_id, kind, balance from fund_account where project_id = $1 and balance <> 0 order by kind`,
      [spending.industry],
    )
    assert.deepEqual(rows, [
      { unit_id: world.unit('Tong County'), kind: 'committed', balance: 30_000_000n },
      { unit_id: world.unit('Liu County'), kind: 'paid', balance: 20_000_000n },
    ])
  })
  it('What it still had to publish lapsed when it was closed, and its successor owes it; it tells where the money came from', async () => {
    assert.deepEqual(await owed('Liu County'), [['disclose-funds', '2017-03-02', null, merged]])
    assert.deepEqual(await owed('Tong County'), [['disclose-funds', on, null, null]])
    const input = { unit: world.unit('Tong County'), line: spending.line }
    const { disclosure } = await world.done(fund('disclose'), input, { as: tong, on })
    assert.deepEqual(await owed('Tong County'), [['disclose-funds', on, on, null]])
    const { content } = await world.ask(showDisclosure, { id: disclosure }, on, 'public')
    assert.deepEqual([content.totalFen, content.paidFen], ['1000000000', '20000000'])
    assert.deepEqual(
      content.sources.map((each: { unit: { en: string }; amountFen: string }) => [each.unit.en, each.amountFen]),
      [['Qingshan Province', '1000000000']],
    )
  })
  it("Once it is done nothing is left to take over: 'nothing-held'", async () => {
    assert.deepEqual(await codes(taking()), ['nothing-held'])
  })
  it('Figures add up as before, on the map of that day and on today’s; what was paid stays where it was paid', async () => {
    assert.deepEqual(await inAll('Heyang City', '2017-06-30'), earlier)
    assert.deepEqual(await inAll('Heyang City', '2017-05-31'), earlier)
    const [onToday, paid] = [await inAll('Tong County', '2017-06-30'), earlier['funds.paid']]
    assert.equal(onToday['funds.paid'], paid)
    assert.equal(onToday['funds.idle'], 950_000_000)
    assert.equal(onToday['funds.committed'], 50_000_000)
  })
  it('The successor returns to the province what its predecessor got from there', async () => {
    const back = {
      unit: world.unit('Tong County'),
      line: spending.line,
      year: 2017,
      to: world.unit('Qingshan Province'),
      amount: wan(1),
      document: paper(),
    }
    await world.done(fund('return'), back, { as: tong, on })
    assert.equal(await left(world, spending.line, 'Qingshan Province', 2017), 1_000_000n)
  })
})

describe('Liu County is divided', () => {
  let world: World
  let spending: Spending
  before(async () => {
    world = await World.open()
    spending = await Spending.open(world)
    await world.done(
      fund('return'),
      {
        unit: world.unit('Liu County'),
        line: spending.line,
        year: 2017,
        to: world.unit('Qingshan Province'),
        amount: '8999999.99',
        document: paper(),
      },
      { as: treasurer, on: '2017-03-09' },
    )
  })
  after(() => world.close())
  const split = () =>
    world.done(
      splitUnit,
      {
        unit: world.unit('Liu County'),
        into: [
          { unit: world.unit('Tong County'), share: 0.5 },
          { unit: world.unit('Song County'), share: 0.3 },
          {
            unit: idOf('Lin County'),
            share: 0.2,
            founded: { under: world.unit('Heyang City'), name: { zh: '林县', en: 'Lin County' }, code: '130655' },
          },
        ],
      },
      { as: minister, on: merged },
    )
  const taking = () => ({ unit: world.unit('Tong County'), from: world.unit('Liu County'), document: paper() })

  it("Money that is committed waits for the heir of its project: 'project-not-taken-over'", async () => {
    await spending.commit('100', { on: '2017-03-10' })
    await split()
    assert.deepEqual(await world.codes(takeOver, taking(), { as: tong, on }), ['project-not-taken-over'])
  })
  it("An entry of a later day stands before it: 'day-runs-back'", async () => {
    const line = await spending.fresh(1, 'Tong County', '2017-06-20')
    assert.equal(await left(world, line, 'Tong County', 2017), 1_000_000n)
    assert.deepEqual(await world.codes(takeOver, taking(), { as: tong, on }), [
      'day-runs-back',
      'project-not-taken-over',
    ])
  })
})

describe('Heyang City is merged into Nanping Prefecture', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  it('The prefecture owes from that day to pass on what was left, and tells the public what the city had given', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(100) })
    await world.done(fund('allocate'), handing(world, 'Qingshan Province', line, { 'Heyang City': wan(60) }), {
      as: province,
      on: '2016-03-02',
    })
    const [heyang, nanping] = [world.unit('Heyang City'), world.unit('Nanping Prefecture')]
    await world.done(fund('pass-on'), handing(world, 'Heyang City', line, { 'Song County': wan(20) }), {
      as: city,
      on: '2016-03-03',
    })
    await world.done(mergeUnits, { from: [heyang], into: nanping }, { as: minister, on: '2016-03-10' })
    const mayor: As = ['Nanping Prefecture', 'mayor']
    const taken = await world.done(
      takeOver,
      { unit: nanping, from: heyang, document: paper() },
      { as: mayor, on: '2016-03-11' },
    )
    assert.deepEqual(
      taken.owed.map((each: { obligation: string; unit: string }) => [each.obligation, each.unit]),
      [
        ['pass-funds-on', nanping],
        ['publish-allocation', nanping],
      ],
    )
    const later = { as: mayor, on: '2016-03-14' }
    const { disclosure } = await world.done(fund('publish-allocation'), { unit: nanping, line }, later)
    const { content } = await world.ask(showDisclosure, { id: disclosure }, later.on, 'public')
    assert.deepEqual(
      content.shares.map((each: { name: { en: string }; amountFen: string }) => [each.name.en, each.amountFen]),
      [['Song County', '20000000']],
    )
    await world.done(fund('pass-on'), handing(world, 'Nanping Prefecture', line, { 'Tong County': wan(40) }), later)
    const open = await world.db
      .selectFrom('obligation_item')
      .select('obligation')
      .where('unit_id', '=', nanping)
      .where('opened_on', '=', '2016-03-11')
      .where('met_on', 'is', null)
      .execute()
    assert.deepEqual(open, [])
  })
})

describe('What is divided, to the fen', () => {
  it('The shares of heirs make up the whole', () => {
    const heirs = [0.5, 0.3, 0.2].map((share, at) => ({
      unit: String(at),
      name: { zh: '', en: '' },
      tier: 'county',
      share,
    }))
    assert.deepEqual(divided(100_000_001n, heirs), [50_000_001n, 30_000_000n, 20_000_000n])
    assert.deepEqual(divided(1n, heirs), [1n, 0n, 0n])
    for (const amount of [3n, 7n, 999_999_999_999_999n])
      assert.equal(
        divided(amount, heirs).reduce((sum, each) => sum + each, 0n),
        amount,
      )
  })
})
