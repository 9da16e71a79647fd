import type { Check, Finding } from '#kernel/check.ts'
import type { Figure, Reading, ReadingByUnit } from '#kernel/figure.ts'
import type { Rehearsal, Told } from '#kernel/outcome.ts'
import type { Answerable, Person, Seat, UnitFacts } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'

/** What goes over the wire beside acts and questions: the shapes of the fixed routes. */

export type { UnitFacts }
export type Params = Readonly<Record<string, unknown>>
export type Rehearsed = Rehearsal

/** Why something was not carried out (RFC 9457), with its sentence in both languages. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly sentence: Text
  readonly refusals?: readonly Told[]
  readonly issues?: readonly { readonly field: string; readonly problem: Text }[]
  readonly duty?: { readonly id: string; readonly title: Text }
  readonly unit?: UnitFacts
  readonly answerable?: Answerable
  readonly incident?: string
}

export type FigureQuery = { readonly unit?: string; readonly on?: Day; readonly map?: Day; readonly year?: number }
export type FigureAnswer = {
  readonly figure: Pick<Figure, 'name' | 'title' | 'definition' | 'measure' | 'kind' | 'duty' | 'better' | 'money'>
  readonly unit: string
  readonly on: Day
  readonly map: Day
  readonly year: number
  readonly reading: Reading
  readonly below: readonly ReadingByUnit[]
  readonly answerable: Answerable
}

export type CheckAnswer = {
  readonly check: Omit<Check, 'details'>
  readonly on: Day
  /** How many there are over all units, and how many within the unit that was asked for. */
  readonly everywhere: number
  readonly total: number
  readonly findings: readonly (Finding & { readonly unitName: Text })[]
}

export type CheckSummary = Pick<CheckAnswer, 'check' | 'on' | 'total'> & {
  readonly units: readonly { readonly unit: string; readonly unitName: Text; readonly total: number }[]
}

export type AnswerableAnswer = {
  readonly duty: { readonly id: string; readonly title: Text; readonly quote: Text; readonly article: string }
  readonly unit: UnitFacts
  readonly on: Day
  readonly answerable: Answerable
  /** What the posts that the answer speaks of are called. */
  readonly postNames: Readonly<Record<string, Text>>
}

export type Sitting = {
  readonly person: Person
  readonly seat: Seat
  readonly unit: UnitFacts
  readonly postName: Text
  readonly delegation?: string
}

export type Session = {
  readonly mode: 'demonstration' | 'production'
  readonly charter: string
  readonly today: Day
  readonly ready: { readonly done: number; readonly total: number; readonly label: Text } | null
  readonly root: string | null
  readonly actor: Sitting | null
  readonly seats: readonly Sitting[]
}
