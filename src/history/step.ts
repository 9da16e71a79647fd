import type { AnyAct } from '#kernel/act.ts'
import type { Day } from '#kernel/words.ts'

/** What an earlier step gave, by the step's key. */
// oxlint-disable-next-line typescript/no-explicit-any -- a step knows what the step that it names gives
export type Got = (key: string) => any

/** The first of some posts in a unit that somebody sits in on the day; if all are vacant, those of the level above. */
export type Seats = { readonly unit: string; readonly posts: readonly string[]; readonly above?: Seats }
/** Who does a step: a seat, the clock, or one of the public. */
export type Doer = Seats | 'mechanism' | 'public'

/** One deed of history: on a day, in a seat, by an act of the programme. */
export type Step = {
  readonly on: Day
  /** Steps of one day go in this order; those with the same number at once. */
  readonly turn: number
  /** Also the deed's idempotency key, so that a replay that was cut off goes on where it stopped. */
  readonly key: string
  readonly act: AnyAct
  readonly by: Doer
  /** The unit that it is told with, where that is neither the input's nor the doer's own. */
  readonly of?: string
  readonly input: Readonly<Record<string, unknown>> | ((got: Got) => Readonly<Record<string, unknown>>)
  /** What follows from its result, on later days. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a step knows what its act gives
  readonly then?: (result: any) => readonly Step[]
}
