import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import type { State, Step } from './state.ts'
import type { Definition, Source } from './tables.ts'

export type StepRow = {
  readonly ordinal: number
  readonly step: Step
  readonly state: State
  readonly version: number
  readonly reason: string | null
  readonly on: Day
  readonly person: string
  readonly act: string
}
export type FieldRow = {
  readonly version: number
  readonly field: string
  readonly source: Source
  readonly sinceVersion: number
  readonly value: number | null
  readonly text: string | null
  readonly asOf: Day | null
  readonly from: Day | null
  readonly digest: string | null
  readonly definition: Definition | null
  readonly answer: string | null
}
export type RemarkRow = { readonly ordinal: number; readonly field: string; readonly remark: string }

/** A report with all that was ever sent and said of it by a day. */
export type ReportCase = {
  readonly id: string
  readonly unit: string
  readonly kind: string
  readonly period: string
  readonly state: State
  readonly version: number
  readonly since: Day
  readonly last: StepRow
  readonly steps: readonly StepRow[]
  readonly fields: readonly FieldRow[]
  readonly remarks: readonly RemarkRow[]
}

type Which = { readonly id: string } | { readonly unit: string; readonly kind: string; readonly period: string }

/** A report; for an act without a day, so that it sees every step there is. */
export async function findReport(db: Db | Tx, which: Which, on: Day | null = null): Promise<ReportCase | undefined> {
  const found = await sql<Pick<ReportCase, 'id' | 'unit' | 'kind' | 'period'>>`
    select id, unit_id as unit, kind, period from report
     where ${'id' in which ? sql`id = ${which.id}` : sql`unit_id = ${which.unit} and kind = ${which.kind} and period = ${which.period}`}`.execute(
    db,
  )
  const [report] = found.rows
  if (!report) return undefined
  const [{ rows: steps }, { rows: fields }, { rows: remarks }] = await Promise.all([
    sql<StepRow>`
      select ordinal, step, state, version, reason, on_day as "on", person_id as person, act_id as act from report_step
       where report_id = ${report.id} and (${on}::date is null or on_day <= ${on}::date) order by ordinal`.execute(db),
    sql<FieldRow>`
      select f.version, f.field, f.source, f.since_version as "sinceVersion", f.value::float8 as value, f.text, f.as_of as "asOf",
             f.from_day as "from", f.definition as digest, d.definition, f.answer
        from report_field f left join report_definition d on d.digest = f.definition
       where f.report_id = ${report.id}`.execute(db),
    sql<RemarkRow>`select ordinal, field, remark from report_remark where report_id = ${report.id}`.execute(db),
  ])
  const last = steps.at(-1)
  if (!last) return undefined
  return {
    ...report,
    state: last.state,
    version: last.version,
    since: last.on,
    last,
    steps,
    fields: fields.filter((field) => field.version <= last.version),
    remarks: remarks.filter((remark) => remark.ordinal <= last.ordinal),
  }
}

/** What a version held, by field. */
export const heldIn = ({ fields }: ReportCase, version: number): ReadonlyMap<string, FieldRow> =>
  new Map(fields.filter((field) => field.version === version).map((field) => [field.field, field]))

/** What was remarked when a report was last returned; nothing by name if it was returned as a whole. */
export const openRemarks = ({ state, last, remarks }: ReportCase): readonly RemarkRow[] =>
  state === 'returned' ? remarks.filter((remark) => remark.ordinal === last.ordinal) : []

/** Takes a step over a report; the row names the one before it, so that the database refuses a second one from the same place. */
export async function addStep(
  tx: Tx,
  report: Pick<ReportCase, 'id'> & { readonly last?: StepRow },
  step: Pick<StepRow, 'step' | 'state' | 'version' | 'reason' | 'on' | 'person' | 'act'>,
): Promise<number> {
  const { last } = report
  const ordinal = (last?.ordinal ?? 0) + 1
  await tx
    .insertInto('report_step')
    .values({
      report_id: report.id,
      ordinal,
      step: step.step,
      state: step.state,
      version: step.version,
      reason: step.reason,
      on_day: step.on,
      person_id: step.person,
      act_id: step.act,
      from_state: last?.state ?? 'none',
      from_day: last?.on ?? null,
      from_version: last?.version ?? 0,
      from_person: last?.person ?? null,
    })
    .execute()
  return ordinal
}
