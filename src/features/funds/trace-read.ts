import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import type { Account, TransferKind } from './ledger.ts'
import { type AccountNumber, Course, type Moved, standing } from './trace.ts'

/** A transfer as a trace needs it. */
export type TracedTransfer = Moved & {
  readonly kind: TransferKind
  readonly on: Day
  readonly payee: string | null
  readonly reversesAct: string | null
  readonly reversesN: number | null
}

export type TracedAccount = {
  readonly id: AccountNumber
  readonly line: string
  readonly unit: string
  readonly year: number
  readonly kind: Account['kind']
  readonly project: string | null
}

export type Traced = {
  readonly course: Course
  readonly accounts: ReadonlyMap<AccountNumber, TracedAccount>
  /** Looks a transfer up that still stands; what was reversed is not there. */
  find(act: string, n: number): TracedTransfer | undefined
  readonly transfers: readonly TracedTransfer[]
}

/** A list of accounts as PostgreSQL writes it; put together here, since the client would look at every letter of every number. */
const listed = (accounts: readonly AccountNumber[]) => `{${accounts.join(',')}}`

/**
 * The accounts of which some entry before the last known one is not known: something came into them from elsewhere. Entries of an
 * account are numbered without a gap; what came in after the last known one is behind all fen that are followed, and changes nothing.
 */
function withGaps(rows: readonly Moved[]): readonly AccountNumber[] {
  const known = new Map<AccountNumber, { entries: number; last: number }>()
  const note = (account: AccountNumber, version: number) => {
    const seen = known.get(account)
    if (!seen) known.set(account, { entries: 1, last: version })
    else {
      seen.entries += 1
      if (version > seen.last) seen.last = version
    }
  }
  for (const row of rows) {
    note(row.from, row.fromVersion)
    note(row.to, row.toVersion)
  }
  return [...known].flatMap(([account, { entries, last }]) => (entries < last ? [account] : []))
}

/**
 * Reads the accounts that money of some accounts can have come from or gone to, and every transfer that touches one of them
 * before the last that is followed: no others, however large the books are.
 */
export async function readCourse(
  { db, on }: Reader,
  begin: readonly AccountNumber[],
  direction: 'up' | 'down',
): Promise<Traced> {
  const [near, far] = direction === 'down' ? (['from', 'to'] as const) : (['to', 'from'] as const)
  const nearColumn = sql.ref(`t.${near}_account`)
  const farColumn = sql.ref(`t.${far}_account`)
  const columns = sql`t.act_id as act, t.n, t.kind, t.from_account::float8 as "from", t.to_account::float8 as "to", t.amount,
    t.from_version as "fromVersion", t.to_version as "toVersion", t.on_day as "on", t.payee_id as payee,
    t.reverses_act as "reversesAct", t.reverses_n as "reversesN"`
  // The planner cannot know how few accounts are reached, and would read the whole book to be safe.
  const { rows, accounts } = await db.transaction().execute(async (tx) => {
    await sql`select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) name`.execute(
      tx,
    )
    const reached = await sql<{ id: AccountNumber }>`
      with recursive reach (id) as (
        select unnest(${listed(begin)}::bigint[])
        union
        select ${farColumn} from reach join fund_transfer t on ${nearColumn} = reach.id
         where t.on_day <= ${on}::date and t.kind <> 'reverse')
      select id::float8 as id from reach`.execute(tx)
    const left = await sql<TracedTransfer>`
      select ${columns} from unnest(${listed(reached.rows.map(({ id }) => id))}::bigint[]) as reach (id) join fund_transfer t on t.from_account = reach.id
       where t.on_day <= ${on}::date`.execute(tx)
    const from = new Set(reached.rows.map(({ id }) => id))
    const open = [...new Set([...begin, ...withGaps(left.rows).filter((account) => from.has(account))])]
    const came = await sql<TracedTransfer>`
      select ${columns} from unnest(${listed(open)}::bigint[]) as open (id) join fund_transfer t on t.to_account = open.id
       where t.on_day <= ${on}::date`.execute(tx)
    const rows = [...left.rows, ...came.rows.filter((row) => !from.has(row.from))]
    const ids = new Set<AccountNumber>()
    for (const row of rows) ids.add(row.from).add(row.to)
    const known = await sql<TracedAccount>`
      select id::float8 as id, line_id as line, unit_id as unit, year, kind, project_id as project from fund_account
       where id = any (${listed([...ids])}::bigint[])`.execute(tx)
    return { rows, accounts: known.rows }
  })
  const transfers = standing(rows)
  return {
    course: new Course(transfers),
    accounts: new Map(accounts.map((account) => [account.id, account])),
    find: (act, n) => transfers.find((row) => row.n === n && row.act === act),
    transfers,
  }
}
