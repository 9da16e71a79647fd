import { sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import type { ExecutionAnswer, ExecutionRow, UnitShown } from './answers.ts'
import { dueOf, heldStand, type Holding, holdingsOf, roleOf } from './held.ts'
import { FundLineId } from './lines.ts'
import {
  addAmounts,
  amountColumns,
  type AmountRow,
  amountsShown,
  areaOf,
  commitmentOf,
  executionOf,
  fenText,
  getUnit,
  namedUnit,
  noAmounts,
  type UnitRow,
  unitShown,
} from './reading.ts'

type Row = UnitRow & AmountRow & { child: string | null; codes: (string | null)[] }

const sortings = ['code', 'execution', 'idle', 'received', 'light'] as const
type Sort = (typeof sortings)[number]

const worse: readonly Light[] = ['none', 'green', 'yellow', 'red']

/** How far the money of a year has come, unit by unit below one. */
export const fundsExecution = ask({
  name: 'funds.execution',
  title: { zh: '资金执行', en: 'Execution' },
  purpose: {
    zh: '下级各单位某年度（或某项资金）收到、安排、支付和闲置多少，执行率，距下达期限的天数。',
    en: 'What each unit below got of a year’s money, or of one line: committed, paid, idle, rate, and the days left to pass on.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    line: FundLineId.optional(),
    sort: z.enum(sortings).default('code'),
    search: z.string().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(100),
  }),
  async answer(
    reader,
    { unit, year = Number(reader.on.slice(0, 4)), line = null, sort, search, offset, limit },
  ): Promise<ExecutionAnswer> {
    const [about, rows] = await Promise.all([getUnit(reader, unit), sumsBelow(reader, unit, year, line)])
    const units = [unit, ...rows.flatMap((row) => row.child ?? [])]
    const holdings = Map.groupBy(await holdingsOf(reader, units, year, line), (each) => each.unit)
    const row = (shown: UnitShown, amounts: AmountRow, codes: readonly (string | null)[]) =>
      rowOf(reader, year, shown, amounts, codes, holdings.get(shown.unit) ?? [])
    const words = search?.toLowerCase() ?? ''
    const items = rows
      .filter((each) => each.child !== null)
      .map((each) => row(unitShown({ ...each, unit: each.child! }), each, each.codes))
      .filter((each) => `${each.name.zh} ${each.name.en} ${each.code}`.toLowerCase().includes(words))
      .toSorted((a, b) => sorts[sort](a, b) || byCode(a, b))
    const own = rows.find((each) => each.child === null)
    const whole = rows.reduce<AmountRow>(addAmounts, noAmounts)
    return {
      ...about,
      year,
      line,
      total: items.length,
      sums: row(
        about,
        { ...whole, passed: own?.passed ?? 0n, returned: own?.returned ?? 0n },
        own?.codes ?? [about.code],
      ),
      items: items.slice(offset, offset + limit),
    }
  },
})

const byCode = (a: ExecutionRow, b: ExecutionRow) => ((a.code ?? '~') < (b.code ?? '~') ? -1 : 1)
const sorts: Readonly<Record<Sort, (a: ExecutionRow, b: ExecutionRow) => number>> = {
  code: byCode,
  execution: (a, b) => (a.execution ?? 2) - (b.execution ?? 2),
  idle: (a, b) => Number(b.idleFen) - Number(a.idleFen),
  received: (a, b) => Number(b.receivedFen) - Number(a.receivedFen),
  light: (a, b) => worse.indexOf(b.light) - worse.indexOf(a.light),
}

/** The amounts of each unit's area directly below one, and those of its own books, as the row without a child. */
async function sumsBelow({ db, on }: Reader, unit: string, year: number, line: string | null): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with area as materialized (
      select a.unit_id, a.lineage[array_position(a.lineage, ${unit}::uuid) + 1] as child from (${areaOf(unit, on)}) a),
    sums as (
      select area.child, ${amountColumns(sql`area.unit_id = coalesce(area.child, area.unit_id)`)}
        from area join fund_flow f on f.unit_id = area.unit_id and f.year = ${year} and f.on_day <= ${on}::date
         and (${line}::uuid is null or f.line_id = ${line}::uuid)
       group by area.child)
    select s.*, coalesce(s.child, ${unit}::uuid) as unit, v.*,
           (select array_agg(w.code order by array_position(w.lineage, w.unit_id) desc) from unit_version w
             where w.unit_id = any (coalesce((select x.lineage from unit_version x
                                      where x.unit_id = coalesce(s.child, ${unit}::uuid) and lower(x.valid_at) <= ${on}::date
                                      order by lower(x.valid_at) desc limit 1), '{}'))
               and w.valid_at @> ${on}::date) as codes
      from sums s join ${namedUnit(sql`coalesce(s.child, ${unit}::uuid)`, on)} v on true`.execute(db)
  return rows
}

function rowOf(
  reader: Reader,
  year: number,
  shown: UnitShown,
  amounts: AmountRow,
  codes: readonly (string | null)[],
  holdings: readonly Holding[],
): ExecutionRow {
  const stand = standOfRow(reader, year, shown, amounts, codes, holdings)
  return {
    ...shown,
    ...amountsShown(amounts),
    owedFen: fenText(amounts.committed - amounts.paid),
    execution: executionOf(amounts),
    commitment: commitmentOf(amounts),
    ...stand,
  }
}

/** The day by which the first of what is held must be gone; at the year's end, whoever spends is held against the unspent share too. */
function standOfRow(
  reader: Reader,
  year: number,
  { tier }: UnitShown,
  amounts: AmountRow,
  codes: readonly (string | null)[],
  holdings: readonly Holding[],
): { light: Light; words: Text; daysLeft: number | null } {
  if (amounts.received + amounts.carriedIn <= 0n)
    return { light: 'none', words: { zh: '本年度没有资金', en: 'no money this year' }, daysLeft: null }
  const dues = holdings
    .map(({ since }) => ({ since, due: dueOf(reader, tier, codes, since) }))
    .toSorted((a, b) => byDay(a.due, b.due))
  const stand = heldStand(reader, tier, dues[0] ?? null)
  const limit = reader.charter.findParameter('unspent_share_max', `${year}-12-31`, codes)
  const paid = executionOf(amounts) ?? 0
  const isUnspent = roleOf(reader, tier) === 'spends' && reader.on > `${year}-12-31` && limit !== undefined
  if (isUnspent && 100 * (1 - paid) > limit.value) {
    const share = Math.round(1000 * (1 - paid)) / 10
    return {
      light: 'red',
      words: {
        zh: `年底未支出 ${share}%，预警线 ${limit.value}%`,
        en: `${share}% unspent at the year’s end, the line is ${limit.value}%`,
      },
      daysLeft: stand.daysLeft,
    }
  }
  return stand
}

const byDay = (a: Day | null, b: Day | null) => ((a ?? '9999') < (b ?? '9999') ? -1 : 1)
