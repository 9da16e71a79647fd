import chineseDays from 'chinese-days'
import type { Day } from './words.ts'

/** How a charter counts its working days: by the State Council's calendar with its make-up days, or Monday to Friday. */
export type Calendar = 'china' | 'weekdays'

const MS_PER_DAY = 86_400_000
const CHINA_CALENDAR_KNOWN = { from: '2004-01-01', to: '2026-12-31' }
const TIME_ZONE_OFFSET_MS = 8 * 3_600_000

/** The calendar day on which a moment falls in the programme's time zone (Asia/Shanghai, without summer time since 1991). */
export const dayOf = (at: Date): Day => new Date(at.getTime() + TIME_ZONE_OFFSET_MS).toISOString().slice(0, 10)

/** The moment at which an hour of a day strikes in the programme's time zone. */
export const momentOf = (day: Day, hour = 9): Date =>
  new Date(Date.parse(`${day}T00:00:00Z`) - TIME_ZONE_OFFSET_MS + hour * 3_600_000)

export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10)

export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)

const isWeekday = (day: Day) => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

type KnownDay = { readonly next: Day; readonly isWorked: boolean }
let known: ReadonlyMap<Day, KnownDay> | undefined

/** The days of the official calendar, each with the next: looked up by the hundred thousand wherever something is due. */
function knownDays(): ReadonlyMap<Day, KnownDay> {
  if (known) return known
  const days = new Map<Day, KnownDay>()
  for (let at: Day = CHINA_CALENDAR_KNOWN.from; at <= CHINA_CALENDAR_KNOWN.to;) {
    const next = addDays(at, 1)
    days.set(at, { next, isWorked: chineseDays.isWorkday(at) })
    at = next
  }
  return (known = days)
}

const dayAfter = (day: Day): Day => knownDays().get(day)?.next ?? addDays(day, 1)

/** Whether offices work on a day; where the official calendar of a year is not published yet, plain weekdays count. */
export const isWorkingDay = (day: Day, calendar: Calendar): boolean =>
  (calendar === 'china' ? knownDays().get(day)?.isWorked : undefined) ?? isWeekday(day)

/** The day that is so many working days after another; zero gives the day itself. */
export function addWorkingDays(day: Day, workingDays: number, calendar: Calendar): Day {
  let at = day
  for (let left = workingDays; left > 0;) {
    at = dayAfter(at)
    if (isWorkingDay(at, calendar)) left -= 1
  }
  return at
}

/** How many working days lie after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(from: Day, to: Day, calendar: Calendar): number {
  if (to < from) return -workingDaysBetween(to, from, calendar)
  let count = 0
  for (let at = dayAfter(from); at <= to; at = dayAfter(at)) if (isWorkingDay(at, calendar)) count += 1
  return count
}

/**
 * The day so many working days after another or, for a negative number, the first day on which no more than so many are left until it:
 * three before a Monday it is Wednesday.
 */
export function shiftWorkingDays(day: Day, workingDays: number, calendar: Calendar): Day {
  if (workingDays >= 0) return addWorkingDays(day, workingDays, calendar)
  let at = day
  for (let left = -workingDays; ; at = addDays(at, -1)) {
    if (isWorkingDay(at, calendar)) left -= 1
    if (left < 0) return at
  }
}

/** Whether the official calendar of every day between two is published; where it isn't, plain weekdays were counted. */
export const isCalendarPublished = (from: Day, to: Day, calendar: Calendar): boolean =>
  calendar === 'weekdays' || (from >= CHINA_CALENDAR_KNOWN.from && to <= CHINA_CALENDAR_KNOWN.to)

/** A length of time as the charter gives it. */
export type Span = { readonly value: number; readonly unit: 'days' | 'working_days' }

export const addSpan = (day: Day, span: Span, calendar: Calendar): Day =>
  span.unit === 'days' ? addDays(day, span.value) : addWorkingDays(day, span.value, calendar)
