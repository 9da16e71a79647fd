import { sql } from 'kysely'
import type {} from './sample-tables.ts'
import type { Db } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import type { DrawnVillage } from './sample-drawn.ts'
import type { Answer, Estimate, Verdict } from './sample-estimate.ts'
import type { County, Design, Village } from './sample-frame.ts'
import type { SampleState } from './sample-words.ts'

/** An evaluation by sample as it stood on a day; without a day, as it stands in the act's own transaction. */
export type Sampling = Design & {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly title: string
  readonly frameDigest: string
  readonly madeUp: boolean
  readonly on: Day
  readonly state: SampleState
  readonly commitment: string | null
  readonly drawOn: Day | null
  readonly publicNumber: string | null
  readonly committedOn: Day | null
  readonly seed: string | null
  readonly beacon: string | null
  readonly sampleDigest: string | null
  readonly drawnOn: Day | null
  readonly counties: number | null
  readonly villages: number | null
  readonly households: number | null
  readonly closedOn: Day | null
  readonly inputsDigest: string | null
}

const END: Day = '9999-12-31'

/** Every evaluation by a day. What was not done by then is not told, the seed first of all. */
export const samplingsOn = (on: Day) => sql`
  select s.id, s.unit_id as unit, s.year, s.title, s.expected_bp, s.half_width_bp as "halfWidth_bp", s.confidence_bp, s.alike_bp,
         s.per_village as "perVillage", s.reserve, s.frame_digest as "frameDigest", s.made_up as "madeUp", s.on_day as on, s.act_id as act,
         case when c.sampling_id is not null then 'closed' when d.sampling_id is not null then 'drawn'
              when k.sampling_id is not null then 'committed' else 'designed' end as state,
         k.commitment, k.draw_on as "drawOn", k.public_number as "publicNumber", k.on_day as "committedOn",
         d.seed, d.beacon, d.sample_digest as "sampleDigest", d.on_day as "drawnOn", d.counties, d.villages, d.households,
         c.on_day as "closedOn", c.inputs_digest as "inputsDigest"
    from sampling s
    left join sampling_seed k on k.sampling_id = s.id and k.on_day <= ${on}::date
    left join sampling_draw d on d.sampling_id = s.id and d.on_day <= ${on}::date
    left join sampling_close c on c.sampling_id = s.id and c.on_day <= ${on}::date
   where s.on_day <= ${on}::date`

export async function findSampling(
  db: Db,
  id: string,
  on: Day = END,
): Promise<(Sampling & { act: string }) | undefined> {
  const { rows } = await sql<
    Sampling & { act: string }
  >`select * from (${samplingsOn(on)}) s where s.id = ${id}`.execute(db)
  return rows[0]
}

/** The frame: counties with their villages. */
export async function readFrame(db: Db, id: string): Promise<readonly County[]> {
  const [counties, villages] = await Promise.all([
    sql<Omit<County, 'villages'>>`
      select n, unit_id as unit, stratum, rural_persons as "ruralPersons", poor_persons as "poorPersons", exited_persons as "exitedPersons",
             villages_drawn as "villagesDrawn", stratum_counties as "stratumCounties", stratum_drawn as "stratumDrawn"
        from sampling_county where sampling_id = ${id} order by n`.execute(db),
    sql<Village & { county: number }>`
      select county, n, name, stratum, households from sampling_village where sampling_id = ${id} order by county, n`.execute(
      db,
    ),
  ])
  const byCounty = Map.groupBy(villages.rows, (each) => each.county)
  return counties.rows.map((county) => ({
    ...county,
    villages: (byCounty.get(county.n) ?? []).map(({ n, name, stratum, households }) => ({
      n,
      name,
      stratum,
      households,
    })),
  }))
}

export const designOf = ({
  expected_bp,
  halfWidth_bp,
  confidence_bp,
  alike_bp,
  perVillage,
  reserve,
}: Design): Design => ({
  expected_bp,
  halfWidth_bp,
  confidence_bp,
  alike_bp,
  perVillage,
  reserve,
})

/** The villages drawn by a day: nobody reads a list before. */
export async function readDrawn(db: Db, id: string, on: Day = END): Promise<readonly DrawnVillage[]> {
  const { rows } = await sql<DrawnVillage>`
    select v.county, v.village, v.probability, v.certain, v.main, v.reserve
      from sampling_drawn v join sampling_draw d on d.sampling_id = v.sampling_id
     where v.sampling_id = ${id} and d.on_day <= ${on}::date`.execute(db)
  return rows
}

export type KeptAnswer = Answer & { readonly version: number }

/** The last version of each answer by a day. */
export async function readAnswers(db: Db, id: string, on: Day = END, county?: number): Promise<readonly KeptAnswer[]> {
  const { rows } = await sql<KeptAnswer>`
    select distinct on (county, village, household) county, village, household, outcome, standing, persons, wrong, missed, approves, version
      from sampling_answer
     where sampling_id = ${id} and on_day <= ${on}::date and (${county ?? null}::int is null or county = ${county ?? null}::int)
     order by county, village, household, version desc`.execute(db)
  return rows
}

export type KeptEstimate = Estimate & { readonly limit_bp: number | null; readonly verdict: Verdict }

export async function readEstimates(db: Db, id: string): Promise<readonly KeptEstimate[]> {
  const { rows } = await sql<KeptEstimate>`
    select county, metric, value, low, high, standard_error as "standardError", design_effect as "designEffect", degrees, households,
           effective_size as "effectiveSize", by_plan as "byPlan", limit_bp, verdict
      from sampling_estimate where sampling_id = ${id}
     order by county, array_position(array['headcount', 'wrongExit', 'miss', 'approval'], metric)`.execute(db)
  return rows
}
