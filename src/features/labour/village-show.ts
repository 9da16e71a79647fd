import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { VillageId } from './inputs.ts'
import { villageStates, villagesOn } from './standing.ts'
import { lightOf, type VillageRow } from './villages.ts'

type Row = VillageRow & {
  zh: string
  en: string
  t_zh: string
  t_en: string
  eastM: number | null
  northM: number | null
  statement: number | null
  stated: Day | null
}
type Past = { team: string; since: Day; until: Day | null; note: string | null; people: number }

/** One village on a day: what it needs, who is there, who was there, who helps its households. */
export const showVillage = ask({
  name: 'village.show',
  title: { zh: '村', en: 'A village' },
  purpose: {
    zh: '一个村的需求、工作队、历任工作队和各户帮扶责任人。',
    en: 'What a village needs, its team, the teams before, and who helps its households.',
  },
  access: 'seated',
  input: z.object({ village: VillageId }),
  async answer(reader, { village }) {
    const { charter, on, db } = reader
    const found = await sql<Row>`${villagesOn(charter, on, sql`v.id = ${village}`)}`.execute(db)
    const [row] = found.rows
    if (!row) throw new NotFound({ zh: '当日没有登记这个村。', en: 'No such village was registered on that day.' })
    const [lineage, needs, people, teams, households, statements] = await Promise.all([
      findLineage(db, row.unit, on),
      sql<{ skill: string; name: Text; people: number; has: number }>`
        select n.skill, json_build_object('zh', k.zh, 'en', k.en) as name, n.people,
               (select count(*)::int
                  from team_member m
                  cross join lateral (select x.skills from worker_version x where x.worker_id = m.worker_id and x.on_day <= ${on}::date
                                       order by x.n desc limit 1) w
                 where m.team_id = ${row.team} and (m.valid_at @> ${on}::date) is true and n.skill = any (w.skills)) as has
          from village_need n join labour_skill k on k.id = n.skill
         where n.village_id = ${village} and n.n = ${row.statement ?? 0} order by n.skill`.execute(db),
      sql<{
        worker: string
        name: Text
        madeUp: boolean
        role: 'leader' | 'member'
        firstSecretary: boolean
        termUntil: Day
        since: Day
      }>`
        select m.worker_id as worker, json_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.made_up as "madeUp", m.role,
               m.first_secretary as "firstSecretary", m.term_until as "termUntil", lower(m.valid_at) as since
          from team_member m join person p on p.id = m.worker_id
         where m.team_id = ${row.team} and m.valid_at @> ${on}::date order by m.role, p.name_zh`.execute(db),
      sql<Past>`
        select t.id as team, lower(t.valid_at) as since, case when upper(t.valid_at) <= ${on}::date then upper(t.valid_at) end as until,
               case when upper(t.valid_at) <= ${on}::date then t.ended_note end as note,
               (select count(distinct m.worker_id)::int from team_member m where m.team_id = t.id and lower(m.valid_at) <= ${on}::date) as people
          from team t where t.village_id = ${village} and lower(t.valid_at) <= ${on}::date order by lower(t.valid_at) desc`.execute(
        db,
      ),
      sql<{ household: string; worker: string; name: Text; madeUp: boolean; since: Day }>`
        select h.household, h.worker_id as worker, json_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.made_up as "madeUp",
               lower(h.valid_at) as since
          from helper h join person p on p.id = h.worker_id
         where h.village_id = ${village} and h.valid_at @> ${on}::date order by h.household`.execute(db),
      sql<{ n: number; on: Day; people: number; households: number; act: string }>`
        select n, on_day as "on", people, households, act_id as act from village_statement
         where village_id = ${village} and on_day <= ${on}::date order by n desc`.execute(db),
    ])
    const { zh, en, t_zh, t_en, ...rest } = row
    const [thing] = await withAbilities(reader, 'village', [rest])
    return {
      ...rest,
      name: { zh, en },
      township: { zh: t_zh, en: t_en },
      above: lineage ?? [],
      stateName: villageStates[row.state],
      light: lightOf(row.state),
      needs: needs.rows,
      members: people.rows,
      teams: teams.rows,
      helpers: households.rows,
      statements: statements.rows,
      can: thing?.can ?? [],
    }
  },
})
