import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { ProjectKind, projectKinds } from './kinds.ts'
import { linesOn, type MajorRow, majorsOn, placeOf, spoken } from './major-read.ts'

/** What a unit with all below it has of a major project. */
type Sums = {
  /** What it was given, or what its counties took. */
  share: number
  divided: number
  covered: number
  coming: number
  uncovered: number
  projects: number
}

/** Major projects as they touch a unit: its share, what is divided among counties, and what their projects cover. */
export const listMajorProjects = ask({
  name: 'major-project.list',
  title: { zh: '重大工程项目', en: 'Major projects' },
  purpose: {
    zh: '与某单位有关的重大工程项目：本级份额、已分解多少、县项目覆盖多少。',
    en: 'The major projects that touch a unit: its share, how much is divided among counties, and how much their projects cover.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    kind: ProjectKind.optional(),
    year: Year.optional(),
    search: z.string().trim().max(100).optional(),
    sort: z.enum(['newest', 'name', 'quantity', 'uncovered']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, kind, year, search, sort, offset, limit }) {
    const { db, on } = reader
    const wanted = sql`
      (${kind ?? null}::text is null or m.kind = ${kind ?? null})
      and (${year ?? null}::int is null or ${year ?? null} between m."from" and m."to")
      and (${search ?? null}::text is null
           or strpos(m.name_zh || lower(m.name_en) || lower(m.document), lower(${search ?? null})) > 0)`
    const order = {
      newest: sql`m."on" desc, m.name_zh`,
      name: sql`m.name_en`,
      quantity: sql`t.share desc, m.name_en`,
      uncovered: sql`t.uncovered desc, m.name_en`,
    }[sort]
    const { rows } = await sql<MajorRow & Sums & { total: number }>`
      with line as materialized (select l.*, v.lineage from (${linesOn(on)}) l cross join ${placeOf('l.unit', on)} v),
      given as (
        select s.major_project_id as major, sum(s.quantity) as share
          from major_share_on(${on}::date) s cross join ${placeOf('s.unit_id', on)} v
         where v.lineage @> array[${unit}]::uuid[] group by 1),
      taken as (
        select major, sum(part) as part, sum(covered) as covered, sum(coming) as coming, sum(greatest(0, part - covered)) as short,
               sum(projects) as projects
          from line where lineage @> array[${unit}]::uuid[] group by 1)
      select m.*, t.*, count(*) over ()::int as total
        from (${majorsOn(on)}) m
        left join given g on g.major = m.id
        left join taken k on k.major = m.id
        cross join lateral (
          select coalesce(g.share, k.part, 0)::float8 as share, coalesce(k.part, 0)::float8 as divided, coalesce(k.covered, 0)::float8 as covered,
                 coalesce(k.coming, 0)::float8 as coming,
                 (greatest(0, coalesce(g.share, k.part, 0) - coalesce(k.part, 0)) + coalesce(k.short, 0))::float8 as uncovered,
                 coalesce(k.projects, 0)::int as projects) t
       where (m.unit = ${unit} or t.share > 0 or t.projects > 0) and ${wanted}
       order by ${order}, m.id limit ${limit} offset ${offset}`.execute(db)
    const items = rows.map(({ total: _total, ...row }) => ({ ...spoken(row), kindName: projectKinds[row.kind] }))
    const [list] = await withAbilities(reader, 'major-projects', [{ unit }])
    return {
      total: rows[0]?.total ?? 0,
      items: await withAbilities(reader, 'major-project', items),
      can: list?.can ?? [],
      kinds: Object.entries(projectKinds).map(([id, name]) => ({ id, name })),
    }
  },
})
