import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { boundsOf, type Claim, noLimits, portion, scaled, scoresOf } from './shares.ts'

const sumOf = (values: Iterable<bigint>) => [...values].reduce((sum, value) => sum + value, 0n)
const free = { floor: 0n, cap: null }
const claim = (key: string, score: bigint, bounds: Claim['bounds'] = free): Claim => ({ key, score, bounds })
const given = (result: ReturnType<typeof portion>) => {
  assert.ok(
    result.ok,
    JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)),
  )
  return new Map([...result.portions].map(([key, each]) => [key, each.fen]))
}
const seeded = { seed: 2017, numRuns: 300 }

/** A total and claims within bounds that can be kept: each unit's floor and cap lie on either side of what it holds in some division. */
const feasible = fc
  .array(
    fc.record({
      score: fc.bigInt(1n, 10n ** 24n),
      holds: fc.bigInt(0n, 10n ** 10n),
      down: fc.option(fc.bigInt(0n, 10n ** 9n)),
      up: fc.option(fc.bigInt(0n, 10n ** 9n)),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => ({
    total: sumOf(rows.map((row) => row.holds)),
    claims: rows.map(({ score, holds, down, up }, at) => {
      const floor = down === null ? 0n : holds > down ? holds - down : 0n
      return claim(`unit ${String(at).padStart(3, '0')}`, score, { floor, cap: up === null ? null : holds + up })
    }),
  }))

describe('Sharing a sum by scores', () => {
  it('One hundred yuan among three equal counties: the odd fen goes to the first by its key', () => {
    const result = portion(10_000n, [claim('c', 1n), claim('a', 1n), claim('b', 1n)])
    assert.deepEqual(given(result), new Map([['a', 3334n], ['b', 3333n], ['c', 3333n]])) // prettier-ignore
    assert.ok(result.ok && result.remainderFen === 1n && result.portions.get('a')?.extra)
  })
  it('Shares add up to the total exactly, and every floor and cap is kept', () => {
    fc.assert(
      fc.property(feasible, ({ total, claims }) => {
        const shares = given(portion(total, claims))
        assert.equal(sumOf(shares.values()), total)
        for (const { key, bounds } of claims) {
          const fen = shares.get(key)!
          assert.ok(fen >= bounds.floor && (bounds.cap === null || fen <= bounds.cap), key)
        }
      }),
      seeded,
    )
  })
  it('Shares do not depend on the order in which units are given', () => {
    fc.assert(
      fc.property(
        feasible.chain(({ total, claims }) =>
          fc.tuple(fc.constant({ total, claims }), fc.shuffledSubarray(claims, { minLength: claims.length })),
        ),
        ([{ total, claims }, shuffled]) =>
          assert.deepEqual(given(portion(total, shuffled)), given(portion(total, claims))),
      ),
      seeded,
    )
  })
  it('Who has a higher score and the same bounds never gets less', () => {
    fc.assert(
      fc.property(feasible, fc.nat(), fc.bigInt(0n, 10n ** 22n), ({ total, claims }, pick, more) => {
        const one = claims[pick % claims.length]!
        const twin = { ...one, key: `${one.key} twin`, score: one.score + more }
        const result = portion(total + (one.bounds.cap ?? one.bounds.floor), [...claims, twin])
        if (!result.ok) return
        const shares = given(result)
        assert.ok(shares.get(twin.key)! + (more === 0n ? 1n : 0n) >= shares.get(one.key)!)
      }),
      seeded,
    )
  })
  it('Who is not held gets in proportion to the score, to less than one fen', () => {
    fc.assert(
      fc.property(feasible, ({ total, claims }) => {
        const result = portion(total, claims)
        assert.ok(result.ok)
        const open = claims.filter(({ key }) => result.portions.get(key)?.held === null)
        const [rest, whole] = [
          sumOf(open.map(({ key }) => result.portions.get(key)!.fen)),
          sumOf(open.map((each) => each.score)),
        ]
        for (const { key, score } of open) {
          const off = result.portions.get(key)!.fen * whole - rest * score
          assert.ok((off < 0n ? -off : off) < whole, key)
        }
      }),
      seeded,
    )
  })
  it('Who is held at a floor would have got less by score than the floor, and at a cap more', () => {
    const result = portion(1000n, [
      claim('a', 1n, { floor: 200n, cap: null }),
      claim('b', 8n, { floor: 0n, cap: 500n }),
      claim('c', 1n),
    ])
    assert.deepEqual(given(result), new Map([['a', 250n], ['b', 500n], ['c', 250n]])) // prettier-ignore
    assert.ok(result.ok && result.portions.get('b')?.held === 'cap' && result.portions.get('a')?.held === null)
  })
  it('Bounds that cannot be kept are refused with the reason and the units', () => {
    const why = (result: ReturnType<typeof portion>) =>
      result.ok ? 'fine' : `${result.reason} ${result.keys.join(' ')} ${result.boundFen}`
    assert.equal(why(portion(10n, [claim('a', 1n, { floor: 6n, cap: 5n })])), 'floor-above-cap a 0')
    assert.equal(
      why(portion(10n, [claim('a', 1n, { floor: 6n, cap: null }), claim('b', 1n, { floor: 5n, cap: null })])),
      'floors-above-total a b 11',
    )
    assert.equal(
      why(portion(10n, [claim('a', 1n, { floor: 0n, cap: 4n }), claim('b', 1n, { floor: 0n, cap: 5n })])),
      'caps-below-total a b 9',
    )
    assert.equal(why(portion(10n, [claim('a', 1n, { floor: 0n, cap: 4n }), claim('b', 0n)])), 'nothing-to-share-by b 4')
    assert.equal(why(portion(10n, [])), 'nothing-to-share-by  0')
  })
  it('832 counties share 95.3 billion yuan to the fen', () => {
    const claims = Array.from({ length: 832 }, (_, at) => claim(String(at), BigInt(at * at + 7) * 10n ** 18n))
    assert.equal(sumOf(given(portion(9_530_000_000_000n, claims)).values()), 9_530_000_000_000n)
  })
})

describe('Scores by factors', () => {
  const values = (of: Record<string, number>) =>
    new Map(Object.entries(of).map(([unit, value]) => [unit, scaled(value)]))
  const units = ['a', 'b']

  it('A county with three quarters of the poor people and all of the weight on them gets three quarters', () => {
    const scores = scoresOf(units, [
      { factor: 'poor', weightBp: 10_000, direction: 'more', values: values({ a: 300, b: 100 }) },
    ])
    assert.ok(scores.ok)
    assert.equal(scores.scores.get('a'), scores.scores.get('b')! * 3n)
  })
  it('Half the income calls for twice the money', () => {
    const scores = scoresOf(units, [
      { factor: 'income', weightBp: 10_000, direction: 'less', values: values({ a: 4000, b: 8000 }) },
    ])
    assert.ok(scores.ok)
    const [a, b] = [scores.scores.get('a')!, scores.scores.get('b')!]
    assert.ok(a - 2n * b <= 20_000n && 2n * b - a <= 20_000n)
  })
  it('Contributions of all factors add up to the score', () => {
    const scores = scoresOf(units, [
      { factor: 'poor', weightBp: 6000, direction: 'more', values: values({ a: 3, b: 1.25 }) },
      { factor: 'income', weightBp: 4000, direction: 'less', values: values({ a: 1, b: 2 }) },
    ])
    assert.ok(scores.ok)
    for (const unit of units)
      assert.equal(
        sumOf([...scores.contributions.values()].map((each) => each.get(unit) ?? 0n)),
        scores.scores.get(unit),
      )
  })
  it('What nobody has, and what one divides by and somebody has none of, cannot be shared by', () => {
    const scores = scoresOf(units, [
      { factor: 'poor', weightBp: 5000, direction: 'more', values: values({ a: 0, b: 0 }) },
      { factor: 'income', weightBp: 5000, direction: 'less', values: values({ a: 0, b: 2 }) },
      { factor: 'unweighed', weightBp: 0, direction: 'more', values: values({ a: 0, b: 0 }) },
    ])
    assert.ok(!scores.ok)
    assert.deepEqual(scores.problems, [
      { factor: 'poor', why: 'all-zero', units: ['a', 'b'] },
      { factor: 'income', why: 'zero-of-less', units: ['a'] },
    ])
  })
})

describe('Floors and caps in fen', () => {
  it('A floor is rounded up, a cap down, and last year binds only who got something', () => {
    const limits = { ...noLimits, floorLastBp: 9000, capLastBp: 12_000, capTotalBp: 3333 }
    assert.deepEqual(boundsOf(limits, 1000n, 101n), { floor: 91n, cap: 121n })
    assert.deepEqual(boundsOf(limits, 1000n, 0n), { floor: 0n, cap: 333n })
    assert.deepEqual(boundsOf(noLimits, 1000n, 5n), { floor: 0n, cap: null })
  })
})
