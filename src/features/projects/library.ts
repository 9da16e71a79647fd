import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from './kinds.ts'
import { seasonOf, updateObligation } from './update-library.ts'
import { type State, standings } from './state.ts'

type Row = {
  unit: string
  zh: string
  en: string
  on: Day | null
  act: string | null
  needs: { kind: ProjectKind; need: string; amountFen: string | null }[] | null
  unready: { project: string; code: string; name: string; reason: string; state: State }[] | null
}

/** What poor counties said in a year's update of their libraries, and which have yet to say it. */
export const listLibraryUpdates = ask({
  name: 'library.updates',
  title: { zh: '项目库动态调整', en: 'Updates of the library' },
  purpose: {
    zh: '某单位范围内各贫困县当年项目库动态调整：下年度需求、不能实施的项目，尚未调整的县。',
    en: 'The yearly updates of the poor counties within a unit: needs of the next year, entries that cannot go ahead, and who has not updated.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    search: z.string().trim().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)), search, offset, limit }) {
    const { db, on, charter, today } = reader
    const { rows } = await sql<Row & { total: number; done: number }>`
      select v.unit_id as unit, v.name_zh as zh, v.name_en as en, l.on_day as on, l.act_id as act,
             count(*) over ()::int as total, count(l.on_day) over ()::int as done,
             (select json_agg(json_build_object('kind', n.kind, 'need', n.need, 'amountFen', n.amount_fen::text) order by n.n)
                from library_need n where n.unit_id = l.unit_id and n.year = l.year) as needs,
             (select json_agg(json_build_object('project', p.id, 'code', p.code, 'name', w.name, 'reason', r.reason, 'state', s.state) order by p.code)
                from library_unready r join project p on p.id = r.project_id
                cross join lateral (select name from project_version x where x.project_id = p.id and x.on_day <= ${on}::date
                                     order by x.version desc limit 1) w
                cross join lateral (select state from project_step x where x.project_id = p.id and x.on_day <= ${on}::date
                                     order by x.ordinal desc limit 1) s
               where r.unit_id = l.unit_id and r.year = l.year) as unready
        from unit_version v
        left join library_update l on l.unit_id = v.unit_id and l.year = ${year} and l.on_day <= ${on}::date
       where v.valid_at @> ${on}::date and v.lineage @> array[${unit}]::uuid[]
         and exists (select from unit_designation d where d.unit_id = v.unit_id and lower(d.valid_at) <= ${on}::date)
         and (${search ?? null}::text is null or strpos(v.name_zh || lower(v.name_en) || coalesce(v.code, ''), lower(${search ?? null})) > 0)
       order by l.on_day desc nulls last, v.code nulls last, v.unit_id limit ${limit} offset ${offset}`.execute(db)
    const season = seasonOf({ charter, on: today, parameter: (id) => charter.getParameter(id, today) })
    const isSeason = season.from <= today && today <= season.due && year === Number(today.slice(0, 4))
    const owes = charter.obligationsOn(today).some((each) => each.id === updateObligation)
    const shown = rows.map(({ zh, en, needs, unready, total: _total, done: _done, ...row }) => ({
      ...row,
      name: { zh, en } satisfies Text,
      mayUpdate: owes && isSeason && row.on === null,
      needs: (needs ?? []).map((need) => ({ ...need, kindName: projectKinds[need.kind] })),
      unready: (unready ?? []).map((entry) => ({ ...entry, stateName: standings[entry.state].name })),
    }))
    return {
      year,
      ...season,
      total: rows[0]?.total ?? 0,
      done: rows[0]?.done ?? 0,
      items: await withAbilities(reader, 'library', shown),
    }
  },
})
