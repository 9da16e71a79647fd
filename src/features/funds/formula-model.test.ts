import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readNationalSeries, readPoorCounties } from '#src/history/facts.ts'
import { factorIds, shippedWeights, type FactorId } from './factors.ts'
import type { FactorValue, Receiver } from './formula-books.ts'
import { compute, type Situation } from './formula-compute.ts'
import { modelFactors, type ModelValue } from './formula-model.ts'
import { noLimits, scaled } from './shares.ts'

const [poorCounties, national] = [readPoorCounties(), readNationalSeries()]
const counties = poorCounties.map((county) => ({
  unit: county.unitKey,
  key: county.unitKey,
  province: county.province,
}))
const provinces = [...Map.groupBy(counties, (county) => county.province)].map(([province, of]) => ({
  unit: province,
  key: province,
  size: of.length,
}))

const situation = (units: readonly { unit: string; key: string }[], values: readonly ModelValue[]): Situation => ({
  receivers: units.map(({ unit, key }): Receiver => ({
    id: unit,
    key,
    tier: 'county',
    code: null,
    name: { zh: unit, en: unit },
  })),
  values: new Map(
    [...Map.groupBy(values, (value) => value.unit)].map(([unit, of]) => [
      unit,
      new Map(of.map(({ factor, value }) => [factor, { value, scaled: scaled(value) } as FactorValue])),
    ]),
  ),
  last: new Map(),
})
const shares = (units: readonly { unit: string; key: string }[], values: readonly ModelValue[], total: bigint) => {
  const result = compute({ weights: shippedWeights, limits: noLimits }, total, situation(units, values))
  assert.ok(result.ok, result.ok ? '' : JSON.stringify(result))
  return result.byUnit
}

describe('The real country by made-up values', () => {
  it('The same seed gives the same values in any order, and another seed others', () => {
    const [one, again] = [counties, counties.toReversed()].map((units) =>
      modelFactors({ seed: 'a', year: 2016, units }),
    )
    const sorted = (values: readonly ModelValue[] = []) =>
      values.toSorted((a, b) => (`${a.unit}/${a.factor}` < `${b.unit}/${b.factor}` ? -1 : 1))
    assert.deepEqual(sorted(one), sorted(again))
    assert.notDeepEqual(one, modelFactors({ seed: 'b', year: 2016, units: counties }))
  })
  it('Every county has a value of every factor, within its range, and what is known is not made up', () => {
    const values = modelFactors({ seed: 'a', year: 2016, units: counties })
    assert.equal(values.length, 832 * factorIds.length)
    assert.ok(values.every(({ value }) => value > 0 && value < 1e7))
    const known = modelFactors({
      seed: 'a',
      year: 2016,
      units: [{ unit: 'x', key: 'x', known: { 'yearly-tasks': 3 } }],
    })
    assert.equal(known.find(({ factor }) => factor === 'yearly-tasks')?.value, 3)
  })
  it('The poor people of all provinces add up to the national number of the year', () => {
    const poor = national.find((each) => each.year === 2015)
    assert.ok(poor)
    const values = modelFactors({ seed: 'a', year: 2016, units: provinces, poorTotal: poor.poorTenThousands * 10_000 })
    const people = values.filter(({ factor }) => factor === ('poor-population' satisfies FactorId))
    assert.equal(
      people.reduce((sum, { value }) => sum + value, 0),
      poor.poorTenThousands * 10_000,
    )
  })
  it('66.7 billion yuan of 2016 go to 22 provinces and on to 832 counties, and the sums agree to the fen', () => {
    const total = 6_670_000_000_000n
    const byProvince = shares(provinces, modelFactors({ seed: 'a', year: 2016, units: provinces }), total)
    let sum = 0n
    for (const province of provinces) {
      const below = counties.filter((county) => county.province === province.unit)
      const got = byProvince.get(province.unit)?.fen ?? 0n
      const byCounty = shares(below, modelFactors({ seed: 'a', year: 2016, units: below }), got)
      const given = [...byCounty.values()].reduce((all, { fen }) => all + fen, 0n)
      assert.equal(given, got, province.unit)
      sum += given
    }
    assert.deepEqual([provinces.length, counties.length, sum], [22, 832, total])
  })
  it('All 832 counties at once share to the fen as well', () => {
    const all = shares(counties, modelFactors({ seed: 'a', year: 2016, units: counties }), 95_300_000_001n)
    assert.equal(
      [...all.values()].reduce((sum, { fen }) => sum + fen, 0n),
      95_300_000_001n,
    )
  })
})
