import { type RawBuilder, sql } from 'kysely'
import type { Charter } from './charter.ts'
import type { Db } from './db.ts'
import type { Day, Text } from './words.ts'

/** What a figure is counted over: the law, the day it is asked as of, and the year it speaks of where it speaks of one. */
export type FigureScope = { readonly charter: Charter; readonly on: Day; readonly year: number }

/**
 * The records that a figure counts, one row each:
 * `unit_id uuid, value numeric, record text (a path in the app, such as /exits/…), label_zh text, label_en text, since date, act_id uuid`.
 */
export type Records = RawBuilder<unknown>

export type Figure<Name extends string = string> = {
  /** `slice.what`; also the route. */
  readonly name: Name
  readonly title: Text
  /** What exactly is counted. */
  readonly definition: Text
  /** What the number is a number of. */
  readonly measure: Text
  /** A count or sum of records, or one sum in proportion to another: always Σ over Σ, at every level. */
  readonly kind: 'sum' | 'ratio'
  /** The charter's duty whose bearer answers for it. */
  readonly duty: string
  readonly better: 'more' | 'less' | 'neither'
  /** It speaks of a year (and not only of a day). */
  readonly yearly?: boolean
  records(scope: FigureScope): Records
  /** For a ratio: what the records are in proportion to. */
  of?(scope: FigureScope): Records
}

/** Declares a figure: one definition for tile, chart, map, table, export, series and drill-down. */
export const figure = <const Name extends string>(declaration: Figure<Name>) => Object.freeze(declaration)

export type Reading = { readonly value: number | null; readonly counted: number; readonly of: number | null }
export type ReadingByUnit = Reading & {
  readonly unit: string
  readonly name: Text
  readonly tier: string
  readonly code: string | null
}

export type FigureQuestion = {
  readonly charter: Charter
  readonly unit: string
  readonly on: Day
  readonly map: Day
  readonly year: number
}

/** Records with the unit that each lies in on the map asked for; a unit that the map does not know gives its share to those it became. */
const onMap = (records: Records, map: Day) => sql`
  select r.record, r.label_zh, r.label_en, r.since, r.act_id, r.value * coalesce(m.weight, 1) as value, v.unit_id, v.lineage,
         v.name_zh, v.name_en
    from (${records}) r
    left join unit_restated(${map}::date) m on m.unit_id = r.unit_id
    join unit_version v on v.unit_id = coalesce(m.to_unit_id, r.unit_id) and v.valid_at @> ${map}::date`

const reading = (figure: Figure, counted: number, of: number): Reading =>
  figure.kind === 'sum'
    ? { value: counted, counted, of: null }
    : { value: of === 0 ? null : counted / of, counted, of }

const sides = (figure: Figure, { charter, on, year }: FigureQuestion) => {
  const scope = { charter, on, year }
  return { records: figure.records(scope), of: figure.of?.(scope) }
}

/** The figure for one unit with all that lies below it. */
export async function readFigure(db: Db, figure: Figure, question: FigureQuestion): Promise<Reading> {
  const { records, of } = sides(figure, question)
  const total = async (side: Records | undefined) => {
    if (!side) return 0
    const { rows } = await sql<{ total: number }>`
      select coalesce(sum(value), 0)::float8 as total from (${onMap(side, question.map)}) placed
       where lineage @> array[${question.unit}]::uuid[]`.execute(db)
    return rows[0]?.total ?? 0
  }
  const [counted, whole] = await Promise.all([total(records), total(of)])
  return reading(figure, counted, whole)
}

/** The figure for each unit directly below one. */
export async function readFigureBelow(db: Db, figure: Figure, question: FigureQuestion): Promise<readonly ReadingByUnit[]> {
  const { records, of } = sides(figure, question)
  const grouped = (side: Records) => sql`
    select lineage[array_position(lineage, ${question.unit}::uuid) + 1] as child, sum(value)::float8 as total
      from (${onMap(side, question.map)}) placed
     where lineage @> array[${question.unit}]::uuid[] group by 1`
  const { rows } = await sql<{ unit: string; zh: string; en: string; tier: string; code: string | null; counted: number; of: number }>`
    select c.unit_id as unit, c.name_zh as zh, c.name_en as en, c.tier, c.code,
           coalesce(n.total, 0) as counted, coalesce(d.total, 0) as of
      from unit_version c
      left join (${grouped(records)}) n on n.child = c.unit_id
      left join (${grouped(of ?? records)}) d on d.child = c.unit_id
     where c.parent_id = ${question.unit} and c.valid_at @> ${question.map}::date
     order by c.code nulls last, c.name_en`.execute(db)
  return rows.map(({ zh, en, counted, of: whole, ...row }) => ({ ...row, name: { zh, en }, ...reading(figure, counted, whole) }))
}

export type FigureRecord = {
  readonly unit: string
  readonly name: Text
  readonly value: number
  readonly record: string
  readonly label: Text
  readonly since: Day | null
  readonly act: string | null
}

/** The records behind a figure, a page at a time: what it counts, where, since when, by which act. */
export async function readFigureRecords(
  db: Db,
  figure: Figure,
  question: FigureQuestion,
  page: { readonly offset: number; readonly limit: number; readonly side: 'counted' | 'of' },
): Promise<{ readonly total: number; readonly records: readonly FigureRecord[] }> {
  const { records, of } = sides(figure, question)
  const placed = onMap(page.side === 'of' ? (of ?? records) : records, question.map)
  const within = sql`from (${placed}) placed where lineage @> array[${question.unit}]::uuid[]`
  const counted = await sql<{ total: number }>`select count(*)::int as total ${within}`.execute(db)
  const { rows } = await sql<{
    unit_id: string
    name_zh: string
    name_en: string
    value: number
    record: string
    label_zh: string
    label_en: string
    since: string | null
    act_id: string | null
  }>`select unit_id, name_zh, name_en, value::float8 as value, record, label_zh, label_en, since, act_id ${within}
      order by lineage, record limit ${page.limit} offset ${page.offset}`.execute(db)
  return {
    total: counted.rows[0]?.total ?? 0,
    records: rows.map((row) => ({
      unit: row.unit_id,
      name: { zh: row.name_zh, en: row.name_en },
      value: row.value,
      record: row.record,
      label: { zh: row.label_zh, en: row.label_en },
      since: row.since,
      act: row.act_id,
    })),
  }
}
