/** One household of the sample: where it lies, how many it stands for. One that answered nothing of a question still counts for its village. */
export type Observation = { readonly stratum: string; readonly cluster: string; readonly weight: number }

/** A ratio of two totals: persons wrongly exited to persons exited, for instance. Households outside its population give 0 and 0. */
export type Ratio<Household extends Observation> = {
  readonly above: (household: Household) => number
  readonly below: (household: Household) => number
}

export type RatioEstimate = {
  readonly value: number
  readonly variance: number
  /** How many times larger the variance is than that of as many households drawn singly. */
  readonly designEffect: number
  /** Clusters less strata. */
  readonly degrees: number
  /** Households that belong to the ratio's population. */
  readonly households: number
}

/**
 * A weighted sum of ratios estimated from clusters drawn in strata. Each ratio is linearised by Taylor; the variance is that of the
 * clusters' totals within strata, as if clusters had been drawn with replacement (ultimate clusters: Lohr 2010, Sampling: Design and
 * Analysis, sections 9.1 and 9.3; Wolter 2007, chapter 6). This overstates it a little where much of a stratum is drawn.
 */
export function estimateSum<Household extends Observation>(
  households: readonly Household[],
  terms: readonly { readonly share: number; readonly ratio: Ratio<Household> }[],
): RatioEstimate | undefined {
  const linear = new Float64Array(households.length)
  let value = 0
  for (const { share, ratio } of terms) {
    if (share === 0) continue
    const above = total(households, ratio.above)
    const below = total(households, ratio.below)
    if (below <= 0) return undefined
    const quotient = above / below
    value += share * quotient
    households.forEach((each, at) => {
      linear[at]! += (share * (ratio.above(each) - quotient * ratio.below(each))) / below
    })
  }
  const { variance, degrees } = betweenClusters(households, linear)
  const counted = households.filter((each) =>
    terms.some(({ share, ratio }) => share > 0 && ratio.below(each) > 0),
  ).length
  const single = ofSingles(households, linear)
  return { value, variance, degrees, households: counted, designEffect: single > 0 ? variance / single : 1 }
}

export const estimateRatio = <Household extends Observation>(
  households: readonly Household[],
  ratio: Ratio<Household>,
): RatioEstimate | undefined => estimateSum(households, [{ share: 1, ratio }])

const total = <Household extends Observation>(households: readonly Household[], of: (household: Household) => number) =>
  households.reduce((sum, each) => sum + each.weight * of(each), 0)

/** Σ over strata of n/(n−1) × Σ (cluster total − mean of the stratum)². */
function betweenClusters(households: readonly Observation[], linear: Float64Array) {
  const strata = new Map<string, Map<string, number>>()
  households.forEach(({ stratum, cluster, weight }, at) => {
    const clusters = strata.get(stratum) ?? new Map<string, number>()
    strata.set(stratum, clusters.set(cluster, (clusters.get(cluster) ?? 0) + weight * linear[at]!))
  })
  let variance = 0
  let degrees = 0
  for (const [stratum, clusters] of strata) {
    if (clusters.size < 2)
      throw new RangeError(`The stratum «${stratum}» has a single cluster; no variance can be taken of it.`)
    const totals = [...clusters.values()]
    const mean = totals.reduce((sum, each) => sum + each, 0) / totals.length
    variance += (totals.length / (totals.length - 1)) * totals.reduce((sum, each) => sum + (each - mean) ** 2, 0)
    degrees += totals.length - 1
  }
  return { variance, degrees }
}

/** The variance that as many households would have, drawn singly. */
function ofSingles(households: readonly Observation[], linear: Float64Array): number {
  const all = households.reduce((sum, each) => sum + each.weight, 0)
  const squares = households.reduce((sum, { weight }, at) => sum + weight * linear[at]! ** 2, 0)
  return households.length < 2 ? 0 : (all * squares) / (households.length - 1)
}
