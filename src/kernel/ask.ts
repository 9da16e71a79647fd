import type { z } from 'zod'
import type { Actor, AnyAct } from './act.ts'
import type { Charter } from './charter.ts'
import type { Db } from './db.ts'
import type { Links } from './link.ts'
import type { Day, Text } from './words.ts'

/** Who asks, and as of which day. Every answer is computed from what was in force and known *on* that day. */
export type Reader = {
  readonly db: Db
  readonly charter: Charter
  /** The day that the answer is asked as of. */
  readonly on: Day
  /** The day that it is today, by the clock that the programme runs on. */
  readonly today: Day
  /** The day whose map of units the answer is restated to; the day asked as of, unless said otherwise. */
  readonly map: Day
  readonly actor: Actor | undefined
  /** Every act of the programme, so that abilities can travel with the objects that an answer holds. */
  readonly acts: readonly AnyAct[]
  /** What every slice hands down or answers upward, for the chain of a unit. */
  readonly links: readonly Links[]
}

export type Ask<Name extends string, Input extends z.ZodObject, Answer> = {
  /** `noun.question`; also the route and the command. */
  readonly name: Name
  readonly title: Text
  readonly purpose: Text
  /** The public may ask what the rules make public; everything else is for people with a seat. */
  readonly access: 'public' | 'seated'
  readonly input: Input
  answer(reader: Reader, input: z.output<Input>): Promise<Answer>
}

/** Declares a question. It changes nothing: it runs as a database role that can't. */
export const ask = <const Name extends string, Input extends z.ZodObject, Answer>(
  declaration: Ask<Name, Input, Answer>,
) => Object.freeze(declaration)

/** A question of any shape, as the registry holds it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the registry is heterogeneous; each question is checked where it is declared
export type AnyAsk = Ask<string, any, any>

/** The thing asked for does not exist, or did not on that day. */
export class NotFound extends Error {
  readonly what: Text
  constructor(what: Text) {
    super(what.en)
    this.what = what
  }
}
