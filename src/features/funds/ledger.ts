import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'

/** What a unit holds of a line in the books of a year; `committed` and `paid` are a project's. */
export type Account = {
  readonly line: string
  readonly unit: string
  readonly year: number
  readonly kind: 'source' | 'available' | 'committed' | 'paid' | 'fee'
  readonly project?: string
}

export type TransferKind =
  | 'appropriate'
  | 'allocate'
  | 'return'
  | 'pool'
  | 'commit'
  | 'release'
  | 'pay'
  | 'fee'
  | 'carry'
  | 'take-over'
  | 'reverse'

/** Money from one account to another, in whole fen. */
export type Transfer = {
  readonly kind: TransferKind
  readonly from: Account
  readonly to: Account
  readonly amount: bigint
  readonly payee?: string
  readonly work?: string
  readonly milestone?: number
  /** What another program calls it, and a digest of what it said: known again if it comes twice. */
  readonly external?: { readonly id: string; readonly content: string }
  readonly reverses?: { readonly act: string; readonly n: number }
}

export type Posting = {
  readonly unit: string
  readonly document: string
  readonly note?: string | undefined
  readonly transfers: readonly Transfer[]
}

const keyOf = ({ line, unit, year, kind, project }: Account) => `${line} ${unit} ${year} ${kind} ${project ?? ''}`

/**
 * Enters a document in the books: the only way in which money moves. Leaves in one message with the journal and the commit.
 * The database refuses what overspends, what moves as its kind may not, closed years and withdrawn projects (migration 15),
 * after the act's own rule has said so kindly.
 */
export function post(tx: Tx, by: By, { unit, document, note, transfers }: Posting) {
  const places = new Map<string, number>()
  const accounts: Account[] = []
  const place = (account: Account) => {
    const key = keyOf(account)
    const known = places.get(key)
    if (known !== undefined) return known
    places.set(key, accounts.length)
    return accounts.push(account) - 1
  }
  const rows = transfers.map(({ from, to, amount, external, reverses, ...rest }) => ({
    ...rest,
    from: place(from),
    to: place(to),
    amount: amount.toString(),
    ...(external && { external: external.id, content: external.content }),
    ...(reverses && { reverses_act: reverses.act, reverses_n: reverses.n }),
  }))
  send(
    tx,
    sql`select fund_post(${by.act}, ${unit}, ${by.on}, ${document}, ${note ?? null}, ${JSON.stringify(accounts)}, ${JSON.stringify(rows)})`.compile(
      tx,
    ),
  )
}
