import type { Column } from '#src/optimiser/index.ts'
import { type Assignment, brokenFor, type Limit, type Model, NOWHERE, sizeOf, sum } from './plan-model.ts'
import { boundOf, price, type Tools } from './plan-price.ts'
import { type Arc, capacitiesOf, type Entry, Sheet } from './plan-program.ts'

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
const PAIRS_EACH = 15

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
  if (must.size === 0 && movedMax === null) return { blames: [], isLeast: true, start: model.present, must, movedMax }
  const program = elastic(model, must, movedMax)
  const { rows, columns, pairs } = program
  const chosenPairs = firstPairs(model, pairs)
  const candidates = { count: pairs.length, columnOf: program.columnOf, groupOf: (at: number) => pairs[at]!.village }
  const priced = price(rows, columns, candidates, chosenPairs, tools)
  const kept = [...chosenPairs].toSorted((a, b) => a - b)
  const solution = tools.solver.solve(
    { rows, columns: [...columns, ...kept.map(program.columnOf)] },
    { limits: { ...tools.limits, gap: 0, msMax: tools.msLeft() / 2 }, isStopped: tools.isStopped },
  )
  const { values } = solution
  // Nothing is known of it: the rest is planned as if nothing had to be, and it is said.
  if (!values) return { blames: [], isLeast: false, start: model.present, must: new Set(), movedMax }
  const chosen = kept.flatMap((pair, at) => (values[columns.length + at]! > 0.5 ? [pairs[pair]!] : []))
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
    isLeast: boundOf(solution.bound, priced) - solution.worth < LIMIT_BROKEN / 2,
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
  const sheet = new Sheet()
  const { row: addRow, column: addColumn } = sheet
  const moverRow = movers.map(() => addRow(null, 1))
  const rowsOf = new Map(
    [...must].map((village) => [village, { one: addRow(1, 1), size: addRow(0, null), room: addRow(null, 0) }]),
  )
  const serving = present.flatMap((village, mover) => (village === NOWHERE ? [] : [mover]))
  const people = sum(serving.map((mover) => sizeOf(movers[mover]!)))
  const movedRow = movedMax === null ? null : addRow(people - movedMax, null)
  const movedColumn = movedRow === null ? null : addColumn(-LIMIT_BROKEN, [[movedRow, 1]], sum(movers.map(sizeOf)))
  // People form a team, or would if enough were there.
  const missing = [...rowsOf].map(([village, { one, size, room }]) => {
    addColumn(0, [
      [one, 1],
      [size, -teamPeopleMin],
      [room, -capacity[village]!],
    ])
    return { village, column: addColumn(-PERSON_MISSING, [[size, 1]], teamPeopleMin) }
  })
  const staying = (mover: number): Entry[] => (movedRow === null ? [] : [[movedRow, sizeOf(movers[mover]!)]])
  // Where somebody must be, who counts for nothing cannot stay.
  const stays = new Map(
    serving
      .filter((mover) => !must.has(present[mover]!))
      .map((mover) => {
        const entries: Entry[] = [[moverRow[mover]!, 1], ...staying(mover)]
        return [mover, addColumn(MOVED * sizeOf(movers[mover]!), entries)]
      }),
  )
  const pairs = pairsOf(model, must)
  const columnOf = (at: number): Column => {
    const { mover, village, broken, leavesFixed } = pairs[at]!
    const here = rowsOf.get(village)!
    const size = sizeOf(movers[mover]!)
    const isStaying = present[mover] === village
    const isNew = movedRow !== null && present[mover] === NOWHERE
    const entries: Entry[] = [
      [moverRow[mover]!, 1],
      ...(isStaying ? staying(mover) : isNew ? [[movedRow, -size] as Entry] : []),
    ]
    if (movers[mover]!.isTeam) entries.push([here.one, 1])
    else entries.push([here.size, 1], [here.room, 1])
    const price = LIMIT_BROKEN * (broken.length + (leavesFixed ? 1 : 0)) + model.km(mover, village)
    return { worth: (isStaying ? MOVED * size : 0) - price, upper: 1, isWhole: true, entries }
  }
  return { rows: sheet.rows, columns: sheet.columns, missing, stays, pairs, movedColumn, columnOf }
}

/** Everybody with every village where somebody must be, whatever stands against it. */
const pairsOf = (model: Model, must: ReadonlySet<number>): readonly Pair[] =>
  [...must].flatMap((village) =>
    model.movers.map((_, mover) => ({
      mover,
      village,
      broken: model.broken(mover, village),
      leavesFixed: model.fixed.has(mover) && model.present[mover] !== village,
    })),
  )

/** Those against whom least stands, and the nearest: so many of each village to begin with. */
function firstPairs(model: Model, pairs: readonly Pair[]): Set<number> {
  const against = pairs.map(
    ({ mover, village, broken, leavesFixed }) =>
      (broken.length + Number(leavesFixed)) * LIMIT_BROKEN +
      (model.present[mover] === village ? 0 : 1 + model.km(mover, village)),
  )
  return new Set(
    [...Map.groupBy(pairs.keys(), (at) => pairs[at]!.village).values()].flatMap((of) =>
      of.toSorted((a, b) => against[a]! - against[b]! || a - b).slice(0, PAIRS_EACH),
    ),
  )
}

function blamesOf(model: Model, { mover, village, broken, leavesFixed }: Pair): readonly Blame[] {
  const { rules, on } = model.problem
  const isMoved = model.present[mover] !== village
  const offending = (limit: Limit) =>
    model.movers[mover]!.people.filter((person) =>
      brokenFor(person, model.villages[village]!, rules, isMoved, on).includes(limit),
    ).map((person) => person.id)
  return [
    ...broken.map((limit) => ({ limit, village, mover, people: offending(limit) })),
    ...(leavesFixed ? [{ limit: 'fixed' as const, village, mover }] : []),
  ]
}

/** Those who may go, go; those who may not stay where they are, unless a team took their place. */
function startFrom(
  model: Model,
  chosen: readonly Pair[],
  stays: ReadonlyMap<number, number>,
  values: Float64Array,
): Assignment {
  const start = model.movers.map(() => NOWHERE)
  for (const [mover, column] of stays) if (values[column]! > 0.5) start[mover] = model.present[mover]!
  for (const { mover, village, broken, leavesFixed } of chosen)
    if (broken.length === 0 && !leavesFixed) start[mover] = village
  const taken = new Set(start.filter((village, mover) => village !== NOWHERE && model.movers[mover]!.isTeam))
  for (const mover of model.movers.keys())
    if (
      start[mover] === NOWHERE &&
      model.present[mover] !== NOWHERE &&
      !(model.movers[mover]!.isTeam && taken.has(model.present[mover]!))
    )
      start[mover] = model.present[mover]!
  return start
}
