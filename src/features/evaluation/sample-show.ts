import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { metricLimits } from '#features/exits/index.ts'
import { findSampling, type KeptEstimate, readEstimates } from './sample-read.ts'
import { metricWords, stateWords } from './sample-words.ts'

type CountyRow = {
  n: number
  unit: string
  stratum: string
  ruralPersons: number
  poorPersons: number
  exitedPersons: number
  villagesDrawn: number
  halfWidth_bp: number
  villages: number
  households: number
  isDrawn: boolean
  sought: number
  interviewed: number
  notFound: number
  refused: number
  halfFilled: number
}

/** How each metric reads, with the words of its verdict. */
const estimateWords = (each: KeptEstimate) => ({
  ...each,
  name: metricWords[each.metric],
  sense: metricLimits[each.metric].sense,
})

/** One evaluation by sample, as it stood on a day: its design, its seed, how far the answers have come, what was found. */
export const showEvaluation = ask({
  name: 'evaluation.show',
  title: { zh: '一项抽样评估', en: 'An evaluation by sample' },
  purpose: {
    zh: '设计、种子的封存与公开、答卷进度、估计与置信区间。',
    en: 'Its design, the seed committed and revealed, the progress of answers, the estimates with their intervals.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { db, on } = reader
    const found = await findSampling(db, id, on)
    if (!found) throw new NotFound({ zh: '当日没有这项评估', en: 'There was no such evaluation on that day' })
    const [{ rows }, estimates] = await Promise.all([
      sql<CountyRow>`
        select c.n, c.unit_id as unit, c.stratum, c.rural_persons as "ruralPersons", c.poor_persons as "poorPersons",
               c.exited_persons as "exitedPersons", c.villages_drawn as "villagesDrawn", c.half_width_bp::float8 as "halfWidth_bp",
               v.villages, v.households, coalesce(d.sought, 0) as sought, d.county is not null as "isDrawn",
               coalesce(a.interviewed, 0) as interviewed, coalesce(a."notFound", 0) as "notFound", coalesce(a.refused, 0) as refused,
               coalesce(a.half, 0) as "halfFilled"
          from sampling_county c
          left join (select county, count(*)::int as villages, sum(households)::int as households from sampling_village
                      where sampling_id = ${id} group by county) v on v.county = c.n
          left join (select county, sum(cardinality(main))::int as sought from sampling_drawn
                      where sampling_id = ${id} and ${found.drawnOn !== null} group by county) d on d.county = c.n
          left join (
            select county, (count(*) filter (where outcome = 'interviewed'))::int as interviewed,
                   (count(*) filter (where outcome = 'not-found'))::int as "notFound", (count(*) filter (where outcome = 'refused'))::int as refused,
                   (count(*) filter (where outcome = 'interviewed' and (standing is null or persons is null or approves is null
                      or standing = 'exited' and wrong is null or standing = 'unregistered' and missed is null)))::int as half
              from (select distinct on (county, village, household) * from sampling_answer
                     where sampling_id = ${id} and on_day <= ${on}::date order by county, village, household, version desc) x
             group by county) a on a.county = c.n
         where c.sampling_id = ${id} order by c.n`.execute(db),
      found.closedOn === null ? [] : readEstimates(db, id),
    ])
    const lineages = await lineagesOf(db, [found.unit, ...rows.map((row) => row.unit)], on)
    const nameOf = (unit: string): Text => lineages.get(unit)?.[0]?.name ?? { zh: unit, en: unit }
    const byCounty = Map.groupBy(estimates.map(estimateWords), (each) => each.county)
    const [shown] = await withAbilities(reader, 'evaluation', [found])
    return {
      ...shown!,
      unitName: nameOf(found.unit),
      stateWords: stateWords[found.state],
      metrics: metricWords,
      /** What the survey costs, in questionnaires. */
      questionnaires: rows.reduce((sum, row) => sum + row.villagesDrawn * found.perVillage, 0),
      together: byCounty.get(0) ?? [],
      frame: rows.map((row) => ({ ...row, name: nameOf(row.unit), estimates: byCounty.get(row.n) ?? [] })),
    }
  },
})
