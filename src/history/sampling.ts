import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import {
  codeOf,
  commitmentOf,
  type Design,
  drawSample,
  drawSeed,
  type GivenAnswer,
  madeUpTotals,
  madeUpVillages,
  planCounty,
} from '#features/evaluation/index.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { happens, historySeed, share, whole } from './seed.ts'
import type { Seats, Step } from './step.ts'

type County = Country['counties'][number]

/** Shown first by a demonstration: its province has evaluations. */
const example = '130630'

const COUNTIES_MAX = 5
const design: Design = {
  expected_bp: 200,
  halfWidth_bp: 180,
  confidence_bp: 9500,
  alike_bp: 200,
  perVillage: 20,
  reserve: 4,
}

/** When each year's exits are sampled: those of the first years by the centre, the later ones by provinces. */
const byCentre: Readonly<Record<number, Day>> = { 2016: '2017-03-06', 2017: '2018-03-05' }
const byProvinces: Readonly<Record<number, Day>> = { 2018: '2018-10-08', 2019: '2019-12-02', 2020: '2020-09-01' }

/**
 * Evaluations by sample of some counties' exits: by the centre, by the example's province, and by two other provinces a year. Villages,
 * counts and answers are made up, and marked so: nothing is claimed of any real county. Two evaluations of the last months are under way.
 */
export function samplingSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(country.changes.map((change) => change.unitKey))
  const stable = country.counties.filter((county) => !unstable.has(county.key))
  const leaving = (year: number) => stable.filter((county) => county.poor.exitYear === year)
  const of = (province: Place, counties: readonly County[]) =>
    counties.filter((county) => country.provinceOf(county).key === province.key).slice(0, COUNTIES_MAX)
  const own = country.provinces.find((each) =>
    stable.some((county) => county.code === example && country.provinceOf(county).key === each.key),
  )
  const centre = Object.entries(byCentre).flatMap(([year, on]) => {
    const counties = leaving(Number(year)).toSorted((a, b) => share(`sampled ${a.key}`) - share(`sampled ${b.key}`))
    return new Sampled(charter, country.root, counties.slice(0, COUNTIES_MAX), Number(year), on).steps('closed')
  })
  const provinces = Object.entries(byProvinces).flatMap(([text, on]) => {
    const year = Number(text)
    const here = leaving(year)
    const others = country.provinces
      .filter((each) => each.key !== own?.key && of(each, here).length > 0)
      .toSorted((a, b) => share(`sampled ${year} ${a.key}`) - share(`sampled ${year} ${b.key}`))
    const chosen = [...(own && of(own, here).length > 0 ? [own] : []), ...others.slice(0, 2)]
    return chosen.flatMap((province, at) =>
      new Sampled(charter, province, of(province, here), year, on).steps(
        year === 2020 && at === chosen.length - 1 ? 'half-answered' : 'closed',
      ),
    )
  })
  if (!own) return [...centre, ...provinces]
  const again = (year: number, on: Day) => new Sampled(charter, own, of(own, stable).slice(0, 3), year, on, '“回头看”')
  return [
    ...centre,
    ...provinces,
    ...again(2018, '2018-10-15').steps('closed'),
    ...again(2020, '2020-12-21').steps('committed'),
  ]
}

class Sampled {
  readonly #charter: Charter
  readonly #unit: Place
  readonly #counties: readonly County[]
  readonly #year: number
  readonly #on: Day
  readonly #what: string
  readonly #name: string

  constructor(charter: Charter, unit: Place, counties: readonly County[], year: number, on: Day, what = '退出县') {
    this.#charter = charter
    this.#unit = unit
    this.#counties = counties
    this.#year = year
    this.#on = on
    this.#what = what
    this.#name = `sampling ${unit.key} ${year} ${what}`
  }

  get #seed() {
    return `${historySeed} ${this.#name}`
  }
  get #beacon() {
    return Array.from({ length: 6 }, (_, at) =>
      String(whole(`beacon ${this.#name} ${at}`, 1, 33)).padStart(2, '0'),
    ).join(' ')
  }
  #after = (days: number) => addWorkingDays(this.#on, days, this.#charter.calendar)

  steps(until: 'committed' | 'half-answered' | 'closed'): readonly Step[] {
    const unit = this.#unit.id
    const posts = this.#charter.findDuty('sample-for-evaluation', this.#on)?.held_by[this.#unit.tier] ?? []
    const by: Seats = { unit, posts }
    const designed = `evaluation.design ${this.#name}`
    const step = (days: number, verb: string, input: Step['input'], more = ''): Step => ({
      on: this.#after(days),
      turn: 30,
      key: `evaluation.${verb} ${this.#name}${more}`,
      act: need(`evaluation.${verb}`),
      by,
      input,
    })
    const steps = [
      step(0, 'design', {
        unit,
        year: this.#year,
        title: `${this.#year}年${this.#what}第三方抽样评估（虚构）`,
        counties: this.#counties.map((county) => ({ unit: county.id })),
        expected: design.expected_bp / 100,
        halfWidth: design.halfWidth_bp / 100,
        perVillage: design.perVillage,
        reserve: design.reserve,
        madeUpFrame: true,
      }),
      step(1, 'commit-seed', (got) => ({
        unit,
        evaluation: got(designed).evaluation,
        commitment: commitmentOf(this.#seed),
        drawOn: until === 'committed' ? '2021-01-08' : this.#after(4),
        publicNumber: '抽样日双色球开奖号码（虚构）',
      })),
    ]
    if (until === 'committed') return steps
    steps.push(
      step(4, 'draw', (got) => ({
        unit,
        evaluation: got(designed).evaluation,
        seed: this.#seed,
        beacon: this.#beacon,
      })),
    )
    const answered = until === 'closed' ? this.#counties : this.#counties.slice(0, Math.ceil(this.#counties.length / 2))
    for (const [at, county] of answered.entries())
      steps.push(
        step(
          7 + at,
          'answers',
          (got) => {
            const { evaluation } = got(designed) as { evaluation: string }
            return { unit, evaluation, answers: this.#answers(evaluation, at + 1) }
          },
          ` ${county.key}`,
        ),
      )
    if (until === 'closed') steps.push(step(14, 'close', (got) => ({ unit, evaluation: got(designed).evaluation })))
    return steps
  }

  /** What the households of a county say, each by its own name; those not at home are replaced in order. */
  #answers(evaluation: string, county: number): readonly GivenAnswer[] {
    const frame = this.#counties.map((each, at) => {
      const villages = madeUpVillages(each.id, this.#year).map((village, n) => ({ n: n + 1, ...village }))
      const plan = planCounty(design, villages)
      if ('unreachable' in plan) throw new Error(`The made-up frame of ${each.key} is too small.`)
      const stratumCounties = this.#counties.length
      const totals = madeUpTotals(each.id, this.#year, villages)
      return {
        n: at + 1,
        unit: each.id,
        stratum: 'all',
        ...totals,
        villages,
        villagesDrawn: plan.villages,
        stratumCounties,
        stratumDrawn: stratumCounties,
      }
    })
    const drawn = drawSample(design, frame, drawSeed(this.#seed, this.#beacon)).filter((each) => each.county === county)
    const name = `${this.#name} ${county}`
    const approval = 0.93 + 0.06 * share(`approval ${name}`)
    const wrong = 0.012 * share(`wrong ${name}`)
    const missed = 0.009 * share(`missed ${name}`)
    return drawn.flatMap(({ village, main, reserve }) => {
      const say = (household: number): GivenAnswer => {
        const here = `${name} ${village} ${household}`
        const code = codeOf(evaluation, county, village, household)
        const nothing = { standing: null, persons: null, wrong: null, missed: null, approves: null }
        if (happens(`away ${here}`, 0.06))
          return { code, outcome: happens(`refuses ${here}`, 0.2) ? 'refused' : 'not-found', ...nothing }
        const kind = share(`kind ${here}`)
        const standing = kind < 0.3 ? 'exited' : kind < 0.32 ? 'poor' : 'unregistered'
        const persons = whole(`persons ${here}`, 2, 5)
        return {
          code,
          outcome: 'interviewed',
          standing,
          persons,
          wrong: standing === 'exited' ? (happens(`wrong ${here}`, wrong) ? persons : 0) : null,
          missed: standing === 'unregistered' ? (happens(`missed ${here}`, missed) ? persons : 0) : null,
          approves: happens(`silent ${here}`, 0.01) ? null : happens(`approves ${here}`, approval),
        }
      }
      const answers = main.map(say)
      for (const household of reserve) {
        const replaced = answers.length - main.length
        if (answers.filter((each) => each.outcome !== 'interviewed').length <= replaced) break
        answers.push(say(household))
      }
      return answers
    })
  }
}
