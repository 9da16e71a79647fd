import { sha256, SeededStream } from '#src/statistics/index.ts'
import { canonical } from '#kernel/canonical.ts'

/** A village as its paper list stands: so many households, numbered from 1. Who lives there is not known here. */
export type Village = {
  readonly n: number
  readonly name: string
  readonly stratum: string
  readonly households: number
}

/** A county of the frame, with what is known of it beside the sample: persons of the countryside, still poor, and exited. */
export type County = {
  readonly n: number
  readonly unit: string
  readonly stratum: string
  readonly ruralPersons: number
  readonly poorPersons: number
  readonly exitedPersons: number
  readonly villages: readonly Village[]
  /** How many of its villages are drawn, once it is drawn itself. */
  readonly villagesDrawn: number
  readonly stratumCounties: number
  readonly stratumDrawn: number
}

export type Design = {
  readonly expected_bp: number
  readonly halfWidth_bp: number
  readonly confidence_bp: number
  readonly alike_bp: number
  readonly perVillage: number
  readonly reserve: number
}

/** What a draw stands on, in one word: a frame or design that was changed has another. */
export const frameDigest = (design: Design, counties: readonly County[]): string =>
  sha256(canonical({ design, counties }))

/** The strata of a county's villages, each with its villages in the order of their numbers. */
export function strataOf(villages: readonly Village[]): ReadonlyMap<string, readonly Village[]> {
  const strata = new Map<string, Village[]>()
  for (const village of villages.toSorted((a, b) => a.n - b.n))
    strata.set(village.stratum, [...(strata.get(village.stratum) ?? []), village])
  return new Map([...strata].toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

const PERSONS_IN_TEN_HOUSEHOLDS = 36

/** Villages with counts that nobody counted, the same each time for a county and year: for a demonstration, and marked as made up. */
export function madeUpVillages(unit: string, year: number): readonly Omit<Village, 'n'>[] {
  const stream = new SeededStream(`${unit}/${year}`, 'made-up frame')
  return Array.from({ length: 90 + stream.below(61) }, (_, at) => ({
    name: `第${at + 1}村（虚构）`,
    stratum: stream.below(10) < 4 ? '贫困村' : '非贫困村',
    households: 120 + stream.below(480),
  }))
}

/** Totals for made-up villages, where nothing was attested. */
export function madeUpTotals(unit: string, year: number, villages: readonly { readonly households: number }[]) {
  const stream = new SeededStream(`${unit}/${year}`, 'made-up totals')
  const ruralPersons = Math.floor(
    (villages.reduce((sum, each) => sum + each.households, 0) * PERSONS_IN_TEN_HOUSEHOLDS) / 10,
  )
  return {
    ruralPersons,
    poorPersons: Math.floor((ruralPersons * (20 + stream.below(90))) / 10_000),
    exitedPersons: Math.floor((ruralPersons * (1200 + stream.below(1000))) / 10_000),
  }
}
