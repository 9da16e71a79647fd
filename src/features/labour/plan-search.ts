import type { Program } from '#src/optimiser/index.ts'
import type { Verdict } from './plan-blame.ts'
import { bestOf } from './plan-greedy.ts'
import { type Assignment, type Model, NOWHERE, partsOf, type Parts } from './plan-model.ts'
import { boundOf, price, type Tools } from './plan-price.ts'
import { type Arc, assignmentOf, type Frame, frameOf, programOf, valuesOf, worthOfNobodyMoved } from './plan-program.ts'

/** Each mover begins with so many of the villages that suit it best, each village with so many of the movers, and all where they are. */
const ARCS_EACH = 10
const EPSILON = 1e-6

export type Found = {
  readonly assignment: Assignment
  readonly parts: Parts
  /** Nothing that keeps the rules is worth more than this, whatever was left out of the search; null where time was too short to say. */
  readonly bound: number | null
  /** By how much the proposal may fall short of the best, as a share of the best that cannot be excluded. */
  readonly gap: number | null
  readonly isWithinGap: boolean
  readonly cutBy: string | null
  /** How much of the choice the search looked at. */
  readonly arcs: number
  readonly arcsAll: number
  readonly nodes: number
}

/**
 * Finds a deployment. Not every mover is weighed against every village: a first few arcs each are solved in broken numbers, the prices found
 * say which of the others could add anything, and those are taken in until none could. What is still left out can be worth no more than its
 * price says; the bound that is told holds for the whole choice, so that pruning never loses anything unsaid.
 */
export function search(
  model: Model,
  { must, movedMax, start: given }: Verdict,
  clerks: readonly Assignment[],
  tools: Tools,
): Found {
  const frame = frameOf(model, must, movedMax)
  const all = allArcs(model)
  const start = startOf(model, frame, [model.present, ...clerks, given])
  const chosen = firstArcs(model, all, [...arcsOf(model, given), ...arcsOf(model, start)])
  const candidates = {
    count: all.length,
    columnOf: (at: number) => frame.columnOf(all[at]!),
    groupOf: (at: number) => all[at]!.mover,
  }
  const priced = price(frame.rows, frame.columns, candidates, chosen, tools)
  const arcs = all.filter((_, at) => chosen.has(at))
  const program = programOf(frame, arcs)
  const solution = tools.solver.solve(program, {
    limits: { ...tools.limits, msMax: Math.min(tools.limits.msMax, tools.msLeft()) },
    start: valuesOf(frame, arcs, start),
    ...(tools.heard && { heard: tools.heard }),
    isStopped: tools.isStopped,
  })
  const offset = worthOfNobodyMoved(frame)
  const isStartFair = keeps(program, valuesOf(frame, arcs, start))
  const found = solution.values && assignmentOf(frame, arcs, solution.values)
  const assignment = found ? (isStartFair ? bestOf(model, [found, start]) : found) : start
  const parts = partsOf(model, assignment)
  const most = boundOf(solution.bound, priced) - offset
  const bound = Number.isFinite(most) ? Math.max(parts.worth, most) : null
  const gap = bound === null ? null : (bound - parts.worth) / Math.max(1, Math.abs(bound))
  return {
    assignment,
    parts,
    bound,
    gap,
    isWithinGap: gap !== null && gap <= tools.limits.gap + EPSILON,
    cutBy: solution.cutBy,
    arcs: arcs.length,
    arcsAll: all.length,
    nodes: solution.nodes,
  }
}

/** Every mover with every village where nothing stands against it. */
function allArcs(model: Model): readonly Arc[] {
  return model.movers.flatMap((_, mover) => {
    if (model.fixed.has(mover)) return [{ mover, village: model.present[mover]! }]
    return model.villages.flatMap((_village, village) =>
      model.broken(mover, village).length === 0 ? [{ mover, village }] : [],
    )
  })
}

const arcsOf = (model: Model, assignment: Assignment): readonly Arc[] =>
  assignment.flatMap((village, mover) =>
    village === NOWHERE || model.broken(mover, village).length > 0 ? [] : [{ mover, village }],
  )

/** What the search begins with: the best that a clerk would find, among what keeps all that must be kept. */
function startOf(model: Model, frame: Frame, of: readonly Assignment[]): Assignment {
  const fair = of.filter((each) => {
    const arcs = arcsOf(model, each)
    const values = valuesOf(frame, arcs, each)
    // What the program cannot say is not begun with.
    return (
      keeps(programOf(frame, arcs), values) &&
      assignmentOf(frame, arcs, values).every((at, mover) => at === each[mover])
    )
  })
  return fair.length > 0 ? bestOf(model, fair) : of.at(-1)!
}

/** The best few of each mover by what they are worth alone, and whatever else is asked for. */
function firstArcs(model: Model, all: readonly Arc[], asked: readonly Arc[]): Set<number> {
  const { villages, present, problem } = model
  const { weights } = problem.rules
  const wanted = new Set(asked.map(({ mover, village }) => `${mover} ${village}`))
  const alone = ({ mover, village }: Arc) =>
    villages[village]!.weight *
      (weights.need + weights.skill * model.matched(mover, village).reduce((sum, each) => sum + each, 0)) -
    weights.travel * model.km(mover, village)
  const worth = all.map(alone)
  const best = (of: readonly number[]) => of.toSorted((a, b) => worth[b]! - worth[a]! || a - b).slice(0, ARCS_EACH)
  const chosen = new Set<number>()
  for (const side of ['mover', 'village'] as const)
    for (const [, of] of Map.groupBy(all.keys(), (at) => all[at]![side])) for (const at of best(of)) chosen.add(at)
  for (const [at, { mover, village }] of all.entries())
    if (village === present[mover] || wanted.has(`${mover} ${village}`)) chosen.add(at)
  return chosen
}

/** Whether variables keep every row, as a second look at what the solver is given and gives. */
export function keeps({ rows, columns }: Program, values: Float64Array): boolean {
  const sums = new Float64Array(rows.length)
  for (const [at, { entries, upper }] of columns.entries()) {
    if (values[at]! < -EPSILON || values[at]! > upper + EPSILON) return false
    for (const [row, value] of entries) sums[row]! += value * values[at]!
  }
  return rows.every(
    ({ lower, upper }, row) =>
      sums[row]! >= (lower ?? -Infinity) - EPSILON && sums[row]! <= (upper ?? Infinity) + EPSILON,
  )
}
