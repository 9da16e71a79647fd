import { tQuantile } from './distributions.ts'

/** What is to be known how exactly, and what of. Shares are fractions of one. */
export type Wanted = {
  /** Households and villages of the frame, and the strata that its villages are in. */
  readonly households: number
  readonly villages: number
  readonly strata: number
  /** The share that is expected, and how far the estimate may lie from the truth with so much confidence. */
  readonly expected: number
  readonly halfWidth: number
  readonly confidence: number
  /** How alike households of one village are (intra-cluster correlation), and how many of them are visited. */
  readonly alike: number
  readonly perVillage: number
}

export type Plan = {
  readonly villages: number
  readonly households: number
  readonly designEffect: number
  readonly halfWidth: number
}
export type Unreachable = { readonly unreachable: 'too-few-villages' | 'too-few-households' | 'not-exact-enough' }

/** How much less a household tells in a sample of whole groups than in a sample of single ones (Kish 1965, section 5.4). */
export const designEffect = (perVillage: number, alike: number): number => 1 + (perVillage - 1) * alike

/**
 * The simple random sample that gives a half-width: n₀ = z²p(1−p)/d², and n = n₀ / (1 + (n₀ − 1)/N) where the population is finite
 * (Cochran 1977, Sampling Techniques, section 4.4).
 */
export function simpleSize(expected: number, halfWidth: number, quantile: number, of = Infinity): number {
  const unlimited = (quantile ** 2 * expected * (1 - expected)) / halfWidth ** 2
  return Math.ceil(unlimited / (1 + (unlimited - 1) / of) - 1e-9)
}

/** The half-width that so many villages give: t for villages less strata, the design effect, and the finite population. */
export function halfWidthOf(villages: number, wanted: Omit<Wanted, 'halfWidth' | 'villages'>): number {
  const { households, strata, expected, confidence, alike, perVillage } = wanted
  const size = Math.min(villages * perVillage, households)
  const variance = (designEffect(perVillage, alike) * expected * (1 - expected) * (1 - size / households)) / size
  return tQuantile((1 + confidence) / 2, villages - strata) * Math.sqrt(variance)
}

/** The smallest number of villages that gives what is wanted; what no sample of this frame can give is told as such. */
export function planSample(wanted: Wanted): Plan | Unreachable {
  const least = 2 * wanted.strata
  if (wanted.villages < least) return { unreachable: 'too-few-villages' }
  if (wanted.households < least * wanted.perVillage) return { unreachable: 'too-few-households' }
  for (let villages = least; villages <= wanted.villages; villages++) {
    if (villages * wanted.perVillage > wanted.households) break
    const halfWidth = halfWidthOf(villages, wanted)
    if (halfWidth <= wanted.halfWidth)
      return {
        villages,
        households: villages * wanted.perVillage,
        designEffect: designEffect(wanted.perVillage, wanted.alike),
        halfWidth,
      }
  }
  return { unreachable: 'not-exact-enough' }
}

/**
 * Divides a number of villages among strata in proportion to their households, at least two each, so that a variance between villages
 * exists, and no more than there are; what is left over goes by the largest remainders.
 */
export function allocate(
  villages: number,
  strata: readonly { readonly households: number; readonly villages: number }[],
): readonly number[] {
  const total = strata.reduce((sum, each) => sum + each.households, 0)
  const ideal = strata.map((each) => (villages * each.households) / total)
  const given = strata.map((each, at) => Math.min(each.villages, Math.max(2, Math.floor(ideal[at]!))))
  const short = () => villages - given.reduce((sum, each) => sum + each, 0)
  while (short() > 0) {
    const open = strata.flatMap((each, at) => (given[at]! < each.villages ? [at] : []))
    if (open.length === 0) break
    const most = open.reduce((best, at) => (ideal[at]! - given[at]! > ideal[best]! - given[best]! ? at : best))
    given[most]! += 1
  }
  while (short() < 0) {
    const open = given.flatMap((each, at) => (each > 2 ? [at] : []))
    if (open.length === 0) break
    const most = open.reduce((best, at) => (given[at]! - ideal[at]! > given[best]! - ideal[best]! ? at : best))
    given[most]! -= 1
  }
  return given
}
