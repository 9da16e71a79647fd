import { type PaceStage, type Stay, type Stays } from './pace.ts'

/** Of the counties that came to a stage and were approved in the end, four in five needed no more than so many days; half, no more than so many. */
export type Usual = {
  readonly basis: 'area' | 'country'
  readonly counties: number
  readonly most: number
  readonly half: number
}

/** An area's own times are told from this many counties on, the country's from so many. */
export const USUAL_AREA_MIN = 20
export const USUAL_COUNTRY_MIN = 5
export const MOST = 0.8
const HALF = 0.5

/** The smallest value that so great a share of the values does not exceed, as the database's `percentile_disc` has it. */
const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0

const sortedOf = (stays: readonly Stay[], of: 'total' | 'stay', area: string | null) =>
  stays
    .filter((each) => each[of] < Infinity && (area === null || each.area === area))
    .map((each) => each[of])
    .toSorted((a, b) => a - b)

/** The usual days from coming to a stage until the approval, or until the stage is left. */
export function usualOf(stays: Stays, stage: PaceStage, of: 'total' | 'stay', area: string | null): Usual | undefined {
  const here = area === null ? [] : sortedOf(stays[stage], of, area)
  const isOfArea = here.length >= USUAL_AREA_MIN
  const days = isOfArea ? here : sortedOf(stays[stage], of, null)
  if (days.length < USUAL_COUNTRY_MIN) return undefined
  return {
    basis: isOfArea ? 'area' : 'country',
    counties: days.length,
    most: quantile(days, MOST),
    half: quantile(days, HALF),
  }
}
