import { addDays, addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import { commitmentOf } from '#features/evaluation/index.ts'
import type { Country, Place } from './country.ts'
import { doer, need } from './founding.ts'
import { historySeed, oneOf, share, whole } from './seed.ts'
import type { Got, Step } from './step.ts'

type County = Country['counties'][number]

/** Shown first by a demonstration: its province inspects every year, and one thing found in it comes back. */
const example = '130630'
const OTHERS = 2
const UNITS_MAX = 12
const historyLastDay: Day = '2020-12-31'

/** When the example's province plans its inspections; that of 2018 is drawn and sealed on the day that a demonstration stands on. */
const planned: readonly Day[] = ['2017-04-05', '2018-10-08', '2019-05-06', '2020-05-11']

type About = { readonly duty: string; readonly title: string; readonly facts: string; readonly cause: string }
const abouts: readonly [About, ...About[]] = [
  {
    duty: 'use-funds-well',
    title: '项目资金闲置（虚构）',
    facts: '账面资金超过半年没有安排到项目（虚构）。',
    cause: '项目论证滞后，资金到账后无处可用（虚构）。',
  },
  {
    duty: 'land-projects',
    title: '项目进度滞后（虚构）',
    facts: '产业项目超过计划两个月仍未开工（虚构）。',
    cause: '用地手续没有办结（虚构）。',
  },
  {
    duty: 'coordinate-labour',
    title: '驻村队员在岗不足（虚构）',
    facts: '抽查的村有队员未驻满规定天数（虚构）。',
    cause: '派出单位抽调队员回去办事（虚构）。',
  },
]

/** Inspections by lot and what they found, in the example's province and two others; some checks kept twice. All of it is made up. */
export function supervisionSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(country.changes.map((change) => change.unitKey))
  const stable = country.counties.filter((county) => !unstable.has(county.key))
  const own = stable.find((county) => county.code === example)
  const home = own && country.provinceOf(own)
  const others = country.provinces
    .filter((each) => each.key !== home?.key)
    .toSorted((a, b) => share(`inspected ${a.key}`) - share(`inspected ${b.key}`))
  const within = (province: Place, on: Day) =>
    stable
      .filter(
        (county) => country.provinceOf(county).key === province.key && county.poor.exitYear >= Number(on.slice(0, 4)),
      )
      .slice(0, UNITS_MAX)
  const inspect = (province: Place, on: Day) => {
    const counties = within(province, on)
    return counties.length < 3 ? [] : new Inspected(charter, province, counties, on).steps()
  }
  const elsewhere = others.filter((each) => within(each, '2018-03-12').length >= 3).slice(0, OTHERS)
  return [
    ...(home ? planned.flatMap((on) => inspect(home, on)) : []),
    ...elsewhere.flatMap((province) => inspect(province, '2018-03-12')),
    ...(own && home ? exampleSteps(charter, country.root, home, own) : []),
    ...checkSteps(country.root),
  ].filter((step) => step.on <= historyLastDay)
}

/** A step about a finding that was recorded under a key. */
const about = (charter: Charter, of: string, on: Day, verb: string, by: Place, input: object): Step => {
  const act = need(verb)
  return {
    on,
    turn: 52,
    key: `${verb} ${of} ${on}`,
    act,
    by: doer(charter, act, by, on),
    input: (got: Got) => ({ unit: by.id, finding: got(of).finding, ...input }),
  }
}

/** What is found in a county: recorded, explained, put right and closed. */
function findingSteps(charter: Charter, inspector: Place, county: County, key: string, on: Day, more: object): Step[] {
  const { duty, title, facts, cause } = oneOf(key, abouts)
  const after = (what: string, min: number, max: number) =>
    addWorkingDays(on, whole(`${what} ${key}`, min, max), charter.calendar)
  const act = need('finding.record')
  const due = addDays(on, 60)
  const severity = whole(`severity ${key}`, 0, 2) === 0 ? 'severe' : 'warning'
  const recorded = { unit: inspector.id, responsible: county.id, duty, title, facts, severity, due, ...more }
  return [
    { on, turn: 51, key, act, by: doer(charter, act, inspector, on), input: recorded },
    about(charter, key, after('cause', 3, 9), 'finding.explain', county, { cause }),
    about(charter, key, after('rectified', 15, 52), 'finding.rectify', county, {
      evidence: '已逐项整改，凭证和照片附后备查（虚构）。',
    }),
    about(charter, key, after('verified', 55, 66), 'finding.verify', inspector, {
      outcome: 'pass',
      remarks: '现场核验，已整改到位（虚构）。',
    }),
  ]
}

class Inspected {
  readonly #charter: Charter
  readonly #unit: Place
  readonly #counties: readonly County[]
  readonly #on: Day
  readonly #name: string

  constructor(charter: Charter, unit: Place, counties: readonly County[], on: Day) {
    this.#charter = charter
    this.#unit = unit
    this.#counties = counties
    this.#on = on
    this.#name = `inspection ${unit.key} ${on}`
  }

  #after = (days: number) => addWorkingDays(this.#on, days, this.#charter.calendar)

  steps(): readonly Step[] {
    const unit = this.#unit.id
    const seed = `${historySeed} ${this.#name}`
    const [drawOn, opensOn] = [this.#after(4), this.#after(13)]
    const step = (on: Day, verb: string, input: Step['input']): Step => {
      const act = need(`inspection.${verb}`)
      return { on, turn: 50, key: `${verb} ${this.#name}`, act, by: doer(this.#charter, act, this.#unit, on), input }
    }
    const inspection = (got: Got) => got(`plan ${this.#name}`).inspection as string
    const plan = step(this.#on, 'plan', {
      unit,
      title: `${this.#on.slice(0, 4)}年脱贫攻坚暗访督查（虚构）`,
      from: opensOn,
      until: addDays(opensOn, 90),
      topics: abouts.map((each) => each.duty),
      units: this.#counties.map((county) => ({ unit: county.id })),
      count: 2,
      commitment: commitmentOf(seed),
      publicNumber: '抽取日双色球开奖号码（虚构）',
      drawOn,
      opensOn,
    })
    const beacon = [1, 2, 3, 4, 5, 6].map((at) => whole(`${this.#name} ${at}`, 1, 33)).join(' ')
    const draw = step(drawOn, 'draw', (got) => ({ unit, inspection: inspection(got), seed, beacon }))
    const open = step(opensOn, 'open', (got) => ({ unit, inspection: inspection(got) }))
    const visited = this.#after(18)
    const found = (result: { inspection: string; units: readonly string[] }) =>
      this.#counties
        .filter((county) => result.units.includes(county.id))
        .flatMap((county) =>
          findingSteps(this.#charter, this.#unit, county, `finding ${this.#name} ${county.key}`, visited, {
            inspection: result.inspection,
          }),
        )
        .filter((each) => each.on <= historyLastDay)
    return [plan, draw, { ...open, then: found }]
  }
}

/** In the example a thing that was closed comes back, is sent back once, and its principal is interviewed; another waits at the end. */
function exampleSteps(charter: Charter, root: Place, home: Place, county: County): readonly Step[] {
  const [first, again, last] = [
    `finding first ${county.key}`,
    `finding again ${county.key}`,
    `finding last ${county.key}`,
  ]
  const { duty, title, facts, cause } = abouts[0]
  const record = need('finding.record')
  const recorded = (key: string, on: Day, due: Day, more: object = {}): Step => ({
    on,
    turn: 51,
    key,
    act: record,
    by: doer(charter, record, home, on),
    input: { unit: home.id, responsible: county.id, duty, title, facts, severity: 'severe', due, ...more },
  })
  const evidence = { evidence: '资金已安排到项目，付款凭证附后（虚构）。' }
  const of = (key: string, on: Day, verb: string, by: Place, input: object) => about(charter, key, on, verb, by, input)
  return [
    recorded(first, '2017-09-04', '2017-11-30'),
    of(first, '2017-09-12', 'finding.explain', county, { cause }),
    of(first, '2017-11-14', 'finding.rectify', county, evidence),
    of(first, '2017-12-05', 'finding.verify', home, { outcome: 'pass' }),
    recorded(again, '2018-07-16', '2018-09-28'),
    of(again, '2018-07-25', 'finding.explain', county, { cause }),
    of(again, '2018-10-10', 'finding.interview', home, { words: '要求十月底前全部安排，当场作出承诺（虚构）。' }),
    of(again, '2018-10-25', 'finding.rectify', county, evidence),
    of(again, '2018-11-01', 'finding.verify', home, {
      outcome: 'return',
      remarks: '一个项目只签了合同，没有付款（虚构）。',
      due: '2018-11-30',
    }),
    of(again, '2018-11-20', 'finding.hand-over', home, { grounds: '涉嫌虚报项目进度（虚构）。' }),
    of(again, '2018-11-26', 'finding.rectify', county, evidence),
    of(again, '2018-12-06', 'finding.verify', home, { outcome: 'pass' }),
    {
      ...of(again, '2019-01-15', 'handover.conclude', county, { outcome: 'warned', words: '予以谈话提醒（虚构）。' }),
      by: doer(charter, need('handover.conclude'), root, '2019-01-15'),
    },
    recorded(last, '2020-11-16', '2021-01-29', {
      duty: 'coordinate-labour',
      title: abouts[2]?.title,
      facts: abouts[2]?.facts,
    }),
    of(last, '2020-11-24', 'finding.explain', county, { cause: abouts[2]?.cause }),
  ]
}

/** Some checks are kept twice, so that what is new and what has gone since can be seen; the nightly run goes on from there. */
function checkSteps(root: Place): readonly Step[] {
  const checks = ['finding-overdue', 'finding-came-back', 'seat-vacant-too-long', 'exit-waiting-beyond-limit']
  return (['2018-09-20', '2020-11-30'] as const).flatMap((on) =>
    checks.map((check): Step => ({
      on,
      turn: 53,
      key: `check ${check} ${on}`,
      act: need('check.run'),
      by: 'mechanism',
      input: { unit: root.id, check },
    })),
  )
}
