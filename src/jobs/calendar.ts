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

const EVERY_MS = 3_600_000

/** Has the mechanism open what the charter asks for in a year. Its key makes sure that it is done once, whoever asks how often. */
export async function openYear({ engine, acts, findRoot }: CalendarKeeper, on: Day): Promise<void> {
  const act = acts.find(({ name }) => name === 'calendar.open')
  const root = await findRoot(on)
  if (!act || !root) return
  const year = Number(on.slice(0, 4))
  const deed = { actor: { kind: 'mechanism' }, key: `calendar ${year}`, at: momentOf(on), via: 'job' } as const
  await perform(engine, act, { unit: root.id, year }, deed)
}

/** Opens each year as it begins, for as long as the programme runs; the first time at once. */
export async function keepCalendar(keeper: CalendarKeeper, onFailure: (error: unknown) => void): Promise<() => void> {
  const keep = () => openYear(keeper, keeper.today()).catch(onFailure)
  await keep()
  const timer = setInterval(() => void keep(), EVERY_MS)
  timer.unref()
  return () => clearInterval(timer)
}
