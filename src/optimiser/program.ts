/** A variable: what one of it is worth, how much of it there may be, and how it counts in each row that it touches. */
export type Column = {
  readonly worth: number
  readonly upper: number
  readonly isWhole: boolean
  /** Row and coefficient, one after the other; no row twice. */
  readonly entries: readonly (readonly [row: number, value: number])[]
}

/** What the sum of a row must lie between; null is no bound. */
export type Row = { readonly lower: number | null; readonly upper: number | null }

/** A linear program in whole or broken numbers, none of them below nothing: what is worth most, within every row. */
export type Program = { readonly rows: readonly Row[]; readonly columns: readonly Column[] }

/** How long and how finely to search. Every limit is stated with the answer. */
export type SearchLimits = {
  readonly msMax: number
  /** The share of its own worth by which an answer may fall short of the best. */
  readonly gap: number
  /** Branches looked into at most: unlike time, it cuts every machine off at the same place. */
  readonly nodesMax: number
  readonly seed: number
}

/** How the search ended: `best` within the gap; `cut` by a limit with something in hand, or with nothing. */
export type Ending = 'best' | 'impossible' | 'cut'
export type Solution = {
  readonly ending: Ending
  /** What cut it off. */
  readonly cutBy: 'time' | 'nodes' | 'memory' | 'asked' | null
  /** The variables, or nothing was found. */
  readonly values: Float64Array | null
  readonly worth: number
  /** Nothing can be worth more than this. */
  readonly bound: number
  /** What one more of each row's bound would be worth; only of a program in broken numbers. */
  readonly prices: Float64Array | null
  readonly nodes: number
  readonly ms: number
}

/** How far a search is: the best in hand, and what nothing can exceed. */
export type SearchProgress = { readonly worth: number | null; readonly bound: number | null; readonly ms: number }
