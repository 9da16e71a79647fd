import { type ColumnType, sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import { findMove, type State, type Step, type StepOutcome } from './state.ts'

type Json = ColumnType<Record<string, unknown>, string, never>

declare module '#kernel/db.ts' {
  interface DB {
    exit_step: {
      unit_id: string
      exit_year: number
      ordinal: number
      round: number
      step: Step
      outcome: StepOutcome
      state: State
      on_day: string
      remarks: string | null
      evidence: Json
      act_id: string
      previous: ColumnType<number | null, never, never>
      from_state: State
      from_day: string | null
      from_round: number
    }
    headcount_attestation: {
      id: string
      unit_id: string
      year: number
      poor_persons: number
      rural_persons: number
      villages: number
      villages_out: number
      as_of: string
      on_day: string
      act_id: string
    }
    exit_notice: {
      unit_id: string
      exit_year: number
      round: number
      from_day: string
      until_day: string
      act_id: string
    }
    exit_objection: {
      id: string
      unit_id: string
      exit_year: number
      round: number
      statement: string
      receipt: string
      on_day: string
      act_id: string
    }
    objection_answer: {
      objection_id: string
      outcome: 'upheld' | 'dismissed'
      reason: string
      on_day: string
      act_id: string
    }
    objector: {
      objection_id: string
      handler_unit_id: string
      name: string | null
      contact: string | null
      act_id: string
    }
    exit_evidence: {
      unit_id: string
      exit_year: number
      round: number
      evidence: string
      sha256: string
      on_day: string
      act_id: string
    }
  }
}

/** What names a case: the county and the year for which it is to leave. */
export const ExitCase = {
  unit: UnitId,
  year: Year.meta({ label: { zh: '退出年度', en: 'Year of exit' }, widget: 'year' }),
}

/** What obligations over a case are called. */
export const subjectOf = (year: number) => `exit/${year}`

export type StepRow = {
  readonly ordinal: number
  readonly round: number
  readonly step: Step
  readonly outcome: StepOutcome
  readonly state: State
  readonly on: Day
  readonly remarks: string | null
  readonly evidence: Record<string, unknown>
  readonly act: string
}

/** A case with all its steps, the oldest first. */
export type Case = {
  readonly state: State
  readonly round: number
  readonly since: Day | null
  readonly steps: readonly StepRow[]
}

/** A case as it stands; for an act without a day, so that it sees every step there is. */
export async function readCase(db: Db | Tx, unit: string, year: number, on: Day | null = null): Promise<Case> {
  const { rows: steps } = await sql<StepRow>`
    select ordinal, round, step, outcome, state, on_day as "on", remarks, evidence, act_id as act
      from exit_step
     where unit_id = ${unit} and exit_year = ${year} and (${on}::date is null or on_day <= ${on}::date)
     order by ordinal`.execute(db)
  const last = steps.at(-1)
  return { state: last?.state ?? 'none', round: last?.round ?? 0, since: last?.on ?? null, steps }
}

/** The last step of a kind in the case's present round. */
export const findStep = ({ steps, round }: Case, step: Step): StepRow | undefined =>
  steps.findLast((row) => row.step === step && row.round === round)

export type NewStep = {
  readonly unit: string
  readonly year: number
  readonly step: Step
  readonly outcome: StepOutcome
  readonly remarks?: string | null | undefined
  readonly evidence?: Readonly<Record<string, unknown>>
}

/** Adds one step to a case: the only way in which a case moves. */
export async function addStep(tx: Tx, at: Case, { unit, year, step, outcome, remarks, evidence }: NewStep, by: By) {
  const state = findMove(step, at.state, outcome)
  if (!state) throw new Error(`«${step}: ${outcome}» does not follow «${at.state}».`)
  const round = at.round + (step === 'propose' ? 1 : 0)
  await tx
    .insertInto('exit_step')
    .values({
      unit_id: unit,
      exit_year: year,
      ordinal: (at.steps.at(-1)?.ordinal ?? 0) + 1,
      round,
      step,
      outcome,
      state,
      on_day: by.on,
      remarks: remarks ?? null,
      evidence: JSON.stringify(evidence ?? {}),
      act_id: by.act,
      from_state: at.state,
      from_day: at.since,
      from_round: at.round,
    })
    .execute()
  return { unit, year, round, state }
}

/** The county's own count for a year. */
export type Attestation = {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly poorPersons: number
  readonly ruralPersons: number
  readonly villages: number
  readonly villagesOut: number
  readonly asOf: Day
  readonly on: Day
  readonly act: string
}

/** Every attestation of a county for a year known on a day, the newest first. */
export async function attestationsOf(
  db: Db | Tx,
  unit: string,
  year: number,
  on: Day | null = null,
): Promise<readonly Attestation[]> {
  const { rows } = await sql<Attestation>`
    select id, unit_id as unit, year, poor_persons as "poorPersons", rural_persons as "ruralPersons", villages,
           villages_out as "villagesOut", as_of as "asOf", on_day as "on", act_id as act
      from headcount_attestation
     where unit_id = ${unit} and year = ${year} and (${on}::date is null or on_day <= ${on}::date)
     order by id desc`.execute(db)
  return rows
}

/** Where every case of a year stood on a day: `unit_id, exit_year, ordinal, round, step, outcome, state, on_day, remarks, act_id`. */
export const casesOn = (on: Day, year: number) => sql`
  select distinct on (unit_id) unit_id, exit_year, ordinal, round, step, outcome, state, on_day, remarks, act_id
    from exit_step where exit_year = ${year} and on_day <= ${on}::date
   order by unit_id, ordinal desc`

/** As `casesOn`, of all years. */
export const allCasesOn = (on: Day) => sql`
  select distinct on (unit_id, exit_year) unit_id, exit_year, ordinal, round, step, outcome, state, on_day, remarks, act_id
    from exit_step where on_day <= ${on}::date
   order by unit_id, exit_year, ordinal desc`
