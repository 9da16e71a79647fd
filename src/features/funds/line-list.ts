import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from '#features/projects/index.ts'
import type { BooksShown, LinesAnswer, LineShown, UnitShown } from './answers.ts'
import { dueOf, heldStand, holdingsOf } from './held.ts'
import {
  addAmounts,
  amountColumns,
  type AmountRow,
  amountsShown,
  areaOf,
  executionOf,
  fenText,
  getUnit,
  namedUnit,
  noAmounts,
  sourceNames,
  summed,
} from './reading.ts'

type Row = AmountRow & {
  line: string
  available: bigint
  source: 'central' | 'provincial' | 'pool'
  year: number
  titleZh: string
  titleEn: string
  earmark: ProjectKind | null
  document: string
  madeUp: boolean
  on: Day
  act: string
  owner: string
  ownerZh: string
  ownerEn: string
  ownerTier: string
  ownerCode: string | null
}

/** The lines in a unit's books of a year (or in those of its whole area), with what became of each by the day asked as of. */
export async function readUnitLines(
  reader: Pick<Reader, 'db' | 'on'>,
  unit: string,
  year: number,
  { area = false, line = null }: { readonly area?: boolean; readonly line?: string | null } = {},
): Promise<readonly Row[]> {
  const { db, on } = reader
  const own = sql`f.unit_id = ${unit}::uuid`
  const { rows } = await sql<Row>`
    with area as materialized (${areaOf(unit, on)}),
    sums as (
      select f.line_id, ${amountColumns(own)}, ${summed('idle', own)} as available, bool_or(${own}) as is_own
        from area join fund_flow f on f.unit_id = area.unit_id and f.year = ${year} and f.on_day <= ${on}::date
       where ${line}::uuid is null or f.line_id = ${line}::uuid
       group by f.line_id)
    select l.id as line, l.source, l.year, l.name_zh as "titleZh", l.name_en as "titleEn", l.earmark, l.document, l.made_up as "madeUp",
           l.on_day as "on", l.act_id as act, l.unit_id as owner, v.zh as "ownerZh", v.en as "ownerEn", v.tier as "ownerTier",
           v.code as "ownerCode", coalesce(s.received, 0) as received, coalesce(s.passed, 0) as passed,
           coalesce(s.committed, 0) as committed, coalesce(s.paid, 0) as paid, coalesce(s.fee, 0) as fee,
           coalesce(s.returned, 0) as returned, coalesce(s.carried, 0) as carried, coalesce(s."carriedIn", 0) as "carriedIn",
           coalesce(s.idle, 0) as idle, coalesce(s.available, 0) as available
      from fund_line l
      left join sums s on s.line_id = l.id
      join ${namedUnit(sql`l.unit_id`, on)} v on true
     where l.on_day <= ${on}::date and (${line}::uuid is null or l.id = ${line}::uuid)
       and (case when ${area}::boolean then s.line_id is not null else coalesce(s.is_own, false) end
            or (l.unit_id = ${unit}::uuid and l.year = ${year}))`.execute(db)
  return rows
}

/** Lines of one unit's books as screens show them: with lights, words and what may be done. */
export async function linesShown(
  reader: Reader,
  holder: UnitShown,
  year: number,
  rows: readonly Row[],
): Promise<LineShown[]> {
  const [holdings, lineages, closed] = await Promise.all([
    holdingsOf(reader, [holder.unit], year),
    lineagesOf(reader.db, [holder.unit], reader.on),
    closedOn(reader, holder.unit, year),
  ])
  const codes = (lineages.get(holder.unit) ?? []).map((unit) => unit.code)
  const things = rows.map((row) => {
    const held = holdings.find((each) => each.line === row.line)
    const stand = heldStand(
      reader,
      holder.tier,
      held ? { since: held.since, due: dueOf(reader, holder.tier, codes, held.since) } : null,
    )
    return {
      ...holder,
      ...amountsShown(row),
      line: row.line,
      owner: { unit: row.owner, name: { zh: row.ownerZh, en: row.ownerEn }, tier: row.ownerTier, code: row.ownerCode },
      source: row.source,
      sourceName: sourceNames[row.source],
      year,
      lineYear: row.year,
      isClosed: closed !== null,
      title: { zh: row.titleZh, en: row.titleEn },
      earmark: row.earmark,
      earmarkName: row.earmark && projectKinds[row.earmark],
      document: row.document,
      madeUp: row.madeUp,
      on: row.on,
      act: row.act,
      availableFen: fenText(row.available),
      owedFen: fenText(row.committed - row.paid),
      execution: executionOf(row),
      light: stand.light,
      words: stand.words,
    }
  })
  const offered = things.map((thing) => ({ ...thing, committedFen: thing.owedFen }))
  const can = await Promise.all([
    ...kinds.map((kind) => withAbilities(reader, kind, things)),
    // What is committed is spent while it is not paid.
    withAbilities(reader, 'fund-commitment', offered),
  ])
  return things.map((thing, at) => ({ ...thing, can: can.flatMap((each) => each[at]?.can ?? []) }))
}

/** What acts call a line of a unit's books: as money told of to the public, passed on, and used. */
const kinds = ['fund-line', 'fund-balance', 'fund-holding'] as const

/** When the books of a year were closed, as known on the day asked as of. */
async function closedOn({ db, on }: Reader, unit: string, year: number): Promise<Day | null> {
  const { rows } = await sql<{ on: Day }>`
    select on_day as "on" from fund_year_close where unit_id = ${unit} and year = ${year} and on_day <= ${on}::date`.execute(
    db,
  )
  return rows[0]?.on ?? null
}

async function booksOf(reader: Reader, unit: string, year: number): Promise<BooksShown> {
  const [closed, { rows }] = await Promise.all([
    closedOn(reader, unit, year),
    sql<{ left: bigint }>`
      select (${summed('idle')} + ${summed('committed')} - ${summed('paid')})::bigint as left from fund_flow f
       where f.unit_id = ${unit} and f.year = ${year} and f.on_day <= ${reader.on}::date`.execute(reader.db),
  ])
  const books = { unit, year, isClosed: closed !== null, closedOn: closed, isEmpty: (rows[0]?.left ?? 0n) === 0n }
  return (await withAbilities(reader, 'fund-year', [books]))[0]!
}

const sorts = {
  document: (a: Row, b: Row) => (a.document < b.document ? -1 : a.document > b.document ? 1 : 0),
  received: (a: Row, b: Row) => Number(b.received - a.received),
  idle: (a: Row, b: Row) => Number(b.idle - a.idle),
  execution: (a: Row, b: Row) => (executionOf(a) ?? 2) - (executionOf(b) ?? 2),
}

/** The lines of money in a unit's books. */
export const listFundLines = ask({
  name: 'funds.lines',
  title: { zh: '资金', en: 'Lines of money' },
  purpose: {
    zh: '某单位某年度账上的各项资金：来源、文号、收到、下达、可用、安排到项目、支付和执行率。',
    en: 'The lines in a unit’s books of a year: source, document, received, passed on, available, committed, paid, execution.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    /** Also the lines that only units below have in their books. */
    area: z.boolean().default(false),
    source: z.enum(['central', 'provincial', 'pool']).optional(),
    search: z.string().max(100).optional(),
    sort: z.enum(['document', 'received', 'idle', 'execution']).default('document'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(
    reader,
    { unit, year = Number(reader.on.slice(0, 4)), area, source, search, sort, offset, limit },
  ): Promise<LinesAnswer> {
    const [holder, books, all, years] = await Promise.all([
      getUnit(reader, unit),
      booksOf(reader, unit, year),
      readUnitLines(reader, unit, year, { area }),
      yearsOf(reader, unit),
    ])
    const words = search?.toLowerCase() ?? ''
    const wanted = all
      .filter((row) => source === undefined || row.source === source)
      .filter((row) => `${row.titleZh} ${row.titleEn} ${row.document}`.toLowerCase().includes(words))
      .toSorted((a, b) => sorts[sort](a, b) || (a.line < b.line ? -1 : 1))
    return {
      unit,
      books,
      years,
      total: wanted.length,
      sums: amountsShown(wanted.reduce<AmountRow>(addAmounts, noAmounts)),
      items: await linesShown(reader, holder, year, wanted.slice(offset, offset + limit)),
    }
  },
})

/** The years for which a unit has books, the newest first. */
async function yearsOf({ db, on }: Reader, unit: string): Promise<readonly number[]> {
  const { rows } = await sql<{ year: number }>`
    select distinct f.year from fund_flow f where f.unit_id = ${unit} and f.on_day <= ${on}::date order by 1 desc`.execute(
    db,
  )
  return rows.map((row) => row.year)
}
