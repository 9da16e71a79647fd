import type { MetricName } from '#features/exits/index.ts'
import { estimateSum, type Ratio, shareInterval } from '#src/statistics/index.ts'
import type { DrawnVillage } from './sample-drawn.ts'
import { type County, type Design } from './sample-frame.ts'
import { plannedEffect } from './sample-plan.ts'

export type AnswerOutcome = 'interviewed' | 'not-found' | 'refused'
/** A household's questionnaire; what was left open is null. */
export type Answer = {
  readonly county: number
  readonly village: number
  readonly household: number
  readonly outcome: AnswerOutcome
  readonly standing: 'exited' | 'poor' | 'unregistered' | null
  readonly persons: number | null
  readonly wrong: number | null
  readonly missed: number | null
  readonly approves: boolean | null
}

export type Estimate = {
  /** 0: all counties together. */
  readonly county: number
  readonly metric: MetricName
  readonly value: number
  readonly low: number
  readonly high: number
  readonly standardError: number
  readonly designEffect: number
  readonly degrees: number
  readonly households: number
  readonly effectiveSize: number
  readonly byPlan: boolean
}

type Observed = Answer & { readonly stratum: string; readonly cluster: string; readonly weight: number }

const ratios: Readonly<Record<'wrongExit' | 'miss' | 'approval', Ratio<Observed>>> = {
  wrongExit: {
    above: (each) => (each.standing === 'exited' && each.persons !== null ? (each.wrong ?? 0) : 0),
    below: (each) => (each.standing === 'exited' && each.persons !== null && each.wrong !== null ? each.persons : 0),
  },
  miss: {
    above: (each) => (each.standing === 'unregistered' && each.persons !== null ? (each.missed ?? 0) : 0),
    below: (each) =>
      each.standing === 'unregistered' && each.persons !== null && each.missed !== null ? each.persons : 0,
  },
  approval: { above: (each) => (each.approves === true ? 1 : 0), below: (each) => (each.approves === null ? 0 : 1) },
}

type Totals = Pick<County, 'ruralPersons' | 'poorPersons' | 'exitedPersons'>

/** The four metrics of every county that was drawn and, where there are several, of all of them together. */
export function estimateAll(
  design: Design,
  counties: readonly County[],
  drawn: readonly DrawnVillage[],
  answers: readonly Answer[],
): readonly Estimate[] {
  const byCounty = Map.groupBy(drawn, (each) => each.county)
  const asked = counties.filter((county) => byCounty.has(county.n)).toSorted((a, b) => a.n - b.n)
  const interviewed = Map.groupBy(
    answers.filter((each) => each.outcome === 'interviewed'),
    (each) => `${each.county}/${each.village}`,
  )
  const observed = asked.map((county) => observe(county, byCounty.get(county.n) ?? [], interviewed))
  const one = asked.flatMap((county, at) => metricsOf(county.n, county, observed[at] ?? [], design))
  return asked.length < 2 ? one : [...one, ...together(design, counties, asked, observed)]
}

/** The households of a county with their weights: what they were drawn with, shared by those of their village who answered. */
function observe(
  county: County,
  drawn: readonly DrawnVillage[],
  interviewed: ReadonlyMap<string, readonly Answer[]>,
): readonly Observed[] {
  const villages = new Map(county.villages.map((each) => [each.n, each]))
  const reached = drawn.flatMap(({ village: n, probability, certain }) => {
    const village = villages.get(n)
    const answers = interviewed.get(`${county.n}/${n}`) ?? []
    return village && answers.length > 0
      ? [{ n, certain, answers, stratum: village.stratum, weight: village.households / (probability * answers.length) }]
      : []
  })
  const isLonely = [...Map.groupBy(reached, (each) => each.stratum).values()].some((each) => each.length < 2)
  const single = isSplit(reached)
  return reached.flatMap(({ n, certain, answers, stratum, weight }) =>
    answers.map((answer) => {
      // A village that had to be in is a stratum of its own, and its households are what was drawn.
      if (certain && single.has(stratum) && answers.length > 1 && !isLonely)
        return { ...answer, weight, stratum: `${county.n}/${n}`, cluster: `${n}/${answer.household}` }
      return { ...answer, weight, stratum: isLonely ? `${county.n}` : `${county.n}/${stratum}`, cluster: `${n}` }
    }),
  )
}

/** The strata whose certain villages can stand alone, because at least two others, or none, are left. */
function isSplit(
  reached: readonly { stratum: string; certain: boolean; answers: readonly Answer[] }[],
): ReadonlySet<string> {
  const strata = Map.groupBy(reached, (each) => each.stratum)
  return new Set(
    [...strata].flatMap(([stratum, here]) =>
      here.filter((each) => !each.certain || each.answers.length < 2).length === 1 ? [] : [stratum],
    ),
  )
}

function metricsOf(n: number, totals: Totals, observed: readonly Observed[], design: Design): readonly Estimate[] {
  if (!observed.some((each) => each.cluster !== observed[0]?.cluster)) return []
  const { ruralPersons, poorPersons, exitedPersons } = totals
  const unregistered = ruralPersons - poorPersons - exitedPersons
  const among = exitedPersons + unregistered
  const tell = (metric: MetricName, terms: Parameters<typeof estimateSum<Observed>>[1], base = 0, factor = 1) => {
    const found = estimateSum(observed, terms)
    if (!found) return []
    const interval = shareInterval(found, design.confidence_bp / 10_000, plannedEffect(design))
    return [
      {
        county: n,
        metric,
        value: base + factor * found.value,
        low: base + factor * interval.low,
        high: Math.min(1, base + factor * interval.high),
        standardError: factor * Math.sqrt(found.variance),
        designEffect: found.designEffect,
        degrees: found.degrees,
        households: found.households,
        effectiveSize: interval.effectiveSize,
        byPlan: interval.isByPlan,
      },
    ]
  }
  return [
    // (still poor + miss rate × unregistered + wrong-exit rate × exited) ÷ rural: the known part, and a sum of two ratios.
    ...(among > 0
      ? tell(
          'headcount',
          [
            { share: exitedPersons / among, ratio: ratios.wrongExit },
            { share: unregistered / among, ratio: ratios.miss },
          ],
          poorPersons / ruralPersons,
          among / ruralPersons,
        )
      : []),
    ...tell('wrongExit', [{ share: 1, ratio: ratios.wrongExit }]),
    ...tell('miss', [{ share: 1, ratio: ratios.miss }]),
    ...tell('approval', [{ share: 1, ratio: ratios.approval }]),
  ]
}

/** All counties as one: where only some of a stratum were drawn, the counties are the clusters and stand for the others too. */
function together(
  design: Design,
  all: readonly County[],
  asked: readonly County[],
  observed: readonly (readonly Observed[])[],
): readonly Estimate[] {
  const households = asked.flatMap((county, at) => {
    const isDrawn = county.stratumDrawn < county.stratumCounties
    const factor = county.stratumCounties / county.stratumDrawn
    return (observed[at] ?? []).map((each) =>
      isDrawn
        ? { ...each, stratum: `all/${county.stratum}`, cluster: `${county.n}`, weight: each.weight * factor }
        : each,
    )
  })
  const clusters = Map.groupBy(households, (each) => each.stratum)
  if ([...clusters.values()].some((here) => here.every((each) => each.cluster === here[0]?.cluster))) return []
  const sum = (of: (county: County) => number) => all.reduce((total, county) => total + of(county), 0)
  const totals = {
    ruralPersons: sum((each) => each.ruralPersons),
    poorPersons: sum((each) => each.poorPersons),
    exitedPersons: sum((each) => each.exitedPersons),
  }
  return metricsOf(0, totals, households, design)
}

export type Verdict = 'met' | 'not-met' | 'cannot-tell' | 'no-limit'

/** Whether a limit is kept: told only where the whole interval lies on one side of it. */
export function verdictOf(
  { metric, low, high }: Pick<Estimate, 'metric' | 'low' | 'high'>,
  limit_bp: number | null,
): Verdict {
  if (limit_bp === null) return 'no-limit'
  const [from, to] = [low * 10_000, high * 10_000]
  if (metric === 'approval') return from >= limit_bp ? 'met' : to < limit_bp ? 'not-met' : 'cannot-tell'
  return to < limit_bp ? 'met' : from >= limit_bp ? 'not-met' : 'cannot-tell'
}
