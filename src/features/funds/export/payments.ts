import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'

export type Payment = {
  readonly act: string
  readonly n: number
  readonly document: string
  readonly amount: bigint
  readonly work: string | null
  readonly shown: string
  readonly isReversed: boolean
  /** Seen by the paying county alone. */
  readonly name: string | null
  readonly bank: string | null
  readonly account: string | null
}

/** The document that an act entered in the books of a unit. */
export async function findPosting(tx: Tx, act: string, unit: string): Promise<{ document: string } | undefined> {
  const { rows } = await sql<{ document: string }>`
    select document from fund_posting where act_id = ${act} and unit_id = ${unit}`.execute(tx)
  return rows[0]
}

/** What was paid under an act, with the payees' accounts as far as the unit that acts may see them. */
export async function readPayments(tx: Tx, act: string, unit: string): Promise<readonly Payment[]> {
  const { rows } = await sql<Payment>`
    select t.act_id as act, t.n, d.document, t.amount, t.work, y.shown, r.act_id is not null as "isReversed",
           v.name, v.bank, v.account
      from fund_transfer t
      join fund_posting d on d.act_id = t.act_id
      join payee y on y.id = t.payee_id
      left join payee_private v on v.payee_id = y.id
      left join fund_transfer r on r.reverses_act = t.act_id and r.reverses_n = t.n
     where t.act_id = ${act} and d.unit_id = ${unit} and t.kind = 'pay'
     order by t.n`.execute(tx)
  return rows
}
