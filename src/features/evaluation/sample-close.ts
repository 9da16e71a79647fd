import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf } from '#kernel/abilities.ts'
import { act, type By } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { canonical } from '#kernel/canonical.ts'
import type { Db } from '#kernel/db.ts'
import { metricLimits, metricParameters } from '#features/exits/index.ts'
import { sha256 } from '#src/statistics/index.ts'
import { type Day } from '#kernel/words.ts'
import { commissionerField, evaluationField } from './sample-commit.ts'
import { type DrawnVillage } from './sample-drawn.ts'
import { type Answer, type Estimate, estimateAll, verdictOf } from './sample-estimate.ts'
import type { County } from './sample-frame.ts'
import { designOf, findSampling, readAnswers, readDrawn, readFrame, type Sampling } from './sample-read.ts'
import { type SampleState, samplingRefusals, stateWords } from './sample-words.ts'

/** Of those drawn, so many in a hundred answered at least, or whoever closes it is told. */
const RESPONSE_BP_LOW = 8000

/** The survey is over: the metrics are estimated, and kept with the digest of all that they stand on. */
export const closeEvaluation = act({
  name: 'evaluation.close',
  title: { zh: '结束评估', en: 'Close the evaluation' },
  purpose: {
    zh: '按样本估计四项指标及置信区间，与章程的限值比较，连同依据的摘要一并留存；被评估的县可以重算。',
    en: 'Estimates the four metrics with their intervals, holds them against the charter’s limits, and keeps them with the digest of what they stand on; whoever was evaluated can compute them again.',
  },
  duty: 'sample-for-evaluation',
  parameters: metricParameters,
  final: true,
  input: z.object({ unit: commissionerField, evaluation: evaluationField }),
  refusals: {
    ...samplingRefusals,
    'answers-missing': {
      zh: '还有{count}户没有录入结果（未找到、拒访也要录入）。',
      en: 'Of {count} households nothing was entered, not even that they were not found or refused.',
      topic: { zh: '每户都有结果', en: 'something was entered of every household' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn'],
    },
    'nobody-answered': {
      zh: '有的县访到的村不足两个，算不出误差。',
      en: 'In a county fewer than two villages were reached; no error can be told.',
      topic: { zh: '各县至少访到两个村', en: 'at least two villages of every county were reached' },
      notJudgedWith: ['unknown-evaluation', 'not-its-turn', 'answers-missing'],
    },
  },
  advice: {
    'few-answered': {
      zh: '只有{share}%的户接受了访问；没有访到的户可能与访到的不同，区间不反映这一点。',
      en: 'Only {share} % of households were interviewed. Those who were not may think otherwise, and the intervals do not show that.',
    },
  },
  about: {
    kind: 'evaluation',
    offered: (each: { state: SampleState }) => each.state === 'drawn',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, evaluation: each.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { evaluation }, by) {
    const found = await findSampling(tx, evaluation)
    const [frame, drawn, answers] = await Promise.all([
      readFrame(tx, evaluation),
      readDrawn(tx, evaluation),
      readAnswers(tx, evaluation),
    ])
    return { found, frame, drawn, answers, limits: found ? await limitsBy(tx, by.charter, frame, by.on) : new Map() }
  },
  rule({ found, drawn, answers }, { unit }, refuse, _by, advise) {
    if (found?.unit !== unit) return [refuse('unknown-evaluation')]
    if (found.state !== 'drawn')
      return [refuse('not-its-turn', { title: found.title, standing: stateWords[found.state] })]
    const known = new Map(answers.map((each) => [`${each.county}/${each.village}/${each.household}`, each]))
    const missing = drawn.reduce(
      (sum, { county, village, main }) =>
        sum + main.filter((household) => !known.has(`${county}/${village}/${household}`)).length,
      0,
    )
    const interviewed = answers.filter((each) => each.outcome === 'interviewed')
    const reached = new Map<number, Set<number>>(drawn.map((each) => [each.county, new Set()]))
    for (const { county, village } of interviewed) reached.get(county)?.add(village)
    const share_bp = answers.length === 0 ? 0 : Math.round((interviewed.length / answers.length) * 10_000)
    return [
      missing === 0 || refuse('answers-missing', { count: missing }),
      [...reached.values()].every((villages) => villages.size >= 2) || refuse('nobody-answered'),
      share_bp >= RESPONSE_BP_LOW || advise('few-answered', { share: share_bp / 100 }),
    ]
  },
  async effect(tx, { unit, evaluation }, { found, frame, drawn, answers, limits }, by) {
    if (!found) throw new Error('An evaluation that does not exist was not refused.')
    const inputs = inputsDigest(found, frame, drawn, answers)
    const estimates = estimateAll(designOf(found), frame, drawn, answers).map((each) => judged(each, limits))
    await tx
      .insertInto('sampling_close')
      .values({ sampling_id: evaluation, inputs_digest: inputs, on_day: by.on, act_id: by.act })
      .execute()
    await writeEstimates(evaluation, estimates, tx, by)
    const count = (verdict: string) => estimates.filter((each) => each.county > 0 && each.verdict === verdict).length
    return {
      unit,
      evaluation,
      digest: inputs,
      met: count('met'),
      notMet: count('not-met'),
      cannotTell: count('cannot-tell'),
    }
  },
})

type Limits = ReadonlyMap<string, number>

/** An estimate with the limit that applies to its county; all counties together have none, since limits differ. */
export function judged(estimate: Estimate, limits: Limits) {
  const limit_bp = limits.get(`${estimate.county}/${estimate.metric}`) ?? null
  return { ...estimate, limit_bp, verdict: verdictOf(estimate, limit_bp) }
}

/** The charter's limits for each county of a frame, as they apply on a day. */
async function limitsBy(db: Db, charter: Charter, frame: readonly County[], on: Day): Promise<Limits> {
  const lineages = await lineagesOf(
    db,
    frame.map((county) => county.unit),
    on,
  )
  return new Map(
    frame.flatMap(({ n, unit }) => {
      const codes = (lineages.get(unit) ?? []).map((each) => each.code)
      return Object.entries(metricLimits).map(([metric, { parameter }]): [string, number] => [
        `${n}/${metric}`,
        Math.round(charter.getParameter(parameter, on, codes).value * 100),
      ])
    }),
  )
}

/** All that the estimates stand on, in one word. */
export const inputsDigest = (
  { frameDigest, seed, beacon }: Pick<Sampling, 'frameDigest' | 'seed' | 'beacon'>,
  frame: readonly County[],
  drawn: readonly DrawnVillage[],
  answers: readonly Answer[],
): string => {
  const place = (a: { county: number; village: number }, b: { county: number; village: number }) =>
    a.county - b.county || a.village - b.village
  return sha256(
    canonical({
      frameDigest,
      seed,
      beacon,
      frame,
      drawn: drawn.toSorted(place),
      answers: answers
        .map(({ county, village, household, outcome, standing, persons, wrong, missed, approves }) => ({
          county,
          village,
          household,
          outcome,
          standing,
          persons,
          wrong,
          missed,
          approves,
        }))
        .toSorted((a, b) => place(a, b) || a.household - b.household),
    }),
  )
}

async function writeEstimates(evaluation: string, estimates: readonly ReturnType<typeof judged>[], tx: Db, by: By) {
  await sql`
    insert into sampling_estimate (sampling_id, county, metric, value, low, high, standard_error, design_effect, degrees, households,
                                   effective_size, by_plan, limit_bp, verdict, act_id)
    select ${evaluation}, e.county, e.metric, e.value, e.low, e.high, e."standardError", e."designEffect", e.degrees, e.households,
           e."effectiveSize", e."byPlan", e.limit_bp, e.verdict, ${by.act}
      from jsonb_to_recordset(${JSON.stringify(estimates)}::jsonb)
           as e (county int, metric text, value float8, low float8, high float8, "standardError" float8, "designEffect" float8, degrees int,
                 households int, "effectiveSize" float8, "byPlan" boolean, limit_bp int, verdict text)`.execute(tx)
}
