import { type RawBuilder, sql } from 'kysely'
import type { Charter } from './charter.ts'
import type { Db } from './db.ts'
import { placed, unitMapOn } from './unit-map.ts'
import type { Day, Text } from './words.ts'

/** What a figure is counted over: the law, the day it is asked as of, and the year it speaks of where it speaks of one. */
export type FigureScope = {
  readonly charter: Charter
  readonly on: Day
  readonly year: number
  /** True where a few units alone are wanted: sums are then better looked up unit by unit than as a whole set. */
  readonly isOfFew?: boolean
}

/**
 * The records that a figure counts, one row each:
 * `unit_id uuid, value numeric, record text (a path in the app, such as /exits/…), label_zh text, label_en text, since date, act_id uuid`.
 */
export type Records = RawBuilder<unknown>

/** Sums of records by unit, one row or several for each: `unit_id uuid, value numeric`. */
export type Totals = RawBuilder<unknown>

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
  /** Its records are amounts in whole fen; shown as money, and written as yuan where programs read them. */
  readonly money?: boolean
  records(scope: FigureScope): Records
  /** For a ratio: what the records are in proportion to. */
  of?(scope: FigureScope): Records
  /**
   * Where sums are kept beside the records: `unit_id uuid, value numeric`, in any number of rows, read instead of the records wherever
   * only sums are wanted. What opens reads the records; a test holds that both agree.
   */
  totals?(scope: FigureScope): Totals
  /** As `totals`, for what the records are in proportion to. */
  totalsOf?(scope: FigureScope): Totals
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
  figure.kind === 'sum' ? { value: counted, counted, of: null } : { value: of === 0 ? null : counted / of, counted, of }

const sides = (figure: Figure, { charter, on, year }: FigureQuestion) => {
  const scope = { charter, on, year }
  return { records: figure.records(scope), of: figure.of?.(scope) }
}

type Values = readonly { readonly unit: string; readonly value: number }[]

/**
 * A side's sum for each unit of the country. Its records are joined as whole sets: the planner, which can't know how many a day's
 * records are, would else look thousands of them up one by one.
 */
const byUnit = (db: Db, side: Records | Totals): Promise<Values> =>
  db.transaction().execute(async (tx) => {
    await sql`set local enable_nestloop = off`.execute(tx)
    const { rows } = await sql<Values[number]>`
      select unit_id as unit, sum(value)::float8 as value from (${side}) r group by unit_id`.execute(tx)
    return rows
  })

const SUMS_MAX = 600

type Shelf = { mark: string; readonly sums: Map<string, Promise<readonly [Values, Values]>> }
const shelves = new WeakMap<Db, Shelf>()

/**
 * Both sides of a figure by unit, kept until anything at all is written: the mark is the database's own account of which
 * transactions can be seen, and only those that write have a place in it. So a figure is counted once for all levels, maps and readers.
 */
async function sumsOf(db: Db, figure: Figure, question: FigureQuestion): Promise<readonly [Values, Values]> {
  const { rows } = await sql<{ mark: string }>`select pg_current_snapshot()::text as mark`.execute(db)
  const mark = rows[0]?.mark ?? ''
  let shelf = shelves.get(db)
  if (shelf?.mark !== mark || shelf.sums.size >= SUMS_MAX) {
    shelf = { mark, sums: new Map() }
    shelves.set(db, shelf)
  }
  const { sums } = shelf
  const key = `${question.charter.id} ${figure.name} ${question.on} ${question.year}`
  const kept = sums.get(key)
  if (kept) return kept
  const { records, of } = sides(figure, question)
  const { charter, on, year } = question
  const scope = { charter, on, year }
  const totals = figure.totals?.(scope) ?? records
  const totalsOf = figure.totalsOf?.(scope) ?? of
  const counted = Promise.all([byUnit(db, totals), totalsOf ? byUnit(db, totalsOf) : Promise.resolve([])])
  sums.set(key, counted)
  counted.catch(() => sums.delete(key))
  return counted
}

const readSides = async (db: Db, figure: Figure, question: FigureQuestion) => {
  const [map, [counted, of]] = await Promise.all([unitMapOn(db, question.map), sumsOf(db, figure, question)])
  return [map, counted, of] as const
}

/** The figure for one unit with all that lies below it. */
export async function readFigure(db: Db, figure: Figure, question: FigureQuestion): Promise<Reading> {
  const [map, counted, of] = await readSides(db, figure, question)
  const total = (values: typeof counted) => {
    let sum = 0
    for (const { place, value } of placed(map, values)) if (place.lineage.includes(question.unit)) sum += value
    return sum
  }
  return reading(figure, total(counted), total(of))
}

/** A unit that counts for another, and with what share: what was merged into it counts whole, what was divided counts in part. */
export type PartOf = { readonly unit: string; readonly weight: number }

/** All that lies in a unit on a day: what is below it then, and the closed units that became a part of it. */
export async function partsOf(db: Db, unit: string, on: Day): Promise<readonly PartOf[]> {
  const { rows } = await sql<PartOf>`
    with recursive below (id) as (
      select ${unit}::uuid
      union
      select v.unit_id from below b join unit_version v on v.parent_id = b.id and (v.valid_at @> ${on}::date) is true
    ), within (id, weight) as (
      select id, 1::numeric from below
      union all
      select s.from_unit_id, w.weight * s.share from within w join unit_succession s on s.to_unit_id = w.id and s.on_day <= ${on}::date
       where not exists (select from unit_version v where v.unit_id = s.from_unit_id and (v.valid_at @> ${on}::date) is true)
    )
    select id as unit, sum(weight)::float8 as weight from within group by id`.execute(db)
  return rows
}

/**
 * The figure for one unit, read from the records of its parts alone: for one who asks within an act, or for so many figures of one
 * unit that counting each of them for the whole country would be waste. It gives what `readFigure` gives.
 */
export async function readFigureOf(
  db: Db,
  figure: Figure,
  scope: FigureScope,
  parts: readonly PartOf[],
): Promise<Reading> {
  const units = parts.map((part) => part.unit)
  const weights = new Map(parts.map((part) => [part.unit, part.weight]))
  const sum = async (side: Records | Totals | undefined) => {
    if (!side) return 0
    const { rows } = await sql<Values[number]>`
      select unit_id as unit, sum(value)::float8 as value from (${side}) r where unit_id = any (${units}::uuid[]) group by unit_id`.execute(
      db,
    )
    return rows.reduce((total, { unit, value }) => total + value * (weights.get(unit) ?? 0), 0)
  }
  const few = { ...scope, isOfFew: true }
  const [counted, of] = await Promise.all([
    sum(figure.totals?.(few) ?? figure.records(few)),
    sum(figure.totalsOf?.(few) ?? figure.of?.(few)),
  ])
  return reading(figure, counted, of)
}

/** The figure for each unit directly below one. */
export async function readFigureBelow(
  db: Db,
  figure: Figure,
  question: FigureQuestion,
): Promise<readonly ReadingByUnit[]> {
  const [map, counted, of] = await readSides(db, figure, question)
  const totals = (values: typeof counted) => {
    const sums = new Map<string, number>()
    for (const { place, value } of placed(map, values)) {
      const at = place.lineage.indexOf(question.unit)
      const child = at < 0 ? undefined : place.lineage[at + 1]
      if (child !== undefined) sums.set(child, (sums.get(child) ?? 0) + value)
    }
    return sums
  }
  const [sums, wholes] = [totals(counted), totals(of)]
  return [...map.places.values()]
    .filter((place) => place.parent === question.unit)
    .map(({ unit, name, tier, code }) => ({
      unit,
      name,
      tier,
      code,
      ...reading(figure, sums.get(unit) ?? 0, wholes.get(unit) ?? 0),
    }))
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
