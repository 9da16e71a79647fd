import { addWorkingDays } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { happens, whole } from './seed.ts'
import type { Got, Seats, Step } from './step.ts'

/** Shown first by a demonstration: its province assesses its counties, this one among them. */
const example = '130630'
/** Two whose exits a third party evaluated by sample, and one that left first. */
const otherCounties = ['130125', '130126', '130631']
const provincesOfCentre = ['130000', '520000', '620000', '510000']

const yearsOfCentre = [2016, 2017]
const yearsOfProvince = [2016, 2017, 2018]
/** The one result that is appealed against, and signed again. */
const appealed = { key: example, year: 2017 }

/** From nothing to all of the points, in the measure of each indicator. Made up: no document publishes weights. */
const weights = [
  { indicator: 'poor-decrease', percent: 25, zero: 60, full: 100 },
  { indicator: 'county-exits', percent: 15, zero: 0, full: 100 },
  { indicator: 'income-growth', percent: 15, zero: 4, full: 12 },
  { indicator: 'identified', percent: 10, zero: 95, full: 100 },
  { indicator: 'exited', percent: 10, zero: 95, full: 100 },
  { indicator: 'assistance', percent: 10, zero: 80, full: 98 },
  { indicator: 'funds', percent: 15, zero: 40, full: 98 },
]

/**
 * Yearly assessments: the centre's of four provinces, and the example's province's of four counties. Weights, values that nobody counts
 * here, findings and appeals are made up, and marked so: nothing is claimed of any real place. The system's own figures are those of the
 * replayed country.
 */
export function assessmentSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(country.changes.map((change) => change.unitKey))
  const stable = country.counties.filter((county) => !unstable.has(county.key))
  const own = stable.find((county) => county.code === example)
  const provinces = provincesOfCentre.flatMap((code) => country.provinces.find((each) => each.code === code) ?? [])
  const centre = yearsOfCentre.flatMap((year) =>
    new Assessed(charter, { by: country.root, of: provinces, scheme: 'provinces', year }).stepsOfCentre(),
  )
  if (!own) return centre
  const province = country.provinceOf(own)
  const counties = [own, ...stable.filter((each) => otherCounties.includes(each.key))]
  return [
    ...centre,
    ...yearsOfProvince.flatMap((year) =>
      new Assessed(charter, { by: province, of: counties, scheme: 'counties', year }).steps(),
    ),
  ]
}

type Year = {
  readonly by: Place
  readonly of: readonly Place[]
  readonly scheme: string
  readonly year: number
}

class Assessed {
  readonly #charter: Charter
  readonly #year: Year
  readonly #begins: Day

  constructor(charter: Charter, year: Year) {
    this.#charter = charter
    this.#year = year
    this.#begins = `${year.year + 1}-01-03`
  }

  #after = (days: number) => addWorkingDays(this.#begins, days, this.#charter.calendar)
  #key = (verb: string, more = '') =>
    `assessment.${verb} ${this.#year.by.key} ${this.#year.year}${more === '' ? '' : ` ${more}`}`

  #seats(place: Place, duty: string): Seats {
    return { unit: place.id, posts: this.#charter.findDuty(duty, this.#begins)?.held_by[place.tier] ?? [] }
  }

  #step(days: number, verb: string, place: Place, duty: string, input: Step['input'], more = ''): Step {
    return {
      on: this.#after(days),
      turn: 32,
      key: this.#key(verb, more),
      act: need(`assessment.${verb}`),
      by: this.#seats(place, duty),
      input,
    }
  }

  #begin(): readonly [Step, Step] {
    const { by, of, scheme, year } = this.#year
    const input = { unit: by.id, scheme, year }
    const title = `${year}年考核权重（虚构，仅供演示，非官方）`
    return [
      this.#step(0, 'adopt-weights', by, 'assess-below', { ...input, title, weights, madeUp: true }),
      this.#step(1, 'open', by, 'assess-below', { ...input, units: of.map((place) => place.id) }),
    ]
  }

  /** All in one lane: the province's own. */
  steps(): readonly Step[] {
    return [...this.#begin(), ...this.#year.of.flatMap((place) => this.#of(place))]
  }

  /** What the centre opens concerns provinces that may not be told: it follows from the opening. */
  stepsOfCentre(): readonly Step[] {
    const [adopt, open] = this.#begin()
    return [adopt, { ...open, then: () => this.#year.of.flatMap((place) => this.#of(place)) }]
  }

  #of(place: Place): readonly Step[] {
    const { by, year } = this.#year
    const assessmentOf = (got: Got): string => {
      const { opened } = got(this.#key('open')) as { opened: readonly { of: string; assessment: string }[] }
      return opened.find((each) => each.of === place.id)?.assessment ?? ''
    }
    const own = (more: object) => (got: Got) => ({ unit: place.id, assessment: assessmentOf(got), ...more })
    const ours = (more: object) => (got: Got) => ({ unit: by.id, assessment: assessmentOf(got), ...more })
    const signed = this.#key('sign', place.key)
    const steps = [
      this.#step(9, 'report', place, 'report-own-results', own({ values: this.#said(place) }), place.key),
      this.#step(20, 'verify', by, 'assess-below', ours(this.#found(place)), place.key),
      this.#step(28, 'sign', by, 'assess-below', ours({}), place.key),
      this.#step(
        38,
        'follow',
        by,
        'reward-and-hold-to-account',
        (got) => ours(consequenceOf((got(signed) as { grade: string }).grade))(got),
        place.key,
      ),
    ]
    if (place.key !== appealed.key || year !== appealed.year) return steps
    const reason = '一处扣减依据不足，请复核（虚构）'
    const upheld = '复核后予以更正（虚构）'
    return [
      ...steps.slice(0, 3),
      this.#step(31, 'appeal', place, 'report-own-results', own({ reason }), place.key),
      this.#step(
        36,
        'verify',
        by,
        'assess-below',
        ours({ ...this.#corrected(place), reason: upheld }),
        `${place.key} 2`,
      ),
      this.#step(39, 'sign', by, 'assess-below', ours({}), `${place.key} 2`),
      {
        ...this.#step(42, 'follow', by, 'reward-and-hold-to-account', {}, place.key),
        input: (got) => ours(consequenceOf((got(`${signed} 2`) as { grade: string }).grade))(got),
      },
    ]
  }

  #seed = (place: Place) => `assessed ${place.key} ${this.#year.year}`

  /** What a place says of itself; where the system counts by itself, its number is used all the same. */
  #said(place: Place) {
    const seed = this.#seed(place)
    const rise = this.#year.year - 2016
    const tenths = (what: string, min: number, max: number) => whole(`${what} ${seed}`, min * 10, max * 10) / 10
    const said = (indicator: string, value: number, evidence: string) => ({ indicator, value, evidence })
    return [
      said('poor-decrease', tenths('poor', 88 + rise, 104), '建档立卡年度动态调整结果（虚构）'),
      said('county-exits', 100, '按程序推进；当年没有退出计划的按完成计（虚构）'),
      said('income-growth', tenths('income', 8, 12), '农村居民收入统计（虚构）'),
      said('identified', tenths('identified', 98, 99), '抽查核对结果（虚构）'),
      said('exited', tenths('exited', 98, 99), '抽查核对结果（虚构）'),
      said('assistance', tenths('assistance', 91, 97), '群众满意度调查（虚构）'),
      said('funds', tenths('funds', 84, 95), '资金绩效自评（虚构）'),
    ]
  }

  /** What the assessor found otherwise. An exit under way is counted as its procedure stands. */
  #found(place: Place) {
    const found = [{ indicator: 'county-exits', value: 100, evidence: '按程序进度认定（虚构）' }]
    // What was paid is told day by day from 2017 on.
    if (this.#year.year === 2016 && this.#year.scheme === 'counties') {
      const value = whole(`paid ${this.#seed(place)}`, 66, 84)
      found.push({ indicator: 'funds', value, evidence: '财政决算；本系统当年尚未逐笔记账（虚构）' })
    }
    const isLower = happens(`lower ${this.#seed(place)}`, 0.5) || place.key === appealed.key
    if (isLower) {
      const value = whole(`found ${this.#seed(place)}`, 70, 84)
      found.push({ indicator: 'poor-decrease', value, evidence: '抽查名单核对，扣减重复登记（虚构）' })
    }
    return { values: found }
  }

  #corrected(place: Place) {
    const value = whole(`corrected ${this.#seed(place)}`, 90, 96)
    return { values: [{ indicator: 'poor-decrease', value, evidence: '复核名单后认定（虚构）' }] }
  }
}

const consequences: Readonly<Record<string, { consequence: string; words: string }>> = {
  good: { consequence: 'commend', words: '通报表扬（虚构）' },
  'fairly-good': { consequence: 'count-in-allocation', words: '计入下年资金分配因素（虚构）' },
  fair: { consequence: 'interview', words: '约谈党政主要负责人（虚构）' },
}
const consequenceOf = (grade: string) =>
  consequences[grade] ?? { consequence: 'interview', words: '约谈并限期整改（虚构）' }
