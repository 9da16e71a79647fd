import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { NotFound } from '#kernel/ask.ts'
import { NotYourDuty } from '#kernel/outcome.ts'
import { asAct } from '#test/act.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { appropriated, centre, county, fund, handing, province, wan } from '#test/fund-walk.ts'
import { World } from '#test/world.ts'
import { adoptFormula, enterFactors, explainAllocation, listFormulas, showFormula, whatIf } from './formula-parts.ts'

const simple = [
  { factor: 'poor-population', percent: 75 },
  { factor: 'farmers-income', percent: 25 },
]
/** Poor people and farmers' income of the province's three counties: Song has half of the people and the lowest income. */
const measured: Record<string, [number, number]> = {
  'Liu County': [10_000, 5000],
  'Tong County': [15_000, 5000],
  'Song County': [25_000, 2500],
}

describe('Formulas and values of factors', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
  })
  after(() => world.close())

  const formula = (more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    year: 2016,
    title: '2016年因素法',
    factors: simple,
    ...more,
  })
  const entered = (values: Record<string, [number, number]> = measured, more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    year: 2016,
    source: '演示',
    values: Object.entries(values).flatMap(([name, [people, income]]) => [
      { unit: world.unit(name), factor: 'poor-population', value: people },
      { unit: world.unit(name), factor: 'farmers-income', value: income },
    ]),
    ...more,
  })
  const rowOf = (answer: { rows: { unit: string }[] }, name: string) =>
    answer.rows.find((row) => row.unit === world.unit(name)) as never as Record<string, never>
  const asked = (input: object, on = '2016-06-01') =>
    world.ask(whatIf, { unit: world.unit('Qingshan Province'), year: 2016, ...input }, on, province)

  it("A city cannot set a formula, because the province does: 'not-the-formula-setter'", async () => {
    const input = formula({ unit: world.unit('Heyang City') })
    assert.deepEqual(await world.codes(adoptFormula, input, { as: province }), ['not-the-formula-setter'])
    assert.ok(
      (
        await world.codes(enterFactors, entered(measured, { unit: world.unit('Heyang City') }), { as: province })
      ).includes('not-the-formula-setter'),
    )
  })
  it("A formula for 2015 is refused in 2016: 'formula-year-past'", async () => {
    assert.deepEqual(await world.codes(adoptFormula, formula({ year: 2015 }), { as: province }), ['formula-year-past'])
  })
  it("Weights of 90 % are refused: 'weights-not-whole'", async () => {
    const factors = [{ factor: 'poor-population', percent: 90 }]
    const [told] = await world.refused(adoptFormula, formula({ factors }), { as: province })
    assert.equal(told?.code, 'weights-not-whole')
    assert.match(told.sentence.en, /90 %/)
  })
  it("The same factor twice is refused: 'factor-twice'", async () => {
    const factors = [simple[0], simple[0], simple[1]].map((each, at) => ({ ...each, percent: [50, 25, 25][at] }))
    assert.deepEqual(await world.codes(adoptFormula, formula({ factors }), { as: province }), ['factor-twice'])
  })
  it("A floor of 120 % of last year under a cap of 110 % is refused: 'floor-above-cap'", async () => {
    const input = formula({ floorLast: 120, capLast: 110 })
    assert.deepEqual(await world.codes(adoptFormula, input, { as: province }), ['floor-above-cap'])
  })
  it('An unknown factor, a weight of nothing and a weight of three decimals are malformed', async () => {
    for (const each of [
      { factor: 'guanxi', percent: 100 },
      { factor: 'poor-population', percent: 0 },
      { factor: 'poor-population', percent: 33.333 },
    ])
      await assert.rejects(world.perform(adoptFormula, formula({ factors: [each] }), { as: province }))
  })
  it('A county cannot adopt a formula at all', async () => {
    await assert.rejects(world.perform(adoptFormula, formula(), { as: county }), NotYourDuty)
  })
  it('Whoever rehearses a formula is told that the weights are theirs and whose values are missing', async () => {
    const { refusals, advice } = await world.rehearse(adoptFormula, formula(), { as: province })
    assert.deepEqual([refusals.length, advice.map((each) => each.code)], [0, ['weights-are-yours', 'values-missing']])
  })
  it('Before anything is entered the what-if says who lacks what: `factors-missing`', async () => {
    const answer = await asked({ weights: ['poor-population:60', 'farmers-income:40'], total: '100' })
    assert.equal(answer.problems[0].code, 'factors-missing')
    assert.deepEqual(
      answer.problems[0].missing.map((each: { name: { en: string }; factors: string[] }) => [
        each.name.en,
        each.factors,
      ]),
      ['Liu County', 'Tong County', 'Song County'].map((name) => [name, ['poor-population', 'farmers-income']]),
    )
    assert.equal(answer.fill, null)
  })

  it("A value for a county of another province is refused: 'not-a-receiver'", async () => {
    const input = entered({ 'Yan County': [1, 1] })
    assert.deepEqual(await world.codes(enterFactors, input, { as: province }), ['not-a-receiver'])
  })
  it("The centre gives to provinces and enters no county's value: 'not-a-receiver'", async () => {
    const input = entered({ 'Liu County': [1, 1] }, { unit: world.unit('The Centre') })
    assert.deepEqual(await world.codes(enterFactors, input, { as: centre }), ['not-a-receiver'])
  })
  it("The same value twice is refused: 'value-twice'", async () => {
    const { values, ...rest } = entered()
    assert.deepEqual(await world.codes(enterFactors, { ...rest, values: [...values, values[0]] }, { as: province }), [
      'value-twice',
    ])
  })
  it("Half a person, an income of nothing and a share of 120 % are refused: 'value-out-of-range'", async () => {
    for (const [factor, value] of [
      ['poor-population', 0.5],
      ['farmers-income', 0],
      ['poor-share', 120],
    ] as const) {
      const values = [{ unit: world.unit('Liu County'), factor, value }]
      assert.deepEqual(await world.codes(enterFactors, { ...entered(), values }, { as: province }), [
        'value-out-of-range',
      ])
    }
  })
  it("Values for 2018 are refused in 2016: 'year-too-far'", async () => {
    assert.deepEqual(await world.codes(enterFactors, entered(measured, { year: 2018 }), { as: province }), [
      'year-too-far',
    ])
  })
  it("The same values entered again change nothing: 'nothing-new'", async () => {
    const first = await world.done(enterFactors, entered(), { as: province, on: '2016-02-01' })
    assert.deepEqual([first.entered, first.unchanged], [6, 0])
    assert.deepEqual(await world.codes(enterFactors, entered(), { as: province, on: '2016-02-02' }), ['nothing-new'])
  })
  it('A correction is a new version of the one value; as of the day before, the old one stands', async () => {
    const corrected = entered({ ...measured, 'Liu County': [12_000, 5000] })
    const done = await world.done(enterFactors, corrected, { as: province, on: '2016-02-10' })
    assert.deepEqual([done.entered, done.unchanged], [1, 5])
    const valueOn = async (on: string) =>
      rowOf(await asked({ weights: ['poor-population:100'], total: '1' }, on), 'Liu County')['factors']?.[0]?.['value']
    assert.deepEqual([await valueOn('2016-02-09'), await valueOn('2016-02-10')], [10_000, 12_000])
    await world.done(enterFactors, entered(), { as: province, on: '2016-02-11' })
  })

  it("A formula is adopted; the very same again is refused: 'formula-unchanged'", async () => {
    const { version } = await world.done(adoptFormula, formula(), { as: province, on: '2016-02-15' })
    assert.equal(version, 1)
    assert.deepEqual(await world.codes(adoptFormula, formula(), { as: province, on: '2016-02-16' }), [
      'formula-unchanged',
    ])
  })
  it('A correction is a second version, the first stays readable, and only the newest offers its next', async () => {
    const factors = [simple[0], { factor: 'fiscal-capacity', percent: 25 }]
    await world.done(adoptFormula, formula({ factors }), { as: province, on: '2016-02-20' })
    const back = await world.done(adoptFormula, formula({ floorTotal: 5 }), { as: province, on: '2016-02-21' })
    const list = await world.ask(listFormulas, { unit: world.unit('Qingshan Province') }, '2016-03-01', province)
    assert.deepEqual(
      list.items.map((each: { version: number; can: unknown[] }) => [each.version, each.can.length]),
      [
        [3, 1],
        [2, 0],
        [1, 0],
      ],
    )
    const early = await world.ask(listFormulas, { unit: world.unit('Qingshan Province') }, '2016-02-15', province)
    assert.equal(early.items.length, 1)
    const shown = await world.ask(showFormula, { id: back.formula }, '2016-03-01', province)
    assert.deepEqual(
      [shown.versions.length, shown.limits.floorTotalBp, shown.coverage[0].entered, shown.coverage[0].madeUp],
      [3, 500, 3, 3],
    )
    await assert.rejects(world.ask(showFormula, { id: back.formula }, '2016-02-20', province), NotFound)
  })
  it('The database itself refuses weights that are not whole, floors above caps and changes', async () => {
    const insert = (weights: object, floor: number | null, cap: number | null, version: number) =>
      asAct(world, (client, act) =>
        client.query(
          `insert into allocation_formula (id, unit_id, year, version, title, weights, floor_total_bp, cap_total_bp, on_day, act_id)
           values ($1, $2, 2016, $6, 't', $3, $4, $5, '2016-01-01', $1)`,
          [act, world.unit('Qingshan Province'), weights, floor, cap, version],
        ),
      )
    await assert.rejects(insert({ 'poor-population': 9000 }, null, null, 9), /formula_weights_are_whole/)
    await assert.rejects(insert({ a: 11_000, b: -1000 }, null, null, 9), /formula_weights_are_whole/)
    await assert.rejects(insert({ 'poor-population': 10_000 }, 500, 400, 9), /formula_floors_below_caps/)
    await assert.rejects(insert({ 'poor-population': 10_000 }, null, null, 1), /formula_version_once/)
    await assert.rejects(
      asAct(world, (client) => client.query(`update factor_value set value = 0`)),
      /never|change/i,
    )
  })

  it('Ten thousand yuan among three counties: half of the people and half the income call for the most, and all is given', async () => {
    const answer = await asked({ total: '10000' })
    const fen = ['Liu County', 'Tong County', 'Song County'].map((name) => Number(rowOf(answer, name)['fen']))
    // people 20 / 30 / 50 %, incomes by reciprocals 25 / 25 / 50 %, weighed 75 to 25
    assert.deepEqual(fen, [212_500, 287_500, 500_000])
    assert.deepEqual(answer.totals.fen, '1000000')
    assert.equal(answer.formula.version, 3)
    assert.match(answer.notOfficial.en, /not official/)
    assert.deepEqual(rowOf(answer, 'Liu County')['factors']?.[0]?.['madeUp'], true)
  })
  it('A cap of 40 % of the total holds Song, and the others share the rest by their scores', async () => {
    const answer = await asked({
      weights: ['poor-population:75', 'farmers-income:25'],
      total: '10000',
      capTotal: 40,
    })
    assert.deepEqual(
      ['Liu County', 'Tong County', 'Song County'].map((name) => [
        rowOf(answer, name)['fen'],
        rowOf(answer, name)['held'],
      ]),
      [
        ['255000', null],
        ['345000', null],
        ['400000', 'cap'],
      ],
    )
  })
  it('Impossible what-ifs tell why: `weights-not-whole`, `floors-above-total`, `caps-below-total`, `floor-above-cap`, `no-total`', async () => {
    const why = async (input: object) => (await asked(input)).problems.map((each: { code: string }) => each.code)
    const weights = ['poor-population:100']
    assert.deepEqual(await why({ weights: ['poor-population:60'], total: '1' }), ['weights-not-whole'])
    assert.deepEqual(await why({ weights, total: '1', floorTotal: 50 }), ['floors-above-total'])
    assert.deepEqual(await why({ weights, total: '1', capTotal: 20 }), ['caps-below-total'])
    assert.deepEqual(await why({ weights, total: '1', floorTotal: 30, capTotal: 20 }), ['floor-above-cap'])
    assert.deepEqual(await why({ weights }), ['no-total'])
  })
  it('A factor that is nothing for everybody tells so: `factor-all-zero`', async () => {
    const values = Object.keys(measured).map((name) => ({
      unit: world.unit(name),
      factor: 'national-policy',
      value: 0,
    }))
    const input = { ...entered(), year: 2017, values }
    await world.done(enterFactors, input, { as: province, on: '2016-05-01' })
    const ask = { year: 2017, weights: ['national-policy:100'], total: '1' }
    assert.equal((await asked(ask)).problems[0].code, 'factor-all-zero')
  })
  it('Negative, fractional-fen and overflowing totals, and weights without a number, are refused as malformed', async () => {
    for (const input of [{ total: '-1' }, { total: '1.005' }, { total: '1e9' }, { weights: ['poor-population:abc'] }])
      assert.throws(() => whatIf.input.parse({ unit: world.unit('Qingshan Province'), year: 2016, ...input }))
  })

  it('The province shares a line out: the what-if stands beside it, and the county reads why', async () => {
    const line = await appropriated(world, wan(100), { 'Qingshan Province': wan(60) })
    const before = await asked({ line })
    assert.deepEqual([before.totalFen, before.totalOf, before.fill.act], ['60000000', 'available', 'funds.allocate'])
    assert.deepEqual(
      before.fill.input.shares.map((share: { amount: string }) => share.amount),
      ['127500.00', '172500.00', '300000.00'],
    )
    const exact = { 'Liu County': '127500.00', 'Tong County': '172500.00', 'Song County': '300000.00' }
    const advised = async (of: Record<string, string>, formula: string) => {
      const input = { ...handing(world, 'Qingshan Province', line, of), formula }
      return (await world.rehearse(fund('allocate'), input, { as: province, on: '2016-04-01' })).advice
    }
    assert.deepEqual(await advised(exact, before.formula.id), [])
    const [told] = await advised({ ...exact, 'Song County': '290000.00' }, before.formula.id)
    assert.equal(told?.code, 'differs-from-formula')
    assert.match(told.sentence.en, /Liu County|Tong County|Song County/)
    const shares = { 'Liu County': '127500.00', 'Tong County': '162500.00', 'Song County': '310000.00' }
    await world.done(fund('allocate'), handing(world, 'Qingshan Province', line, shares), {
      as: province,
      on: '2016-04-01',
    })
    const after = await asked({})
    assert.deepEqual([after.totalFen, after.totalOf], ['60000000', 'allocated'])
    assert.deepEqual(
      ['Liu County', 'Tong County', 'Song County'].map((name) => rowOf(after, name)['differenceFen']),
      ['0', '1000000', '-1000000'],
    )
    const why = (name: string, as = county) =>
      world.ask(explainAllocation, { unit: world.unit(name), year: 2016 }, '2016-06-01', as)
    const liu = await why('Liu County')
    assert.equal(liu.lines[0].differenceFen, '0')
    assert.match(
      liu.sentences.map((each: { en: string }) => each.en).join('\n'),
      /share of 21\.250 %[^]*exactly what the formula gives/,
    )
    const tong = await why('Tong County', province)
    assert.match(tong.sentences.at(-1).en, /10,000 yuan less/)
    assert.match(tong.sentences.at(-1).zh, /少1万元/)
    await assert.rejects(why('Tong County'), NotYourDuty)
  })
  it("A formula of another unit or year named with an allocation is refused: 'unknown-formula'", async () => {
    const line = await appropriated(world, wan(10), { 'Qingshan Province': wan(10) })
    const input = {
      ...handing(world, 'Qingshan Province', line, { 'Liu County': wan(1) }),
      formula: world.unit('none'),
    }
    assert.deepEqual(await world.codes(fund('allocate'), input, { as: province, on: '2016-07-02' }), [
      'unknown-formula',
    ])
    const down = { ...handing(world, 'The Centre', line, { 'Qingshan Province': wan(1) }), formula: world.unit('none') }
    assert.ok(
      (await world.codes(fund('hand-down'), down, { as: centre, on: '2016-07-02' })).includes('unknown-formula'),
    )
  })
  it('Next year, a floor of 90 % and a cap of 110 % of last year hold', async () => {
    await world.done(enterFactors, entered(undefined, { year: 2017 }), { as: province, on: '2017-01-10' })
    const answer = await asked(
      { year: 2017, total: '600000', weights: ['poor-population:100'], floorLast: 90, capLast: 110 },
      '2017-02-01',
    )
    assert.deepEqual(
      ['Liu County', 'Tong County', 'Song County'].map((name) => [
        rowOf(answer, name)['fen'],
        rowOf(answer, name)['lastFen'],
      ]),
      [
        ['12035714', '12750000'],
        ['17875000', '16250000'],
        ['30089286', '31000000'],
      ],
    )
  })
})

describe('Formulas where the tree is not regular', () => {
  it('A county directly under its province is shared to; the centre shares to provinces and hands down', async () => {
    const world = await World.open()
    try {
      await designate(world, poorCounties)
      const ask = (name: string, post: string) =>
        world.ask(whatIf, { unit: world.unit(name), year: 2016, total: '1' }, '2016-06-01', [name, post])
      const names = (answer: { rows: { name: { en: string } }[] }) => answer.rows.map((row) => row.name.en)
      assert.deepEqual(names(await ask('Haidao Province', 'governor')), ['Ye County'])
      assert.deepEqual(names(await ask('The Centre', 'minister-finance')), [
        'Qingshan Province',
        'Haidao Province',
        'Xiling Province',
      ])
      assert.equal((await ask('Liu County', 'county-head')).problems[0].code, 'no-receivers')
    } finally {
      await world.close()
    }
  })
  it('In a country of three tiers the nation shares to regions and a region to its districts', async () => {
    const world = await World.open('three-tiers')
    try {
      await designate(world, ['Birch District', 'Alder District'])
      const clerk = ['North Region', 'commissioner'] as const
      const values = ['Birch District', 'Alder District'].map((name, at) => ({
        unit: world.unit(name),
        factor: 'poor-population',
        value: at + 1,
      }))
      const unit = world.unit('North Region')
      await world.done(enterFactors, { unit, year: 2016, source: 'made up', values }, { as: clerk })
      await world.done(
        adoptFormula,
        { unit, year: 2016, title: 'By heads', factors: [{ factor: 'poor-population', percent: 100 }] },
        { as: clerk },
      )
      const answer = await world.ask(whatIf, { unit, year: 2016, total: '100' }, '2016-06-01', clerk)
      assert.deepEqual(answer.rows.map((row: { fen: string }) => row.fen).toSorted(), ['3333', '6667'])
    } finally {
      await world.close()
    }
  })
})
