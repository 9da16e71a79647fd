import { sql } from 'kysely'
import type { AnyAct } from './act.ts'
import type { Reader } from './ask.ts'
import { findBearer, type Lineage, sittings, type UnitFacts } from './standing.ts'
import type { Db } from './db.ts'
import type { Day, Text } from './words.ts'

/** What may be done about an object: by whom asks, or else whose duty it is. */
export type Ability = {
  readonly act: string
  readonly title: Text
  readonly duty: string
  readonly mine: boolean
  /** Where the duty lies for this object. */
  readonly unit: UnitFacts | undefined
  readonly posts: readonly string[]
  /** The part of the form that the object fills in. */
  readonly input: Readonly<Record<string, unknown>>
}

/** Many units with all above them, as they stood on a day, in one query. */
export async function lineagesOf(db: Db, units: readonly string[], day: Day): Promise<Map<string, Lineage>> {
  const { rows } = await sql<{ of: string; id: string; tier: string; code: string | null; zh: string; en: string }>`
    select u.unit_id as of, a.unit_id as id, a.tier, a.code, a.name_zh as zh, a.name_en as en
      from unit_version u
      join unit_version a on a.unit_id = any (u.lineage) and (a.valid_at @> ${day}::date) is true
     where u.unit_id = any (${[...new Set(units)]}::uuid[]) and (u.valid_at @> ${day}::date) is true
     order by u.unit_id, array_position(u.lineage, a.unit_id) desc`.execute(db)
  const found = new Map<string, UnitFacts[]>()
  for (const { of, zh, en, ...unit } of rows) {
    const line = found.get(of) ?? []
    line.push({ ...unit, name: { zh, en } })
    found.set(of, line)
  }
  return found as unknown as Map<string, Lineage>
}

/**
 * Gives each object of one kind the acts that its state invites, and says which of them are the asker's.
 * An object lies over its `unit`, unless the act says otherwise.
 */
export async function withAbilities<Thing extends { readonly unit: string }>(
  reader: Reader,
  kind: string,
  things: readonly Thing[],
): Promise<(Thing & { readonly can: readonly Ability[] })[]> {
  const acts = reader.acts.filter((act) => act.about?.kind === kind)
  const overOf = (act: AnyAct, thing: Thing) =>
    (act.about?.over as ((thing: Thing) => string) | undefined)?.(thing) ?? thing.unit
  const units = things.flatMap((thing) => acts.map((act) => overOf(act, thing)))
  const lineages = await lineagesOf(reader.db, units, reader.today)
  const bearers = new Map<string, ReturnType<typeof findBearer>>()
  const bearerOf = (act: AnyAct, unit: string) => {
    const key = `${act.duty} ${unit}`
    if (!bearers.has(key)) {
      const duty = reader.charter.findDuty(act.duty, reader.today)
      const lineage = lineages.get(unit)
      bearers.set(key, duty && lineage && findBearer(reader.charter, duty, lineage))
    }
    return bearers.get(key)
  }
  const actor = reader.actor?.kind === 'person' ? reader.actor : undefined
  for (const thing of things) for (const act of acts) bearerOf(act, overOf(act, thing))
  const bearing = [...bearers.values()].flatMap((bearer) => (bearer ? [bearer.unit.id] : []))
  const seated = actor ? await sittings(reader.db, [...new Set([...bearing, actor.seat.unit])], reader.today) : []
  const sits = actor && seated.some((each) => each.unit === actor.seat.unit && each.post === actor.seat.post)

  const isMine = (act: AnyAct, unit: string): boolean => {
    if (reader.charter.findDuty(act.duty, reader.today)?.public) return true
    const bearer = bearerOf(act, unit)
    if (!actor || !bearer || !sits) return false
    if (bearer.unit.id === actor.seat.unit) return bearer.posts.includes(actor.seat.post)
    const line = lineages.get(unit) ?? []
    const above = line[line.findIndex((each) => each.id === bearer.unit.id) + 1]
    const isVacant = !seated.some((each) => each.unit === bearer.unit.id && bearer.posts.includes(each.post))
    return (
      isVacant && above?.id === actor.seat.unit && reader.charter.tier(above.tier).principals.includes(actor.seat.post)
    )
  }

  return things.map((thing) => ({
    ...thing,
    can: acts
      .filter((act) => (act.about?.offered as ((thing: Thing) => boolean) | undefined)?.(thing) ?? true)
      .map((act) => {
        const over = overOf(act, thing)
        const bearer = bearerOf(act, over)
        return {
          act: act.name,
          title: act.title,
          duty: act.duty,
          mine: isMine(act, over),
          unit: bearer?.unit,
          posts: bearer?.posts ?? [],
          input: (act.about?.input as ((thing: Thing) => Record<string, unknown>) | undefined)?.(thing) ?? {},
        }
      }),
  }))
}
