import { sql } from 'kysely'
import type { ProjectKind } from './kinds.ts'
import { libraryStates } from './state.ts'
import type { Db } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

const ended = ['withdrawn', 'returned']

/** What counties took of the major projects that hold on a day, and what their own projects make of it; one row for each of the two. */
export const linesOn = (on: Day) => sql`
  with share as materialized (select * from major_share_on(${on}::date)),
  part as (
    select s.major_project_id, s.unit_id as divider, p.to_unit_id as unit_id, p.quantity, s.divided_on as since, p.act_id
      from share s join major_project_part p on p.major_project_id = s.major_project_id and p.unit_id = s.unit_id and p.ordinal = s.ordinal
    union all
    select s.major_project_id, s.unit_id, s.unit_id, s.quantity, s.shared_on, s.share_act_id
      from share s join unit_designation d on d.unit_id = s.unit_id and lower(d.valid_at) <= ${on}::date),
  service as (
    select major_project_id, unit_id,
           sum(quantity) filter (where state = any (${[...libraryStates]}::text[])) as covered,
           sum(quantity) filter (where state <> all (${[...libraryStates, ...ended]}::text[])) as coming,
           count(*) filter (where state <> all (${ended}::text[])) as projects
      from major_service_on(${on}::date) group by major_project_id, unit_id)
  select coalesce(p.major_project_id, v.major_project_id) as major, p.divider, coalesce(p.unit_id, v.unit_id) as unit,
         coalesce(p.quantity, 0)::bigint as part, coalesce(v.covered, 0)::bigint as covered, coalesce(v.coming, 0)::bigint as coming,
         coalesce(v.projects, 0)::int as projects, p.since, p.act_id
    from part p full join service v on v.major_project_id = p.major_project_id and v.unit_id = p.unit_id`

/** A unit as it last stood by a day: one that was merged since keeps what it took. */
export const placeOf = (unit: string, on: Day) => sql`
  lateral (select w.name_zh, w.name_en, w.code, w.tier, w.lineage from unit_version w
            where w.unit_id = ${sql.ref(unit)} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`

/** The version of each major project that holds on a day. */
export const majorsOn = (on: Day) => sql`
  select distinct on (v.major_project_id) v.major_project_id as id, m.unit_id as unit, v.version, v.name_zh, v.name_en, v.kind,
         v.from_year as "from", v.to_year as "to", v.measure_zh, v.measure_en, v.counts, v.quantity, v.document_number as document,
         v.status, v.source, v.reason, v.on_day as "on", v.act_id as act
    from major_project_version v join major_project m on m.id = v.major_project_id
   where v.on_day <= ${on}::date order by v.major_project_id, v.version desc`

export type MajorRow = {
  id: string
  unit: string
  version: number
  name_zh: string
  name_en: string
  kind: ProjectKind
  from: number
  to: number
  measure_zh: string
  measure_en: string
  counts: 'persons' | 'households' | 'projects' | 'nothing'
  quantity: number
  document: string
  status: 'V' | 'P' | 'K' | 'made-up'
  source: string | null
  reason: string | null
  on: Day
  act: string
}

/** A row's two languages put together. */
export const spoken = <Row extends MajorRow>({ name_zh, name_en, measure_zh, measure_en, ...rest }: Row) => ({
  ...rest,
  name: { zh: name_zh, en: name_en } satisfies Text,
  measure: { zh: measure_zh, en: measure_en } satisfies Text,
})

export type ShareLine = {
  readonly major: string
  readonly unit: string
  readonly name: Text
  readonly code: string | null
  readonly quantity: number
  readonly hasBelow: boolean
  readonly on: Day
  readonly dividedOn: Day | null
  readonly act: string | null
}

/** The shares of one major project as they hold on a day. */
export async function sharesOf(db: Db, major: string, on: Day): Promise<readonly ShareLine[]> {
  const { rows } = await sql<Omit<ShareLine, 'name'> & { zh: string; en: string }>`
    select s.major_project_id as major, s.unit_id as unit, v.name_zh as zh, v.name_en as en, v.code, s.quantity, s.shared_on as on,
           s.divided_on as "dividedOn", s.division_act_id as act,
           not exists (select from unit_designation d where d.unit_id = s.unit_id and lower(d.valid_at) <= ${on}::date) as "hasBelow"
      from major_share_on(${on}::date) s cross join ${placeOf('s.unit_id', on)} v
     where s.major_project_id = ${major}
     order by v.code nulls last, v.name_en`.execute(db)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

export type PartLine = {
  readonly divider: string | null
  readonly unit: string
  readonly name: Text
  readonly code: string | null
  readonly lineage: readonly string[]
  readonly part: number
  readonly covered: number
  readonly coming: number
  readonly uncovered: number
  readonly projects: number
}

/** What each county took of one major project, and how much of it its projects cover. */
export async function partsOf(db: Db, major: string, on: Day): Promise<readonly PartLine[]> {
  const { rows } = await sql<Omit<PartLine, 'name'> & { zh: string; en: string }>`
    select l.divider, l.unit, v.name_zh as zh, v.name_en as en, v.code, v.lineage, l.part::float8 as part, l.covered::float8 as covered,
           l.coming::float8 as coming, greatest(0, l.part - l.covered)::float8 as uncovered, l.projects
      from (${linesOn(on)}) l cross join ${placeOf('l.unit', on)} v
     where l.major = ${major}
     order by v.code nulls last, v.name_en`.execute(db)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}
