import { type FactorId, modelFactors, shippedWeights } from '#features/funds/index.ts'
import type { Place } from './country.ts'
import { historySeed } from './seed.ts'

/** The formula that history shares money by: the shipped one, whose weights are of our making. The papers publish none. */
export const formula = shippedWeights
export const weighed = (Object.entries(formula) as [FactorId, number][]).filter(([, weight]) => weight > 0)

/** Made-up values of the formula's factors for some units in a year. */
export const modelledValues = (
  group: string,
  year: number,
  places: readonly Place[],
  size: (place: Place) => number,
  poorTotal?: number,
) =>
  modelFactors({
    seed: `${historySeed} ${group}`,
    year,
    units: places.map((place) => ({ unit: place.id, key: place.key, size: size(place) })),
    ...(poorTotal !== undefined && { poorTotal }),
  }).filter(({ factor }) => weighed.some(([each]) => each === factor))
