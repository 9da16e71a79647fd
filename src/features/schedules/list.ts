import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import { type Day, UnitId, Year } from '#kernel/words.ts'
import {
  findSchedule,
  isPoor,
  type Milestone,
  poorCounty,
  type ScheduleState,
  schedulesOn,
  versionsOf,
} from './books.ts'

type Row = {
  unit: string
  zh: string
  en: string
  code: string | null
  poor: boolean
  version: number | null
  exitYear: number | null
  milestones: readonly Milestone[] | null
  on: Day | null
  state: ScheduleState | 'none'
  countsVersion: number | null
  countsYear: number | null
}

/** The counties below a unit with their newest schedule, whether it counts, and who is to act on it. */
export const listSchedules = ask({
  name: 'schedule.list',
  title: { zh: '进度安排一览', en: 'Schedules' },
  purpose: {
    zh: '某单位以下贫困县的进度安排：退出年度、节点、是否已同意、谁该办。',
    en: 'The schedules of the poor counties below a unit: year, milestones, whether they count, and whose turn it is.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(['none', 'waiting', 'consented', 'returned', 'all']).default('all'),
    year: Year.optional(),
    search: z.string().max(100).optional(),
    sort: z.enum(['code', 'year', 'name']).default('code'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, year, search, sort, offset, limit }) {
    const { on } = reader
    const all = sql`
      select v.unit_id as unit, v.name_zh as zh, v.name_en as en, v.code, p.unit_id is not null as poor, n.version,
             n.exit_year as "exitYear", n.milestones, n.on_day as "on", c.version as "countsVersion", c.exit_year as "countsYear",
             case when n.version is null then 'none' when d.outcome = 'consent' then 'consented'
                  when d.outcome = 'return' then 'returned' else 'waiting' end as state
        from unit_version v
        left join unit_designation p on p.unit_id = v.unit_id and p.kind = ${poorCounty} and (p.valid_at @> ${on}::date) is true
        left join (select distinct on (unit_id) * from schedule_version where on_day <= ${on}::date
                    order by unit_id, version desc) n on n.unit_id = v.unit_id
        left join schedule_decision d on d.unit_id = n.unit_id and d.version = n.version and d.on_day <= ${on}::date
        left join (${schedulesOn(on)}) c on c.unit_id = v.unit_id
       where (v.valid_at @> ${on}::date) is true and v.lineage @> array[${unit}]::uuid[]
         and (p.unit_id is not null or n.unit_id is not null)`
    const wanted = sql`
        from (${all}) s
       where (${state} = 'all' or s.state = ${state}) and (${year ?? null}::int is null or s."exitYear" = ${year ?? null}::int)
         and (${search ?? null}::text is null or strpos(s.zh || lower(s.en) || coalesce(s.code, ''), lower(${search ?? null})) > 0)`
    const order = { code: sql`s.code nulls last`, year: sql`s."exitYear" nulls last, s.code`, name: sql`s.en` }[sort]
    const [total, { rows }] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n ${wanted}`.execute(reader.db),
      sql<Row>`select s.* ${wanted} order by ${order}, s.unit limit ${limit} offset ${offset}`.execute(reader.db),
    ])
    const items = rows.map(({ zh, en, countsVersion, countsYear, ...row }) => ({
      ...row,
      name: { zh, en },
      counts: countsVersion === null ? null : { version: countsVersion, exitYear: countsYear },
    }))
    return { total: total.rows[0]?.n ?? 0, items: await withAbilities(reader, 'schedule', items) }
  },
})

/** One county's schedule with every version of it. */
export const showSchedule = ask({
  name: 'schedule.show',
  title: { zh: '一个县的进度安排', en: 'One county’s schedule' },
  purpose: {
    zh: '当日有效的进度安排，以及历次版本、理由和审核结果。',
    en: 'What counts on the day, and every version with its reason and what was decided.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const [lineage, poor, versions, counts] = await Promise.all([
      findLineage(reader.db, unit, reader.on),
      isPoor(reader.db, unit, reader.on),
      versionsOf(reader.db, unit, reader.on),
      findSchedule(reader.db, unit, reader.on),
    ])
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const [newest] = versions
    const thing = {
      unit,
      name: lineage[0].name,
      poor,
      version: newest?.version ?? null,
      exitYear: newest?.exitYear ?? null,
      milestones: newest?.milestones ?? null,
      state: newest?.state ?? ('none' as const),
    }
    const [able] = await withAbilities(reader, 'schedule', [thing])
    return { ...able!, counts: counts ?? null, versions }
  },
})
