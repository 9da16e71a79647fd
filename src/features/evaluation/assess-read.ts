import { sql } from 'kysely'
import type { Charter } from '#kernel/charter.ts'
import type { Db, Tx } from '#kernel/db.ts'
import { programmeBelow, type ProgrammeUnit } from '#kernel/programme.ts'
import type { Day } from '#kernel/words.ts'
import type { AssessmentScheme } from '#kernel/charter-assessments.ts'
import type { By } from '#kernel/act.ts'
import type { Evidence } from './assess-score.ts'
import type { Basis, Scales } from './assess-tables.ts'
import type { AssessState, AssessStep } from './assess-words.ts'

/** An assessment as it stood on a day; `unit` assesses, `of` is assessed. The last signature stands until the next one. */
export type Assessment = {
  readonly id: string
  readonly unit: string
  readonly of: string
  readonly scheme: string
  readonly year: number
  readonly state: AssessState
  readonly since: Day
  readonly ordinal: number
  readonly reason: string | null
  readonly version: number
  readonly weights: string | null
  readonly score: number | null
  readonly grade: string | null
  readonly signedOn: Day | null
  readonly act: string
}

const END: Day = '9999-12-31'

/** Every assessment by a day. */
export const assessmentsOn = (on: Day) => sql`
  select a.id, a.unit_id as unit, a.of_unit_id as of, a.scheme, a.year, s.state, s.on_day as since, s.ordinal, s.reason, s.act_id as act,
         coalesce(g.version, 0) as version, g.weights_id as weights, g.score, g.grade, g.on_day as "signedOn"
    from assessment a
    cross join lateral (select x.state, x.on_day, x.ordinal, x.reason, x.act_id from assessment_step x
                         where x.assessment_id = a.id and x.on_day <= ${on}::date order by x.ordinal desc limit 1) s
    left join lateral (select y.version, y.weights_id, y.score, y.grade, y.on_day from assessment_signature y
                        where y.assessment_id = a.id and y.on_day <= ${on}::date order by y.version desc limit 1) g on true
   where a.on_day <= ${on}::date`

export async function findAssessment(db: Db, id: string, on: Day = END): Promise<Assessment | undefined> {
  const { rows } = await sql<Assessment>`select * from (${assessmentsOn(on)}) a where a.id = ${id}`.execute(db)
  return rows[0]
}

/** A version of weights as it was adopted. */
export type Weights = {
  readonly id: string
  readonly unit: string
  readonly scheme: string
  readonly year: number
  readonly version: number
  readonly title: string
  readonly scales: Scales
  readonly madeUp: boolean
  readonly note: string | null
  readonly on: Day
  readonly act: string
}

const weightColumns = sql`id, unit_id as unit, scheme, year, version, title, scales, made_up as "madeUp", note, on_day as "on", act_id as act`

/** All versions of weights that a unit adopted by a day, the newest of each year first. */
export async function weightsOf(db: Db, unit: string, scheme: string, on: Day = END, year?: number) {
  const { rows } = await sql<Weights>`
    select ${weightColumns} from assessment_weights
     where unit_id = ${unit} and scheme = ${scheme} and on_day <= ${on}::date and (${year ?? null}::int is null or year = ${year ?? null}::int)
     order by year desc, version desc`.execute(db)
  return rows as readonly Weights[]
}

/** What was reported or verified of each indicator at a step. */
export type Value = {
  readonly ordinal: number
  readonly indicator: string
  readonly value: number | null
  readonly system: number | null
  readonly basis: Basis | null
  readonly evidence: string | null
}

export type StepRow = {
  readonly ordinal: number
  readonly step: AssessStep
  readonly state: AssessState
  readonly reason: string | null
  readonly on: Day
  readonly act: string
}

/** The steps of an assessment by a day, with what was said at each of them. */
export async function readSteps(db: Db, id: string, on: Day = END) {
  const [steps, values, vetoes] = await Promise.all([
    sql<StepRow>`
      select ordinal, step, state, reason, on_day as "on", act_id as act from assessment_step
       where assessment_id = ${id} and on_day <= ${on}::date order by ordinal`.execute(db),
    sql<Value>`
      select ordinal, indicator, value, system_value as system, basis, evidence from assessment_value where assessment_id = ${id}`.execute(
      db,
    ),
    sql<{ ordinal: number; veto: string; evidence: string }>`
      select ordinal, veto, evidence from assessment_veto where assessment_id = ${id} order by veto`.execute(db),
  ])
  const last = (step: AssessStep) => steps.rows.findLast((each) => each.step === step)?.ordinal ?? 0
  const valuesAt = (ordinal: number) =>
    new Map(values.rows.filter((row) => row.ordinal === ordinal).map((row) => [row.indicator, row]))
  return {
    steps: steps.rows,
    /** As the last report, or the last verification, said it. */
    reported: valuesAt(last('report')),
    verified: valuesAt(last('verify')),
    verifiedAt: last('verify'),
    vetoes: vetoes.rows.filter((row) => row.ordinal === last('verify')),
  }
}
export type Steps = Awaited<ReturnType<typeof readSteps>>

export type Signature = {
  readonly version: number
  readonly ordinal: number
  readonly weights: string | null
  readonly points: Readonly<Record<string, number>>
  readonly score: number | null
  readonly grade: string | null
  readonly evidence: Evidence
  readonly text: string
  readonly digest: string
  readonly on: Day
  readonly act: string
}

/** Every signature by a day, the first first. */
export async function readSignatures(db: Db, id: string, on: Day = END): Promise<readonly Signature[]> {
  const { rows } = await sql<Omit<Signature, 'evidence'>>`
    select version, ordinal, weights_id as weights, points, score, grade, evidence as text, digest, on_day as "on", act_id as act
      from assessment_signature where assessment_id = ${id} and on_day <= ${on}::date order by version`.execute(db)
  return rows.map((row) => ({ ...row, evidence: JSON.parse(row.text) as Evidence }))
}

export type Taken = {
  readonly version: number
  readonly consequence: string
  readonly words: string
  readonly on: Day
  readonly act: string
}

export async function readConsequences(db: Db, id: string, on: Day = END): Promise<readonly Taken[]> {
  const { rows } = await sql<Taken>`
    select version, consequence, words, on_day as "on", act_id as act from assessment_consequence
     where assessment_id = ${id} and on_day <= ${on}::date order by version, on_day, consequence`.execute(db)
  return rows
}

/** Whom a unit assesses under a scheme: the units of the programme below it that stand at the scheme's tier. */
export async function assessedBy(db: Db, unit: string, scheme: AssessmentScheme, on: Day) {
  const below = await programmeBelow(db, unit, on)
  return below.filter((each) => each.tier === scheme.of) as readonly ProgrammeUnit[]
}

type Step = { readonly step: AssessStep; readonly state: AssessState; readonly reason?: string | undefined }

/** Adds a step to an assessment that stands as it was read. */
export async function addStep(
  tx: Tx,
  { id, ordinal, state: from, since }: Pick<Assessment, 'id' | 'ordinal' | 'state' | 'since'>,
  { step, state, reason }: Step,
  by: By,
): Promise<number> {
  const next = { ordinal: ordinal + 1, step, state, reason: reason ?? null, from_state: from, from_day: since }
  await tx
    .insertInto('assessment_step')
    .values({ assessment_id: id, ...next, on_day: by.on, person_id: personOf(by), act_id: by.act })
    .execute()
  return next.ordinal
}

export function personOf(by: By): string {
  if (by.actor.kind !== 'person') throw new Error('An assessment is the work of people.')
  return by.actor.person
}

type Row = Omit<Value, 'ordinal'>

/** Writes what was said of the indicators at a step. */
export async function writeValues(tx: Tx, id: string, ordinal: number, rows: readonly Row[], by: By) {
  if (rows.length === 0) return
  await tx
    .insertInto('assessment_value')
    .values(
      rows.map(({ indicator, value, system, basis, evidence }) => ({
        assessment_id: id,
        ordinal,
        indicator,
        value,
        system_value: system,
        basis: basis === null ? null : JSON.stringify(basis),
        evidence,
        act_id: by.act,
      })),
    )
    .execute()
}

/** The scheme of the charter under which an assessment goes; one that the charter no longer has is a fault of the charter. */
export function schemeOf(charter: Charter, { scheme }: Pick<Assessment, 'scheme'>): AssessmentScheme {
  const found = charter.findAssessment(scheme)
  if (!found) throw new Error(`The charter ${charter.id} has no assessment «${scheme}».`)
  return found
}
