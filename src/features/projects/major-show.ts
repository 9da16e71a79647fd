import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { projectKinds } from './kinds.ts'
import { counting, MajorProjectId } from './major.ts'
import {
  type MajorRow,
  majorsOn,
  type PartLine,
  partsOf,
  placeOf,
  type ShareLine,
  sharesOf,
  spoken,
} from './major-read.ts'
import { type State, standings } from './state.ts'

const total = (lines: readonly PartLine[], what: 'part' | 'covered' | 'coming' | 'uncovered' | 'projects') =>
  lines.reduce((sum, line) => sum + line[what], 0)

/** One major project: its target, its shares by province and county, and how much of each is covered as of the day. */
export const showMajorProject = ask({
  name: 'major-project.show',
  title: { zh: '重大工程项目详情', en: 'A major project' },
  purpose: {
    zh: '一个重大工程项目的目标、各省份额、分解到县的情况、覆盖与缺口，以及历次修订。',
    en: 'A major project’s target, the shares of provinces and counties, what is covered and what is not, and its revisions.',
  },
  access: 'public',
  input: z.object({ id: MajorProjectId }),
  async answer(reader, { id }) {
    const { db, on } = reader
    const [{ rows }, versions, shares, parts, owed] = await Promise.all([
      sql<MajorRow>`select * from (${majorsOn(on)}) m where m.id = ${id}`.execute(db),
      versionsOf(reader, id),
      sharesOf(db, id, on),
      partsOf(db, id, on),
      dueDivisions(reader, id),
    ])
    const [row] = rows
    if (!row)
      throw new NotFound({ zh: '当日没有这个重大工程项目。', en: 'There was no such major project on that day.' })
    const [major] = await withAbilities(reader, 'major-project', [{ ...spoken(row), shares }])
    const lines = shares.map((share) => shareLine(reader, share, parts, owed.get(share.unit)))
    const deviser = (await lineagesOf(db, [row.unit], on)).get(row.unit)?.[0]
    return {
      ...spoken(row),
      can: major?.can ?? [],
      kindName: projectKinds[row.kind],
      countsName: counting[row.counts],
      madeUp: row.status === 'made-up',
      deviser: deviser && { id: deviser.id, name: deviser.name },
      versions,
      divided: lines.reduce((sum, line) => sum + line.divided, 0),
      covered: total(parts, 'covered'),
      coming: total(parts, 'coming'),
      uncovered: lines.reduce((sum, line) => sum + line.uncovered, 0),
      shares: await withAbilities(reader, 'major-share', lines),
      /** Counties whose projects name it, and that have no part of it. */
      outside: parts.filter((part) => part.divider === null),
    }
  },
})

function shareLine(reader: Reader, share: ShareLine, parts: readonly PartLine[], due: Day | undefined) {
  const own = parts.filter((part) => part.divider === share.unit)
  const divided = total(own, 'part')
  const stand: { light: Light; words: Text } =
    divided > 0
      ? { light: 'green', words: share.hasBelow ? { zh: '已分解', en: 'divided' } : { zh: '自行承担', en: 'its own' } }
      : due === undefined
        ? { light: 'none', words: { zh: '未分解', en: 'not divided' } }
        : standOf(reader, due, null)
  return {
    ...share,
    divided,
    due: divided > 0 ? null : (due ?? null),
    ...stand,
    covered: total(own, 'covered'),
    coming: total(own, 'coming'),
    uncovered: share.quantity - divided + total(own, 'uncovered'),
    projects: total(own, 'projects'),
    parts: own,
  }
}

async function dueDivisions({ db, on }: Reader, major: string): Promise<ReadonlyMap<string, Day>> {
  const { rows } = await sql<{ unit: string; due: Day }>`
    select unit_id as unit, due_on as due from obligation_item
     where obligation = 'divide-major-project' and subject = ${major} and opened_on <= ${on}::date
       and (met_on is null or met_on > ${on}::date) and (lapsed_on is null or lapsed_on > ${on}::date)`.execute(db)
  return new Map(rows.map((row) => [row.unit, row.due]))
}

async function versionsOf({ db, on }: Reader, major: string) {
  const { rows } = await sql<{
    version: number
    on: Day
    reason: string | null
    quantity: number
    document: string
    act: string
  }>`
    select version, on_day as on, reason, quantity, document_number as document, act_id as act from major_project_version
     where major_project_id = ${major} and on_day <= ${on}::date order by version desc`.execute(db)
  return rows
}

type Serving = {
  project: string
  unit: string
  zh: string
  en: string
  code: string
  name: string
  state: State
  since: Day
  quantity: number
}

/** The projects of counties that name a major project, and what each counts towards it. */
export const listServingProjects = ask({
  name: 'major-project.projects',
  title: { zh: '所属县项目', en: 'Projects that serve it' },
  purpose: {
    zh: '注明属于某重大工程项目的县项目，及其计入的数量。',
    en: 'The projects of counties that name a major project, and how much each counts towards it.',
  },
  access: 'seated',
  input: z.object({
    id: MajorProjectId,
    unit: UnitId.optional(),
    search: z.string().trim().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer({ db, on }, { id, unit, search, offset, limit }) {
    const { rows } = await sql<Serving & { total: number }>`
      select s.project_id as project, s.unit_id as unit, v.name_zh as zh, v.name_en as en, s.code, s.name, s.state, s.since,
             s.quantity::float8 as quantity, count(*) over ()::int as total
        from major_service_on(${on}::date) s cross join ${placeOf('s.unit_id', on)} v
       where s.major_project_id = ${id}
         and (${unit ?? null}::uuid is null or v.lineage @> array[${unit ?? null}::uuid])
         and (${search ?? null}::text is null
              or strpos(s.name || lower(s.code) || v.name_zh || lower(v.name_en), lower(${search ?? null})) > 0)
       order by v.code nulls last, s.code limit ${limit} offset ${offset}`.execute(db)
    return {
      total: rows[0]?.total ?? 0,
      items: rows.map(({ zh, en, total: _total, ...row }) => ({
        ...row,
        unitName: { zh, en } satisfies Text,
        stateName: standings[row.state].name,
      })),
    }
  },
})
