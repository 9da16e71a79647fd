import { createHash } from 'node:crypto'
import { type FactorId, factorIds } from './factors.ts'
import { portion } from './shares.ts'

/** A unit for which values are made up. `key` must not change between runs: take the code or another name of the facts. */
export type Modelled = {
  readonly unit: string
  readonly key: string
  /** How large it is beside the others: for a province, its poor counties. */
  readonly size?: number
  /** What is known and need not be made up, such as the number of counties that are to leave in the year. */
  readonly known?: Readonly<Partial<Record<FactorId, number>>>
}

export type Model = {
  readonly seed: string
  readonly year: number
  readonly units: readonly Modelled[]
  /** How many poor people there are in all; shared among the units so that they add up. */
  readonly poorTotal?: number
}

export type ModelValue = { readonly unit: string; readonly factor: FactorId; readonly value: number }

const POOR_PER_SIZE = 40_000
const FIRST_YEAR = 2013

/**
 * Values of every factor for units, made up from a seed: the same seed gives the same values in any order. Whoever enters them
 * marks them as made up. Income and capacity grow by year, poverty follows the total, and a unit keeps its character over the years.
 */
export function modelFactors({ seed, year, units, poorTotal }: Model): readonly ModelValue[] {
  const chance = (unit: Modelled, what: string) => chanceOf(`${seed}/${unit.key}/${what}`)
  const size = (unit: Modelled) => unit.size ?? 1
  const sizes = units.reduce((sum, unit) => sum + size(unit), 0)
  const poor = poorTotal ?? Math.round(POOR_PER_SIZE * sizes)
  const hardship = (unit: Modelled) => 0.4 + 1.2 * chance(unit, 'hardship')
  const people = portion(
    BigInt(poor),
    units.map((unit) => ({
      key: unit.key,
      score: BigInt(Math.round(size(unit) * hardship(unit) * 1e6)),
      bounds: { floor: 0n, cap: null },
    })),
  )
  const growth = 1.09 ** (year - FIRST_YEAR)
  return units.flatMap((unit) => {
    const persons = people.ok ? Number(people.portions.get(unit.key)?.fen ?? 0n) : 0
    const residents = size(unit) * (200_000 + 300_000 * chance(unit, 'residents'))
    const yearly = (what: string) => chance(unit, `${what}/${year}`)
    const values: Record<FactorId, number> = {
      'poor-population': persons,
      'poor-share': cents(Math.min(95, Math.max(0.01, (persons / residents) * 100))),
      'poverty-depth': cents(8 + 20 * hardship(unit) * (0.9 + 0.2 * yearly('depth'))),
      'farmers-income': cents((8200 - 3000 * hardship(unit)) * growth * (0.98 + 0.04 * yearly('income'))),
      'fiscal-capacity': cents((5200 - 1800 * hardship(unit)) * growth * (0.97 + 0.06 * yearly('capacity'))),
      'national-policy': cents(1 + 4 * chance(unit, 'policy')),
      'yearly-tasks': cents(1 + 4 * yearly('tasks')),
      'minority-development': cents(1 + 9 * chance(unit, 'minority') ** 2),
      'policy-factor': cents(1 + 4 * chance(unit, 'policy')),
      'assessment-result': cents(70 + 28 * yearly('assessment')),
      'fund-performance': cents(70 + 28 * yearly('performance')),
      'pooling-pilot': cents(60 + 38 * yearly('pooling')),
    }
    return factorIds.map((factor) => ({ unit: unit.unit, factor, value: unit.known?.[factor] ?? values[factor] }))
  })
}

const cents = (value: number) => Math.round(value * 100) / 100

/** A number from 0 to 1 that depends on nothing but the text. */
const chanceOf = (text: string) => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
