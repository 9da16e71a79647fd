import type { Ability } from '#kernel/abilities.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { ProjectKind } from '#features/projects/index.ts'
import type { Account, TransferKind } from './ledger.ts'

/** Whole fen as text, because no JSON number may carry money. */
export type FenText = string

export type UnitShown = {
  readonly unit: string
  readonly name: Text
  readonly tier: string
  readonly code: string | null
}

/** What happened to money at a unit, or in its whole area where a question says so; all in whole fen. */
export type Amounts = {
  /** What came: appropriated here or passed down to here, less what was taken back or passed on within the area. */
  readonly receivedFen: FenText
  readonly passedFen: FenText
  readonly committedFen: FenText
  readonly paidFen: FenText
  readonly feeFen: FenText
  readonly returnedFen: FenText
  /** Carried into this year's books less carried out of them. */
  readonly carriedFen: FenText
  /** Not passed on, not committed, not spent. */
  readonly idleFen: FenText
}

export type LineShown = UnitShown &
  Amounts & {
    /** The line's id; `unit` is whose books are shown, so that abilities lie over it. */
    readonly line: string
    readonly owner: UnitShown
    readonly source: 'central' | 'provincial' | 'pool'
    readonly sourceName: Text
    /** Of the books shown; after a carry-over later than the line's own. */
    readonly year: number
    readonly lineYear: number
    readonly isClosed: boolean
    readonly title: Text
    readonly earmark: ProjectKind | null
    readonly earmarkName: Text | null
    readonly document: string
    readonly madeUp: boolean
    readonly on: Day
    readonly act: string
    /** What the unit itself still holds undisposed; `idleFen` is that of its whole area. */
    readonly availableFen: FenText
    /** Committed and not paid yet, in the area. */
    readonly owedFen: FenText
    /** Paid in proportion to received, 0…1. */
    readonly execution: number | null
    readonly light: Light
    readonly words: Text
    readonly can: readonly Ability[]
  }

/** A unit's books of a year, as a whole. */
export type BooksShown = {
  readonly unit: string
  readonly year: number
  readonly isClosed: boolean
  readonly closedOn: Day | null
  /** Nothing is left to dispose of, and nothing promised and unpaid. */
  readonly isEmpty: boolean
  readonly can: readonly Ability[]
}

export type LinesAnswer = {
  readonly unit: string
  readonly books: BooksShown
  readonly years: readonly number[]
  readonly total: number
  readonly sums: Amounts
  readonly items: readonly LineShown[]
}

/** One rung of the ladder: what a unit of the lineage got of a line, and how long until it passed it on. */
export type Rung = UnitShown & {
  readonly receivedFen: FenText
  readonly passedFen: FenText
  /** To the next unit on this ladder. */
  readonly passedHereFen: FenText
  readonly heldFen: FenText
  readonly receivedOn: Day | null
  readonly passedOn: Day | null
  /** From the first receipt to the last passing on, or to the day asked as of while anything is held. */
  readonly days: number | null
  readonly limitDays: number | null
  readonly dueOn: Day | null
  readonly light: Light
  readonly words: Text
}

export type PostingRow = {
  readonly act: string
  readonly unit: string
  readonly unitName: Text
  readonly document: string
  readonly note: string | null
  readonly on: Day
  readonly kinds: readonly TransferKind[]
  readonly kindNames: readonly Text[]
  readonly transfers: number
  readonly amountFen: FenText
  readonly address: string
}

export type LineAnswer = LineShown & {
  readonly ladder: readonly Rung[]
  /** What each unit directly below got. */
  readonly below: readonly (UnitShown & { readonly receivedFen: FenText; readonly lastOn: Day | null })[]
  readonly postings: { readonly total: number; readonly items: readonly PostingRow[] }
}

export type ExecutionRow = UnitShown &
  Amounts & {
    readonly owedFen: FenText
    /** Paid in proportion to received, 0…1. */
    readonly execution: number | null
    readonly commitment: number | null
    /** Days until the unit must have passed on what it holds; below zero: late by so many. Nothing, where it passes nothing on. */
    readonly daysLeft: number | null
    readonly light: Light
    readonly words: Text
  }

export type ExecutionAnswer = UnitShown & {
  readonly year: number
  readonly line: string | null
  readonly total: number
  readonly sums: ExecutionRow
  readonly items: readonly ExecutionRow[]
}

export type FlowNode = {
  readonly id: string
  /** `rest`: all that is too small to be drawn by itself. `kind`: a kind of project. `held`: not disposed of yet. */
  readonly what: 'source' | 'unit' | 'rest' | 'kind' | 'held' | 'fee'
  readonly name: Text
  /** From the left, from 0. */
  readonly column: number
  readonly amountFen: FenText
  readonly unit: string | null
  readonly projectKind: ProjectKind | null
}
export type FlowLink = {
  readonly from: string
  readonly to: string
  readonly amountFen: FenText
  /** Where its entries open in the app. */
  readonly address: string
}
export type FlowAnswer = UnitShown & {
  readonly year: number
  readonly nodes: readonly FlowNode[]
  readonly links: readonly FlowLink[]
}

export type AccountShown = {
  readonly account: string
  readonly line: string
  readonly lineTitle: Text
  readonly document: string
  readonly unit: string
  readonly unitName: Text
  readonly year: number
  readonly kind: Account['kind']
  readonly kindName: Text
  readonly project: { readonly id: string; readonly code: string; readonly name: Text } | null
}

/** A payee as everybody may see it: a natural person's name is masked. */
export type PayeeShown = { readonly id: string; readonly shown: string; readonly kind: string; readonly kindName: Text }
export type TransferName = { readonly act: string; readonly n: number }

export type EntryRow = {
  readonly account: string
  readonly version: number
  readonly on: Day
  readonly act: string
  readonly n: number
  readonly address: string
  readonly kind: TransferKind
  readonly kindName: Text
  readonly document: string
  /** Below zero: it left the account. */
  readonly amountFen: FenText
  readonly balanceFen: FenText
  readonly other: AccountShown
  readonly payee: PayeeShown | null
  readonly work: string | null
  readonly milestone: number | null
  readonly reverses: TransferName | null
  readonly reversedBy: TransferName | null
}

export type EntriesAnswer = {
  readonly unit: string
  readonly accounts: readonly (AccountShown & { readonly entries: number; readonly balanceFen: FenText })[]
  readonly total: number
  readonly items: readonly EntryRow[]
}

export type HandShown = {
  readonly unit: string
  readonly unitName: Text
  readonly post: string
  readonly postName: Text
  readonly person: { readonly id: string; readonly name: Text; readonly madeUp: boolean } | null
}

export type TransferRow = {
  readonly n: number
  readonly kind: TransferKind
  readonly kindName: Text
  readonly from: AccountShown
  readonly to: AccountShown
  readonly amountFen: FenText
  readonly payee: PayeeShown | null
  readonly work: string | null
  readonly milestone: number | null
  readonly reverses: TransferName | null
  readonly reversedBy: (TransferName & { readonly on: Day }) | null
}

export type PostingAnswer = {
  readonly act: string
  readonly unit: string
  readonly unitName: Text
  readonly document: string
  readonly note: string | null
  readonly on: Day
  readonly done: string
  readonly doneTitle: Text
  readonly duty: string
  readonly by: HandShown | null
  readonly amountFen: FenText
  readonly total: number
  readonly transfers: readonly TransferRow[]
  /** It corrects another document. */
  readonly isReversal: boolean
  /** Nothing of it stands any more. */
  readonly isReversed: boolean
  readonly can: readonly Ability[]
  readonly mayReveal: boolean
}

export type CashMonth = {
  /** `2017-03` */
  readonly month: string
  readonly inFen: FenText
  readonly outFen: FenText
  /** Held at the month's end: available and committed. */
  readonly balanceFen: FenText
}
export type CashEvent = {
  readonly on: Day
  readonly act: string
  readonly address: string
  readonly document: string
  readonly kind: TransferKind
  readonly kindName: Text
  readonly line: string
  readonly lineTitle: Text
  readonly transfers: number
  /** Below zero: it left. */
  readonly amountFen: FenText
}
export type CashAnswer = UnitShown & {
  readonly from: Day
  readonly to: Day
  readonly openingFen: FenText
  readonly closingFen: FenText
  readonly months: readonly CashMonth[]
  readonly total: number
  readonly events: readonly CashEvent[]
}

export type Origin = {
  readonly line: string
  readonly title: Text
  readonly document: string
  readonly year: number
  readonly owner: UnitShown
  readonly act: string
  readonly n: number
  readonly on: Day
  readonly amountFen: FenText
  readonly address: string
}

export type ProjectMoneyAnswer = {
  readonly project: string
  readonly unit: string
  readonly unitName: Text
  readonly code: string
  readonly name: Text
  readonly kind: ProjectKind
  /** What its plan says that it costs. */
  readonly plannedFen: FenText | null
  readonly committedFen: FenText
  readonly paidFen: FenText
  readonly owedFen: FenText
  /** Committed money by the line that it comes from. */
  readonly lines: readonly {
    readonly unit: string
    readonly line: string
    readonly title: Text
    readonly document: string
    /** Of the books. */
    readonly year: number
    readonly committedFen: FenText
    readonly paidFen: FenText
    readonly owedFen: FenText
    readonly can: readonly Ability[]
  }[]
  readonly payments: readonly {
    readonly act: string
    readonly n: number
    readonly on: Day
    readonly address: string
    readonly document: string
    readonly amountFen: FenText
    readonly payee: PayeeShown
    readonly work: string | null
    readonly milestone: number | null
    readonly reversedBy: TransferName | null
  }[]
  /** Money paid beside each milestone that a payment names. */
  readonly milestones: readonly { readonly milestone: number; readonly paidFen: FenText; readonly lastOn: Day }[]
  /** The appropriations, with their documents, that the paid money comes from. */
  readonly origins: readonly Origin[]
}

/** One step of a trace. What has no children of its own and no `more` ends there. */
export type TraceNode = {
  readonly id: string
  /** `line` and `document` are where a trace begins; `appropriation` is where money comes from; a `holder` has it in its books. */
  readonly what: 'line' | 'document' | 'appropriation' | 'holder' | 'pool' | 'project' | 'payee' | 'fee'
  readonly name: Text
  readonly amountFen: FenText
  readonly unit: string | null
  readonly line: string | null
  readonly year: number | null
  readonly project: string | null
  readonly document: string | null
  readonly on: Day | null
  /** Where it opens in the app. */
  readonly address: string | null
  /** Of its amount, what rests here and went no further. */
  readonly restsFen: FenText
  readonly children: readonly TraceNode[]
  /** Smaller children that were left out. */
  readonly more: { readonly count: number; readonly amountFen: FenText } | null
}

export type TraceAnswer = {
  readonly direction: 'down' | 'up'
  readonly amountFen: FenText
  /** What was reversed, or is all gone up: nothing to follow. */
  readonly isReversed: boolean
  readonly root: TraceNode
  /** The appropriations that it comes from; of a way down, those that it begins with. */
  readonly origins: readonly Origin[]
}
