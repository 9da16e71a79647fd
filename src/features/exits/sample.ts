import { createHash } from 'node:crypto'

export type Ranked = {
  readonly unit: string
  readonly rank: number
  readonly digest: string
  readonly isDrawn: boolean
}

/**
 * Draws a share of some units by a seed that anybody can check afterwards: units in the order of SHA-256(seed/year/unit),
 * the first ⌈share × n⌉ of them. It does not depend on the order in which the units are given.
 */
export function drawSample(units: readonly string[], seed: string, year: number, share_bp: number): readonly Ranked[] {
  const size = Math.ceil((units.length * share_bp) / 10_000)
  return units
    .map((unit) => ({ unit, digest: createHash('sha256').update(`${seed}/${year}/${unit}`).digest('hex') }))
    .toSorted((a, b) => (a.digest < b.digest ? -1 : 1))
    .map((each, at) => ({ ...each, rank: at + 1, isDrawn: at < size }))
}
