import { addDays, daysBetween } from '#kernel/calendar.ts'
import type { Day } from '#kernel/words.ts'

const ZERO: Day = '1970-01-01'

/** A day as a number of days, for arithmetic over thousands of cases. */
export const dayNumber = (day: Day): number => daysBetween(ZERO, day)
export const dayText = (number: number): Day => addDays(ZERO, number)

/** What is asked for of each of thousands of cases is worked out once for each year. */
function byYear<Value>(work: (year: number) => Value): (year: number) => Value {
  const kept = new Map<number, Value>()
  return (year) => {
    if (!kept.has(year)) kept.set(year, work(year))
    return kept.get(year)!
  }
}

export const firstDayOf = byYear((year) => dayNumber(`${year}-01-01`))
export const lastDayOf = byYear((year) => dayNumber(`${year}-12-31`))
export const yearOf = (number: number): number => Number(dayText(number).slice(0, 4))

/** The last days of the months of a year in which its forecast is tried: all but December, when the year is over. */
export const monthEnds = byYear((year): readonly number[] =>
  Array.from({ length: 11 }, (_, month) => dayNumber(`${year}-${String(month + 2).padStart(2, '0')}-01`) - 1),
)
