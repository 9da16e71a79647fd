import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { UnitFacts } from './standing.ts'
import type { Day } from './words.ts'

/** A unit of the programme: one that was designated, or one that stands above such a unit. */
export type ProgrammeUnit = UnitFacts & { readonly parent: string | null; readonly isDesignated: boolean }

/**
 * The programme's units below one, as they stood on a day.
 * A unit that was designated once stays in the programme: support goes on after its exit.
 */
export async function programmeBelow(db: Db, unit: string, on: Day): Promise<readonly ProgrammeUnit[]> {
  const { rows } = await sql<Omit<ProgrammeUnit, 'name'> & { zh: string; en: string }>`
    with recursive below (id) as (
      select ${unit}::uuid
      union
      select v.unit_id from below b join unit_version v on v.parent_id = b.id and (v.valid_at @> ${on}::date) is true),
    designated as materialized (
      select distinct b.id from below b join unit_designation d on d.unit_id = b.id and lower(d.valid_at) <= ${on}::date),
    programme as (
      select distinct unnest(v.lineage) as id
        from designated d join unit_version v on v.unit_id = d.id and (v.valid_at @> ${on}::date) is true)
    select v.unit_id as id, v.tier, v.code, v.parent_id as parent, v.name_zh as zh, v.name_en as en,
           v.unit_id in (select id from designated) as "isDesignated"
      from programme p join below b on b.id = p.id
      join unit_version v on v.unit_id = p.id and (v.valid_at @> ${on}::date) is true
     where v.unit_id <> ${unit}
     order by v.code nulls last, v.name_en`.execute(db)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

/** Whether a unit had been designated by a day. */
export async function isDesignated(db: Db, unit: string, on: Day): Promise<boolean> {
  const { rows } = await sql`
    select from unit_designation where unit_id = ${unit} and lower(valid_at) <= ${on}::date limit 1`.execute(db)
  return rows.length > 0
}
