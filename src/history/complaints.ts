import { createHash } from 'node:crypto'
import { addWorkingDays, isWorkingDay } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'
import { complaintOf, receiptFrom } from '#features/mobilisation/index.ts'
import type { Country, Place } from './country.ts'
import { need } from './founding.ts'
import { happens, historySeed, oneOf, share, whole } from './seed.ts'
import type { Doer, Seats, Step } from './step.ts'

/** Shown first by a demonstration: people there complain every year. */
const example = '130630'
const OTHER_COUNTIES = 9

const statements = {
  listing: ['（演示）我村有一户条件更差，没有评上。', '（演示）名单公示时间太短，不少人没有看到。'],
  money: ['（演示）补助款还没有发到户。', '（演示）公益岗位工资发得不按月。'],
  project: ['（演示）入户路修了一半停工。', '（演示）饮水管道冬天冻裂，没有人修。'],
  conduct: ['（演示）帮扶干部只来填表，不解决问题。', '（演示）同一张表一个月填了三遍。'],
} as const
const kinds = Object.keys(statements) as [keyof typeof statements]
const answers = ['（演示）经入户核实，情况属实，已整改。', '（演示）经核实，部分属实，已说明并限期办结。'] as const

/** Complaints about a few counties: made up, and marked so. Most are answered in time, some late; the last ones still wait. */
export function complaintSteps(country: Country, charter: Charter): readonly Step[] {
  const unstable = new Set(country.changes.map((change) => change.unitKey))
  const shown = country.counties.filter((county) => county.code === example)
  const others = country.counties
    .filter((county) => county.code !== example && !unstable.has(county.key))
    .toSorted((a, b) => share(`complaints ${a.key}`) - share(`complaints ${b.key}`))
    .slice(0, OTHER_COUNTIES)
  const of = (county: Place, years: readonly number[]) =>
    years.flatMap((year) => oneComplaint(country, charter, county, year))
  return [
    ...shown.flatMap((county) => [
      ...of(county, [2016, 2017, 2018, 2019, 2020]),
      ...oneComplaint(country, charter, county, 2018, waitingOnTheFirstDay),
    ]),
    ...others.flatMap((county, at) => of(county, [2017 + (at % 4)])),
  ]
}

const DUTY = 'answer-complaints'
/** A demonstration begins with one that is to be answered in the days to come. */
const waitingOnTheFirstDay = { day: '10-10', days: 12 } as const

function oneComplaint(
  country: Country,
  charter: Charter,
  county: Place,
  year: number,
  at: { readonly day?: string; readonly days?: number } = {},
): readonly Step[] {
  const name = `complaint ${county.key} ${year} ${at.day ?? ''}`
  const isAboutLeaders = county.code === example && year === 2019
  const isLast = year === 2020
  const seatsOf = (place: Place, on: Day): Seats => {
    const above = country.aboveOf(place)
    return {
      unit: place.id,
      posts: charter.findDuty(DUTY, on)?.held_by[place.tier] ?? [],
      above: { unit: above.id, posts: charter.tier(above.tier).principals },
    }
  }
  const working = (day: Day, days: number) =>
    days === 0 && isWorkingDay(day, charter.calendar) ? day : addWorkingDays(day, Math.max(1, days), charter.calendar)
  const step = (on: Day, verb: string, by: Doer, input: Step['input']): Step => ({
    on,
    turn: 45,
    key: `complaint.${verb} ${name} ${on}`,
    act: need(`complaint.${verb}`),
    by,
    of: county.id,
    input,
  })
  const receipt = receiptFrom(createHash('sha256').update(`${historySeed} ${name}`).digest())
  const complaint = complaintOf(receipt)
  const kind = oneOf(`${name} kind`, kinds)
  const month = isLast ? '12' : `0${whole(`${name} month`, 3, 9)}`
  const filedOn = working(`${year}-${at.day ?? `${month}-07`}`, 0)
  const handler = isAboutLeaders ? country.aboveOf(county) : county
  const filed = step(filedOn, 'file', 'public', {
    unit: county.id,
    kind,
    against: isAboutLeaders ? 'leaders' : 'work',
    statement: oneOf(`${name} says`, statements[kind]),
    receipt,
    ...(happens(`${name} contact`, 0.4) && { contact: '（演示）不便公开' }),
  })
  if (isLast) return [filed]
  const isLate = happens(`${name} late`, 0.2)
  const days = isLate ? whole(`${name} days`, 17, 22) : whole(`${name} days`, 4, 13)
  const answeredOn = working(filedOn, at.days ?? days)
  const answer = (on: Day, by: Place) =>
    step(on, 'answer', seatsOf(by, on), {
      unit: by.id,
      complaint,
      outcome: oneOf(`${name} outcome ${on}`, ['upheld', 'partly', 'dismissed']),
      answer: oneOf(`${name} answer ${on}`, answers),
    })
  const first = [filed, answer(answeredOn, handler)]
  if (county.code !== example || year !== 2018 || at.day !== undefined) return first
  const contestedOn = working(answeredOn, 3)
  const contested = step(contestedOn, 'contest', 'public', {
    receipt,
    statement: '（演示）说已发放，仍有两户没有收到。',
  })
  return [...first, contested, answer(working(contestedOn, 8), country.aboveOf(county))]
}
