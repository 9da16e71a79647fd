import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { addDays } from '#kernel/calendar.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { atOrBelow } from './standing.ts'
import { type Role, roles } from './words.ts'

/** So many days before its end a term counts as ending. */
const ENDING_DAYS = 90

export const workerStates = {
  serving: { zh: '驻村', en: 'Serving' },
  'term-ending': { zh: '即将期满', en: 'Term ends soon' },
  'term-over': { zh: '期限已满', en: 'Term over' },
  free: { zh: '可选派', en: 'Can be sent' },
  unavailable: { zh: '暂不可选派', en: 'Cannot be sent' },
} as const satisfies Record<string, Text>
export type WorkerState = keyof typeof workerStates

export type WorkerRow = {
  id: string
  unit: string
  zh: string
  en: string
  madeUp: boolean
  registered: Day
  employer: Text
  homeUnit: string | null
  homeName: Text | null
  homeTownship: string | null
  homeAllowed: boolean
  skills: readonly string[]
  skillNames: readonly Text[]
  eastM: number | null
  northM: number | null
  travelKmMax: number | null
  noNight: boolean
  available: boolean
  team: string | null
  villageName: Text | null
  role: Role | null
  firstSecretary: boolean | null
  since: Day | null
  termUntil: Day | null
  helps: number
  state: WorkerState
}

/** Those who can be sent, as they were known on a day, and where they served. `within` is a condition upon `w`. */
export const workersOn = (on: Day, within: RawBuilder<unknown>) => sql`
  select x.*, case when x.team is not null and x."termUntil" < ${on}::date then 'term-over'
                   when x.team is not null and x."termUntil" <= ${addDays(on, ENDING_DAYS)}::date then 'term-ending'
                   when x.team is not null then 'serving' when x.available then 'free' else 'unavailable' end as state
    from (
      select w.id, w.unit_id as unit, p.name_zh as zh, p.name_en as en, p.made_up as "madeUp", w.on_day as registered,
             json_build_object('zh', k.employer_zh, 'en', k.employer_en) as employer, k.home_unit_id as "homeUnit",
             (select json_build_object('zh', h.name_zh, 'en', h.name_en) from unit_version h
               where h.unit_id = k.home_unit_id and h.valid_at @> ${on}::date) as "homeName",
             k.home_township_zh as "homeTownship", k.home_allowed as "homeAllowed", k.skills,
             (select coalesce(json_agg(json_build_object('zh', s.zh, 'en', s.en) order by s.id), '[]') from labour_skill s
               where s.id = any (k.skills)) as "skillNames",
             k.east_m as "eastM", k.north_m as "northM", k.travel_km_max as "travelKmMax", k.no_night as "noNight", k.available,
             m.team_id as team, m.role, m.first_secretary as "firstSecretary", lower(m.valid_at) as since, m.term_until as "termUntil",
             case when v.id is not null then json_build_object('zh', v.name_zh, 'en', v.name_en) end as "villageName",
             (select count(*)::int from helper h where h.worker_id = w.id and (h.valid_at @> ${on}::date) is true) as helps
        from worker w
        join person p on p.id = w.id
        cross join lateral (select x.* from worker_version x where x.worker_id = w.id and x.on_day <= ${on}::date order by x.n desc limit 1) k
        left join team_member m on m.worker_id = w.id and (m.valid_at @> ${on}::date) is true
        left join team t on t.id = m.team_id
        left join village v on v.id = t.village_id
       where w.on_day <= ${on}::date and ${within}) x`

/** The people of a county who can be sent: who they are, what they can do, where they serve, whose term ends. */
export const listWorkers = ask({
  name: 'worker.list',
  title: { zh: '可选派人员', en: 'People who can be sent' },
  purpose: {
    zh: '某单位及其以下登记的人员：派出单位、专长、籍贯、在哪个村驻村、何时期满。电话和证件号码不显示。',
    en: 'People registered at and below a unit: who sends them, their skills and home, where they serve, when their term ends. Telephones and ID numbers are not shown.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(Object.keys(workerStates) as [WorkerState, ...WorkerState[]]).optional(),
    skill: z.string().max(40).optional(),
    text: z.string().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, skill, text, offset, limit }) {
    const { on, db } = reader
    const wanted = text === undefined || text.trim() === '' ? null : text.trim().toLowerCase()
    const all = sql`
      select x.* from (${workersOn(on, atOrBelow(unit, on, 'w.unit_id'))}) x
       where (${skill ?? null}::text is null or ${skill ?? null} = any (x.skills))
         and (${wanted}::text is null
              or strpos(lower(concat_ws(' ', x.zh, x.en, x.employer->>'zh', x.employer->>'en', x."villageName"->>'zh', x."villageName"->>'en')), ${wanted}) > 0)`
    const [counts, { rows }, skills] = await Promise.all([
      sql<{ state: WorkerState; n: number }>`select state, count(*)::int as n from (${all}) x group by state`.execute(
        db,
      ),
      sql<WorkerRow & { total: number }>`
        select x.*, count(*) over ()::int as total from (${all}) x
         where ${state ?? null}::text is null or x.state = ${state ?? null}
         order by x."termUntil" nulls last, x.zh, x.id limit ${limit} offset ${offset}`.execute(db),
      sql<{ id: string; name: Text }>`
        select id, json_build_object('zh', zh, 'en', en) as name from labour_skill order by id`.execute(db),
    ])
    const [county] = await withAbilities(reader, 'labour', [{ unit }])
    return {
      total: rows[0]?.total ?? 0,
      can: (county?.can ?? []).filter((each) => each.act === 'worker.register'),
      skills: skills.rows,
      states: Object.entries(workerStates).map(([id, name]) => ({
        state: id as WorkerState,
        name,
        people: counts.rows.find((row) => row.state === id)?.n ?? 0,
      })),
      items: await withAbilities(
        reader,
        'worker',
        rows.map(({ total: _total, ...row }) => workerThing(row)),
      ),
    }
  },
})

/** A person as screens and acts need them. */
export const workerThing = ({ zh, en, ...row }: WorkerRow) => ({
  ...row,
  name: { zh, en },
  stateName: workerStates[row.state],
  roleName: row.role && roles[row.role],
  serves: row.team !== null,
  isTermOver: row.state === 'term-over',
  profile: {
    employerZh: row.employer.zh,
    employerEn: row.employer.en,
    skills: row.skills.join(','),
    homeUnit: row.homeUnit ?? undefined,
    homeTownship: row.homeTownship ?? undefined,
    homeAllowed: row.homeAllowed,
    eastM: row.eastM ?? undefined,
    northM: row.northM ?? undefined,
    travelKmMax: row.travelKmMax ?? undefined,
    noNight: row.noNight,
    available: row.available,
  },
})
