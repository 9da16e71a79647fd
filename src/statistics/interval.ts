import { betaQuantile, tQuantile } from './distributions.ts'
import type { RatioEstimate } from './ratio.ts'

export type Interval = {
  readonly low: number
  readonly high: number
  /** What a simple random sample of as much information would count. */
  readonly effectiveSize: number
  /** The variance between clusters could not be taken, because all answered alike: the design's planned effect was used. */
  readonly isByPlan: boolean
}

/**
 * A confidence interval for a share: Clopper and Pearson's exact limits at the effective sample size p(1−p)/v, reduced for the few degrees
 * of freedom by (t of n−1 ÷ t of clusters − strata)² (Korn and Graubard 1998, Survey Methodology 24: 193–201). The usual p ± t·√v falls short
 * for shares of one or two in a hundred, and has no width at 0 or 1. There, where the variance says nothing, the effective size is the
 * number of households divided by the design effect that was planned. It never lies outside 0 to 1, and errs on the side of too wide.
 */
export function shareInterval(estimate: RatioEstimate, confidence: number, plannedEffect: number): Interval {
  const { value, variance, households, degrees } = estimate
  const tail = (1 - confidence) / 2
  const isByPlan = variance <= 0 || value <= 0 || value >= 1
  const told = isByPlan
    ? households / Math.max(1, plannedEffect)
    : Math.min(households, (value * (1 - value)) / variance)
  const fewness = (tQuantile(1 - tail, Math.max(1, households - 1)) / tQuantile(1 - tail, Math.max(1, degrees))) ** 2
  const effectiveSize = Math.min(households, told * Math.min(1, fewness))
  const count = Math.min(1, Math.max(0, value)) * effectiveSize
  return {
    low: count <= 0 ? 0 : betaQuantile(tail, count, effectiveSize - count + 1),
    high: count >= effectiveSize ? 1 : betaQuantile(1 - tail, count + 1, effectiveSize - count),
    effectiveSize,
    isByPlan,
  }
}
