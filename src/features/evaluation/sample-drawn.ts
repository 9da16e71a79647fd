import { drawClusters, drawNumbers, SeededStream, sha256 } from '#src/statistics/index.ts'
import { canonical } from '#kernel/canonical.ts'
import { type County, type Design, strataOf } from './sample-frame.ts'
import { villagesByStratum } from './sample-plan.ts'

/** A village that was drawn, with the numbers of its households in the order drawn. */
export type DrawnVillage = {
  readonly county: number
  readonly village: number
  readonly probability: number
  readonly certain: boolean
  readonly main: readonly number[]
  readonly reserve: readonly number[]
}

/** What is published before the draw. */
export const commitmentOf = (seed: string): string => sha256(seed)

/**
 * The seed that the numbers come from: what was committed beforehand, joined with a number drawn in public on the day. Whoever committed
 * could have tried many seeds until the sample pleased them; they could not know the public number.
 */
export const drawSeed = (seed: string, beacon: string): string => sha256(`${seed}\n${beacon}`)

/**
 * Draws the sample in three stages: counties of each stratum, each as likely; of each county's strata villages with probability proportional
 * to their households; of each village a fixed number of households, so that all of a stratum weigh about the same. Anybody who has frame,
 * design, seed and public number finds the same sample; `src/statistics/stream.ts` says how.
 */
export function drawSample(design: Design, counties: readonly County[], seed: string): readonly DrawnVillage[] {
  return drawnCounties(counties, seed).flatMap((county) => {
    const counts = villagesByStratum(county.villages, county.villagesDrawn)
    return [...strataOf(county.villages)].flatMap(([stratum, villages], at) => {
      const stream = new SeededStream(seed, `villages ${county.n} ${stratum}`)
      const sizes = villages.map((each) => each.households)
      return drawClusters(stream, sizes, counts[at] ?? 0).map(({ at: drawn, probability, isCertain }) => {
        const { n, households } = villages[drawn]!
        const size = Math.min(households, design.perVillage + design.reserve)
        const numbers = drawNumbers(new SeededStream(seed, `households ${county.n} ${n}`), households, size)
        return {
          county: county.n,
          village: n,
          probability,
          certain: isCertain,
          main: numbers.slice(0, design.perVillage),
          reserve: numbers.slice(design.perVillage),
        }
      })
    })
  })
}

function drawnCounties(counties: readonly County[], seed: string): readonly County[] {
  const strata = Map.groupBy(
    counties.toSorted((a, b) => a.n - b.n),
    (county) => county.stratum,
  )
  return [...strata.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([stratum, here]) => {
      const size = here[0]?.stratumDrawn ?? here.length
      if (size >= here.length) return here
      const numbers = drawNumbers(new SeededStream(seed, `counties ${stratum}`), here.length, size)
      return numbers.toSorted((a, b) => a - b).map((number) => here[number - 1]!)
    })
}

export const sampleDigest = (drawn: readonly DrawnVillage[]): string => sha256(canonical(drawn))

/** A household's code on its questionnaire: county, village and household of the sample, and two letters that betray a slip of the pen. */
export function codeOf(evaluation: string, county: number, village: number, household: number): string {
  const plain = [county, village, household].map((each, at) => String(each).padStart(at === 0 ? 3 : 4, '0')).join('-')
  return `${plain}-${sha256(`${evaluation} ${plain}`).slice(0, 2).toUpperCase()}`
}

/** What a code says, if it is one of this evaluation. */
export function readCode(evaluation: string, code: string) {
  const [, county, village, household] = /^(\d{3})-(\d{4})-(\d{4})-[0-9A-F]{2}$/.exec(code.trim().toUpperCase()) ?? []
  if (household === undefined) return undefined
  const at = { county: Number(county), village: Number(village), household: Number(household) }
  return codeOf(evaluation, at.county, at.village, at.household) === code.trim().toUpperCase() ? at : undefined
}
