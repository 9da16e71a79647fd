import { sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { addDays } from '#kernel/calendar.ts'
import { Day, UnitId } from '#kernel/words.ts'
import type { CashAnswer, CashEvent, CashMonth } from './answers.ts'
import type { TransferKind } from './ledger.ts'
import { FundLineId } from './lines.ts'
import { fenText, getUnit, postingAddress, transferKindNames } from './reading.ts'

/** What brings money into a unit's books and what takes it out of them; commitments and carry-overs move it within. */
const comes = ['appropriate in', 'allocate in', 'return in', 'pool in', 'take-over in', 'take-over committed in']
const goes = ['allocate out', 'return out', 'pool out', 'take-over out', 'take-over committed out', 'pay in', 'fee in']

/** A unit's cash over time: what came, what went, what it held at each month's end, and each event. */
export const fundsCash = ask({
  name: 'funds.cash',
  title: { zh: '现金时间线', en: 'Cash over time' },
  purpose: {
    zh: '某单位逐月收入、支出和结余，以及每一笔到账、下达、退回和支付。',
    en: 'A unit’s money by month: in, out and held; and each receipt, passing on, return and payment.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    line: FundLineId.optional(),
    /** By default the year before the day asked as of. */
    from: Day.optional(),
    to: Day.optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(100),
  }),
  async answer(reader, { unit, line = null, from, to, offset, limit }): Promise<CashAnswer> {
    const last = to !== undefined && to < reader.on ? to : reader.on
    const first = from ?? `${addDays(last, -365).slice(0, 7)}-01`
    const [about, flows, events] = await Promise.all([
      getUnit(reader, unit),
      flowsByMonth(reader, unit, line, last),
      eventsOf(reader, unit, line, first, last, offset, limit),
    ])
    const { opening, months } = monthsOf(flows, first, last)
    return {
      ...about,
      from: first,
      to: last,
      openingFen: fenText(opening),
      closingFen: months.at(-1)?.balanceFen ?? fenText(opening),
      months,
      ...events,
    }
  },
})

type MonthFlow = { month: string; in: bigint; out: bigint }

async function flowsByMonth(
  { db }: Reader,
  unit: string,
  line: string | null,
  last: Day,
): Promise<readonly MonthFlow[]> {
  const { rows } = await sql<MonthFlow>`
    select to_char(f.on_day, 'YYYY-MM') as month,
           coalesce(sum(f.amount) filter (where f.flow = any (${comes}::text[])), 0)::bigint as "in",
           coalesce(sum(f.amount) filter (where f.flow = any (${goes}::text[])), 0)::bigint as "out"
      from fund_flow f
     where f.unit_id = ${unit} and f.on_day <= ${last}::date and f.flow = any (${[...comes, ...goes]}::text[])
       and (${line}::uuid is null or f.line_id = ${line}::uuid)
     group by 1 order by 1`.execute(db)
  return rows
}

/** Every month of a stretch of time, also those in which nothing moved. Months are whole: the first one begins with its first day. */
export function monthsOf(flows: readonly MonthFlow[], first: Day, last: Day): { opening: bigint; months: CashMonth[] } {
  const begin = first.slice(0, 7)
  let held = flows.reduce((sum, flow) => (flow.month < begin ? sum + flow.in - flow.out : sum), 0n)
  const opening = held
  const byMonth = new Map(flows.map((flow) => [flow.month, flow]))
  const months: CashMonth[] = []
  for (let month = begin; month <= last.slice(0, 7); month = nextMonth(month)) {
    const { in: came, out: went } = byMonth.get(month) ?? { in: 0n, out: 0n }
    held += came - went
    months.push({ month, inFen: fenText(came), outFen: fenText(went), balanceFen: fenText(held) })
  }
  return { opening, months }
}

const nextMonth = (month: string) => addDays(`${month}-28`, 4).slice(0, 7)

type EventRow = {
  on: Day
  act: string
  document: string
  kind: TransferKind
  line: string
  zh: string
  en: string
  transfers: number
  amount: bigint
  total: number
}

/** What moved cash, one row for each document, kind and line. A correction is an event of its own. */
async function eventsOf(
  { db }: Reader,
  unit: string,
  line: string | null,
  first: Day,
  last: Day,
  offset: number,
  limit: number,
): Promise<{ total: number; events: readonly CashEvent[] }> {
  const { rows } = await sql<EventRow>`
    with own as materialized (
      select a.id, a.line_id from fund_account a
       where a.unit_id = ${unit} and a.kind in ('available', 'committed') and (${line}::uuid is null or a.line_id = ${line}::uuid)),
    moved as (
      select t.act_id, t.n, t.kind, own.line_id, t.amount, t.to_account as other, t.on_day from own join fund_transfer t on t.to_account = own.id
      union all
      select t.act_id, t.n, t.kind, own.line_id, -t.amount, t.from_account, t.on_day from own join fund_transfer t on t.from_account = own.id),
    net as (
      select m.act_id, m.n, m.kind, m.line_id, sum(m.amount) as amount from moved m
       where m.on_day between ${`${first.slice(0, 7)}-01`}::date and ${last}::date group by 1, 2, 3, 4 having sum(m.amount) <> 0)
    select p.on_day as "on", p.act_id as act, p.document, e.kind, e.line_id as line, l.name_zh as zh, l.name_en as en,
           count(*)::int as transfers, sum(e.amount)::bigint as amount, (count(*) over ())::int as total
      from net e join fund_posting p on p.act_id = e.act_id join fund_line l on l.id = e.line_id
     group by p.on_day, p.act_id, p.document, e.kind, e.line_id, l.name_zh, l.name_en
     order by p.on_day desc, p.act_id desc, e.kind limit ${limit} offset ${offset}`.execute(db)
  return {
    total: rows[0]?.total ?? 0,
    events: rows.map(({ total: _total, zh, en, amount, ...row }) => ({
      ...row,
      address: postingAddress(row.act),
      kindName: transferKindNames[row.kind],
      lineTitle: { zh, en },
      amountFen: fenText(amount),
    })),
  }
}
