import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import type { Account, TransferKind } from './ledger.ts'
import { Course, type Moved, standing } from './trace.ts'

/** A transfer as a trace needs it. */
export type TracedTransfer = Moved & {
  readonly kind: TransferKind
  readonly on: Day
  readonly payee: string | null
  readonly reversesAct: string | null
  readonly reversesN: number | null
}

export type TracedAccount = {
  readonly id: bigint
  readonly line: string
  readonly unit: string
  readonly year: number
  readonly kind: Account['kind']
  readonly project: string | null
}

export type Traced = {
  readonly course: Course
  readonly accounts: ReadonlyMap<bigint, TracedAccount>
  /** Looks a transfer up that still stands; what was reversed is not there. */
  find(act: string, n: number): TracedTransfer | undefined
  readonly transfers: readonly TracedTransfer[]
}

/**
 * Reads the accounts that money of some accounts can have come from or gone to, and every transfer that touches one of them:
 * no others, however large the books are.
 */
export async function readCourse(
  { db, on }: Reader,
  begin: readonly bigint[],
  direction: 'up' | 'down',
): Promise<Traced> {
  const [near, far] = direction === 'down' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const nearColumn = sql.ref(`t.${near}_account`)
  const farColumn = sql.ref(`t.${far}_account`)
  const columns = sql`t.act_id as act, t.n, t.kind, t.from_account as "from", t.to_account as "to", t.amount,
    t.from_version as "fromVersion", t.to_version as "toVersion", t.on_day as "on", t.payee_id as payee,
    t.reverses_act as "reversesAct", t.reverses_n as "reversesN"`
  // The planner cannot know how few accounts are reached, and would read the whole book to be safe.
  const { rows, accounts } = await db.transaction().execute(async (tx) => {
    await sql`select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) name`.execute(
      tx,
    )
    const reached = await sql<{ id: bigint }>`
      with recursive reach (id) as (
        select unnest(${begin.map(String)}::bigint[])
        union
        select ${farColumn} from reach join fund_transfer t on ${nearColumn} = reach.id
         where t.on_day <= ${on}::date and t.kind <> 'reverse')
      select id from reach`.execute(tx)
    const reach = reached.rows.map(({ id }) => String(id))
    // What left an account that was reached, and what came into one from elsewhere. Told by a list of values, not by the table of
    // what was reached: the list is looked through by hashing, the table from end to end for every row.
    const read = await sql<TracedTransfer>`
      select ${columns} from unnest(${reach}::bigint[]) as reach (id) join fund_transfer t on t.from_account = reach.id
       where t.on_day <= ${on}::date
      union all
      select ${columns} from unnest(${reach}::bigint[]) as reach (id) join fund_transfer t on t.to_account = reach.id
       where t.on_day <= ${on}::date and t.from_account <> all (${reach}::bigint[])`.execute(tx)
    const ids = [...new Set(read.rows.flatMap((row) => [row.from, row.to]))]
    const known = await sql<TracedAccount>`
      select id, line_id as line, unit_id as unit, year, kind, project_id as project from fund_account
       where id = any (${ids.map(String)}::bigint[])`.execute(tx)
    return { rows: read.rows, accounts: known.rows }
  })
  const transfers = standing(rows)
  return {
    course: new Course(transfers),
    accounts: new Map(accounts.map((account) => [account.id, account])),
    find: (act, n) => transfers.find((row) => row.n === n && row.act === act),
    transfers,
  }
}
