import type { z } from 'zod'
import type { Charter, ParameterValue } from './charter.ts'
import type { Db, Tx } from './db.ts'
import type { Lineage, Person, Seat, UnitFacts } from './standing.ts'
import type { Day, Text } from './words.ts'

/** Who wants to act: a person in a seat (perhaps under a delegation), anyone of the public, or the mechanism's own clock. */
export type Actor =
  | { readonly kind: 'person'; readonly person: string; readonly seat: Seat; readonly delegation?: string | undefined }
  | { readonly kind: 'public'; readonly from: string }
  | { readonly kind: 'mechanism' }

/** What a rule and an effect may know of the deed: who, when, under which law, over which unit. */
export type By = {
  /** The journal entry's id; every row that the effect writes names it. */
  readonly act: string
  readonly actor: Actor
  /** Who answers for it: the holder of the seat, also when a delegate acts. */
  readonly principal: Person | null
  readonly at: Date
  readonly on: Day
  readonly charter: Charter
  /** The unit acted over, then all units above it. */
  readonly lineage: Lineage
  /** The unit whose seats hold the duty here. */
  readonly bearer: UnitFacts
  /** A dated parameter as it applies to the unit acted over; `on` defaults to the day of the deed. */
  readonly parameter: (id: string, on?: Day) => ParameterValue & { unit: string }
  readonly findParameter: (id: string, on?: Day) => ParameterValue | undefined
}

/** One reason for which an act may be refused. */
export type RefusalText = Text & {
  /** What was looked at, in a few words; a dry run lists it as fine when the reason does not apply. */
  readonly topic?: Text
  /** Other reasons that leave nothing to judge here: where one of them applies, the topic is neither refused nor fine. */
  readonly notJudgedWith?: readonly string[]
  /** How to put it right. */
  readonly remedy?: Text
  /** The charter's parameter, duty or obligation that the reason stands on. */
  readonly cites?: string
}

export type Refusal<Code extends string = string> = {
  readonly code: Code
  readonly facts: Readonly<Record<string, unknown>>
  readonly weight: 'refusal' | 'advice'
}
/** Gives a reason. One who may give more codes may be handed to a rule that gives fewer. */
export type Refuse<Code extends string> = <One extends Code>(
  code: One,
  facts?: Readonly<Record<string, unknown>>,
) => Refusal<One>
/** A line of a ruling: fine, or a reason. */
export type Line<Code extends string> = boolean | Refusal<Code>

/** What the unit acted over may be found with, before the act takes its turn. */
export type Reading = { readonly db: Db; readonly charter: Charter; readonly on: Day }

/** What a thing on the screen needs to know of an act that can be done about it. */
export type About = {
  /** The kind of object, as asks return it: `exit`, `letter`, `unit`, … */
  readonly kind: string
  /** Whether the object's state invites the act. */
  readonly offered?: (object: never) => boolean
  /** The part of the input that the object gives. */
  readonly input: (object: never) => Readonly<Record<string, unknown>>
  /** The unit acted over, where it is not the object's own `unit`. */
  readonly over?: (object: never) => string
}

export type Act<
  Name extends string,
  Input extends z.ZodObject,
  Facts,
  Code extends string,
  Advice extends string,
  Result,
  Ahead = undefined,
> = {
  /** `noun.verb`; also the route, the permission, the journal key, the command and the test's name. */
  readonly name: Name
  readonly title: Text
  /** What it is for, in a sentence or two, for the reference page and the form. */
  readonly purpose: Text
  /** The charter's duty under which it is done. */
  readonly duty: string
  /** The charter's parameters that its rule reads. */
  readonly parameters?: readonly string[]
  readonly input: Input
  /** Every reason for which this act may be refused, as a sentence for the person refused. */
  readonly refusals: Readonly<Record<Code, RefusalText>>
  /** What does not stop the act, but whoever does it should know before. */
  readonly advice?: Readonly<Record<Advice, RefusalText>>
  /** What happens next, step by step, as the form tells it before the button is pressed. */
  readonly then?: readonly Text[]
  /** It can't be undone by a correcting act: the form asks for confirmation. */
  readonly final?: boolean
  /** The mechanism's clock may do it by itself. */
  readonly automatic?: boolean
  /** It makes the very unit that it is done over: the programme's root. */
  readonly founding?: boolean
  /** It shows personal data: its result goes to whoever asked, and is kept nowhere. */
  readonly confidential?: boolean
  /** Whoever does it is not even told from others: nothing is kept of the browser or the address that it came from. */
  readonly anonymous?: boolean
  /** It reads rows that only the unit whose duty it is, or the person who acts, may see: the database is told for whom it works. */
  readonly rowSecurity?: boolean
  readonly about?: About
  /** The unit over which the duty must be held. */
  over(input: z.output<Input>, read: Reading): string | Promise<string>
  /** Further units that the rule reads or the effect writes: all of them wait for their turn. */
  turns?(input: z.output<Input>): readonly string[]
  /**
   * Reads, before its transaction and as of one moment, what the effect writes down as it was then: sums over so many rows that, read
   * within the transaction, every act that writes one of them would conflict with this one. A rule decides nothing by it.
   */
  ahead?(db: Db, input: z.output<Input>, read: Reading): Promise<Ahead>
  /** Reads, in the act's own transaction, all that the rule needs. Writes nothing. */
  facts(tx: Tx, input: z.output<Input>, by: By): Promise<Facts>
  /** Decides. No clock, no I/O, no exception: the same facts always give the same ruling, with every reason at once. */
  rule(
    facts: Facts,
    input: z.output<Input>,
    refuse: Refuse<NoInfer<Code>>,
    by: By,
    advise: Refuse<NoInfer<Advice>>,
  ): readonly Line<NoInfer<Code> | NoInfer<Advice>>[]
  /** Writes what was decided. Runs only if nothing was refused. */
  effect(tx: Tx, input: z.output<Input>, facts: Facts, by: By, ahead: NoInfer<Ahead>): Promise<Result>
  /** The thing that obligations opened, met or lapsed by this act speak of; by default the unit itself. */
  subject?(input: z.output<Input>, result: Result, obligation: string): string
  /** The units for which a triggered obligation opens; by default the unit acted over. */
  obliges?(input: z.output<Input>, result: Result, obligation: string): readonly string[]
  /** The units whose obligations it meets or leaves without an object; by default the unit acted over. */
  settles?(input: z.output<Input>, result: Result, obligation: string): readonly string[]
  /**
   * For an act over many things at once, instead of the three above: each thing with the unit that owes, for which an obligation
   * is opened, or is settled (met, or left without an object). What is opened may have a due day of its own, which somebody set;
   * otherwise the charter's limit counts from the day of the deed.
   */
  concerns?(
    input: z.output<Input>,
    result: Result,
    obligation: string,
    how: 'opened' | 'settled',
  ): readonly { readonly unit: string; readonly subject: string; readonly due?: Day }[]
  /** Whether this outcome meets the obligations that the act can meet; by default it does. */
  meets?(input: z.output<Input>, result: Result): boolean
}

/**
 * Declares an act: the only way to change anything.
 *
 * From it derive the route, the permission, the journal entry, the form, the command, the dry run and the reference page.
 */
export const act = <
  const Name extends string,
  Input extends z.ZodObject,
  Facts,
  const Code extends string,
  Result,
  const Advice extends string = never,
  Ahead = undefined,
>(
  declaration: Act<Name, Input, Facts, Code, Advice, Result, Ahead>,
) => Object.freeze(declaration)

/** An act of any shape, as the registry holds it. */
// oxlint-disable-next-line typescript/no-explicit-any -- the registry is heterogeneous; each act is checked where it is declared
export type AnyAct = Act<string, any, any, any, any, any, any>
