import { sql } from 'kysely'
import { type Ability, withAbilities } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import { joinDuty, matchDuty } from './fields.ts'

/** What may be begun in a unit: the one asked for, or else that of the seat that asks. */
export async function deskOf(reader: Reader, unit: string | undefined): Promise<readonly Ability[]> {
  const own = reader.actor?.kind === 'person' ? reader.actor.seat.unit : undefined
  const units = [...new Set([unit, own].filter((each) => each !== undefined))]
  const { rows } = await sql<{ unit: string; tier: string; isRoot: boolean }>`
    select v.unit_id as unit, v.tier, v.parent_id is null as "isRoot" from unit_version v
     where v.unit_id = any (${units}::uuid[]) and (v.valid_at @> ${reader.today}::date) is true`.execute(reader.db)
  const held = reader.charter.findDuty(matchDuty, reader.today)?.held_by ?? {}
  const desks = rows.map((row) => ({ ...row, receives: held[row.tier] !== undefined }))
  const found = (await withAbilities(reader, 'help-desk', desks)).flatMap((desk) => desk.can)
  const once = found.filter((ability, at) => found.findIndex((other) => other.act === ability.act) === at)
  // What a seat may do comes before what anybody may.
  return once.toSorted((a, b) => Number(a.duty === joinDuty) - Number(b.duty === joinDuty))
}
