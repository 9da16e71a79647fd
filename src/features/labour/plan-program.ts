import type { Column, Program, Row } from '#src/optimiser/index.ts'
import { type Assignment, type Model, NOWHERE, sizeOf, sum } from './plan-model.ts'

/** A mover put into a village: one of the things to choose. */
export type Arc = { readonly mover: number; readonly village: number }

/**
 * The choice as a linear program, but for its arcs. A village is served by one team that comes or stays as a whole, or by people who come one
 * by one and are enough for a team. Whoever is there already may stay though a limit stands against it or they are too few: they then count
 * for nothing, and nobody has to go.
 */
export type Frame = {
  readonly model: Model
  readonly rows: readonly Row[]
  /** What is chosen beside arcs: where people form a team, which of their skills count, who stays as they are. */
  readonly columns: readonly Column[]
  readonly forming: ReadonlyMap<number, Forming>
  readonly stays: ReadonlyMap<number, number>
  columnOf(arc: Arc): Column
}

/** People who form a team for a village: the column that says so, and the rows and columns of how many they are and what they can do. */
type Forming = {
  readonly column: number
  readonly skillColumns: readonly number[]
  readonly size: number
  readonly room: number
  readonly skillRows: readonly number[]
}
export type Entry = [row: number, value: number]

/** How many people a village takes: as many as it asks for, as a team needs, and as are there already. */
export function capacitiesOf({ villages, movers, present, problem }: Model): readonly number[] {
  const there = villages.map(() => 0)
  for (const [mover, village] of present.entries()) if (village !== NOWHERE) there[village]! += sizeOf(movers[mover]!)
  return villages.map((village, at) => Math.max(village.people, problem.rules.teamPeopleMin, there[at]!))
}

/** Rows and columns as they are added. */
export class Sheet {
  readonly rows: Row[] = []
  readonly columns: Column[] = []
  row = (lower: number | null, upper: number | null): number => this.rows.push({ lower, upper }) - 1
  column = (worth: number, entries: readonly Entry[], upper = 1, isWhole = true): number =>
    this.columns.push({ worth, upper, isWhole, entries }) - 1
}

/** `must`: the villages that have to be served. `movedMax`: how many people may be moved at most. */
export function frameOf(model: Model, must: ReadonlySet<number>, movedMax: number | null): Frame {
  const { villages, movers, present, fixed, problem } = model
  const { weights } = problem.rules
  const sheet = new Sheet()
  const moverRow = movers.map((_, mover) => sheet.row(fixed.has(mover) ? 1 : null, 1))
  const one = villages.map((_, village) => sheet.row(must.has(village) ? 1 : null, 1))
  const serving = present.flatMap((village, mover) => (village === NOWHERE ? [] : [mover]))
  const people = sum(serving.map((mover) => sizeOf(movers[mover]!)))
  const movedRow = movedMax === null ? null : sheet.row(people - movedMax, null)
  // Whoever may serve in a team that people form where they are is one of it, and does not stay beside it.
  const beside = new Map(
    serving
      .filter((mover) => !movers[mover]!.isTeam && model.broken(mover, present[mover]!).length === 0)
      .map((mover) => [mover, sheet.row(null, 1)]),
  )
  const forming = formingOf(model, sheet, one, beside)
  // People who stay in a village as they are go when a team comes: it has room for one.
  const singles = Map.groupBy(
    serving.filter((mover) => !movers[mover]!.isTeam),
    (mover) => present[mover]!,
  )
  const left = new Map(
    [...singles].map(([village, of]): [number, Entry] => [village, [sheet.row(null, of.length), of.length]]),
  )
  const disturbed = (mover: number, village: number) =>
    present[mover] === village ? 1 : present[mover] === NOWHERE ? -1 : 0
  const wayOf = (mover: number, village: number) =>
    weights.continuity * sizeOf(movers[mover]!) * disturbed(mover, village) - weights.travel * model.km(mover, village)
  // Staying saves a move of those that are allowed; being newly sent uses one up.
  const staying = (mover: number, village: number): Entry[] => {
    const count = disturbed(mover, village) * sizeOf(movers[mover]!)
    return movedRow === null || count === 0 ? [] : [[movedRow, count]]
  }

  // A whole team that may stay does so by its arc; one that may not cannot stay where another must be.
  const asTheyAre = serving.filter(
    (mover) =>
      !movers[mover]!.isTeam || (model.broken(mover, present[mover]!).length > 0 && !must.has(present[mover]!)),
  )
  const stays = new Map(
    asTheyAre.map((mover) => {
      const village = present[mover]!
      const place: Entry = movers[mover]!.isTeam ? [one[village]!, 1] : [left.get(village)![0], 1]
      const entries: Entry[] = [[moverRow[mover]!, 1], place, ...staying(mover, village)]
      if (beside.has(mover)) entries.push([beside.get(mover)!, 1])
      return [mover, sheet.column(wayOf(mover, village), entries)]
    }),
  )
  const columnOf = ({ mover, village }: Arc): Column => {
    const entries: Entry[] = [[moverRow[mover]!, 1], ...staying(mover, village)]
    const matched = model.matched(mover, village)
    if (!movers[mover]!.isTeam) {
      const { size, room, skillRows } = forming.get(village)!
      entries.push([size, 1], [room, 1])
      for (const [need, count] of matched.entries()) if (count > 0) entries.push([skillRows[need]!, -count])
      return { worth: wayOf(mover, village), upper: 1, isWhole: true, entries }
    }
    entries.push([one[village]!, 1], ...(left.has(village) ? [left.get(village)!] : []))
    const served = villages[village]!.weight * (weights.need + weights.skill * sum(matched))
    return { worth: wayOf(mover, village) + served, upper: 1, isWhole: true, entries }
  }
  return { model, rows: sheet.rows, columns: sheet.columns, forming, stays, columnOf }
}

/** What it takes that people form a team for a village: enough of them, no more than it takes, and no other team beside. */
function formingOf(
  model: Model,
  sheet: Sheet,
  one: readonly number[],
  beside: ReadonlyMap<number, number>,
): ReadonlyMap<number, Forming> {
  const { villages, movers, problem } = model
  const { weights, teamPeopleMin } = problem.rules
  if (movers.every((mover) => mover.isTeam)) return new Map()
  const capacity = capacitiesOf(model)
  return new Map(
    villages.map(({ weight, needs }, village) => {
      const [size, room] = [sheet.row(0, null), sheet.row(null, 0)]
      const skillRows = needs.map(() => sheet.row(null, 0))
      const countedRows = needs.map(() => sheet.row(null, 0))
      const column = sheet.column(weights.need * weight, [
        [one[village]!, 1],
        [size, -teamPeopleMin],
        [room, -capacity[village]!],
        ...needs.map(({ people }, need): Entry => [countedRows[need]!, -people]),
        ...[...beside].flatMap(([mover, row]): Entry[] => (model.present[mover] === village ? [[row, 1]] : [])),
      ])
      const skillColumns = needs.map(({ people }, need) => {
        const entries: Entry[] = [
          [skillRows[need]!, 1],
          [countedRows[need]!, 1],
        ]
        return sheet.column(weights.skill * weight, entries, people, false)
      })
      return [village, { column, skillColumns, size, room, skillRows }]
    }),
  )
}

export const programOf = (frame: Frame, arcs: readonly Arc[]): Program => ({
  rows: frame.rows,
  columns: [...frame.columns, ...arcs.map((arc) => frame.columnOf(arc))],
})

/** Who is where, by the variables of a solution. */
export function assignmentOf(frame: Frame, arcs: readonly Arc[], values: Float64Array): Assignment {
  const placed = frame.model.movers.map(() => NOWHERE)
  for (const [mover, column] of frame.stays) if (values[column]! > 0.5) placed[mover] = frame.model.present[mover]!
  for (const [at, { mover, village }] of arcs.entries())
    if (values[frame.columns.length + at]! > 0.5) placed[mover] = village
  return placed
}

/** The variables that say an assignment, to begin a search with. */
export function valuesOf(frame: Frame, arcs: readonly Arc[], assignment: Assignment): Float64Array {
  const { model, columns, forming, stays } = frame
  const values = new Float64Array(columns.length + arcs.length)
  const index = new Map(arcs.map(({ mover, village }, at) => [`${mover} ${village}`, columns.length + at]))
  const arcOf = (mover: number) => index.get(`${mover} ${assignment[mover]!}`)
  const put = (column: number | undefined, value = 1) => {
    if (column !== undefined) values[column] = value
  }
  for (const [village, placed] of Map.groupBy(assignment.keys(), (mover) => assignment[mover]!)) {
    if (village === NOWHERE) continue
    const [whole, alone] = [true, false].map((isTeam) =>
      placed.filter((mover) => model.movers[mover]!.isTeam === isTeam),
    )
    for (const mover of whole!) put(arcOf(mover) ?? stays.get(mover))
    const able = alone!.filter((mover) => arcOf(mover) !== undefined)
    const isFormed = able.length >= model.problem.rules.teamPeopleMin
    for (const mover of alone!) put((isFormed ? arcOf(mover) : undefined) ?? stays.get(mover))
    const team = forming.get(village)
    if (!isFormed || !team) continue
    put(team.column)
    for (const [need, { people }] of model.villages[village]!.needs.entries())
      put(team.skillColumns[need], Math.min(people, sum(able.map((mover) => model.matched(mover, village)[need]!))))
  }
  return values
}

/** What it is worth that nobody is moved; the program speaks of what is gained against moving everybody. */
export const worthOfNobodyMoved = ({ model }: Frame): number =>
  model.problem.rules.weights.continuity *
  sum(model.present.map((village, mover) => (village === NOWHERE ? 0 : sizeOf(model.movers[mover]!))))
