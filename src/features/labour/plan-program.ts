import type { Column, Program, Row } from '#src/optimiser/index.ts'
import { type Assignment, type Model, NOWHERE, sizeOf } from './plan-model.ts'

/** A mover put into a village: one of the things to choose. */
export type Arc = { readonly mover: number; readonly village: number }

/**
 * The choice as a linear program, but for its arcs. A village is open when a team large enough serves it; only an open one counts.
 * A team that is there may stay though it is too small or a limit stands against it: it then counts for nothing, and nobody has to go.
 */
export type Frame = {
  readonly model: Model
  readonly rows: readonly Row[]
  /** What is chosen beside arcs: which villages are open, whose skills count, who stays as they are. */
  readonly columns: readonly Column[]
  readonly open: readonly number[]
  readonly stays: ReadonlyMap<number, number>
  readonly first: {
    readonly skill: readonly number[]
  }
  columnOf(arc: Arc): Column
}

/** How many people a village takes: as many as it asks for, as a team needs, and as are there already. */
export function capacitiesOf({ villages, movers, present, problem }: Model): readonly number[] {
  const there = villages.map(() => 0)
  for (const [mover, village] of present.entries()) if (village !== NOWHERE) there[village]! += sizeOf(movers[mover]!)
  return villages.map((village, at) => Math.max(village.people, problem.rules.teamPeopleMin, there[at]!))
}

/** `must`: the villages that have to be open. `movedMax`: how many people may be moved at most. */
export function frameOf(model: Model, must: ReadonlySet<number>, movedMax: number | null): Frame {
  const { villages, movers, present, fixed, problem } = model
  const { weights, teamPeopleMin } = problem.rules
  const [rows, columns]: [Row[], Column[]] = [[], []]
  const addRow = (lower: number | null, upper: number | null) => rows.push({ lower, upper }) - 1
  const addColumn = (column: Column) => columns.push(column) - 1

  const moverRow = movers.map((_, mover) => addRow(fixed.has(mover) ? 1 : null, 1))
  // Enough people where it is open; no more than asked for; a team only where it is open; never two teams in one village.
  const size = villages.map(() => addRow(0, null))
  const room = villages.map(() => addRow(null, 0))
  const teams = villages.map(() => addRow(null, 0))
  const one = villages.map(() => addRow(null, 1))
  const skillRow = villages.map((village) => village.needs.map(() => addRow(null, 0)))
  const servedRow = villages.map((village) => village.needs.map(() => addRow(null, 0)))
  const moving = present.flatMap((village, mover) => (village === NOWHERE ? [] : [mover]))
  const staying = moving.reduce((all, mover) => all + sizeOf(movers[mover]!), 0)
  const movedRow = movedMax === null ? null : addRow(staying - movedMax, null)

  const capacity = capacitiesOf(model)
  const open = villages.map((village, at) => {
    const entries: [number, number][] = [
      [size[at]!, -teamPeopleMin],
      [room[at]!, -capacity[at]!],
      [teams[at]!, -1],
      ...servedRow[at]!.map((row, need): [number, number] => [row, -village.needs[need]!.people]),
    ]
    if (must.has(at)) entries.push([addRow(1, null), 1])
    return addColumn({ worth: weights.need * village.weight, upper: 1, isWhole: true, entries })
  })
  const skill = villages.flatMap((village, at) =>
    village.needs.map((need, n) =>
      addColumn({
        worth: weights.skill * village.weight,
        upper: need.people,
        isWhole: false,
        entries: [
          [skillRow[at]![n]!, 1],
          [servedRow[at]![n]!, 1],
        ],
      }),
    ),
  )
  const worthOf = (mover: number, village: number) =>
    (present[mover] === village ? weights.continuity * sizeOf(movers[mover]!) : 0) - weights.travel * model.km(mover, village)
  const stays = new Map(
    moving.map((mover) => {
      const village = present[mover]!
      const entries: [number, number][] = [[moverRow[mover]!, 1]]
      if (movers[mover]!.isTeam) entries.push([one[village]!, 1])
      if (movedRow !== null) entries.push([movedRow, sizeOf(movers[mover]!)])
      return [mover, addColumn({ worth: worthOf(mover, village), upper: 1, isWhole: true, entries })]
    }),
  )

  const columnOf = ({ mover, village }: Arc): Column => {
    const people = sizeOf(movers[mover]!)
    const entries: [number, number][] = [
      [moverRow[mover]!, 1],
      [size[village]!, people],
      [room[village]!, Math.min(people, capacity[village]!)],
    ]
    if (movers[mover]!.isTeam) entries.push([teams[village]!, 1], [one[village]!, 1])
    for (const [need, count] of model.matched(mover, village).entries())
      if (count > 0) entries.push([skillRow[village]![need]!, -count])
    if (movedRow !== null && present[mover] === village) entries.push([movedRow, people])
    return { worth: worthOf(mover, village), upper: 1, isWhole: true, entries }
  }
  return { model, rows, columns, open, stays, first: { skill }, columnOf }
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
  const { model, columns, open, stays, first } = frame
  const values = new Float64Array(columns.length + arcs.length)
  const index = new Map(arcs.map(({ mover, village }, at) => [`${mover} ${village}`, columns.length + at]))
  const there = Map.groupBy(assignment.keys(), (mover) => assignment[mover]!)
  let column = 0
  for (const [village, { needs }] of model.villages.entries()) {
    const placed = there.get(village) ?? []
    const counting = placed.filter((mover) => index.has(`${mover} ${village}`))
    const people = counting.reduce((all, mover) => all + sizeOf(model.movers[mover]!), 0)
    const isOpen = people >= model.problem.rules.teamPeopleMin
    if (isOpen) values[open[village]!] = 1
    for (const [need, { people: asked }] of needs.entries()) {
      const found = counting.reduce((all, mover) => all + model.matched(mover, village)[need]!, 0)
      if (isOpen) values[first.skill[column]!] = Math.min(asked, found)
      column += 1
    }
    for (const mover of placed) {
      const at = (isOpen ? index.get(`${mover} ${village}`) : undefined) ?? stays.get(mover)
      if (at !== undefined) values[at] = 1
    }
  }
  return values
}

/** What staying in place is worth to everybody together; the program speaks of what is gained against leaving. */
export const worthOfNobodyMoved = ({ model }: Frame): number =>
  model.present.reduce(
    (all, village, mover) =>
      village === NOWHERE ? all : all + model.problem.rules.weights.continuity * sizeOf(model.movers[mover]!),
    0,
  )
