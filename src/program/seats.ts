import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Person, Seat, UnitFacts } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'

/** A delegation as whoever acts under it needs to know it. */
export type Delegated = {
  readonly id: string
  readonly duty: string
  readonly principal: Person
  readonly until: Day | null
}

/** A seat that a person may act in on a day: their own, or one of another's under a delegation. */
export type OwnSeat = { readonly seat: Seat; readonly unit: UnitFacts; readonly delegation?: Delegated }

type UnitRow = { id: string; tier: string; code: string | null; zh: string; en: string }
const unitOf = ({ id, tier, code, zh, en }: UnitRow): UnitFacts => ({ id, tier, code, name: { zh, en } })

/** Units that a person may mean by an id, a code or a name, as they stood on a day. */
export async function findUnits(db: Db, said: string, day: Day): Promise<readonly UnitFacts[]> {
  const { rows } = await sql<UnitRow>`
    select unit_id as id, tier, code, name_zh as zh, name_en as en from unit_version
     where valid_at @> ${day}::date and (unit_id::text = lower(${said}) or code = ${said} or name_zh = ${said} or lower(name_en) = lower(${said}))
     order by code nulls first limit 20`.execute(db)
  return rows.map(unitOf)
}

/** The unit that stands above all others. */
export async function findRoot(db: Db, day: Day): Promise<UnitFacts | undefined> {
  const { rows } = await sql<UnitRow>`
    select unit_id as id, tier, code, name_zh as zh, name_en as en from unit_version
     where parent_id is null and valid_at @> ${day}::date limit 1`.execute(db)
  return rows[0] && unitOf(rows[0])
}

/** The seats that a person holds on a day, then those that they act for under delegations. */
export async function ownSeats(db: Db, person: string, day: Day): Promise<readonly OwnSeat[]> {
  type Row = UnitRow & {
    post: string
    delegation: string | null
    duty: string
    until: Day | null
    principal: string
    p_zh: string
    p_en: string
    made_up: boolean
  }
  const { rows } = await sql<Row>`
    with held as (
      select unit_id, post, null::uuid as delegation, '' as duty, null::date as until, person_id as principal
        from appointment where person_id = ${person} and valid_at @> ${day}::date
      union all
      select d.unit_id, d.post, d.id, d.duty, upper(d.valid_at) - 1, d.principal_id
        from delegation d
        join appointment a on a.unit_id = d.unit_id and a.post = d.post and a.person_id = d.principal_id and a.valid_at @> ${day}::date
       where d.person_id = ${person} and d.valid_at @> ${day}::date)
    select v.unit_id as id, v.tier, v.code, v.name_zh as zh, v.name_en as en, h.post, h.delegation, h.duty, h.until, h.principal,
           p.name_zh as p_zh, p.name_en as p_en, p.made_up
      from held h
      join unit_version v on v.unit_id = h.unit_id and v.valid_at @> ${day}::date
      join person p on p.id = h.principal
     order by h.delegation nulls first, v.code nulls first, h.post`.execute(db)
  return rows.map(({ post, delegation, duty, until, principal, p_zh, p_en, made_up, ...unit }) => ({
    seat: { unit: unit.id, post },
    unit: unitOf(unit),
    ...(delegation !== null && {
      delegation: {
        id: delegation,
        duty,
        until,
        principal: { id: principal, name: { zh: p_zh, en: p_en }, madeUp: made_up },
      },
    }),
  }))
}

export async function findPerson(db: Db, id: string): Promise<Person | undefined> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'name_zh', 'name_en', 'made_up'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { id: row.id, name: { zh: row.name_zh, en: row.name_en } satisfies Text, madeUp: row.made_up }
}

/** Whose delegation it is, if it stands on a day. */
export async function findDelegate(db: Db, delegation: string, day: Day): Promise<string | undefined> {
  const { rows } = await sql<{ person: string }>`
    select person_id as person from delegation where id = ${delegation} and valid_at @> ${day}::date`.execute(db)
  return rows[0]?.person
}
