import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { type Sampling, samplingsOn } from './sample-read.ts'
import { stateWords } from './sample-words.ts'

type Row = Sampling & {
  zh: string
  en: string
  counted: number
  sought: number
  answered: number
  met: number
  notMet: number
  cannotTell: number
  total: number
}

/** Evaluations by sample: those a unit commissions, those that its counties are in, or all. */
export const listEvaluations = ask({
  name: 'evaluation.list',
  title: { zh: '抽样评估', en: 'Evaluations by sample' },
  purpose: {
    zh: '某单位组织的、或涉及其下各县的抽样评估走到哪一步，结果如何。',
    en: 'Evaluations that a unit commissions or that its counties are in: how far they have come, and what they found.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    year: Year.optional(),
    search: z.string().max(100).optional(),
    sort: z.enum(['newest', 'oldest', 'title']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year, search, sort, offset, limit }) {
    const { db, on } = reader
    const order = { newest: sql`s.on desc, s.id`, oldest: sql`s.on, s.id`, title: sql`s.title, s.id` }[sort]
    const { rows } = await sql<Row>`
      select s.*, v.name_zh as zh, v.name_en as en, count(*) over ()::int as total,
             (select count(*)::int from sampling_county c where c.sampling_id = s.id) as counted,
             coalesce((select sum(c.villages_drawn * s."perVillage")::int from sampling_county c where c.sampling_id = s.id), 0) as sought,
             (select count(*)::int from sampling_answer a where a.sampling_id = s.id and a.version = 1 and a.on_day <= ${on}::date) as answered,
             e.met, e."notMet", e."cannotTell"
        from (${samplingsOn(on)}) s
        cross join lateral (select name_zh, name_en, lineage from unit_version w where w.unit_id = s.unit and lower(w.valid_at) <= ${on}::date
                             order by lower(w.valid_at) desc limit 1) v
        cross join lateral (select (count(*) filter (where verdict = 'met'))::int as met, (count(*) filter (where verdict = 'not-met'))::int as "notMet",
                                   (count(*) filter (where verdict = 'cannot-tell'))::int as "cannotTell"
                              from sampling_estimate x where x.sampling_id = s.id and x.county > 0 and s.state = 'closed') e
       where (v.lineage @> array[${unit}]::uuid[] or exists (
               select from sampling_county c join unit_version w on w.unit_id = c.unit_id and w.valid_at @> ${on}::date
                where c.sampling_id = s.id and w.lineage @> array[${unit}]::uuid[]))
         and (${year ?? null}::int is null or s.year = ${year ?? null}::int)
         and (${search ?? null}::text is null or strpos(lower(s.title), lower(${search ?? null})) > 0)
       order by ${order} limit ${limit} offset ${offset}`.execute(db)
    const items = rows.map(({ zh, en, ...row }) => ({
      ...row,
      unitName: { zh, en } satisfies Text,
      stateWords: stateWords[row.state],
    }))
    const [here] = await withAbilities(reader, 'evaluations', [{ unit, year: year ?? Number(on.slice(0, 4)) }])
    return {
      total: rows[0]?.total ?? 0,
      evaluations: await withAbilities(reader, 'evaluation', items),
      can: here?.can ?? [],
    }
  },
})

/** What waits: a draw whose day has come. */
export async function drawsDue(
  db: Parameters<ReturnType<typeof sql>['execute']>[0],
  on: Day,
  units: readonly string[] | 'all',
) {
  const { rows } = await sql<{ id: string; unit: string; title: string; drawOn: Day }>`
    select s.id, s.unit, s.title, s."drawOn" from (${samplingsOn(on)}) s
     where s.state = 'committed' and s."drawOn" <= ${on}::date
       and (${units === 'all'} or s.unit = any (${units === 'all' ? [] : units}::uuid[]))`.execute(db)
  return rows
}
