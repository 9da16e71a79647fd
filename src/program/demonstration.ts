import { daysBetween } from '#kernel/calendar.ts'
import type { RefusalText } from '#kernel/act.ts'
import { type Told, tell } from '#kernel/outcome.ts'
import type { Day } from '#kernel/words.ts'
import { type CalendarKeeper, openYear } from '#src/jobs/calendar.ts'
import type { Program } from './open.ts'
import { findRoot } from './seats.ts'

const DAYS_MAX = 400

export const dayRefusals = {
  'day-not-forward': {
    zh: '演示停在{today}，只能向后移，不能移到{day}。',
    en: 'The demonstration stands on {today} and only moves forward, not to {day}.',
    remedy: {
      zh: '选择更晚的日期；要回到从前，请运行 zeren reset。',
      en: 'Choose a later day; to go back, run zeren reset.',
    },
  },
  'day-too-far': {
    zh: '一次最多前移{max}天，到{day}是{days}天。',
    en: 'One step is at most {max} days; to {day} it is {days}.',
    remedy: { zh: '分几步前移。', en: 'Go there in several steps.' },
  },
} as const satisfies Record<string, RefusalText>

/** Why a demonstration can't move to a day; undefined if it can. */
export function whyNotTo(today: Day, day: Day): Told | undefined {
  const days = daysBetween(today, day)
  if (days <= 0) return tell(dayRefusals, { code: 'day-not-forward', facts: { today, day } })
  if (days > DAYS_MAX) return tell(dayRefusals, { code: 'day-too-far', facts: { day, days, max: DAYS_MAX } })
  return undefined
}

/** Moves a demonstration's clock forward, and has the mechanism do on the way what the calendar asks of it. */
export async function moveTo(program: Program, day: Day): Promise<Told | undefined> {
  const { demonstration } = program
  if (!demonstration) throw new Error('Only a demonstration’s clock can be moved.')
  const today = demonstration.today()
  const refusal = whyNotTo(today, day)
  if (refusal) return refusal
  for (let year = Number(today.slice(0, 4)) + 1; year <= Number(day.slice(0, 4)); year++)
    await openYear(calendarOf(program), `${year}-01-01`)
  await demonstration.moveTo(day)
  return undefined
}

/** What keeps a programme's calendar. */
export const calendarOf = ({ engine, acts, reads, clock }: Program): CalendarKeeper => ({
  engine,
  acts,
  today: () => clock.today(),
  findRoot: (day) => findRoot(reads.db, day),
})
