import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Account, TransferKind } from './ledger.ts'

/** An account as a correction needs it: what it is, what it holds, and whether its books are closed. */
export type Held = Account & {
  readonly id: string
  readonly name: Text
  readonly lineName: Text
  readonly balance: bigint
  readonly closedOn: Day | null
  /** The day of its last entry. */
  readonly lastOn: Day | null
}

/** The account alone, as the books name it. */
export const accountOf = ({ line, unit, year, kind, project }: Held): Account => ({
  line,
  unit,
  year,
  kind,
  ...(project !== undefined && { project }),
})

/** A transfer of a posting, with what has become of it since. */
export type Entered = {
  readonly n: number
  readonly kind: TransferKind
  readonly from: Held
  readonly to: Held
  readonly amount: bigint
  /** On which day it was taken back, if it was. */
  readonly reversedOn: Day | null
  /** The project that the money would come back to was withdrawn. */
  readonly isWithdrawn: boolean
}

export type Posted = { readonly unit: string; readonly document: string; readonly on: Day }

/** A document in the books, as the day knows it. */
export const findPosting = (tx: Tx, act: string, on: Day): Promise<Posted | undefined> =>
  tx
    .selectFrom('fund_posting')
    .select(['unit_id as unit', 'document', 'on_day as on'])
    .where('act_id', '=', act)
    .where('on_day', '<=', on)
    .executeTakeFirst()

type Row = Omit<Entered, 'from' | 'to'> & { readonly from: bigint; readonly to: bigint }
type AccountRow = Omit<Held, 'id' | 'project' | 'name' | 'lineName'> & {
  readonly id: bigint
  readonly project: string | null
  readonly zh: string
  readonly en: string
  readonly line_zh: string
  readonly line_en: string
}

/** The transfers of a posting, the last one first, as they are taken back. */
export async function readEntered(tx: Tx, act: string): Promise<readonly Entered[]> {
  const [moved, accounts] = await Promise.all([
    sql<Row>`
      select t.n, t.kind, t.from_account as from, t.to_account as to, t.amount, r.on_day as "reversedOn",
             w.project_id is not null as "isWithdrawn"
        from fund_transfer t
        left join fund_transfer r on r.reverses_act = t.act_id and r.reverses_n = t.n
        join fund_account f on f.id = t.from_account
        left join project_withdrawal w on w.project_id = f.project_id
       where t.act_id = ${act} order by t.n desc`.execute(tx),
    sql<AccountRow>`
      select a.id, a.line_id as line, a.unit_id as unit, a.year, a.kind, a.project_id as project, a.balance,
             n.name_zh as zh, n.name_en as en, l.name_zh as line_zh, l.name_en as line_en, c.on_day as "closedOn", a.last_on as "lastOn"
        from fund_account a
        join fund_line l on l.id = a.line_id
        left join fund_year_close c on c.unit_id = a.unit_id and c.year = a.year
       cross join lateral (select v.name_zh, v.name_en from unit_version v where v.unit_id = a.unit_id
                            order by lower(v.valid_at) desc limit 1) n
       where a.id in (select from_account from fund_transfer where act_id = ${act}
                      union select to_account from fund_transfer where act_id = ${act})`.execute(tx),
  ])
  const byId = new Map(accounts.rows.map((row) => [row.id, heldFrom(row)]))
  return moved.rows.flatMap(({ from, to, ...row }) => {
    const [giver, taker] = [byId.get(from), byId.get(to)]
    return giver && taker ? [{ ...row, from: giver, to: taker }] : []
  })
}

const heldFrom = ({ id, project, zh, en, line_zh, line_en, ...row }: AccountRow): Held => ({
  ...row,
  id: String(id),
  name: { zh, en },
  lineName: { zh: line_zh, en: line_en },
  ...(project !== null && { project }),
})

/** What an account lacks for a row of transfers to be taken back one after the other. */
export type Shortfall = { readonly account: Held; readonly asked: bigint }

/** The accounts whose money has gone on since, so that it can't be taken back from them. */
export function shortfalls(taken: readonly Entered[]): readonly Shortfall[] {
  const balances = new Map<string, bigint>()
  const short = new Map<string, Held>()
  for (const { from, to, amount } of taken) {
    const after = (balances.get(to.id) ?? to.balance) - amount
    balances.set(to.id, after)
    balances.set(from.id, (balances.get(from.id) ?? from.balance) + amount)
    if (after < 0n && to.kind !== 'source') short.set(to.id, to)
  }
  return [...short.values()].map((account) => ({
    account,
    asked: taken.reduce((sum, each) => (each.to.id === account.id ? sum + each.amount : sum), 0n),
  }))
}
