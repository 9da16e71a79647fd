import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { addSpan, daysBetween } from '#kernel/calendar.ts'
import { findLineage, type Lineage } from '#kernel/standing.ts'
import { standOf } from '#features/obligations/index.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import type { LineAnswer, PostingRow, Rung } from './answers.ts'
import { holdingsOf, roleOf } from './held.ts'
import type { TransferKind } from './ledger.ts'
import { linesShown, readUnitLines } from './line-list.ts'
import { FundLineId } from './lines.ts'
import {
  amountColumns,
  areaOf,
  type AmountRow,
  fenText,
  getUnit,
  namedUnit,
  postingAddress,
  summed,
  transferKindNames,
  type UnitRow,
  unitShown,
} from './reading.ts'

/** One line: its document, and the ladder on which its money went down to a unit. */
export const showLine = ask({
  name: 'line.show',
  title: { zh: '一项资金', en: 'One line of money' },
  purpose: {
    zh: '一项资金的文号和年度、逐级下达的金额和天数、下级各得多少、每一笔账。',
    en: 'A line’s document and year, how much went down each step and after how many days, what each unit below got, its postings.',
  },
  access: 'public',
  input: z.object({
    line: FundLineId,
    /** Down to whom the ladder goes; whoever the line belongs to, unless said otherwise. */
    unit: UnitId.optional(),
    year: Year.optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, input): Promise<LineAnswer> {
    const { rows } = await sql<{ owner: string; year: number }>`
      select unit_id as owner, year from fund_line where id = ${input.line} and on_day <= ${reader.on}::date`.execute(
      reader.db,
    )
    const [known] = rows
    if (!known) throw new NotFound({ zh: '当日没有这项资金。', en: 'There was no such line that day.' })
    const { line, unit = known.owner, year = known.year } = input
    const [holder, [row], lineage] = await Promise.all([
      getUnit(reader, unit),
      readUnitLines(reader, known.owner === unit ? known.owner : unit, year, { area: true, line }),
      findLineage(reader.db, unit, reader.on),
    ])
    const shownRow = row ?? (await readUnitLines(reader, known.owner, year, { area: true, line }))[0]
    if (!shownRow) throw new NotFound({ zh: '当日没有这项资金。', en: 'There was no such line that day.' })
    const whose = row ? holder : await getUnit(reader, known.owner)
    const [[shown], ladder, below, postings] = await Promise.all([
      linesShown(reader, whose, year, [shownRow]),
      lineage ? ladderOf(reader, line, year, lineage) : [],
      belowOf(reader, line, year, unit),
      postingsOf(reader, line, year, unit, input),
    ])
    return { ...shown!, ladder, below, postings }
  },
})

type RungRow = {
  unit: string
  received: bigint
  passed: bigint
  idle: bigint
  receivedOn: Day | null
  passedOn: Day | null
}

/** Each unit from whoever the line belongs to down to the unit asked for: what it got, what it passed on, and how long that took. */
async function ladderOf(reader: Reader, line: string, year: number, lineage: Lineage): Promise<readonly Rung[]> {
  const ids = lineage.map((unit) => unit.id)
  const isReceipt = sql`f.flow in ('appropriate in', 'allocate in') and f.amount > 0`
  const [{ rows }, holdings, areas] = await Promise.all([
    sql<RungRow>`
      select f.unit_id as unit, coalesce(sum(f.amount) filter (where f.flow in ('appropriate in', 'allocate in')), 0)::bigint as received,
             ${summed('passed')} as passed, ${summed('idle')} as idle,
             min(f.on_day) filter (where ${isReceipt}) as "receivedOn",
             max(f.on_day) filter (where f.flow = 'allocate out' and f.amount > 0) as "passedOn"
        from fund_flow f
       where f.year = ${year} and f.line_id = ${line} and f.unit_id = any (${ids}::uuid[]) and f.on_day <= ${reader.on}::date
       group by 1`.execute(reader.db),
    holdingsOf(reader, ids, year, line),
    Promise.all(lineage.slice(0, -1).map((unit) => cameTo(reader, line, year, unit.id))),
  ])
  const found = new Map(rows.map((row) => [row.unit, row]))
  const rungs = lineage.map((unit, at): Rung => {
    const row = found.get(unit.id)
    const held = holdings.find((each) => each.unit === unit.id)
    const passes = roleOf(reader, unit.tier) === 'passes'
    const codes = lineage.slice(at).map((each) => each.code)
    const limit =
      passes && row?.receivedOn && reader.charter.findParameter('pass_on_funds_limit', row.receivedOn, codes)
        ? reader.charter.getSpan('pass_on_funds_limit', row.receivedOn, codes)
        : null
    const dueOn =
      limit && row?.receivedOn ? addSpan(held?.since ?? row.receivedOn, limit, reader.charter.calendar) : null
    const until = held ? null : (row?.passedOn ?? null)
    const stand = dueOn ? standOf(reader, dueOn, until) : { light: 'none' as const, words: { zh: '—', en: '—' } }
    return {
      unit: unit.id,
      name: unit.name,
      tier: unit.tier,
      code: unit.code,
      receivedFen: fenText(row?.received ?? 0n),
      passedFen: fenText(row?.passed ?? 0n),
      passedHereFen: fenText(at === 0 ? 0n : (areas[at - 1] ?? 0n)),
      heldFen: fenText(row?.idle ?? 0n),
      receivedOn: row?.receivedOn ?? null,
      passedOn: row?.passedOn ?? null,
      days: row?.receivedOn && (held || until) ? daysBetween(row.receivedOn, until ?? reader.on) : null,
      limitDays: limit?.value ?? null,
      dueOn,
      ...stand,
    }
  })
  return rungs.toReversed()
}

/** What of a line came to a unit's area from outside it. */
async function cameTo({ db, on }: Reader, line: string, year: number, unit: string): Promise<bigint> {
  const { rows } = await sql<{ received: bigint }>`
    select ${summed('received')} as received from (${areaOf(unit, on)}) area
      join fund_flow f on f.unit_id = area.unit_id and f.year = ${year} and f.line_id = ${line} and f.on_day <= ${on}::date`.execute(
    db,
  )
  return rows[0]?.received ?? 0n
}

async function belowOf({ db, on }: Reader, line: string, year: number, unit: string): Promise<LineAnswer['below']> {
  const { rows } = await sql<UnitRow & AmountRow & { lastOn: Day | null }>`
    with area as materialized (${areaOf(unit, on)}),
    below as (select unit_id, lineage[array_position(lineage, ${unit}::uuid) + 1] as child from area where unit_id <> ${unit}::uuid),
    sums as (select b.child, ${amountColumns(sql`true`)}, max(f.on_day) filter (where f.flow = 'allocate in' and f.amount > 0) as "lastOn"
               from below b join fund_flow f on f.unit_id = b.unit_id and f.year = ${year} and f.line_id = ${line}
                and f.on_day <= ${on}::date
              group by b.child)
    select s.*, s.child as unit, v.* from sums s join ${namedUnit(sql`s.child`, on)} v on true
     order by v.code nulls last, v.en`.execute(db)
  return rows.map((row) => ({ ...unitShown(row), receivedFen: fenText(row.received), lastOn: row.lastOn }))
}

type PostingSum = {
  act: string
  unit: string
  zh: string
  en: string
  document: string
  note: string | null
  on: Day
  kinds: TransferKind[]
  transfers: number
  amount: bigint
  total: number
}

/** The documents that moved a line's money in or out of a unit's own accounts, the newest first. */
async function postingsOf(
  { db, on }: Reader,
  line: string,
  year: number,
  unit: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<LineAnswer['postings']> {
  const { rows } = await sql<PostingSum>`
    with own as (select a.id from fund_account a where a.unit_id = ${unit} and a.year = ${year} and a.line_id = ${line}),
    moved as (
      select t.* from own join fund_transfer t on t.from_account = own.id
      union
      select t.* from own join fund_transfer t on t.to_account = own.id),
    papers as (
      select t.act_id, array_agg(distinct t.kind) as kinds, count(*)::int as transfers, sum(t.amount)::bigint as amount
        from moved t where t.on_day <= ${on}::date group by t.act_id)
    select m.act_id as act, p.unit_id as unit, v.zh, v.en, p.document, p.note, p.on_day as "on", m.kinds, m.transfers, m.amount,
           (count(*) over ())::int as total
      from papers m join fund_posting p on p.act_id = m.act_id
      join ${namedUnit(sql`p.unit_id`, on)} v on true
     order by p.on_day desc, m.act_id desc limit ${limit} offset ${offset}`.execute(db)
  return {
    total: rows[0]?.total ?? 0,
    items: rows.map(({ total: _total, zh, en, kinds, amount, ...row }): PostingRow => ({
      ...row,
      unitName: { zh, en },
      kinds,
      kindNames: kinds.map((kind) => transferKindNames[kind]),
      amountFen: fenText(amount),
      address: postingAddress(row.act),
    })),
  }
}
