import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import { ProjectKind } from '#features/projects/index.ts'
import type { EntriesAnswer, EntryRow } from './answers.ts'
import type { TransferKind } from './ledger.ts'
import { FundLineId } from './lines.ts'
import {
  type AccountRow,
  accountShown,
  accountsShown,
  fenText,
  getUnit,
  namedUnit,
  payeesShown,
  postingAddress,
  transferKindNames,
} from './reading.ts'

const kinds = ['source', 'available', 'committed', 'paid', 'fee'] as const
const flows = [
  'appropriate',
  'allocate',
  'return',
  'pool',
  'commit',
  'release',
  'pay',
  'fee',
  'carry',
  'take-over',
  'reverse',
] as const

type Entry = {
  account: bigint
  version: number
  amount: bigint
  balance: bigint
  other: bigint
  act: string
  n: number
  kind: TransferKind
  on: Day
  document: string
  payee: string | null
  work: string | null
  milestone: number | null
  reversesAct: string | null
  reversesN: number | null
  reversedAct: string | null
  reversedN: number | null
  total: number
}

/** The books themselves: every entry of a unit's accounts with the balance after it. Payees are shown as the public may see them. */
export const accountEntries = ask({
  name: 'account.entries',
  title: { zh: '分录', en: 'Entries' },
  purpose: {
    zh: '某单位各账户的每一笔分录及其后余额；收款人按公开口径显示。',
    en: 'Every entry of a unit’s accounts with the balance after it; payees as the public may see them.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    line: FundLineId.optional(),
    year: Year.optional(),
    kind: z.enum(kinds).optional(),
    /** What moved the money. */
    flow: z.enum(flows).optional(),
    project: z.uuid().optional(),
    projectKind: ProjectKind.optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, offset, limit, flow, ...which }): Promise<EntriesAnswer> {
    const { db, on } = reader
    await getUnit(reader, unit)
    const accounts = await accountsOf(reader, unit, which)
    const ids = accounts.map((each) => each.account)
    const { rows } = await sql<Entry>`
      with entry as (
        ${side('from', ids)} union all ${side('to', ids)})
      select e.*, p.document, r.act_id as "reversedAct", r.n as "reversedN", (count(*) over ())::int as total
        from entry e
        join fund_posting p on p.act_id = e.act
        left join fund_transfer r on r.reverses_act = e.act and r.reverses_n = e.n and r.on_day <= ${on}::date
       where e."on" <= ${on}::date and (${flow ?? null}::text is null or e.kind = ${flow ?? null})
       order by e."on" desc, e.act desc, e.n desc, e.account, e.version desc limit ${limit} offset ${offset}`.execute(
      db,
    )
    return {
      unit,
      accounts: await withBalances(reader, accounts),
      total: rows[0]?.total ?? 0,
      items: await entriesShown(reader, rows),
    }
  },
})

const side = (own: 'from' | 'to', ids: readonly bigint[]): RawBuilder<unknown> => {
  const other = own === 'from' ? 'to' : 'from'
  return sql`
    select t.${sql.ref(`${own}_account`)} as account, t.${sql.ref(`${own}_version`)} as version,
           ${own === 'from' ? sql`-t.amount` : sql`t.amount`} as amount, t.${sql.ref(`${own}_balance`)} as balance,
           t.${sql.ref(`${other}_account`)} as other, t.act_id as act, t.n, t.kind, t.on_day as "on", t.payee_id as payee, t.work,
           t.milestone, t.reverses_act as "reversesAct", t.reverses_n as "reversesN"
      from fund_transfer t where t.${sql.ref(`${own}_account`)} = any (${ids.map(String)}::bigint[])`
}

type Which = {
  readonly line?: string
  readonly year?: number
  readonly kind?: string
  readonly project?: string
  readonly projectKind?: string
}

async function accountsOf({ db, on }: Reader, unit: string, which: Partial<Record<keyof Which, unknown>>) {
  const is = (column: RawBuilder<unknown>, value: unknown, type: RawBuilder<unknown>) =>
    value === undefined ? sql`true` : sql`${column} = ${value}::${type}`
  const { rows } = await sql<AccountRow>`
    select a.id as account, a.line_id as line, l.name_zh as "lineZh", l.name_en as "lineEn", l.document, a.unit_id as unit,
           v.zh as "unitZh", v.en as "unitEn", a.year, a.kind, a.project_id as project, p.code as "projectCode",
           pv.name as "projectName", pv.kind as "projectKind"
      from fund_account a
      join fund_line l on l.id = a.line_id and l.on_day <= ${on}::date
      join ${namedUnit(sql`a.unit_id`, on)} v on true
      left join project p on p.id = a.project_id
      left join lateral (select x.name, x.kind from project_version x where x.project_id = a.project_id and x.on_day <= ${on}::date
                          order by x.version desc limit 1) pv on true
     where a.unit_id = ${unit} and ${is(sql`a.year`, which.year, sql`int`)} and ${is(sql`a.line_id`, which.line, sql`uuid`)}
       and ${is(sql`a.kind`, which.kind, sql`text`)} and ${is(sql`a.project_id`, which.project, sql`uuid`)}
       and ${is(sql`pv.kind`, which.projectKind, sql`text`)}
     order by a.year desc, l.document, a.kind, p.code`.execute(db)
  return rows
}

/** Accounts with what each held by the day asked as of; those that nothing had moved by then are left out. */
async function withBalances({ db, on }: Reader, accounts: readonly AccountRow[]): Promise<EntriesAnswer['accounts']> {
  const { rows } = await sql<{ account: bigint; entries: number; balance: bigint }>`
    select e.account_id as account, count(*)::int as entries, sum(e.amount)::bigint as balance
      from fund_entry e where e.account_id = any (${accounts.map((each) => String(each.account))}::bigint[]) and e.on_day <= ${on}::date
     group by 1`.execute(db)
  const held = new Map(rows.map((row) => [row.account, row]))
  return accounts.flatMap((account) => {
    const row = held.get(account.account)
    return row ? [{ ...accountShown(account), entries: row.entries, balanceFen: fenText(row.balance) }] : []
  })
}

async function entriesShown(reader: Reader, rows: readonly Entry[]): Promise<readonly EntryRow[]> {
  const [others, payees] = await Promise.all([
    accountsShown(
      reader,
      rows.map((row) => row.other),
    ),
    payeesShown(
      reader.db,
      rows.map((row) => row.payee),
    ),
  ])
  return rows.map((row) => ({
    account: row.account.toString(),
    version: row.version,
    on: row.on,
    act: row.act,
    n: row.n,
    address: postingAddress(row.act, row.n),
    kind: row.kind,
    kindName: transferKindNames[row.kind],
    document: row.document,
    amountFen: fenText(row.amount),
    balanceFen: fenText(row.balance),
    other: others.get(row.other)!,
    payee: row.payee === null ? null : (payees.get(row.payee) ?? null),
    work: row.work,
    milestone: row.milestone,
    reverses: row.reversesAct === null ? null : { act: row.reversesAct, n: row.reversesN! },
    reversedBy: row.reversedAct === null ? null : { act: row.reversedAct, n: row.reversedN! },
  }))
}
