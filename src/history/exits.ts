import { addDays, addWorkingDays, isWorkingDay } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import type { PoorCounty } from './facts.ts'
import { need } from './founding.ts'
import { happens, historySeed, oneOf, share, whole } from './seed.ts'
import type { Doer, Step } from './step.ts'

type County = Place & { readonly poor: PoorCounty }

/**
 * When the counties of a year propose their exits. The year of each exit is a fact; the days within it are made up,
 * so that the steps of 2016 lie after the Measures and those of 2020 before that year's end.
 */
const seasons: Readonly<Record<number, { from: Day; to: Day }>> = {
  2016: { from: '2016-10-17', to: '2016-11-18' },
  2017: { from: '2017-06-15', to: '2017-11-15' },
  2018: { from: '2018-06-15', to: '2018-11-20' },
  2019: { from: '2019-06-17', to: '2019-11-20' },
  2020: { from: '2020-04-15', to: '2020-08-10' },
}

const returnReasons = [
  '部分村公示材料不全，请补齐后重新申请。',
  '自查户数与台账不一致，请逐户核对。',
  '安全饮水和住房鉴定材料缺失，请补充。',
] as const
const objections = [
  '我村有两户收入不稳定，请再核实。',
  '公示名单里有一户住房尚未完工。',
  '希望说明产业分红如何计算。',
] as const

/** Every county's way out by its seven steps, in its true year. */
export function exitSteps(country: Country, charter: Charter): readonly Step[] {
  const cases = country.counties.map((county) => new ExitCase(country, charter, county))
  return [...cases.flatMap((each) => each.stepsToReport()), ...drawSteps(country, charter, cases)]
}

class ExitCase {
  readonly county: County
  readonly year: number
  readonly #charter: Charter
  readonly #province: Place
  readonly #reviewer: Doer
  #reportedOn: Day

  constructor(country: Country, charter: Charter, county: County) {
    this.county = county
    this.year = county.poor.exitYear
    this.#charter = charter
    this.#province = country.provinceOf(county)
    const parent = country.aboveOf(county)
    const isCity = parent.tier === 'prefecture'
    this.#reviewer = {
      unit: parent.id,
      posts: isCity
        ? ['mayor', 'party-secretary-city', 'poverty-office-director-city']
        : ['governor', 'party-secretary-province'],
    }
    this.#reportedOn = this.#begin()
  }

  get reportedOn(): Day {
    return this.#reportedOn
  }

  #begin(): Day {
    const season = seasons[this.year]
    if (!season) throw new Error(`No season is given for the exits of ${this.year}.`)
    const span = Math.round((Date.parse(season.to) - Date.parse(season.from)) / 86_400_000)
    return this.#working(addDays(season.from, Math.floor(this.#share('begin') * (span + 1))))
  }

  #share = (what: string) => share(`exit ${this.county.key} ${what}`)
  #whole = (what: string, min: number, max: number) => whole(`exit ${this.county.key} ${what}`, min, max)
  #working = (day: Day) =>
    isWorkingDay(day, this.#charter.calendar) ? day : addWorkingDays(day, 1, this.#charter.calendar)
  #after = (day: Day, what: string, min: number, max: number) =>
    addWorkingDays(day, this.#whole(what, min, max), this.#charter.calendar)

  #step(on: Day, verb: string, act: string, by: Doer, input: Step['input'], round = 1): Step {
    return { on, turn: 10, key: `${act} ${this.county.key} ${this.year} ${round}${verb}`, act: need(act), by, input }
  }

  get #about() {
    return { unit: this.county.id, year: this.year }
  }
  #office: Doer = { unit: '', posts: [] }

  stepsToReport(): Step[] {
    const { id } = this.county
    const head: Doer = {
      unit: id,
      posts: happens(`who ${id}`, 0.5)
        ? ['county-head', 'party-secretary-county']
        : ['party-secretary-county', 'county-head'],
    }
    const office: Doer = { unit: id, posts: ['poverty-office-director-county', 'county-head'] }
    this.#office = { unit: this.#province.id, posts: ['poverty-office-director-province', 'governor'] }
    const steps: Step[] = []
    let day = this.#begin()
    steps.push(this.#step(day, '', 'headcount.attest', office, this.#headcount(day)))
    day = this.#after(day, 'propose', 1, 5)
    steps.push(this.#step(day, '', 'exit.propose', head, this.#proposal()))
    day = this.#after(day, 'review', 3, 11)
    let round = 1
    if (happens(`return ${this.county.key}`, 0.06)) {
      const reason = oneOf(`reason ${this.county.key}`, returnReasons)
      steps.push(
        this.#step(day, '', 'exit.review', this.#reviewer, { ...this.#about, outcome: 'return', remarks: reason }),
      )
      round = 2
      day = this.#after(day, 'propose again', 5, 12)
      steps.push(this.#step(day, '', 'exit.propose', head, this.#proposal(), round))
      day = this.#after(day, 'review again', 3, 9)
    }
    steps.push(this.#step(day, '', 'exit.review', this.#reviewer, { ...this.#about, outcome: 'pass' }, round))
    if (this.#isCommissioned) {
      day = this.#after(day, 'commission', 6, 14)
      steps.push(
        this.#step(
          day,
          '',
          'evaluation.commission',
          this.#office,
          { ...this.metrics('commission'), evaluator: '第三方评估机构（虚构）' },
          round,
        ),
      )
    }
    day = this.#after(day, 'verify', 3, 9)
    steps.push(this.#step(day, '', 'exit.verify', this.#office, { ...this.#about, outcome: 'pass' }, round))
    day = this.#after(day, 'notice', 1, 3)
    steps.push(this.#step(day, '', 'exit.post-notice', this.#office, this.#about, round))
    return [...steps, ...this.#noticeSteps(day, round)]
  }

  #noticeSteps(posted: Day, round: number): Step[] {
    const steps: Step[] = []
    let answered = posted
    if (happens(`objection ${this.county.key}`, 0.04)) {
      const on = addDays(posted, 2)
      const object = this.#step(
        on,
        '',
        'notice.object',
        'public',
        { ...this.#about, statement: oneOf(`what ${this.county.key}`, objections) },
        round,
      )
      answered = this.#after(on, 'answer', 2, 5)
      const input: Step['input'] = (got) => ({
        unit: this.county.id,
        objection: got(object.key).objection,
        outcome: 'dismissed',
        reason: '经逐户核实，情况已说明并取得理解。',
      })
      steps.push(object, this.#step(answered, '', 'objection.answer', this.#office, input, round))
    }
    const codes = [this.#province.code]
    const span = this.#charter.getSpan('exit_notice', posted, codes)
    const stood =
      span.unit === 'days' ? addDays(posted, span.value) : addWorkingDays(posted, span.value, this.#charter.calendar)
    const over = this.#after(stood > answered ? stood : answered, 'report', 1, 3)
    this.#reportedOn = over
    return [...steps, this.#step(over, '', 'exit.report', this.#office, this.#about, round)]
  }

  /** After the draw: the centre's evaluation if the county was drawn, then the provincial government's approval. */
  stepsFromDraw(on: Day, root: string, isDrawn: boolean): Step[] {
    const steps: Step[] = []
    let day = on
    if (isDrawn) {
      day = this.#after(day, 'evaluate', 9, 17)
      steps.push(
        this.#step(day, '', 'exit.evaluate', { unit: root, posts: ['office-director'] }, this.metrics('evaluate')),
      )
    }
    day = this.#after(day, 'approve', 3, 8)
    return [
      ...steps,
      this.#step(day, '', 'exit.approve', { unit: this.#province.id, posts: ['governor'] }, this.#about),
    ]
  }

  get #isCommissioned(): boolean {
    return (
      this.#charter.getParameter('exit_evaluation_by_province', `${this.year}-12-31`, [this.#province.code]).value === 1
    )
  }

  #headcount(asOf: Day) {
    const ruralPersons = this.#whole('rural', 30_000, 600_000)
    const rate = (this.county.poor.headcountLimitPercent / 100) * (0.2 + 0.65 * this.#share('rate'))
    const villages = this.#whole('villages', 20, 180)
    return {
      ...this.#about,
      poorPersons: Math.floor(ruralPersons * rate),
      ruralPersons,
      villages,
      villagesOut: villages - Math.floor(villages * 0.08 * this.#share('left')),
      asOf,
    }
  }

  #proposal() {
    const villages = this.#whole('villages', 20, 180)
    const statement = '县扶贫开发领导小组逐村逐户自查，认为达到退出标准，申请退出。'
    return {
      ...this.#about,
      selfCheck: {
        villagesChecked: villages,
        householdsChecked: villages * this.#whole('households', 60, 200),
        statement,
      },
    }
  }

  /** The four metrics of an evaluation, made up within what a passing county shows. */
  metrics(which: string) {
    const below = (name: string, limit: number) =>
      Math.round(limit * 100 * (0.05 + 0.7 * this.#share(`${which} ${name}`))) / 100
    const limit = this.county.poor.headcountLimitPercent
    return {
      ...this.#about,
      headcount: below('headcount', limit),
      wrongExit: below('wrong', 1.2),
      miss: below('miss', 1.2),
      approval: Math.round(9000 + 950 * this.#share(`${which} approval`)) / 100,
    }
  }
}

const DRAW_EVERY_DAYS = 14

/** The centre draws every two weeks among the counties reported since; what follows depends on whom the draw hits. */
function drawSteps(country: Country, charter: Charter, cases: readonly ExitCase[]): Step[] {
  const groups = new Map<string, ExitCase[]>()
  for (const each of cases) {
    const season = seasons[each.year]
    let on = season?.from ?? ''
    while (on <= each.reportedOn) on = addDays(on, DRAW_EVERY_DAYS)
    if (!isWorkingDay(on, charter.calendar)) on = addWorkingDays(on, 1, charter.calendar)
    const key = `${each.year} ${on}`
    groups.set(key, [...(groups.get(key) ?? []), each])
  }
  return [...groups].map(([key, members]) => {
    const [year, on] = key.split(' ') as [string, Day]
    return {
      on,
      turn: 8,
      key: `exit.draw ${key}`,
      act: need('exit.draw'),
      by: { unit: country.root.id, posts: ['office-director', 'leading-group-head'] },
      input: { year: Number(year), seed: `${historySeed} draw ${key}` },
      then: (result: { drawn: readonly string[] }) =>
        members.flatMap((each) => each.stepsFromDraw(on, country.root.id, result.drawn.includes(each.county.id))),
    }
  })
}
