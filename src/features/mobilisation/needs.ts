import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import type { HelpKind } from './states.ts'
import type {} from './tables.ts'

/** A need as it stands now, with what is matched to it. */
export type NeedFacts = {
  readonly id: string
  readonly title: string
  readonly kind: HelpKind
  readonly quantity: bigint
  readonly measure: string | null
  readonly closedOn: Day | null
  readonly ordinal: number
  readonly matched: bigint
}

/** A need of a county, with its book of what was matched. */
export async function findNeed(tx: Tx, id: string | null | undefined, unit: string): Promise<NeedFacts | undefined> {
  if (!id) return undefined
  const { rows } = await sql<NeedFacts>`
    select n.id, n.title, n.kind, n.quantity, n.measure, x.on_day as "closedOn", coalesce(t.ordinal, 0) as ordinal,
           coalesce(t.after_it, 0) as matched
      from need n
      left join need_closing x on x.need_id = n.id
      left join lateral (select ordinal, after_it from need_taking t where t.need_id = n.id order by t.ordinal desc limit 1) t on true
     where n.id = ${id} and n.unit_id = ${unit}`.execute(tx)
  return rows[0]
}

/** Writes into a need's book what a pledge gives it, or takes back. Where two write at once, the later one looks again. */
export function takeNeed(
  tx: Tx,
  by: By,
  need: NeedFacts,
  pledge: { readonly id: string; readonly quantity: bigint },
  change: bigint,
) {
  send(
    tx,
    tx
      .insertInto('need_taking')
      .values({
        need_id: need.id,
        ordinal: need.ordinal + 1,
        pledge_id: pledge.id,
        pledged: pledge.quantity,
        change,
        before_it: need.matched,
        after_it: need.matched + change,
        needed: need.quantity,
        on_day: by.on,
        act_id: by.act,
      })
      .onConflict((conflict) => conflict.columns(['need_id', 'ordinal']).doNothing())
      .compile(),
  )
}
