import type { AnyAct } from '#kernel/act.ts'
import type { Seat } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'

/** What an earlier step gave, by the step's key. */
// oxlint-disable-next-line typescript/no-explicit-any -- a step knows what the step that it names gives
export type Got = (key: string) => any

/** One deed of history: on a day, in a seat, by an act of the programme. */
export type Step = {
  readonly on: Day
  /** Steps of one day go in this order; those with the same number at once. */
  readonly turn: number
  /** Also the deed's idempotency key, so that a replay that was cut off goes on where it stopped. */
  readonly key: string
  readonly act: AnyAct
  readonly seat: Seat | 'mechanism' | 'public'
  readonly input: Readonly<Record<string, unknown>> | ((got: Got) => Readonly<Record<string, unknown>>)
}
