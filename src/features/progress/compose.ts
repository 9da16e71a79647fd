import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '#kernel/canonical.ts'
import type { Charter } from '#kernel/charter.ts'
import { fieldId, fieldsOf, type ReportField, type ReportKind } from '#kernel/charter-reports.ts'
import type { Db } from '#kernel/db.ts'
import { type Figure, partsOf, type PartOf, readFigureOf } from '#kernel/figure.ts'
import type { Day } from '#kernel/words.ts'
import { asOf, figureYear, spanOf } from './period.ts'
import type { Definition } from './tables.ts'

/** The figures of the programme, given when the slice is assembled. */
export type FiguresOf = () => readonly Figure[]

/** What the system knows for a field by itself. */
export type Known = {
  readonly field: string
  readonly source: 'figure' | 'acts'
  readonly value: number | null
  readonly asOf: Day
  /** For acts: the first day that was counted. */
  readonly from: Day | null
  /** For figures: what the figure means, and a digest of it and of the query behind it. */
  readonly digest: string | null
  readonly definition: Definition | null
}

export type Question = {
  readonly charter: Charter
  readonly figures: readonly Figure[]
  readonly kind: ReportKind
  readonly unit: string
  readonly period: string
  /** The day on which it is signed, or looked at. */
  readonly on: Day
}

/** Everything in a report that nobody needs to type, or those of its fields that are asked for. */
export async function composeKnown(
  db: Db,
  question: Question,
  wanted: (field: string) => boolean = () => true,
): Promise<readonly Known[]> {
  const { kind, unit, period, on } = question
  const fields = fieldsOf(kind).filter((field) => !('entered' in field) && wanted(fieldId(field)))
  if (fields.length === 0) return []
  const parts = await partsOf(db, unit, asOf(period, on))
  const [counted, ...figures] = await Promise.all([
    countActs(db, parts, fields, period, on),
    ...fields.map((field) => ('figure' in field ? readKnown(db, question, field.figure, parts) : undefined)),
  ])
  return fields.map((field, at) => figures[at] ?? counted(field))
}

async function readKnown(db: Db, question: Question, name: string, parts: readonly PartOf[]): Promise<Known> {
  const { charter, period, on } = question
  const figure = figureOf(question.figures, name)
  const day = asOf(period, on)
  const { value } = await readFigureOf(db, figure, { charter, on: day, year: figureYear(period) }, parts)
  const definition = definitionOf(figure)
  return {
    field: name,
    source: 'figure',
    value,
    asOf: day,
    from: null,
    digest: digestOf(db, figure, charter, definition),
    definition,
  }
}

export function figureOf(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((figure) => figure.name === name)
  if (!found) throw new Error(`A report of the charter names the figure «${name}», which does not exist.`)
  return found
}

/** How often each act was done over the unit and what lies in it, within the period; asked for all fields at once. */
async function countActs(
  db: Db,
  parts: readonly PartOf[],
  fields: readonly ReportField[],
  period: string,
  on: Day,
): Promise<(field: ReportField) => Known> {
  const names = fields.flatMap((field) => ('acts' in field ? field.acts : []))
  const { from } = spanOf(period)
  const day = asOf(period, on)
  const { rows } =
    names.length === 0
      ? { rows: [] }
      : await sql<{ act: string; n: number }>`
          select act, count(*)::int as n from journal
           where unit_id = any (${parts.map((part) => part.unit)}::uuid[]) and done_on between ${from}::date and ${day}::date
             and act = any (${[...new Set(names)]}::text[]) and outcome = 'done'
           group by act`.execute(db)
  const counts = new Map(rows.map((row) => [row.act, row.n]))
  return (field) => ({
    field: fieldId(field),
    source: 'acts',
    value: 'acts' in field ? field.acts.reduce((sum, act) => sum + (counts.get(act) ?? 0), 0) : 0,
    asOf: day,
    from,
    digest: null,
    definition: null,
  })
}

const definitionOf = ({ title, definition, measure, kind, money }: Figure): Definition => ({
  title,
  definition,
  measure,
  kind,
  money: money ?? false,
})

const digests = new WeakMap<Figure, string>()

/** A digest of what a figure says of itself and of the query that counts it: the same words over another query are another definition. */
function digestOf(db: Db, figure: Figure, charter: Charter, definition: Definition): string {
  const known = digests.get(figure)
  if (known) return known
  const scope = { charter, on: '2000-01-01', year: 2000 }
  const queries = [figure.records(scope), figure.of?.(scope)].map((records) => records?.compile(db).sql ?? '')
  const digest = createHash('sha256')
    .update(canonical({ name: figure.name, ...definition, queries }))
    .digest('hex')
  digests.set(figure, digest)
  return digest
}
