import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type ScoreOf, standingsOf } from './assess-rank.ts'
import { type Evidence, kept, pointsOf, ranked, scoreOf } from './assess-score.ts'
import type { Scale } from './assess-tables.ts'

const scales = fc
  .record({
    weight: fc.integer({ min: 1, max: 10_000 }),
    zero: fc.integer({ min: -1e6, max: 1e6 }),
    full: fc.integer({ min: -1e6, max: 1e6 }),
  })
  .filter(({ zero, full }) => zero !== full)
const values = fc.integer({ min: -1e8, max: 1e8 })
const grades = [
  { id: 'good', from: 9000 },
  { id: 'fair', from: 6000 },
  { id: 'poor', from: 0 },
]
const evidenceWith = (more: Partial<Evidence>): Evidence => ({
  assessment: 'a',
  unit: 'u',
  of: 'o',
  scheme: 's',
  year: 2018,
  on: '2019-01-31',
  version: 1,
  weights: null,
  indicators: [],
  vetoes: [],
  grades,
  ...more,
})
const indicator = (id: string, value: number | null) => ({
  id,
  value,
  reported: value,
  system: null,
  basis: null,
  evidence: null,
})

describe('The arithmetic of a score', () => {
  it('An accuracy of 99 %, where 95 gives nothing and 100 all of 20 points, gives 16 points; half a hundredth rounds up', () => {
    assert.equal(pointsOf(9900, { weight: 2000, zero: 9500, full: 10_000 }), 1600)
    assert.equal(pointsOf(1, { weight: 1, zero: 0, full: 2 }), 1)
    assert.equal(pointsOf(1, { weight: 1, zero: 0, full: 3 }), 0)
    // Where less is better, the scale runs downward.
    assert.equal(pointsOf(50, { weight: 1000, zero: 200, full: 0 }), 750)
  })
  it('Points never leave nothing and the weight, never fall as the value nears its full mark, and differ from exact by half a hundredth at most', () => {
    fc.assert(
      fc.property(scales, values, values, (scale: Scale, a, b) => {
        const [x, y] = [pointsOf(a, scale), pointsOf(b, scale)]
        const nearer = (a - b) * Math.sign(scale.full - scale.zero) >= 0
        const share = Math.min(1, Math.max(0, (a - scale.zero) / (scale.full - scale.zero)))
        return x >= 0 && x <= scale.weight && (!nearer || x >= y) && Math.abs(x - share * scale.weight) <= 0.5 + 1e-6
      }),
      { numRuns: 300 },
    )
  })
  it('A score is the sum of its rounded points, at most a hundred, and the text of its evidence gives it again', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(scales, values), { minLength: 1, maxLength: 7 }), (given) => {
        const each = Math.floor(10_000 / given.length)
        const weights = {
          id: 'w',
          version: 1,
          scales: Object.fromEntries(given.map(([scale], at) => [`i${at}`, { ...scale, weight: each }])),
        }
        const evidence = evidenceWith({ weights, indicators: given.map(([, value], at) => indicator(`i${at}`, value)) })
        const { points, score, grade } = scoreOf(evidence)
        const again = scoreOf(JSON.parse(kept(evidence).text) as Evidence)
        assert.deepEqual(again, scoreOf(evidence))
        return score === Object.values(points).reduce((sum, one) => sum + one, 0) && score <= 10_000 && grade !== null
      }),
      { numRuns: 200 },
    )
  })
  it('A veto caps the grade and leaves the points; without weights there is no score and no grade', () => {
    const weights = { id: 'w', version: 1, scales: { a: { weight: 10_000, zero: 0, full: 10_000 } } }
    const vetoes = [{ id: 'falsified', atMost: 'fair', evidence: 'found' }]
    const scored = scoreOf(evidenceWith({ weights, indicators: [indicator('a', 9500)], vetoes }))
    assert.deepEqual([scored.score, scored.gradeByPoints, scored.grade], [9500, 'good', 'fair'])
    assert.deepEqual(scoreOf(evidenceWith({ indicators: [indicator('a', 9500)] })).score, null)
  })
  it('Two with the same score share a rank, and the next one stands two further on', () => {
    const places = ranked(
      new Map([
        ['a', 80],
        ['b', 90],
        ['c', 80],
        ['d', 70],
      ]),
    )
    assert.deepEqual(
      ['a', 'b', 'c', 'd'].map((key) => [places.get(key)?.rank, places.get(key)?.tied]),
      [
        [2, 2],
        [1, 1],
        [2, 2],
        [4, 1],
      ],
    )
  })
  it('Improvement is ranked apart from level; who has no score of last year is not ranked by it, and other weights are told', () => {
    const of = (name: string, score: number | null, weights = 'w'): ScoreOf => ({
      of: name,
      unit: 'p',
      score,
      scales: weights,
    })
    const standings = standingsOf(
      [of('a', 9000), of('b', 8000), of('c', 8500), of('d', null)],
      [of('a', 8900), of('b', 6000, 'other')],
    )
    const told = ['a', 'b', 'c', 'd'].map((name) => standings.get(name)!)
    assert.deepEqual(
      told.map((each) => [each.level?.rank ?? null, each.improved?.rank ?? null, each.improvement, each.note]),
      [
        [1, 2, 100, null],
        [3, 1, 2000, 'other-weights'],
        [2, null, null, 'no-score-before'],
        [null, null, null, 'not-scored'],
      ],
    )
  })
})
