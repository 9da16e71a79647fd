import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { columns, type Content, fields } from './draft.ts'
import { findMove, type State, type Step, type StepOutcome } from './state.ts'
import './tables.ts'

/** Who took a step, and who answers for it where somebody was delegated to. */
export type Hand = {
  readonly step: Step
  readonly ordinal: number
  readonly person: string | null
  readonly principal: string | null
}

/** A project as an act finds it. */
export type ProjectCase = {
  readonly id: string
  readonly unit: string
  readonly code: string
  readonly version: number
  readonly content: Content
  readonly state: State
  readonly since: Day
  readonly ordinal: number
  readonly remarks: string | null
  readonly hands: readonly Hand[]
}

type Row = Omit<ProjectCase, 'content'> & Content

const contentColumns = sql.raw(fields.map((field) => `v.${columns[field]} as "${field}"`).join(', '))

const caseQuery = sql`
  select p.id, p.unit_id as unit, p.code, v.version, s.state, s.on_day as since, s.ordinal, s.remarks, ${contentColumns},
         (select coalesce(json_agg(json_build_object('step', h.step, 'ordinal', h.ordinal, 'person', h.person_id,
                                                     'principal', h.evidence->>'principal') order by h.ordinal), '[]')
            from project_step h where h.project_id = p.id) as hands
    from project_at('infinity') p
    cross join lateral (select * from project_step x where x.project_id = p.id order by x.ordinal desc limit 1) s
    cross join lateral (select * from project_version x where x.project_id = p.id order by x.version desc limit 1) v`

function caseOf(row: Row): ProjectCase {
  const { id, unit, code, version, state, since, ordinal, remarks, hands, ...content } = row
  return { id, unit, code, version, state, since, ordinal, remarks, hands, content }
}

/** Some projects as they stand, with every step there is. */
export async function readCases(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, ProjectCase>> {
  const { rows } = await sql<Row>`${caseQuery} where p.id = any (${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, caseOf(row)]))
}

/** A county's projects by their codes; of two with the same one, its own before one that it took over. */
export async function readCasesByCode(
  tx: Tx,
  unit: string,
  codes: readonly string[],
): Promise<ReadonlyMap<string, ProjectCase>> {
  const { rows } = await sql<Row>`
    ${caseQuery} where p.unit_id = ${unit} and p.code = any (${[...new Set(codes)]}::text[])
    order by p.proposed_at = ${unit}`.execute(tx)
  return new Map(rows.map((row) => [row.code, caseOf(row)]))
}

/** A project before its first step. */
export type Beginning = Pick<ProjectCase, 'id' | 'code' | 'unit'> & {
  readonly state: State
  readonly since: Day | null
  readonly ordinal: number
}

export type NewStep = {
  readonly at: Beginning
  readonly step: Step
  readonly outcome: StepOutcome
  readonly remarks?: string | undefined
  readonly evidence?: Readonly<Record<string, unknown>>
}

export type Moved = { readonly id: string; readonly code: string; readonly unit: string; readonly state: State }

/** Adds a step to each of some projects: the only way in which they move. */
export function addSteps(tx: Tx, by: By, steps: readonly NewStep[]): readonly Moved[] {
  const person = by.actor.kind === 'person' ? by.actor.person : null
  const rows = steps.map(({ at, step, outcome, remarks, evidence }) => {
    const state = findMove(step, at.state, outcome)
    if (!state) throw new Error(`«${step}: ${outcome}» does not follow «${at.state}».`)
    return {
      project_id: at.id,
      ordinal: at.ordinal + 1,
      step,
      outcome,
      state,
      remarks: remarks ?? null,
      evidence: { ...evidence, principal: by.principal?.id ?? null },
      from_state: at.state,
      from_day: at.since,
    }
  })
  addRows(tx, by, 'project_step', rows, { on_day: by.on, person_id: person })
  return steps.map(({ at }, place) => ({ id: at.id, code: at.code, unit: at.unit, state: rows[place]!.state }))
}

type Table =
  | 'project'
  | 'project_version'
  | 'project_step'
  | 'project_notice'
  | 'project_admission'
  | 'project_assignment'
  | 'project_task'
  | 'project_milestone'
  | 'milestone_report'
  | 'project_acceptance'
  | 'project_handover'
  | 'project_withdrawal'
  | 'project_home'

/** Writes rows of one table in one statement; what is the same in all of them is said once. Money is given as text. */
export function addRows(
  tx: Tx,
  by: By,
  table: Table,
  rows: readonly Readonly<Record<string, unknown>>[],
  shared: Readonly<Record<string, unknown>> = {},
) {
  const [first] = rows
  if (!first) return
  const all = { ...first, ...shared, act_id: by.act }
  const names = sql.join(Object.keys(all).map((name) => sql.ref(name)))
  const full = rows.map((row) => ({ ...row, ...shared, act_id: by.act }))
  send(
    tx,
    sql`insert into ${sql.table(table)} (${names})
        select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(full)}::jsonb)`.compile(
      tx,
    ),
  )
}

/** Whether somebody who wants to act took a step themselves, or somebody did so in their name. */
export function hasTaken(by: By, hands: readonly Hand[]): boolean {
  const own = [by.actor.kind === 'person' ? by.actor.person : null, by.principal?.id ?? null]
  return hands.some((hand) => [hand.person, hand.principal].some((each) => each !== null && own.includes(each)))
}

/** Who took the last step of a kind. */
export const lastHand = ({ hands }: ProjectCase, step: Step): readonly Hand[] =>
  hands.filter((hand) => hand.step === step).slice(-1)
