import type { Reader } from '#kernel/ask.ts'
import { workingDaysBetween } from '#kernel/calendar.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'
import { ladderOf } from './ladder.ts'

/** The campaign's practice, where a charter's ladder has no yellow step (status V). */
const YELLOW_WORKING_DAYS = 3

/** Lights turn yellow so many working days before a date. */
export const yellowWorkingDays = (charter: Charter): number =>
  -(ladderOf(charter).find((each) => each.step === 'yellow')?.after_working_days ?? -YELLOW_WORKING_DAYS)

/** How an item stands on a day, in a light and in words. */
export function standOf(reader: Reader, due: Day, metOn: Day | null): { light: Light; words: Text } {
  const { on, charter } = reader
  if (metOn !== null && metOn <= on)
    return metOn <= due
      ? { light: 'green', words: { zh: '按期办结', en: 'met in time' } }
      : { light: 'yellow', words: { zh: '逾期办结', en: 'met late' } }
  const left = workingDaysBetween(on, due, charter.calendar)
  if (due < on) {
    const late = Math.max(1, -left)
    return {
      light: 'red',
      words: { zh: `逾期 ${late} 个工作日`, en: `${late} working day${late === 1 ? '' : 's'} late` },
    }
  }
  if (left <= yellowWorkingDays(charter))
    return {
      light: 'yellow',
      words: { zh: `剩 ${left} 个工作日`, en: `${left} working day${left === 1 ? '' : 's'} left` },
    }
  return { light: 'none', words: { zh: `${due} 到期`, en: `due ${due}` } }
}
