import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#kernel/db.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'

const SHARES_MAX = 2000
const NAMED_MAX = 8

/** How many, at least one. */
export const Quantity = z
  .int()
  .min(1)
  .max(2_000_000_000)
  .meta({ label: { zh: '数量', en: 'Quantity' }, widget: 'count' })

/** What one unit takes of a whole. */
export const Share = z.strictObject({ unit: UnitId, quantity: Quantity })
export type Share = z.output<typeof Share>
export const Shares = z
  .array(Share)
  .min(1)
  .max(SHARES_MAX)
  .meta({ label: { zh: '各单位份额', en: 'Shares' }, hint: { zh: '合计须等于总量', en: 'They add up to the whole' } })

export const sumOf = (shares: readonly Share[]) => shares.reduce((sum, share) => sum + share.quantity, 0)

/** Whether two sets of shares give the same to the same units, in whatever order. */
export const areAlike = (one: readonly Share[], other: readonly Share[]) => {
  const given = new Map(one.map((share) => [share.unit, share.quantity]))
  return given.size === other.length && other.every((share) => given.get(share.unit) === share.quantity)
}

/** The units that stand among some shares more than once. */
export const givenTwice = (shares: readonly Share[]) => {
  const units = shares.map((share) => share.unit)
  return [...new Set(units.filter((unit, at) => units.indexOf(unit) !== at))]
}

/** Names as a sentence gives them: the first few, and how many there are. */
export const someOf = (names: readonly Text[]): Text => {
  const more = names.length > NAMED_MAX ? ` … (${names.length})` : ''
  const first = names.slice(0, NAMED_MAX)
  return {
    zh: first.map((name) => name.zh).join('、') + more,
    en: first.map((name) => name.en).join(', ') + more,
  }
}

/** The names of some units, so that a reason can speak of them. */
export async function namesOf(tx: Tx, units: readonly string[], on: Day): Promise<ReadonlyMap<string, Text>> {
  const { rows } = await sql<{ unit: string; zh: string; en: string }>`
    select unit_id as unit, name_zh as zh, name_en as en from unit_version
     where unit_id = any (${[...new Set(units)]}::uuid[]) and (valid_at @> ${on}::date) is true`.execute(tx)
  return new Map(rows.map(({ unit, zh, en }) => [unit, { zh, en }]))
}

/** A unit's name, or its id where it has none on the day. */
export const nameIn =
  (names: ReadonlyMap<string, Text>) =>
  (unit: string): Text =>
    names.get(unit) ?? { zh: unit, en: unit }
