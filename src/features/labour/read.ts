import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Role } from './words.ts'

export type VillageFacts = {
  readonly id: string
  readonly unit: string
  readonly name: Text
  readonly township: Text
  /** How many statements of its needs there are. */
  readonly statements: number
  /** The team that is there, if any. */
  readonly team: string | null
}

/** Some villages, by their ids. */
export async function readVillages(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, VillageFacts>> {
  type Row = Omit<VillageFacts, 'name' | 'township'> & { zh: string; en: string; t_zh: string; t_en: string }
  const { rows } = await sql<Row>`
    select v.id, v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.township_zh as t_zh, v.township_en as t_en,
           coalesce((select max(s.n) from village_statement s where s.village_id = v.id), 0)::int as statements,
           (select t.id from team t where t.village_id = v.id and t.ended_by is null) as team
      from village v where v.id = any (${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(
    rows.map(({ zh, en, t_zh, t_en, ...row }) => [
      row.id,
      { ...row, name: { zh, en }, township: { zh: t_zh, en: t_en } },
    ]),
  )
}

export type WorkerFacts = {
  readonly id: string
  readonly unit: string
  readonly name: Text
  readonly versions: number
  readonly homeUnit: string | null
  readonly homeTownship: string | null
  readonly homeAllowed: boolean
  readonly available: boolean
  /** Where they serve, if anywhere. */
  readonly serves: Serving | null
  /** The day on which they left their last team. */
  readonly lastEnd: Day | null
}
type Serving = {
  readonly team: string
  readonly village: Text
  readonly since: Day
  readonly role: Role
  readonly termUntil: Day
}

/** Some of those who can be sent, by their ids, as they are known and where they serve. */
export async function readWorkers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, WorkerFacts>> {
  type Row = Omit<WorkerFacts, 'name'> & { zh: string; en: string }
  const { rows } = await sql<Row>`
    select w.id, w.unit_id as unit, p.name_zh as zh, p.name_en as en, v.n as versions, v.home_unit_id as "homeUnit",
           v.home_township_zh as "homeTownship", v.home_allowed as "homeAllowed", v.available,
           (select json_build_object('team', m.team_id, 'since', lower(m.valid_at), 'role', m.role, 'termUntil', m.term_until,
                                     'village', json_build_object('zh', g.name_zh, 'en', g.name_en))
              from team_member m join team t on t.id = m.team_id join village g on g.id = t.village_id
             where m.worker_id = w.id and m.ended_by is null) as serves,
           (select max(upper(m.valid_at)) from team_member m where m.worker_id = w.id) as "lastEnd"
      from worker w
      join person p on p.id = w.id
      cross join lateral (select * from worker_version x where x.worker_id = w.id order by x.n desc limit 1) v
     where w.id = any (${[...new Set(ids)]}::uuid[])`.execute(tx)
  return new Map(rows.map(({ zh, en, ...row }) => [row.id, { ...row, name: { zh, en } }]))
}

export type MemberFacts = {
  readonly worker: string
  readonly name: Text
  readonly role: Role
  readonly firstSecretary: boolean
  readonly since: Day
  readonly termUntil: Day
}
export type TeamFacts = {
  readonly id: string
  readonly unit: string
  readonly village: string
  readonly villageName: Text
  readonly township: Text
  readonly since: Day
  readonly members: readonly MemberFacts[]
}

/** Some teams that are there, with those who serve in them. */
export async function readTeams(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, TeamFacts>> {
  const { rows } = await sql<TeamFacts>`
    select t.id, t.unit_id as unit, t.village_id as village, lower(t.valid_at) as since,
           json_build_object('zh', g.name_zh, 'en', g.name_en) as "villageName",
           json_build_object('zh', g.township_zh, 'en', g.township_en) as township,
           coalesce((select json_agg(json_build_object('worker', m.worker_id, 'role', m.role, 'firstSecretary', m.first_secretary,
                       'since', lower(m.valid_at), 'termUntil', m.term_until,
                       'name', json_build_object('zh', p.name_zh, 'en', p.name_en)) order by m.role, m.worker_id)
              from team_member m join person p on p.id = m.worker_id
             where m.team_id = t.id and m.ended_by is null), '[]') as members
      from team t join village g on g.id = t.village_id
     where t.id = any (${[...new Set(ids)]}::uuid[]) and t.ended_by is null`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** The vocabulary of skills, by everything that a skill may be called. */
export async function readSkills(db: Db | Tx): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{
    id: string
    zh: string
    en: string
  }>`select id, zh, en from labour_skill order by id`.execute(db)
  return new Map(rows.flatMap(({ id, zh, en }) => [[id, id] as const, [zh, id] as const, [en, id] as const]))
}
