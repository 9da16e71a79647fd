import { periodsOn } from '#features/obligations/index.ts'
import type { AnyAct } from '#kernel/act.ts'
import { momentOf } from '#kernel/calendar.ts'
import { type Engine, perform } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'

/** What the calendar needs of a programme that runs. */
export type CalendarKeeper = {
  readonly engine: Engine
  readonly acts: readonly AnyAct[]
  readonly today: () => Day
  /** The programme's root on a day; before its founding there is none. */
  readonly findRoot: (day: Day) => Promise<{ readonly id: string } | undefined>
}

/**
 * Has the mechanism open what the charter asks for in the year and the month of a day, and what of the month before can still be met.
 * Keys make sure that each is done once, whoever asks how often; a charter that asks for nothing by the month has no months opened.
 */
export async function openPeriods({ engine, acts, findRoot }: CalendarKeeper, on: Day): Promise<void> {
  const act = acts.find(({ name }) => name === 'calendar.open')
  const root = await findRoot(on)
  if (!act || !root) return
  const isMonthly = engine.charter.obligationsOn(on).some(({ recurring }) => recurring?.every === 'month')
  for (const period of periodsOn(on)) {
    if (period.month !== undefined && !isMonthly) continue
    const name = period.month === undefined ? period.year : `${period.year}-${String(period.month).padStart(2, '0')}`
    const deed = { actor: { kind: 'mechanism' }, key: `calendar ${name}`, at: momentOf(on), via: 'job' } as const
    await perform(engine, act, { unit: root.id, ...period }, deed)
  }
}
