import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { betaQuantile, tQuantile } from './distributions.ts'
import {
  allocate,
  drawClusters,
  drawNumbers,
  estimateRatio,
  estimateSum,
  halfWidthOf,
  planSample,
  SeededStream,
  shareInterval,
  simpleSize,
} from './index.ts'

const near = (found: number | undefined, expected: number, within: number) =>
  assert.ok(
    found !== undefined && Math.abs(found - expected) <= within,
    `${found} is not within ${within} of ${expected}`,
  )

describe('quantiles', () => {
  it('Student’s t is that of the printed tables', () => {
    near(tQuantile(0.975, 1), 12.7062, 1e-4)
    near(tQuantile(0.975, 10), 2.22814, 1e-5)
    near(tQuantile(0.95, 30), 1.69726, 1e-5)
    near(tQuantile(0.975, 100_000), 1.95999, 1e-4)
    near(tQuantile(0.025, 10), -2.22814, 1e-5)
  })

  it('The upper limit of none in ten is 1 − 0.025^(1/10), as Clopper and Pearson have it', () => {
    near(betaQuantile(0.975, 1, 10), 1 - 0.025 ** 0.1, 1e-12)
  })
})

describe('the seeded draw', () => {
  it('Block 0 can be found with any SHA-256 program: its first six bytes are the first number', () => {
    const digest = createHash('sha256').update('a seed\nvillages\n0').digest()
    assert.equal(new SeededStream('a seed', 'villages').below(1000), digest.readUIntBE(0, 6) % 1000)
  })

  it('The same seed gives the same sample on every machine: these very numbers', () => {
    assert.deepEqual(drawNumbers(new SeededStream('seed', 'label'), 100, 5), [9, 32, 40, 30, 84])
    assert.deepEqual(
      drawClusters(new SeededStream('seed', 'villages'), [120, 80, 400, 60, 60, 90, 150, 40], 4).map((each) => each.at),
      [0, 2, 4, 6],
    )
  })

  it('Whatever is drawn is drawn once and lies in the frame', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme-ascii' }),
        fc.integer({ min: 1, max: 500 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        (seed, of, part) => {
          const size = Math.floor(of * part)
          const drawn = drawNumbers(new SeededStream(seed.replaceAll('\n', ''), ''), of, size)
          assert.equal(new Set(drawn).size, size)
          assert.ok(drawn.every((number) => number >= 1 && number <= of))
        },
      ),
      { numRuns: 100, seed: 53 },
    )
  })

  it('Clusters are drawn as many as wanted, each once and with a chance that it had', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 40 }),
        fc.nat(),
        (sizes, part) => {
          const count = 1 + (part % sizes.length)
          const drawn = drawClusters(new SeededStream(`${part}`, 'clusters'), sizes, count)
          assert.equal(drawn.length, count)
          assert.equal(new Set(drawn.map((each) => each.at)).size, count)
          assert.ok(drawn.every((each) => each.probability > 0 && each.probability <= 1))
        },
      ),
      { numRuns: 200, seed: 53 },
    )
  })

  it('Each number is drawn about as often as every other, and each village as often as its size says', () => {
    const times = Array.from({ length: 10 }, () => 0)
    const villages = Array.from({ length: 4 }, () => 0)
    const sizes = [100, 200, 300, 400]
    for (let at = 0; at < 4000; at++) {
      for (const number of drawNumbers(new SeededStream(`round ${at}`, 'numbers'), 10, 3)) times[number - 1]! += 1
      for (const { at: village } of drawClusters(new SeededStream(`round ${at}`, 'villages'), sizes, 2))
        villages[village]! += 1
    }
    // Four standard deviations of a binomial.
    for (const found of times) near(found / 4000, 0.3, 4 * Math.sqrt((0.3 * 0.7) / 4000))
    sizes.forEach((size, at) => {
      const chance = (2 * size) / 1000
      near(villages[at]! / 4000, chance, 4 * Math.sqrt((chance * (1 - chance)) / 4000))
    })
  })
})

describe('the size of a sample', () => {
  it('Cochran’s example: 5 points either way, a half expected, t of 2: 400 of many, 364 of 4,000', () => {
    assert.equal(simpleSize(0.5, 0.05, 2), 400)
    assert.equal(simpleSize(0.5, 0.05, 2, 4000), 364)
  })

  const county = { households: 90_000, villages: 180, strata: 2, confidence: 0.95, alike: 0.02, perVillage: 20 }

  it('For approval of 92 % within 2.3 points some forty villages of twenty households are enough, and one village less is not', () => {
    const plan = planSample({ ...county, expected: 0.92, halfWidth: 0.023 })
    assert.ok('villages' in plan)
    assert.ok(plan.halfWidth <= 0.023)
    assert.ok(halfWidthOf(plan.villages - 1, { ...county, expected: 0.92 }) > 0.023)
    assert.ok(plan.villages > 30 && plan.villages < 50, `${plan.villages}`)
    near(plan.designEffect, 1.38, 1e-9)
  })

  it('What no sample of the frame can give is not promised', () => {
    assert.deepEqual(planSample({ ...county, expected: 0.5, halfWidth: 0.001 }), { unreachable: 'not-exact-enough' })
    assert.deepEqual(planSample({ ...county, villages: 3, expected: 0.5, halfWidth: 0.1 }), {
      unreachable: 'too-few-villages',
    })
    assert.deepEqual(planSample({ ...county, households: 70, expected: 0.5, halfWidth: 0.1 }), {
      unreachable: 'too-few-households',
    })
  })

  it('Villages are divided by households, at least two to a stratum', () => {
    const strata = [
      { households: 9000, villages: 100 },
      { households: 900, villages: 20 },
      { households: 100, villages: 5 },
    ]
    assert.deepEqual(allocate(30, strata), [26, 2, 2])
    assert.deepEqual(
      allocate(100, [
        { households: 10, villages: 4 },
        { households: 90, villages: 6 },
      ]),
      [4, 6],
    )
  })
})

const answer = (stratum: string, cluster: string, y: number, x = 1, weight = 1) => ({ stratum, cluster, weight, y, x })
const ratio = { above: (each: { y: number }) => each.y, below: (each: { x: number }) => each.x }

describe('estimates', () => {
  it('Two strata of two villages, by hand: r = 11/20, v = 2·2·0.025² + 2·2·0.05² = 0.0125, two degrees of freedom', () => {
    // x = 5 in each village, so that X = 20; y = 1, 2 | 3, 5: r = 11/20. Linearised totals (y − r·5) / 20: −0.0875, −0.0375 | 0.0125, 0.1125.
    const households = [answer('A', '1', 1, 5), answer('A', '2', 2, 5), answer('B', '3', 3, 5), answer('B', '4', 5, 5)]
    const found = estimateRatio(households, ratio)
    near(found?.value, 0.55, 1e-12)
    // Means −0.0625 and 0.0625: 2·(2·0.025²) + 2·(2·0.05²) = 0.0025 + 0.01.
    near(found?.variance, 0.0125, 1e-12)
    assert.equal(found?.degrees, 2)
  })

  it('Households drawn singly with one weight have the variance s²/n, and a design effect of one', () => {
    const households = Array.from({ length: 50 }, (_, at) => answer('', `${at}`, at < 20 ? 1 : 0))
    const found = estimateRatio(households, ratio)
    near(found?.variance, (0.4 * 0.6) / 49, 1e-12)
    near(found?.designEffect, 1, 1e-9)
  })

  it('Villages in which all think alike have a design effect of the households of a village', () => {
    const households = Array.from({ length: 200 }, (_, at) => answer('', `${at % 20}`, at % 20 < 8 ? 1 : 0))
    const found = estimateRatio(households, ratio)
    near(found?.designEffect, (10 * 199) / 190, 1e-9)
  })

  it('A village alone in its stratum gives no variance, and is not passed off as none', () => {
    assert.throws(() => estimateRatio([answer('A', '1', 1), answer('A', '1', 0)], ratio), /single cluster/)
  })

  it('Nobody in the population of a ratio: there is no estimate', () => {
    assert.equal(estimateRatio([answer('A', '1', 0, 0), answer('A', '2', 0, 0)], ratio), undefined)
  })

  it('None found in 100 households drawn singly is up to 3.6 %, and up to 5.4 % where the design planned an effect of 1.5', () => {
    const none = estimateRatio(
      Array.from({ length: 100 }, (_, at) => answer('', `${at}`, 0)),
      ratio,
    )!
    const single = shareInterval(none, 0.95, 1)
    assert.equal(single.low, 0)
    near(single.high, 1 - 0.025 ** (1 / 100), 1e-9)
    near(shareInterval(none, 0.95, 1.5).high, 1 - 0.025 ** (1.5 / 100), 1e-9)
    assert.ok(single.isByPlan)
  })
})

/** A made-up county: villages of different sizes that think differently, persons wrongly exited and missed in a few. */
function population(seed: string, alike: number) {
  const stream = new SeededStream(seed, 'population')
  const uniform = () => stream.below(2 ** 40) / 2 ** 40
  return Array.from({ length: 120 }, (_, village) => {
    const stratum = village < 50 ? 'poor' : 'other'
    const lean = (uniform() - 0.5) * 2 * alike
    return {
      stratum,
      households: Array.from({ length: 60 + stream.below(340) }, () => {
        const persons = 2 + stream.below(4)
        const isExited = uniform() < (stratum === 'poor' ? 0.35 : 0.1)
        const isWrong = isExited && uniform() < 0.03 + lean / 8
        return {
          approves: uniform() < 0.92 + lean ? 1 : 0,
          exited: isExited ? persons : 0,
          wrong: isWrong ? persons : 0,
          others: isExited ? 0 : persons,
          missed: !isExited && uniform() < 0.012 + lean / 20 ? persons : 0,
        }
      }),
    }
  })
}
type Population = ReturnType<typeof population>
type Household = Population[number]['households'][number]

function sampleOf(villages: Population, seed: string, counts: Readonly<Record<string, number>>, perVillage: number) {
  return Object.entries(counts).flatMap(([stratum, count]) => {
    const here = villages.filter((each) => each.stratum === stratum)
    const drawn = drawClusters(
      new SeededStream(seed, stratum),
      here.map((each) => each.households.length),
      count,
    )
    return drawn.flatMap(({ at, probability }) => {
      const { households } = here[at]!
      const numbers = drawNumbers(new SeededStream(seed, `${stratum} ${at}`), households.length, perVillage)
      return numbers.map((number) => ({
        stratum,
        cluster: `${at}`,
        weight: households.length / (probability * perVillage),
        ...households[number - 1]!,
      }))
    })
  })
}

describe('coverage over simulated samples', () => {
  const SAMPLES = 600
  const villages = population('a county', 0.06)
  const all = villages.flatMap((village) => village.households)
  const truth = (above: (each: Household) => number, below: (each: Household) => number) =>
    all.reduce((sum, each) => sum + above(each), 0) / all.reduce((sum, each) => sum + below(each), 0)
  const metrics = {
    approval: { above: (each: Household) => each.approves, below: () => 1 },
    wrong: { above: (each: Household) => each.wrong, below: (each: Household) => each.exited },
    miss: { above: (each: Household) => each.missed, below: (each: Household) => each.others },
  }
  const rural = all.reduce((sum, each) => sum + each.exited + each.others, 0)
  const exitedShare = all.reduce((sum, each) => sum + each.exited, 0) / rural
  const composite = [
    { share: exitedShare, ratio: metrics.wrong },
    { share: 1 - exitedShare, ratio: metrics.miss },
  ]
  const samples = Array.from({ length: SAMPLES }, (_, at) =>
    sampleOf(villages, `sample ${at}`, { poor: 20, other: 30 }, 20),
  )
  const found = {
    approval: samples.map((sample) => estimateRatio(sample, metrics.approval)!),
    wrong: samples.map((sample) => estimateRatio(sample, metrics.wrong)!),
    miss: samples.map((sample) => estimateRatio(sample, metrics.miss)!),
    composite: samples.map((sample) => estimateSum(sample, composite)!),
  }
  const truths = {
    approval: truth(metrics.approval.above, metrics.approval.below),
    wrong: truth(metrics.wrong.above, metrics.wrong.below),
    miss: truth(metrics.miss.above, metrics.miss.below),
    composite: composite.reduce((sum, { share, ratio: of }) => sum + share * truth(of.above, of.below), 0),
  }

  for (const metric of ['approval', 'wrong', 'miss', 'composite'] as const) {
    it(`The estimate of «${metric}» is right on average, and its stated variance is what it really varies by`, () => {
      const values = found[metric].map((each) => each.value)
      const mean = values.reduce((sum, each) => sum + each, 0) / SAMPLES
      const varied = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (SAMPLES - 1)
      near(mean, truths[metric], 4 * Math.sqrt(varied / SAMPLES))
      const stated = found[metric].reduce((sum, each) => sum + each.variance, 0) / SAMPLES
      // Overstated a little, since clusters are drawn without replacement; understated never by more than chance.
      assert.ok(stated / varied > 0.85 && stated / varied < 1.35, `stated ${stated}, varied ${varied}`)
    })

    it(`The 95 % interval of «${metric}» holds the truth in 94 to 99.5 % of samples`, () => {
      const held = found[metric].filter((each) => {
        const { low, high } = shareInterval(each, 0.95, 1.5)
        return low <= truths[metric] && truths[metric] <= high
      }).length
      assert.ok(held / SAMPLES >= 0.94 && held / SAMPLES <= 0.995, `${held} of ${SAMPLES}`)
    })
  }

  it('The usual interval of t holds a rare share less often than it says: why it is not used', () => {
    const usual = found.wrong.filter((each) => {
      const reach = tQuantile(0.975, each.degrees) * Math.sqrt(each.variance)
      return Math.abs(each.value - truths.wrong) <= reach
    }).length
    const exact = found.wrong.filter((each) => {
      const { low, high } = shareInterval(each, 0.95, 1.5)
      return low <= truths.wrong && truths.wrong <= high
    }).length
    assert.ok(usual < exact, `${usual} and ${exact} of ${SAMPLES}`)
  })
})
