import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Reading } from '#kernel/act.ts'
import { fieldId, fieldsOf, type ReportKind } from '#kernel/charter-reports.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { UnitId } from '#kernel/words.ts'
import { v7 as uuidv7 } from '#kernel/uuid.ts'
import { addStep, type FieldRow, findReport, heldIn, type ReportCase } from './books.ts'
import { composeKnown, type FiguresOf, type Known } from './compose.ts'
import { enteredFields, readEntered } from './entered.ts'
import { closingOf } from './heir.ts'
import { fits } from './period.ts'
import { type Facts, type Given, standingFields } from './signing.ts'
import './tables.ts'

const FIELDS_MAX = 80
const once = (each: readonly { readonly field: string }[]) =>
  new Set(each.map(({ field }) => field)).size === each.length

/** What the author of a report gives: its unit and period, what only they know, and answers to remarks. */
export const ReportInput = z.object({
  unit: UnitId,
  kind: z.string().meta({ label: { zh: '报告', en: 'Report' }, widget: 'hidden' }),
  period: z.string().meta({
    label: { zh: '报告期', en: 'Period' },
    hint: { zh: '月报写成2018-09，年报写成2018。', en: 'A month as 2018-09, a year as 2018.' },
    widget: 'hidden',
  }),
  entered: z
    .array(
      z.object({
        field: z.string().meta({ label: { zh: '栏目', en: 'Field' } }),
        value: z
          .string()
          .trim()
          .min(1)
          .max(4000)
          .meta({ label: { zh: '内容', en: 'What it holds' }, widget: 'prose' }),
      }),
    )
    .max(FIELDS_MAX)
    .refine(once, { error: 'each field once' })
    .default([])
    .meta({ label: { zh: '填写的内容', en: 'What only you know' } }),
  answers: z
    .array(
      z.object({
        field: z.string().meta({ label: { zh: '栏目', en: 'Field' } }),
        answer: z
          .string()
          .trim()
          .min(2)
          .max(2000)
          .meta({ label: { zh: '答复', en: 'Answer' }, widget: 'prose' }),
      }),
    )
    .max(FIELDS_MAX)
    .refine(once, { error: 'each field once' })
    .default([])
    .meta({ label: { zh: '对意见的答复', en: 'Answers to the remarks' } }),
})

/** What has to be known before a report is signed. */
export async function signingFacts(tx: Tx, { unit, kind: id, period }: Given, by: By): Promise<Facts> {
  const isClosed = unit !== by.lineage[0].id
  const kind = by.charter.findReport(id, by.on)
  const [report, since, closed, due] = await Promise.all([
    findReport(tx, { unit, kind: id, period }),
    sinceOf(tx, unit),
    isClosed ? closingOf(tx, unit) : undefined,
    kind ? dueOf(tx, unit, kind, period) : null,
  ])
  return { kind, report, since, closed, due }
}

async function sinceOf(db: Db, unit: string): Promise<Day | null> {
  const { rows } = await sql<{ since: Day }>`select established_on as since from unit where id = ${unit}`.execute(db)
  return rows[0]?.since ?? null
}

/** By when a report of a period is owed by a unit; null if nothing was opened, or it is met. */
async function dueOf(db: Db, unit: string, kind: ReportKind, period: string): Promise<Day | null> {
  const { rows } = await sql<{ due: Day }>`
    select due_on as due from obligation_item
     where unit_id = ${unit} and subject = ${period} and duty = ${kind.duty} and met_on is null and lapsed_on is null
     order by due_on limit 1`.execute(db)
  return rows[0]?.due ?? null
}

export type Signed = {
  readonly report: string
  readonly version: number
  /** Of what this version says anew: how much the system wrote, and how much was typed. */
  readonly prefilled: number
  readonly typed: number
  readonly scrutinised: boolean
}

/** What the system knows of the unit and the period at the moment of signing. */
export async function knownAhead(db: Db, { unit, kind: id, period }: Given, read: Reading, figuresOf: FiguresOf) {
  const { charter, on } = read
  const kind = charter.findReport(id, on)
  return kind && fits(kind.every, period)
    ? composeKnown(db, { charter, figures: figuresOf(), kind, unit, period, on })
    : []
}

/** Writes a version: what the system knows, as it is now; what the author typed; and what stands from the version before. */
export async function sign(
  tx: Tx,
  input: Given,
  { kind, report }: Facts,
  by: By,
  ahead: readonly Known[],
): Promise<Signed> {
  if (!kind || by.actor.kind !== 'person')
    throw new Error('A report is signed by a person, and is one of the charter’s.')
  const stands = standingFields(report, kind)
  const version = (report?.version ?? 0) + 1
  const { unit, period } = input
  const known = ahead.filter((each) => !stands(each.field))
  const id = report?.id ?? uuidv7()
  if (!report)
    await tx.insertInto('report').values({ id, unit_id: unit, kind: kind.id, period, act_id: by.act }).execute()
  await keepDefinitions(tx, known, by)
  const rows = fieldRows({ id, version, kind, input, known, report, stands, act: by.act })
  await tx.insertInto('report_field').values(rows).execute()
  const step = { step: 'send', state: 'sent', version, reason: null, on: by.on } as const
  await addStep(tx, { id, ...(report && { last: report.last }) }, { ...step, person: by.actor.person, act: by.act })
  const fresh = rows.filter((row) => row.since_version === version)
  const typed = fresh.filter((row) => row.source === 'entered').length
  return { report: id, version, prefilled: fresh.length - typed, typed, scrutinised: kind.scrutiny !== undefined }
}

/** A definition is kept once, whoever signs under it first. */
async function keepDefinitions(tx: Tx, known: readonly Known[], by: By) {
  const met = new Map(known.flatMap((each) => (each.digest && each.definition ? [[each.digest, each] as const] : [])))
  if (met.size === 0) return
  const { rows } = await sql<{ digest: string }>`
    select d.digest from unnest(${[...met.keys()]}::text[]) k (digest) join report_definition d on d.digest = k.digest`.execute(
    tx,
  )
  for (const row of rows) met.delete(row.digest)
  if (met.size === 0) return
  await tx
    .insertInto('report_definition')
    .values(
      [...met].map(([digest, { field, definition }]) => ({
        digest,
        figure: field,
        definition: JSON.stringify(definition),
        act_id: by.act,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

type Version = {
  readonly id: string
  readonly version: number
  readonly kind: ReportKind
  readonly input: Given
  readonly known: readonly Known[]
  readonly report: ReportCase | undefined
  readonly stands: (field: string) => boolean
  readonly act: string
}

function fieldRows({ id, version, kind, input, known, report, stands, act }: Version) {
  const held = report ? heldIn(report, report.version) : new Map<string, FieldRow>()
  const knownOf = new Map(known.map((each) => [each.field, each]))
  const typed = new Map(input.entered.map((each) => [each.field, each.value]))
  const answers = new Map(input.answers.map((each) => [each.field, each.answer]))
  const asked = new Map(enteredFields(kind).map((field) => [field.id, field]))
  const base = { report_id: id, version, act_id: act }
  return fieldsOf(kind).flatMap((field) => {
    const name = fieldId(field)
    const before = held.get(name)
    const said = { ...base, field: name, answer: answers.get(name) ?? null }
    const now = knownOf.get(name)
    if (now)
      return [
        {
          ...said,
          source: now.source,
          since_version: version,
          value: now.value,
          text: null,
          as_of: now.asOf,
          definition: now.digest,
          from_day: now.from,
        },
      ]
    const entered = asked.get(name)
    const read = entered && typed.has(name) && !stands(name) ? readEntered(entered, typed.get(name) ?? '') : undefined
    if (read)
      return [
        {
          ...said,
          source: 'entered' as const,
          since_version: version,
          value: read.value === null ? null : Number(read.value),
          text: read.text,
          as_of: null,
          definition: null,
          from_day: null,
        },
      ]
    if (!before) return []
    return [
      {
        ...said,
        source: before.source,
        since_version: before.sinceVersion,
        value: before.value,
        text: before.text,
        as_of: before.asOf,
        definition: before.digest,
        from_day: before.from,
      },
    ]
  })
}
