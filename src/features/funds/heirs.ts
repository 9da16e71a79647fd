import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import { totalOf } from './money.ts'

/** Who carries on a closed unit, and for how much of it. */
export type Heir = { readonly unit: string; readonly name: Text; readonly tier: string; readonly share: number }

/** A unit whose books are taken over: since when it is closed, and who carries it on. */
export type Forebear = { readonly name: Text; readonly closedOn: Day | null; readonly heirs: readonly Heir[] }

export async function findForebear(tx: Tx, unit: string, on: Day): Promise<Forebear | undefined> {
  const [about, heirs] = await Promise.all([
    sql<Text & { closedOn: Day | null }>`
      select v.name_zh as zh, v.name_en as en, case when u.closed_on <= ${on}::date then u.closed_on end as "closedOn"
        from unit u
       cross join lateral (select w.name_zh, w.name_en from unit_version w where w.unit_id = u.id
                            order by lower(w.valid_at) desc limit 1) v
       where u.id = ${unit} and u.established_on <= ${on}::date`.execute(tx),
    sql<Text & { unit: string; tier: string; share: number }>`
      select h.unit_id as unit, h.share::float8 as share, v.tier, v.name_zh as zh, v.name_en as en
        from unit_heirs_on(${unit}, ${on}::date) h
        join unit_version v on v.unit_id = h.unit_id and (v.valid_at @> ${on}::date) is true
       order by h.share desc, h.unit_id`.execute(tx),
  ])
  const [found] = about.rows
  if (!found) return undefined
  const { zh, en, closedOn } = found
  return {
    name: { zh, en },
    closedOn,
    heirs: heirs.rows.map(({ unit: id, tier, share, ...name }) => ({ unit: id, tier, share, name })),
  }
}

const WHOLE = 1_000_000_000_000

/** An amount by the shares of the heirs, to the fen: what whole fen leave over goes to the largest remainders. */
export function divided(amount: bigint, heirs: readonly Heir[]): readonly bigint[] {
  const weights = heirs.map(({ share }) => BigInt(Math.round(share * WHOLE)))
  const whole = totalOf(weights)
  const parts = weights.map((weight) => (amount * weight) / whole)
  const rests = weights.map((weight, at) => ({ at, rest: (amount * weight) % whole }))
  const order = rests.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest < b.rest ? 1 : -1))
  const over = Number(amount - totalOf(parts))
  const lucky = new Set(order.slice(0, over).map(({ at }) => at))
  return parts.map((part, at) => (lucky.has(at) ? part + 1n : part))
}
