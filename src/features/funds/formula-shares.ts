import { type FactorId, factorOf } from './factors.ts'
import type { ModelValue } from './formula-model.ts'
import { portion, scaled, scoresOf } from './shares.ts'

/** What each of some receivers gets of a total by weights over given values, without floors and caps; for those who plan with modelled values. */
export function shareByFormula(
  weights: Readonly<Partial<Record<FactorId, number>>>,
  total: bigint,
  receivers: readonly { readonly id: string; readonly key: string }[],
  values: readonly ModelValue[],
): ReadonlyMap<string, bigint> {
  const valuesOf = (factor: FactorId) =>
    new Map(values.flatMap((each) => (each.factor === factor ? [[each.unit, scaled(each.value)] as const] : [])))
  const weighed = (Object.entries(weights) as [FactorId, number][]).map(([factor, weightBp]) => ({
    factor,
    weightBp,
    direction: factorOf(factor).direction,
    values: valuesOf(factor),
  }))
  const scores = scoresOf(
    receivers.map((receiver) => receiver.id),
    weighed,
  )
  if (!scores.ok) throw new Error(`The values cannot be shared by: ${JSON.stringify(scores.problems)}`)
  const claims = receivers.map(({ id, key }) => ({
    key: `${key} ${id}`,
    score: scores.scores.get(id) ?? 0n,
    bounds: { floor: 0n, cap: null },
  }))
  const result = portion(total, claims)
  if (!result.ok) throw new Error(`The total cannot be shared: ${result.reason}`)
  return new Map(receivers.map(({ id, key }) => [id, result.portions.get(`${key} ${id}`)?.fen ?? 0n]))
}
