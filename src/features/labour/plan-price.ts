import type { Column, Row, SearchLimits, SearchProgress, Solver } from '#src/optimiser/index.ts'

/** What a search works with: the solver, its limits, and the time. */
export type Tools = {
  readonly solver: Solver
  readonly limits: SearchLimits
  readonly heard?: (progress: SearchProgress) => void
  readonly isStopped: () => boolean
  /** Milliseconds that are left of the time. */
  readonly msLeft: () => number
}

export type Priced = {
  /** Nothing can be worth more, with every candidate and in broken numbers. */
  readonly bound: number
  /** What anything that uses a candidate left out can be worth at most. */
  readonly boundWithLeftOut: number
}

/** What is chosen among: candidates by the thousand, of which few will matter. A group is what one of them excludes the others of. */
export type Candidates = {
  readonly count: number
  columnOf(candidate: number): Column
  groupOf(candidate: number): number
}

const ROUNDS_MAX = 30
const ADDED_EACH_ROUND = 4
const EPSILON = 1e-6
/** The solver's own tolerance, as a share. */
const SLACK = 1e-9

/**
 * Takes in, by price, those candidates that could add something to what was chosen; says what the rest can add at most.
 *
 * The chosen are solved in broken numbers. Its prices say what each candidate left out would add: none that adds anything is left out,
 * unless the time is over; then the bound says by how much more the whole could be worth.
 */
export function price(
  rows: readonly Row[],
  columns: readonly Column[],
  candidates: Candidates,
  chosen: Set<number>,
  tools: Tools,
): Priced {
  const all = Array.from({ length: candidates.count }, (_, at) => candidates.columnOf(at))
  // What is left of the time is for whole numbers.
  const reserve = tools.msLeft() / 3
  let priced: Priced = { bound: Infinity, boundWithLeftOut: Infinity }
  for (let round = 0; round < ROUNDS_MAX && tools.msLeft() > reserve && !tools.isStopped(); round += 1) {
    const picked = [...chosen].toSorted((a, b) => a - b).map((at) => all[at]!)
    const relaxed = tools.solver.solve(
      { rows, columns: [...columns, ...picked] },
      { limits: { ...tools.limits, msMax: tools.msLeft() - reserve }, isRelaxed: true },
    )
    const { prices } = relaxed
    if (!prices) return priced
    let [over, most] = [0, -Infinity]
    const useful: { readonly at: number; readonly gain: number }[] = []
    for (const [at, column] of all.entries()) {
      if (chosen.has(at)) continue
      const gain = gainOf(column, prices)
      most = Math.max(most, gain)
      if (gain <= EPSILON) continue
      over += gain
      useful.push({ at, gain })
    }
    const bound = (relaxed.worth + over) * (1 + SLACK) + EPSILON
    priced = { bound: Math.min(priced.bound, bound), boundWithLeftOut: bound + Math.min(0, most) }
    if (useful.length === 0) return priced
    for (const [, of] of Map.groupBy(useful, ({ at }) => candidates.groupOf(at)))
      for (const { at } of of.toSorted((a, b) => b.gain - a.gain || a.at - b.at).slice(0, ADDED_EACH_ROUND))
        chosen.add(at)
  }
  return priced
}

/** What one of a column would add at these prices. */
const gainOf = ({ worth, entries }: Column, prices: Float64Array): number =>
  entries.reduce((gain, [row, value]) => gain - value * prices[row]!, worth)

/** The bound of the whole choice: no more than its relaxation, and no more than with what was searched or with what was left out. */
export const boundOf = (searched: number, { bound, boundWithLeftOut }: Priced): number =>
  Math.min(bound, Math.max(Number.isFinite(searched) ? searched : Infinity, boundWithLeftOut))
