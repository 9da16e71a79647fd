import { type RawBuilder, sql } from 'kysely'
import { NotFound, type Reader } from '#kernel/ask.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { projectKinds } from '#features/projects/index.ts'
import type { AccountShown, Amounts, FenText, PayeeShown, UnitShown } from './answers.ts'
import type { Account, TransferKind } from './ledger.ts'

export const transferKindNames: Readonly<Record<TransferKind, Text>> = {
  appropriate: { zh: '安排', en: 'Appropriated' },
  allocate: { zh: '下达', en: 'Passed down' },
  return: { zh: '退回', en: 'Returned' },
  pool: { zh: '统筹整合', en: 'Pooled' },
  commit: { zh: '安排到项目', en: 'Committed' },
  release: { zh: '收回安排', en: 'Released' },
  pay: { zh: '支付', en: 'Paid' },
  fee: { zh: '项目管理费', en: 'Management fee' },
  carry: { zh: '结转', en: 'Carried over' },
  'take-over': { zh: '接收撤并单位资金', en: 'Taken over' },
  reverse: { zh: '更正冲回', en: 'Reversed' },
}

export const accountKindNames: Readonly<Record<Account['kind'], Text>> = {
  source: { zh: '来源', en: 'Source' },
  available: { zh: '可用', en: 'Available' },
  committed: { zh: '已安排待支付', en: 'Committed, not paid' },
  paid: { zh: '已支付', en: 'Paid' },
  fee: { zh: '项目管理费', en: 'Management fee' },
}

export const sourceNames: Readonly<Record<'central' | 'provincial' | 'pool', Text>> = {
  central: { zh: '中央', en: 'Central' },
  provincial: { zh: '省级', en: 'Provincial' },
  pool: { zh: '统筹整合', en: 'Pooled' },
}

export const payeeKindNames: Readonly<Record<string, Text>> = {
  household: { zh: '农户', en: 'Household' },
  cooperative: { zh: '合作社', en: 'Cooperative' },
  company: { zh: '企业', en: 'Company' },
  institution: { zh: '单位', en: 'Institution' },
}

export const postingAddress = (act: string, n?: number) => `/funds/postings/${act}${n === undefined ? '' : `?n=${n}`}`
export const fenText = (fen: bigint): FenText => fen.toString()

type Terms = { readonly plus: readonly string[]; readonly minus: readonly string[] }

/**
 * What each amount is made of in `fund_flow`. Together they close: received + carried = idle + committed + fee, and committed less paid
 * is owed; so at a unit, and in any area, because what is passed on within it leaves one unit and comes to another.
 */
export const measures = {
  appropriated: { plus: ['appropriate in'], minus: [] },
  /** What came to the area from outside, less what went out of it again. */
  received: {
    plus: ['appropriate in', 'allocate in', 'return in', 'pool in', 'take-over in', 'take-over committed in'],
    minus: ['allocate out', 'return out', 'pool out', 'take-over out', 'take-over committed out'],
  },
  passed: { plus: ['allocate out'], minus: [] },
  returned: { plus: ['return out'], minus: [] },
  carried: { plus: ['carry in', 'carry committed in'], minus: ['carry out', 'carry committed out'] },
  carriedIn: { plus: ['carry in', 'carry committed in'], minus: [] },
  committed: {
    plus: ['commit in', 'carry committed in', 'take-over committed in'],
    minus: ['release out', 'carry committed out', 'take-over committed out'],
  },
  paid: { plus: ['pay in'], minus: [] },
  fee: { plus: ['fee in'], minus: [] },
  idle: {
    plus: ['appropriate in', 'allocate in', 'return in', 'pool in', 'release in', 'carry in', 'take-over in'],
    minus: ['allocate out', 'return out', 'pool out', 'commit out', 'fee out', 'carry out', 'take-over out'],
  },
} as const satisfies Record<string, Terms>

export type Measure = keyof typeof measures

/** What a measure makes of one row of `fund_flow`. */
export const signed = (measure: Measure): RawBuilder<unknown> => {
  const { plus, minus }: Terms = measures[measure]
  return sql`case when f.flow = any (${plus}::text[]) then f.amount when f.flow = any (${minus}::text[]) then -f.amount else 0 end`
}

/** The sum of a measure over rows of `fund_flow f`, of those rows alone that meet a condition. */
export const summed = (measure: Measure, where: RawBuilder<unknown> = sql`true`) =>
  sql`coalesce(sum(${signed(measure)}) filter (where ${where}), 0)::bigint`

/** Every unit at or below one as it last stood by a day, those that are gone since among them. */
export const areaOf = (unit: string, on: Day) => sql`
  select * from (select distinct on (w.unit_id) w.unit_id, w.tier, w.code, w.name_zh, w.name_en, w.parent_id, w.lineage
                   from unit_version w where lower(w.valid_at) <= ${on}::date order by w.unit_id, lower(w.valid_at) desc) placed
   where placed.lineage @> array[${unit}]::uuid[]`

/** A unit's name as it last stood by a day, joined as `v` to a column that holds its id. */
export const namedUnit = (column: RawBuilder<unknown>, on: Day) => sql`
  lateral (select w.tier, w.code, w.name_zh as zh, w.name_en as en from unit_version w
            where w.unit_id = ${column} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`

export type UnitRow = { unit: string; zh: string; en: string; tier: string; code: string | null }
export const unitShown = ({ unit, zh, en, tier, code }: UnitRow): UnitShown => ({ unit, name: { zh, en }, tier, code })

/** A unit as it last stood by the day asked as of. */
export async function getUnit({ db, on }: Pick<Reader, 'db' | 'on'>, unit: string): Promise<UnitShown> {
  const { rows } = await sql<UnitRow>`
    select ${unit}::text as unit, v.* from ${namedUnit(sql`${unit}::uuid`, on)} v`.execute(db)
  if (!rows[0]) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
  return unitShown(rows[0])
}

/** The amounts of an area that every answer about units and lines gives; what is passed on and returned is the unit's own. */
export type AmountRow = Record<
  'received' | 'passed' | 'committed' | 'paid' | 'fee' | 'returned' | 'carried' | 'carriedIn' | 'idle',
  bigint
>

export const amountColumns = (own: RawBuilder<unknown>) => sql`
  ${summed('received')} as received, ${summed('passed', own)} as passed, ${summed('committed')} as committed,
  ${summed('paid')} as paid, ${summed('fee')} as fee, ${summed('returned', own)} as returned, ${summed('carried')} as carried,
  ${summed('carriedIn')} as "carriedIn", ${summed('idle')} as idle`

export const noAmounts: AmountRow = {
  received: 0n,
  passed: 0n,
  committed: 0n,
  paid: 0n,
  fee: 0n,
  returned: 0n,
  carried: 0n,
  carriedIn: 0n,
  idle: 0n,
}

export const addAmounts = (a: AmountRow, b: AmountRow): AmountRow =>
  Object.fromEntries((Object.keys(noAmounts) as (keyof AmountRow)[]).map((key) => [key, a[key] + b[key]])) as AmountRow

export const amountsShown = (row: AmountRow): Amounts => ({
  receivedFen: fenText(row.received),
  passedFen: fenText(row.passed),
  committedFen: fenText(row.committed),
  paidFen: fenText(row.paid),
  feeFen: fenText(row.fee),
  returnedFen: fenText(row.returned),
  carriedFen: fenText(row.carried),
  idleFen: fenText(row.idle),
})

/** One amount in proportion to another; nothing, where there is nothing to hold it against. */
export const ratio = (part: bigint, whole: bigint): number | null =>
  whole > 0n ? Number((part * 1_000_000n) / whole) / 1_000_000 : null

/** Paid in proportion to all that there was to pay from: received, and carried in from the year before. */
export const executionOf = (row: AmountRow) => ratio(row.paid, row.received + row.carriedIn)
export const commitmentOf = (row: AmountRow) => ratio(row.committed, row.received + row.carriedIn)

export type AccountRow = {
  account: bigint
  line: string
  lineZh: string
  lineEn: string
  document: string
  unit: string
  unitZh: string
  unitEn: string
  year: number
  kind: Account['kind']
  project: string | null
  projectCode: string | null
  projectName: string | null
  projectKind: keyof typeof projectKinds | null
}

/** Accounts by their ids, with the names of all that they speak of. */
export async function accountsShown(
  { db, on }: Pick<Reader, 'db' | 'on'>,
  ids: readonly bigint[],
): Promise<ReadonlyMap<bigint, AccountShown>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<AccountRow>`
    select a.id as account, a.line_id as line, l.name_zh as "lineZh", l.name_en as "lineEn", l.document, a.unit_id as unit,
           v.zh as "unitZh", v.en as "unitEn", a.year, a.kind, a.project_id as project, p.code as "projectCode",
           pv.name as "projectName", pv.kind as "projectKind"
      from fund_account a
      join fund_line l on l.id = a.line_id
      join ${namedUnit(sql`a.unit_id`, on)} v on true
      left join project p on p.id = a.project_id
      left join lateral (select x.name, x.kind from project_version x where x.project_id = a.project_id and x.on_day <= ${on}::date
                          order by x.version desc limit 1) pv on true
     where a.id = any (${[...new Set(ids)]}::bigint[])`.execute(db)
  return new Map(rows.map((row) => [row.account, accountShown(row)]))
}

export const accountShown = (row: AccountRow): AccountShown => ({
  account: row.account.toString(),
  line: row.line,
  lineTitle: { zh: row.lineZh, en: row.lineEn },
  document: row.document,
  unit: row.unit,
  unitName: { zh: row.unitZh, en: row.unitEn },
  year: row.year,
  kind: row.kind,
  kindName: accountKindNames[row.kind],
  project: row.project
    ? {
        id: row.project,
        code: row.projectCode ?? '',
        name: { zh: row.projectName ?? '', en: row.projectName ?? '' },
      }
    : null,
})

type PayeeRow = { id: string; shown: string; kind: string }

/** Payees as everybody may see them. */
export async function payeesShown(
  db: Reader['db'],
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, PayeeShown>> {
  const wanted = [...new Set(ids)].filter((id) => id !== null)
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<PayeeRow>`
    select id, shown, kind from payee where id = any (${wanted}::uuid[])`.execute(db)
  return new Map(
    rows.map((row) => [row.id, { ...row, kindName: payeeKindNames[row.kind] ?? { zh: row.kind, en: row.kind } }]),
  )
}
