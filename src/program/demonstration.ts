import { addDays, daysBetween } from '#kernel/calendar.ts'
import type { RefusalText } from '#kernel/act.ts'
import { type Told, tell } from '#kernel/outcome.ts'
import type { Day } from '#kernel/words.ts'
import { runChecks } from '#src/jobs/checks.ts'
import { type NightlyKeeper, runNightly } from '#src/jobs/nightly.ts'
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

/**
 * Moves a demonstration's clock forward day by day, and has the mechanism do on each what the calendar and the ladder ask of it, so that
 * every step bears its own day; the checks are run once, as of the day that it reaches. Cut off on the way, it stands on the day that it has reached, and goes on from there.
 */
export async function moveTo(program: Program, day: Day): Promise<Told | undefined> {
  const { demonstration } = program
  if (!demonstration) throw new Error('Only a demonstration’s clock can be moved.')
  const today = demonstration.today()
  const refusal = whyNotTo(today, day)
  if (refusal) return refusal
  const keeper = nightlyOf(program)
  for (let on = addDays(today, 1); on <= day; on = addDays(on, 1)) {
    await demonstration.moveTo(on)
    await runNightly(keeper, on)
  }
  await runChecks(keeper, day)
  return undefined
}

/** What the mechanism's daily work needs of a programme. */
export const nightlyOf = ({ engine, acts, reads, clock, checks }: Program): NightlyKeeper => ({
  engine,
  acts,
  reads: reads.db,
  checks,
  today: () => clock.today(),
  findRoot: (day) => findRoot(reads.db, day),
})
