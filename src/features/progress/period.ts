import { addDays } from '#kernel/calendar.ts'
import type { ReportKind } from '#kernel/charter-reports.ts'
import type { Day, Text } from '#kernel/words.ts'

const SHAPES = { month: /^\d{4}-(0[1-9]|1[0-2])$/, year: /^\d{4}$/ } as const

/** The first and last day of a month or a year. */
export type Span = { readonly from: Day; readonly to: Day }

export const fits = (every: ReportKind['every'], period: string): boolean => SHAPES[every].test(period)

export function spanOf(period: string): Span {
  const [year = '', month] = period.split('-')
  if (month === undefined) return { from: `${year}-01-01`, to: `${year}-12-31` }
  const next = month === '12' ? `${Number(year) + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`
  return { from: `${period}-01`, to: addDays(next, -1) }
}

/** The first day on which a report of a period may be signed, and the day that it then tells of. */
export const opensOn = ({ days_before_end }: ReportKind, period: string): Day => {
  const { to } = spanOf(period)
  return days_before_end === 0 ? addDays(to, 1) : addDays(to, -days_before_end)
}

/** What a report tells is as of its period's last day, or of the day on which it is signed if that is earlier. */
export const asOf = (period: string, on: Day): Day => {
  const { to } = spanOf(period)
  return on < to ? on : to
}

const yearOf = (period: string) => period.slice(0, 4)

/** The periods of a year, as a kind of report knows them. */
export const periodsOf = (every: ReportKind['every'], year: number): readonly string[] =>
  every === 'year'
    ? [String(year)]
    : Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`)

/** The newest period of a kind that may be signed on a day. */
export function lastPeriod(kind: ReportKind, on: Day): string {
  const year = Number(on.slice(0, 4))
  const all = [...periodsOf(kind.every, year - 1), ...periodsOf(kind.every, year)]
  return all.findLast((period) => opensOn(kind, period) <= on) ?? all[0] ?? String(year)
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A period in words: 2018年9月, September 2018. */
export function periodName(period: string): Text {
  const month = Number(period.slice(5, 7))
  const year = yearOf(period)
  return month === 0
    ? { zh: `${year}年度`, en: year }
    : { zh: `${year}年${month}月`, en: `${MONTHS[month - 1] ?? ''} ${year}` }
}

export const figureYear = (period: string): number => Number(yearOf(period))
