import type { Column, Row } from '#src/optimiser/index.ts'
import { type Assignment, brokenFor, type Limit, type Model, NOWHERE, sizeOf, sum } from './plan-model.ts'
import { type Arc, capacitiesOf } from './plan-program.ts'
import type { Tools } from './plan-search.ts'

/** What stands in the way of what was asked: who or what would have to give, and how much of it. */
export type Blame =
  | { readonly limit: 'people'; readonly village: number; readonly missing: number }
  | { readonly limit: Limit; readonly village: number; readonly mover: number; readonly people: readonly string[] }
  | { readonly limit: 'fixed'; readonly village: number; readonly mover: number }
  | { readonly limit: 'moved'; readonly people: number }

export type Verdict = {
  /** Empty where everything asked for can be had. */
  readonly blames: readonly Blame[]
  /** No shorter list would do, among those that break a limit as seldom as this and leave nobody out who is not named. */
  readonly isLeast: boolean
  /** A deployment to begin with, that keeps what can be kept. */
  readonly start: Assignment
  /** The villages that can have a team, and how many people have to be moved. */
  readonly must: ReadonlySet<number>
  readonly movedMax: number | null
}

/** A person who is missing weighs more than a limit that gives way; ties are broken by fewer moves and shorter ways. */
const PERSON_MISSING = 3_000_000
const LIMIT_BROKEN = 1_000_000
const MOVED = 10
const PAIRS_MAX = 60_000

/** What must be there at all: the villages that weigh enough. */
export const mustOf = ({ villages, problem }: Model): ReadonlySet<number> => {
  const least = problem.rules.mustWeight
  return new Set(least === null ? [] : villages.flatMap((village, at) => (village.weight >= least ? [at] : [])))
}

type Pair = Arc & { readonly broken: readonly Limit[]; readonly leavesFixed: boolean }

/**
 * Whether everything that must be can be, and if not, the least that would have to give: a second program in which every limit may be
 * broken for a price, and nothing else is worth anything.
 */
export function blame(model: Model, tools: Tools): Verdict {
  const must = mustOf(model)
  const { movedMax } = model.problem.rules
  if (must.size === 0 && movedMax === null)
    return { blames: [], isLeast: true, start: model.present, must, movedMax }
  const program = elastic(model, must, movedMax)
  const solution = tools.solver.solve(
    { rows: program.rows, columns: program.columns },
    {
      limits: { ...tools.limits, gap: 0.0001, msMax: tools.msLeft() / 2 },
      ...(tools.isStopped && { isStopped: tools.isStopped }),
    },
  )
  const values = solution.values ?? new Float64Array(program.columns.length)
  const chosen = program.pairs.filter((_, at) => values[program.firstPair + at]! > 0.5)
  const moved = program.movedColumn === null ? 0 : Math.round(values[program.movedColumn]!)
  const blames: Blame[] = [
    ...program.missing.flatMap(({ village, column }) => {
      const missing = Math.round(values[column]!)
      return missing > 0 ? [{ limit: 'people' as const, village, missing }] : []
    }),
    ...chosen.flatMap((pair) => blamesOf(model, pair)),
    ...(moved > 0 ? [{ limit: 'moved' as const, people: moved }] : []),
  ]
  const start = startFrom(model, chosen, program.stays, values)
  const unmet = new Set(blames.flatMap((each) => ('village' in each ? [each.village] : [])))
  return {
    blames,
    isLeast: solution.ending === 'best',
    start,
    must: new Set([...must].filter((village) => !unmet.has(village))),
    movedMax: movedMax === null ? null : movedMax + moved,
  }
}

/** The program in which anything may give. */
function elastic(model: Model, must: ReadonlySet<number>, movedMax: number | null) {
  const { movers, present, problem } = model
  const { teamPeopleMin } = problem.rules
  const capacity = capacitiesOf(model)
  const [rows, columns]: [Row[], Column[]] = [[], []]
  const addRow = (lower: number | null, upper: number | null) => rows.push({ lower, upper }) - 1
  const addColumn = (column: Column) => columns.push(column) - 1
  const moverRow = movers.map(() => addRow(null, 1))
  const at = new Map(
    [...must].map((village) => [
      village,
      { size: addRow(teamPeopleMin, null), room: addRow(null, capacity[village]!), one: addRow(null, 1) },
    ]),
  )
  const serving = present.flatMap((village, mover) => (village === NOWHERE ? [] : [mover]))
  const people = sum(serving.map((mover) => sizeOf(movers[mover]!)))
  const movedRow = movedMax === null ? null : addRow(people - movedMax, null)
  const movedColumn =
    movedRow === null ? null : addColumn({ worth: -LIMIT_BROKEN, upper: people, isWhole: true, entries: [[movedRow, 1]] })
  const missing = [...at].map(([village, { size }]) => ({
    village,
    column: addColumn({ worth: -PERSON_MISSING, upper: teamPeopleMin, isWhole: true, entries: [[size, 1]] }),
  }))
  const stays = new Map(
    serving.map((mover) => {
      const here = at.get(present[mover]!)
      const entries: [number, number][] = [[moverRow[mover]!, 1]]
      if (here && movers[mover]!.isTeam) entries.push([here.one, 1])
      if (movedRow !== null) entries.push([movedRow, sizeOf(movers[mover]!)])
      return [mover, addColumn({ worth: MOVED * sizeOf(movers[mover]!), upper: 1, isWhole: true, entries })]
    }),
  )
  const pairs = pairsOf(model, must)
  const firstPair = columns.length
  for (const { mover, village, broken, leavesFixed } of pairs) {
    const here = at.get(village)!
    const size = sizeOf(movers[mover]!)
    const isStaying = present[mover] === village
    const entries: [number, number][] = [
      [moverRow[mover]!, 1],
      [here.size, size],
      [here.room, Math.min(size, capacity[village]!)],
    ]
    if (movers[mover]!.isTeam) entries.push([here.one, 1])
    if (movedRow !== null && isStaying) entries.push([movedRow, size])
    const price = LIMIT_BROKEN * (broken.length + (leavesFixed ? 1 : 0)) + model.km(mover, village)
    addColumn({ worth: (isStaying ? MOVED * size : 0) - price, upper: 1, isWhole: true, entries })
  }
  return { rows, columns, missing, stays, pairs, firstPair, movedColumn }
}

/** Who could go where something must be, whatever stands against it; of too many, those against whom least does, and the nearest. */
function pairsOf(model: Model, must: ReadonlySet<number>): readonly Pair[] {
  const each = Math.max(30, Math.floor(PAIRS_MAX / Math.max(1, must.size)))
  return [...must].flatMap((village) =>
    model.movers
      .map((_, mover) => ({
        mover,
        village,
        broken: model.broken(mover, village),
        leavesFixed: model.fixed.has(mover) && model.present[mover] !== village,
      }))
      .toSorted(
        (a, b) =>
          a.broken.length + Number(a.leavesFixed) - b.broken.length - Number(b.leavesFixed) ||
          model.km(a.mover, village) - model.km(b.mover, village) ||
          a.mover - b.mover,
      )
      .slice(0, each),
  )
}

function blamesOf(model: Model, { mover, village, broken, leavesFixed }: Pair): readonly Blame[] {
  const { rules, on } = model.problem
  const isMoved = model.present[mover] !== village
  const offending = (limit: Limit) =>
    model.movers[mover]!.people
      .filter((person) => brokenFor(person, model.villages[village]!, rules, isMoved, on).includes(limit))
      .map((person) => person.id)
  return [
    ...broken.map((limit) => ({ limit, village, mover, people: offending(limit) })),
    ...(leavesFixed ? [{ limit: 'fixed' as const, village, mover }] : []),
  ]
}

/** Those who may go, go; those who may not stay where they are, unless a team took their place. */
function startFrom(model: Model, chosen: readonly Pair[], stays: ReadonlyMap<number, number>, values: Float64Array): Assignment {
  const start = model.movers.map(() => NOWHERE)
  for (const [mover, column] of stays) if (values[column]! > 0.5) start[mover] = model.present[mover]!
  for (const { mover, village, broken, leavesFixed } of chosen)
    if (broken.length === 0 && !leavesFixed) start[mover] = village
  const taken = new Set(start.filter((village, mover) => village !== NOWHERE && model.movers[mover]!.isTeam))
  for (const mover of model.movers.keys())
    if (start[mover] === NOWHERE && model.present[mover] !== NOWHERE && !(model.movers[mover]!.isTeam && taken.has(model.present[mover]!)))
      start[mover] = model.present[mover]!
  return start
}
