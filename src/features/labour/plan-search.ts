import type { Program, SearchLimits, SearchProgress, Solver } from '#src/optimiser/index.ts'
import type { Verdict } from './plan-blame.ts'
import { bestOf, greedy } from './plan-greedy.ts'
import { type Assignment, type Model, NOWHERE, partsOf, type Parts } from './plan-model.ts'
import { type Arc, assignmentOf, type Frame, frameOf, programOf, valuesOf, worthOfNobodyMoved } from './plan-program.ts'

/** Each mover begins with so many of the villages that would suit it best, and where it is. */
export const ARCS_EACH = 15
/** What prices ask for is added so often at most. */
const ROUNDS_MAX = 25
const ADDED_EACH_ROUND = 3
const EPSILON = 1e-6

export type Found = {
  readonly assignment: Assignment
  readonly parts: Parts
  /** Nothing that keeps the rules is worth more than this, whatever was left out of the search. */
  readonly bound: number
  /** By how much the proposal may fall short of the best, as a share of the best that cannot be excluded. */
  readonly gap: number
  readonly isWithinGap: boolean
  readonly cutBy: string | null
  /** How much of the choice the search looked at. */
  readonly arcs: number
  readonly arcsAll: number
  readonly nodes: number
}

export type Tools = {
  readonly solver: Solver
  readonly limits: SearchLimits
  readonly heard?: (progress: SearchProgress) => void
  readonly isStopped?: () => boolean
  /** Milliseconds that are left of the time. */
  readonly msLeft: () => number
}

/**
 * Finds a deployment. Not every mover is weighed against every village: a first few arcs each are solved in broken numbers, the prices found
 * say which of the others could add anything, and those are taken in until none could. What is still left out can be worth no more than its
 * price says; the bound that is told holds for the whole choice, so that pruning never loses anything unsaid.
 */
export function search(model: Model, { must, movedMax, start: given }: Verdict, tools: Tools): Found {
  const frame = frameOf(model, must, movedMax)
  const all = allArcs(model)
  const start = startOf(model, frame, given)
  const chosen = firstArcs(model, all, [...arcsOf(model, given), ...arcsOf(model, start)])
  const priced = price(frame, all, chosen, tools)
  const arcs = all.filter((_, at) => chosen.has(at))
  const program = programOf(frame, arcs)
  const solution = tools.solver.solve(program, {
    limits: { ...tools.limits, msMax: Math.min(tools.limits.msMax, tools.msLeft()) },
    start: valuesOf(frame, arcs, start),
    ...(tools.heard && { heard: tools.heard }),
    ...(tools.isStopped && { isStopped: tools.isStopped }),
  })
  const offset = worthOfNobodyMoved(frame)
  const isStartFair = keeps(program, valuesOf(frame, arcs, start))
  const found = solution.values && assignmentOf(frame, arcs, solution.values)
  const assignment = found ? (isStartFair ? bestOf(model, [found, start]) : found) : start
  const parts = partsOf(model, assignment)
  const bound = Math.max(parts.worth, boundOf(solution.bound, priced) - offset)
  const gap = (bound - parts.worth) / Math.max(1, Math.abs(bound))
  return {
    assignment,
    parts,
    bound,
    gap,
    isWithinGap: gap <= tools.limits.gap + EPSILON,
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
    return model.villages.flatMap((_village, village) => (model.broken(mover, village).length === 0 ? [{ mover, village }] : []))
  })
}

const arcsOf = (model: Model, assignment: Assignment): readonly Arc[] =>
  assignment.flatMap((village, mover) =>
    village === NOWHERE || model.broken(mover, village).length > 0 ? [] : [{ mover, village }],
  )

/** What the search begins with: the best that a clerk would find, among what keeps all that must be kept. */
function startOf(model: Model, frame: Frame, given: Assignment): Assignment {
  const fair = [model.present, greedy(model, 'present'), greedy(model, 'nothing'), given].filter((each) => {
    const arcs = arcsOf(model, each)
    return keeps(programOf(frame, arcs), valuesOf(frame, arcs, each))
  })
  return fair.length > 0 ? bestOf(model, fair) : given
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
  const chosen = new Set<number>()
  for (const [mover, of] of Map.groupBy(all.keys(), (at) => all[at]!.mover)) {
    const ranked = of.map((at) => [at, alone(all[at]!)] as const).toSorted(([a, x], [b, y]) => y - x || a - b)
    for (const [at] of ranked.slice(0, ARCS_EACH)) chosen.add(at)
    for (const at of of) {
      const { village } = all[at]!
      if (village === present[mover] || wanted.has(`${mover} ${village}`)) chosen.add(at)
    }
  }
  return chosen
}

type Priced = {
  /** Nothing can be worth more, in broken numbers, with every arc. */
  readonly bound: number
  /** What any deployment that uses an arc left out can be worth at most. */
  readonly boundWithLeftOut: number
}

/** Takes in, by price, what could add something; says what the rest can add at most. */
function price(frame: Frame, all: readonly Arc[], chosen: Set<number>, tools: Tools): Priced {
  let priced: Priced = { bound: Infinity, boundWithLeftOut: Infinity }
  for (let round = 0; round < ROUNDS_MAX && tools.msLeft() > 0 && !tools.isStopped?.(); round += 1) {
    const arcs = [...chosen].toSorted((a, b) => a - b).map((at) => all[at]!)
    const relaxed = tools.solver.solve(programOf(frame, arcs), { limits: { ...tools.limits, msMax: tools.msLeft() }, isRelaxed: true })
    const { prices } = relaxed
    if (!prices) return priced
    const left = all.flatMap((arc, at) => (chosen.has(at) ? [] : [{ at, mover: arc.mover, gain: gainOf(frame, arc, prices) }]))
    const useful = left.filter(({ gain }) => gain > EPSILON)
    const bound = relaxed.worth + useful.reduce((sum, { gain }) => sum + gain, 0)
    const most = left.reduce((top, { gain }) => Math.max(top, gain), -Infinity)
    priced = { bound: Math.min(priced.bound, bound), boundWithLeftOut: bound + Math.min(0, most) }
    if (useful.length === 0) return priced
    for (const [, of] of Map.groupBy(useful, ({ mover }) => mover))
      for (const { at } of of.toSorted((a, b) => b.gain - a.gain || a.at - b.at).slice(0, ADDED_EACH_ROUND)) chosen.add(at)
  }
  return priced
}

/** What one arc would add at these prices. */
function gainOf(frame: Frame, arc: Arc, prices: Float64Array): number {
  const { worth, entries } = frame.columnOf(arc)
  return entries.reduce((gain, [row, value]) => gain - value * prices[row]!, worth)
}

/** The whole choice's bound: no more than its relaxation, and no more than with what was looked at or with what was not. */
const boundOf = (searched: number, { bound, boundWithLeftOut }: Priced): number =>
  Math.min(bound, Math.max(Number.isFinite(searched) ? searched : Infinity, boundWithLeftOut))

/** Whether variables keep every row, as a second look at what the solver is given and gives. */
export function keeps({ rows, columns }: Program, values: Float64Array): boolean {
  const sums = new Float64Array(rows.length)
  for (const [at, { entries, upper }] of columns.entries()) {
    if (values[at]! < -EPSILON || values[at]! > upper + EPSILON) return false
    for (const [row, value] of entries) sums[row]! += value * values[at]!
  }
  return rows.every(
    ({ lower, upper }, row) => sums[row]! >= (lower ?? -Infinity) - EPSILON && sums[row]! <= (upper ?? Infinity) + EPSILON,
  )
}
