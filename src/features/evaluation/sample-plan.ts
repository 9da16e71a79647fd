import { allocate, designEffect, halfWidthOf, planSample } from '#src/statistics/index.ts'
import { type Design, strataOf, type Village } from './sample-frame.ts'

export type CountyPlan =
  | {
      readonly villages: number
      readonly households: number
      readonly halfWidth: number
      readonly designEffect: number
    }
  | { readonly unreachable: 'too-few-villages' | 'too-few-households' | 'not-exact-enough' }

const part = (bp: number) => bp / 10_000

/** How many villages of a county must be visited for the precision that the design states; or that no number would do. */
export function planCounty(design: Design, villages: readonly Village[]): CountyPlan {
  const strata = [...strataOf(villages).values()]
  // Of a stratum with a single village no variance between villages can be taken.
  if (strata.some((each) => each.length < 2)) return { unreachable: 'too-few-villages' }
  const households = villages.reduce((sum, each) => sum + each.households, 0)
  return planSample({
    households,
    villages: villages.length,
    strata: strata.length,
    expected: part(design.expected_bp),
    halfWidth: part(design.halfWidth_bp),
    confidence: part(design.confidence_bp),
    alike: part(design.alike_bp),
    perVillage: design.perVillage,
  })
}

/** How many villages are drawn from each stratum, in the order of `strataOf`. */
export const villagesByStratum = (villages: readonly Village[], drawn: number): readonly number[] =>
  allocate(
    drawn,
    [...strataOf(villages).values()].map((each) => ({
      households: each.reduce((sum, village) => sum + village.households, 0),
      villages: each.length,
    })),
  )

/** The effect that the design plans with. */
export const plannedEffect = (design: Pick<Design, 'perVillage' | 'alike_bp'>): number =>
  designEffect(design.perVillage, part(design.alike_bp))

/** The half-width that a design gives for another share than the one it was planned for. */
export const halfWidthFor = (
  design: Design,
  of: { readonly households: number; readonly strata: number },
  villages: number,
  expected: number,
): number =>
  halfWidthOf(villages, {
    ...of,
    expected,
    confidence: part(design.confidence_bp),
    alike: part(design.alike_bp),
    perVillage: design.perVillage,
  })
