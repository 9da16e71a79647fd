import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { placeOf } from './major-read.ts'
import { type State, standings } from './state.ts'

type Row = {
  id: string
  unit: string
  zh: string
  en: string
  by: string
  by_zh: string
  by_en: string
  name: string
  matters: string
  until: Day
  on: Day
  act: string
  endedOn: Day | null
  reason: string | null
  projects: { id: string; unit: string; zh: string; en: string; code: string; name: string; state: State }[]
}

/** Cross-county projects as they stood on a day, those that stand first. */
async function read(reader: Reader, which: ReturnType<typeof sql>, limit: number, offset: number) {
  const { db, on } = reader
  const { rows } = await sql<Row & { total: number }>`
    select c.id, c.lead_unit_id as unit, l.name_zh as zh, l.name_en as en, c.unit_id as by, b.name_zh as by_zh, b.name_en as by_en, c.name,
           c.matters, c.until_day as until, c.on_day as on, c.act_id as act, e.on_day as "endedOn", e.reason, count(*) over ()::int as total,
           (select json_agg(json_build_object('id', p.id, 'unit', p.unit_id, 'zh', u.name_zh, 'en', u.name_en, 'code', p.code,
                                              'name', w.name, 'state', s.state) order by u.code nulls last, p.code)
              from coordination_project cp join project_at(${on}::date) p on p.id = cp.project_id cross join ${placeOf('p.unit_id', on)} u
              cross join lateral (select name from project_version v where v.project_id = p.id and v.on_day <= ${on}::date
                                   order by v.version desc limit 1) w
              cross join lateral (select state from project_step v where v.project_id = p.id and v.on_day <= ${on}::date
                                   order by v.ordinal desc limit 1) s
             where cp.coordination_id = c.id) as projects
      from coordination c
      cross join ${placeOf('c.lead_unit_id', on)} l cross join ${placeOf('c.unit_id', on)} b
      left join coordination_end e on e.coordination_id = c.id and e.on_day <= ${on}::date
     where c.on_day <= ${on}::date and ${which}
     order by e.on_day is not null, c.until_day, c.id limit ${limit} offset ${offset}`.execute(db)
  const shown = rows.map(({ zh, en, by_zh, by_en, projects, total: _total, ...row }) => ({
    ...row,
    leadName: { zh, en } satisfies Text,
    byName: { zh: by_zh, en: by_en } satisfies Text,
    isLate: row.endedOn === null && row.until < on,
    projects: (projects ?? []).map(({ zh: ofZh, en: ofEn, ...project }) => ({
      ...project,
      unitName: { zh: ofZh, en: ofEn } satisfies Text,
      stateName: standings[project.state].name,
    })),
  }))
  return { total: rows[0]?.total ?? 0, items: await withAbilities(reader, 'coordination', shown) }
}

/** Cross-county projects within a unit, or those that a project takes or took part in. */
export const listCoordinations = ask({
  name: 'coordination.list',
  title: { zh: '跨县项目', en: 'Cross-county projects' },
  purpose: {
    zh: '某单位范围内或某项目参加的跨县项目：牵头县、商定事项、完成日期和各县的项目。',
    en: 'Cross-county projects within a unit or of a project: who leads, what was agreed, by when, and whose projects take part.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId.optional(),
    project: z.uuid().optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  answer(reader, { unit, project, offset, limit }) {
    const which = sql`
      (${unit ?? null}::uuid is null or exists (
         select from coordination_project cp join project_at(${reader.on}::date) p on p.id = cp.project_id cross join ${placeOf('p.unit_id', reader.on)} u
          where cp.coordination_id = c.id and u.lineage @> array[${unit ?? null}::uuid]))
      and (${project ?? null}::uuid is null or exists (
         select from coordination_project cp where cp.coordination_id = c.id and cp.project_id = ${project ?? null}::uuid))`
    return read(reader, which, limit, offset)
  },
})
