import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import path from 'node:path'
import fc from 'fast-check'
import pg from 'pg'
import { readChecks, runCheck } from '#kernel/check.ts'
import { type Figure, readFigure, readFigureBelow } from '#kernel/figure.ts'
import { findLineage } from '#kernel/standing.ts'
import { designate, poorCounties } from '#test/designate.ts'
import { World } from '#test/world.ts'
import { countiesPlanned, goalsReconciled } from './figures.ts'
import { adoptPlan, decomposeGoal, explainGap, goalsOf, links, reconcile, setGoal } from './index.ts'
import { listPlans } from './plans.ts'
import { goalReconciliation, goalTree } from './tree.ts'

const centre = ['The Centre', 'office-director'] as const
const qingshan = ['Qingshan Province', 'governor'] as const

describe('Goals down the tree', () => {
  let world: World
  before(async () => {
    world = await World.open()
    await designate(world, poorCounties)
  })
  after(() => world.close())

  const share = (name: string, target: number) => ({ unit: world.unit(name), target })
  const national = (year: number, target: number, shares?: [string, number][], more: object = {}) => ({
    unit: world.unit('The Centre'),
    indicator: 'counties-out',
    year,
    target,
    ...(shares && { shares: shares.map(([name, of]) => share(name, of)) }),
    ...more,
  })
  const provincial = (years: [number, [string, number][]][], more: object = {}) => ({
    unit: world.unit('Qingshan Province'),
    indicator: 'counties-out',
    years: years.map(([year, shares]) => ({ year, shares: shares.map(([name, of]) => share(name, of)) })),
    ...more,
  })
  const owed = (subject = 'counties-out') =>
    world.db
      .selectFrom('obligation_item')
      .select(['unit_id', 'met_on'])
      .where('obligation', '=', 'decompose-goals')
      .where('subject', '=', subject)
      .where('unit_id', '=', world.unit('Qingshan Province'))
      .orderBy('opened_on')
      .execute()
  const figure = (which: Figure, unit: string, on: string, year = 2017) =>
    readFigure(world.db, which, { unit: world.unit(unit), on, map: on, year, charter: world.charter })

  it('The centre sets five counties for 2017 and 2018; the province owes its decomposition, and meets it only when no year is left', async () => {
    await world.done(
      setGoal,
      national(2017, 3, [
        ['Qingshan Province', 1],
        ['Haidao Province', 1],
        ['Xiling Province', 1],
      ]),
      { as: centre, on: '2016-01-10' },
    )
    await world.done(setGoal, national(2018, 2, [['Qingshan Province', 2]]), { as: centre, on: '2016-01-10' })
    assert.deepEqual(
      (await owed()).map((item) => item.met_on),
      [null],
    )
    await world.done(decomposeGoal, provincial([[2017, [['Liu County', 1]]]]), { as: qingshan, on: '2016-01-20' })
    assert.deepEqual(
      (await owed()).map((item) => item.met_on),
      [null],
    )
    await world.done(
      decomposeGoal,
      provincial([
        [
          2018,
          [
            ['Tong County', 1],
            ['Song County', 1],
          ],
        ],
      ]),
      { as: qingshan, on: '2016-01-25' },
    )
    assert.deepEqual(
      (await owed()).map((item) => item.met_on),
      ['2016-01-25'],
    )
    for (const place of ['The Centre', 'Qingshan Province'])
      assert.ok(
        (await reconcile(world.db, world.unit(place), '2016-01-25')).every((line) => line.addsUp),
        place,
      )
  })
  it("A city's goal is the sum of its counties', and a county under its province has its own", async () => {
    const targets = async (name: string) =>
      (await goalsOf(world.db, world.unit(name), '2016-02-01')).map((goal) => [goal.year, goal.target, goal.how])
    assert.deepEqual(await targets('Heyang City'), [
      [2017, 1, 'sum'],
      [2018, 2, 'sum'],
    ])
    assert.deepEqual(await targets('Liu County'), [[2017, 1, 'given']])
    assert.deepEqual(await targets('Haidao Province'), [[2017, 1, 'given']])
    const haidao = {
      unit: world.unit('Haidao Province'),
      indicator: 'counties-out',
      years: [{ year: 2017, shares: [share('Ye County', 1)] }],
    }
    await world.done(decomposeGoal, haidao, { as: ['Haidao Province', 'governor'], on: '2016-01-30' })
    assert.deepEqual(await targets('Ye County'), [[2017, 1, 'given']])
  })
  it('As of the day before, none of it was so', async () => {
    assert.deepEqual(await goalsOf(world.db, world.unit('Liu County'), '2016-01-19'), [])
    assert.deepEqual((await figure(countiesPlanned, 'The Centre', '2016-01-19')).value, 0)
    assert.deepEqual((await figure(countiesPlanned, 'The Centre', '2016-02-01')).value, 2)
    assert.deepEqual((await figure(countiesPlanned, 'The Centre', '2016-02-01', 2018)).value, 2)
  })
  it('A changed goal opens the decomposition again, and shows the gap until it is closed or explained', async () => {
    const year = 2017
    await world.done(
      setGoal,
      national(year, 4, [
        ['Qingshan Province', 2],
        ['Haidao Province', 1],
        ['Xiling Province', 1],
      ]),
      { as: centre, on: '2016-03-01' },
    )
    assert.equal((await owed()).at(-1)?.met_on, null)
    const [line] = await reconcile(world.db, world.unit('Qingshan Province'), '2016-03-02')
    assert.deepEqual([line?.gap, line?.addsUp, line?.explained], [-1, false, null])
    const reason = 'No second county of ours can leave in 2017.'
    await world.done(
      explainGap,
      { unit: world.unit('Qingshan Province'), indicator: 'counties-out', year, reason },
      { as: qingshan, on: '2016-03-05' },
    )
    const on = async (day: string) =>
      (await world.ask(goalReconciliation, { unit: world.unit('Qingshan Province') }, day))[0].explained
    assert.equal(await on('2016-03-04'), null)
    assert.equal(await on('2016-03-05'), reason)
  })
  it('The check finds the gap while nobody has explained it', async () => {
    const check = readChecks(path.join(import.meta.dirname, '../../../checks')).find(
      (each) => each.id === 'goal-gap-unexplained',
    )
    assert.ok(check)
    const found = await runCheck(world.db, check, '2016-03-04')
    assert.deepEqual(
      found.map((finding) => [finding.unit, finding.label.en]),
      [[world.unit('Qingshan Province'), '2017 counties-out: 1 / 2']],
    )
    assert.deepEqual(await runCheck(world.db, check, '2016-03-05'), [])
  })
  it('The share of goals that add up falls with the gap, explained or not', async () => {
    const reading = async (on: string) =>
      (({ counted, of }) => [counted, of])(await figure(goalsReconciled, 'The Centre', on))
    assert.deepEqual(await reading('2016-02-01'), [5, 5])
    assert.deepEqual(await reading('2016-03-06'), [4, 5])
    const below = await readFigureBelow(world.db, goalsReconciled, {
      unit: world.unit('The Centre'),
      on: '2016-03-06',
      map: '2016-03-06',
      year: 2017,
      charter: world.charter,
    })
    assert.deepEqual(
      below.map((each) => [each.name.en, each.value]),
      [
        ['Qingshan Province', 0.5],
        ['Haidao Province', 1],
        ['Xiling Province', null],
      ],
    )
  })
  it('The tree shows years as columns, sums, gaps and what may be done', async () => {
    const tree = await world.ask(goalTree, { unit: world.unit('Qingshan Province') }, '2016-03-04', qingshan)
    assert.deepEqual(tree.years, [2016, 2017, 2018])
    const at = (year: number) =>
      tree.own.find(
        (cell: { indicator: string; year: number }) => cell.indicator === 'counties-out' && cell.year === year,
      )
    assert.deepEqual([at(2017).target, at(2017).sumBelow, at(2017).light, at(2017).words.en], [2, 1, 'red', '1 short'])
    assert.deepEqual(
      at(2017).can.map((each: { act: string; mine: boolean }) => [each.act, each.mine]),
      [
        ['goal.decompose', true],
        ['goal.explain', true],
      ],
    )
    assert.deepEqual([at(2018).light, at(2018).words.en], ['green', 'adds up'])
    assert.deepEqual(
      tree.below.map((each: { name: { en: string }; hasBelow: boolean }) => [each.name.en, each.hasBelow]),
      [['Heyang City', true]],
    )
    const root = await world.ask(goalTree, { unit: world.unit('The Centre') }, '2016-03-04', centre)
    assert.deepEqual(
      root.own.find((cell: { year: number }) => cell.year === 2016).can.map((each: { act: string }) => each.act),
      ['goal.set'],
    )
  })
  it('The chain of a county shows its goal, and those above it with their gaps', async () => {
    const lineage = await findLineage(world.db, world.unit('Liu County'), '2016-03-04')
    assert.ok(lineage)
    const shown = await links[0](world.reader('2016-03-04'), lineage)
    assert.deepEqual(
      shown.map((link) => [link.light, link.label.en, link.words.en]),
      [
        ['green', 'Goal 2017: Poor counties leaving poverty', 'given'],
        ['green', 'Goal 2017–2018: Poor counties leaving poverty 3 counties', 'sum of its counties'],
        ['red', 'Goal 2017–2018: Poor counties leaving poverty 4 counties', '2017 1 short'],
      ],
    )
  })

  describe('goal.set refuses', () => {
    const codes = (input: object, on = '2016-05-01') => world.codes(setGoal, input, { as: centre, on })
    it("A province's goals are not set as the nation's: 'not-the-root'", async () => {
      assert.deepEqual(await codes({ ...national(2019, 0), unit: world.unit('Qingshan Province') }), ['not-the-root'])
    })
    it("No goal is set for a year that is over: 'year-past'", async () => {
      assert.deepEqual(await codes(national(2015, 0)), ['year-past'])
    })
    it("The centre doesn't give shares to counties, nor two to one province: 'not-directly-below', 'share-twice'", async () => {
      assert.deepEqual(await codes(national(2019, 1, [['Liu County', 1]])), ['not-directly-below'])
      assert.deepEqual(
        await codes(
          national(2019, 2, [
            ['Haidao Province', 1],
            ['Haidao Province', 1],
          ]),
        ),
        ['share-twice'],
      )
    })
    it('Shares that do not add up are no refusal: whoever sets them is told, and may say why', async () => {
      const short = national(2019, 5, [['Haidao Province', 1]])
      const rehearsal = await world.rehearse(setGoal, short, { as: centre, on: '2016-05-01' })
      assert.deepEqual(rehearsal.refusals, [])
      assert.match(rehearsal.advice[0]?.sentence.en ?? '', /2019: 1 − 5 = -4/)
      await world.done(
        setGoal,
        { ...short, explanation: 'Four are to be named later.' },
        { as: centre, on: '2016-05-01' },
      )
      const line = (await reconcile(world.db, world.unit('The Centre'), '2016-05-01')).find(
        (each) => each.year === 2019,
      )
      assert.equal(line?.explained, 'Four are to be named later.')
    })
    it('Set again without shares, a goal keeps those that stood, and its explanation no longer holds', async () => {
      await world.done(setGoal, national(2019, 6), { as: centre, on: '2016-06-01' })
      const line = (await reconcile(world.db, world.unit('The Centre'), '2016-06-01')).find(
        (each) => each.year === 2019,
      )
      assert.deepEqual([line?.sumBelow, line?.gap, line?.explained], [1, -5, null])
    })
  })

  describe('goal.decompose refuses', () => {
    const codes = (input: object, on = '2016-05-01') => world.codes(decomposeGoal, input, { as: qingshan, on })
    it("A city's goal is not decomposed by its province in its name: 'not-the-goal-setter'", async () => {
      assert.deepEqual(await codes({ ...provincial([[2019, [['Liu County', 0]]]]), unit: world.unit('Heyang City') }), [
        'not-the-goal-setter',
      ])
    })
    it("Past years, and the same year twice: 'year-past', 'year-twice'", async () => {
      assert.deepEqual(await codes(provincial([[2015, [['Liu County', 0]]]])), ['year-past'])
      assert.deepEqual(
        await codes(
          provincial([
            [2019, [['Liu County', 0]]],
            [2019, [['Tong County', 0]]],
          ]),
        ),
        ['year-twice'],
      )
    })
    it("Only poor counties within, each once a year: 'not-a-poor-county', 'share-twice'", async () => {
      assert.deepEqual(
        await codes(
          provincial([
            [
              2019,
              [
                ['Ye County', 0],
                ['Heyang City', 0],
              ],
            ],
          ]),
        ),
        ['not-a-poor-county'],
      )
      assert.deepEqual(
        await codes(
          provincial([
            [
              2019,
              [
                ['Liu County', 0],
                ['Liu County', 0],
              ],
            ],
          ]),
        ),
        ['share-twice'],
      )
    })
    it("Liu leaves in 2017 already; it can't leave in 2019 as well, nor twice in one year: 'leaves-more-than-once'", async () => {
      assert.deepEqual(await codes(provincial([[2019, [['Liu County', 1]]]])), ['leaves-more-than-once'])
      assert.deepEqual(await codes(provincial([[2017, [['Liu County', 2]]]])), ['leaves-more-than-once'])
    })
    it('Moving a county to another year is one act over both years; the older version stays readable', async () => {
      await world.done(
        decomposeGoal,
        provincial([
          [2018, [['Song County', 1]]],
          [2019, [['Tong County', 1]]],
        ]),
        { as: qingshan, on: '2016-07-01' },
      )
      const yearsOf = async (on: string) =>
        (await goalsOf(world.db, world.unit('Tong County'), on)).map((goal) => goal.year)
      assert.deepEqual([await yearsOf('2016-06-30'), await yearsOf('2016-07-01')], [[2018], [2019]])
      assert.equal(
        (await reconcile(world.db, world.unit('Qingshan Province'), '2016-07-01')).find((line) => line.year === 2018)
          ?.gap,
        -1,
      )
    })
    it('A year for which the centre gave no goal may be decomposed: the sum is the goal', async () => {
      const rehearsal = await world.rehearse(decomposeGoal, provincial([[2020, [['Tong County', 0]]]]), {
        as: qingshan,
        on: '2016-07-02',
      })
      assert.deepEqual(
        rehearsal.advice.map((line) => line.code),
        ['no-goal-above'],
      )
    })
    it('The database holds it too: one share for a unit, one version of a number, nothing changed afterwards', async () => {
      const owner = new pg.Client(world.database.owner)
      await owner.connect()
      await assert.rejects(owner.query('insert into goal_share select * from goal_share limit 1'), /goal_share_once/)
      await assert.rejects(
        owner.query(`insert into goal_decision select gen_random_uuid(), unit_id, indicator, year, version, target, status, source,
          decided_on, act_id from goal_decision limit 1`),
        /goal_version_once/,
      )
      await assert.rejects(owner.query('update goal_share set target = 9'), /never changed/)
      await owner.end()
    })
  })

  describe('goal.explain refuses', () => {
    const reason = 'Because of the floods.'
    const codes = (unit: string, year: number) =>
      world.codes(
        explainGap,
        { unit: world.unit(unit), indicator: 'counties-out', year, reason },
        { as: qingshan, on: '2016-08-01' },
      )
    it("Where goals add up, where they were explained, and where others decompose: 'no-gap', 'already-explained', 'not-the-goal-setter'", async () => {
      assert.deepEqual(await codes('Qingshan Province', 2019), ['no-gap'])
      assert.deepEqual(await codes('Qingshan Province', 2017), ['already-explained'])
      assert.deepEqual(await codes('Heyang City', 2017), ['no-gap', 'not-the-goal-setter'])
    })
  })

  describe('plan.adopt', () => {
    const plan = (more: object = {}) => ({
      unit: world.unit('Qingshan Province'),
      kind: 'annual',
      year: 2016,
      title: { zh: '2016年度计划', en: 'Plan of 2016' },
      text: { zh: '一县摘帽。', en: 'One county leaves.' },
      ...more,
    })
    it('A revised plan is a new version, and the older can be read as of its days', async () => {
      await world.done(adoptPlan, plan(), { as: qingshan, on: '2016-02-01' })
      await world.done(adoptPlan, plan({ text: { zh: '两县摘帽。', en: 'Two counties leave.' } }), {
        as: qingshan,
        on: '2016-09-01',
      })
      const read = async (on: string, more: object = {}) =>
        await world.ask(listPlans, { unit: world.unit('The Centre'), ...more }, on)
      assert.equal((await read('2016-03-01')).plans[0].text.en, 'One county leaves.')
      assert.equal((await read('2016-09-01')).plans[0].text.en, 'Two counties leave.')
      assert.equal((await read('2016-09-01', { versions: 'all' })).total, 2)
      assert.equal((await read('2016-01-31')).total, 0)
    })
    it("Not for a city, not for a year gone by, not word for word again: 'not-the-planner', 'year-past', 'plan-unchanged'", async () => {
      const codes = (input: object) => world.codes(adoptPlan, input, { as: qingshan, on: '2016-10-01' })
      assert.deepEqual(await codes(plan({ unit: world.unit('Heyang City') })), ['not-the-planner'])
      assert.deepEqual(await codes(plan({ year: 2015 })), ['year-past'])
      assert.deepEqual(await codes(plan({ text: { zh: '两县摘帽。', en: 'Two counties leave.' } })), ['plan-unchanged'])
    })
  })
})

describe('Whatever is decomposed', () => {
  it("A province's sum is its cities' sums, the gap is the sum less the goal, and no year's version disturbs another's", async () => {
    const world = await World.open()
    await designate(world, poorCounties)
    const counties = ['Liu County', 'Tong County', 'Song County']
    const unit = world.unit('Qingshan Province')
    const people = fc.array(fc.integer({ min: 0, max: 500_000 }), { minLength: 3, maxLength: 3 })
    let minute = 0
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2016, max: 2020 }),
        fc.integer({ min: 0, max: 1_500_000 }),
        people,
        async (year, target, shares) => {
          const on = new Date(Date.UTC(2016, 0, 5 + (minute += 1))).toISOString().slice(0, 10)
          if (String(year) < on.slice(0, 4)) return
          const goal = {
            unit: world.unit('The Centre'),
            indicator: 'persons-lifted',
            year,
            target,
            shares: [{ unit, target }],
          }
          await world.done(setGoal, goal, { as: centre, on })
          const years = [
            { year, shares: counties.map((name, at) => ({ unit: world.unit(name), target: shares[at] ?? 0 })) },
          ]
          const others = (await reconcile(world.db, unit, on)).filter((line) => line.year !== year)
          await world.done(decomposeGoal, { unit, indicator: 'persons-lifted', years }, { as: qingshan, on })
          const sum = shares.reduce((total, each) => total + each, 0)
          const lines = await reconcile(world.db, unit, on)
          const line = lines.find((each) => each.year === year)
          assert.deepEqual(
            [line?.target, line?.sumBelow, line?.gap, line?.addsUp],
            [target, sum, sum - target, sum >= target],
          )
          assert.deepEqual(
            lines.filter((each) => each.year !== year),
            others,
          )
          const city = (await goalsOf(world.db, world.unit('Heyang City'), on)).find(
            (each) => each.indicator === 'persons-lifted' && each.year === year,
          )
          assert.equal(city?.target, sum)
        },
      ),
      { seed: 832, numRuns: 40 },
    )
    await world.close()
  })
})

describe('Goals in a country of three tiers', () => {
  it('The nation gives to the region, the region to its districts', async () => {
    const world = await World.open('three-tiers')
    await designate(world, ['Birch District', 'Alder District'])
    const region = world.unit('North Region')
    const goal = {
      unit: world.unit('The Centre'),
      indicator: 'counties-out',
      year: 2018,
      target: 2,
      shares: [{ unit: region, target: 2 }],
    }
    await world.done(setGoal, goal, { as: ['The Centre', 'high-commissioner'] })
    const years = [
      {
        year: 2018,
        shares: ['Birch District', 'Alder District'].map((name) => ({ unit: world.unit(name), target: 1 })),
      },
    ]
    await world.done(
      decomposeGoal,
      { unit: region, indicator: 'counties-out', years },
      { as: ['North Region', 'commission-clerk'] },
    )
    assert.ok((await reconcile(world.db, region, '2016-02-01')).every((line) => line.addsUp))
    await world.close()
  })
})
