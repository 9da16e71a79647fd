import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  campaignStart,
  type Division,
  divisionsOn,
  exitYears,
  formatCsv,
  parseCsv,
  readDivisions,
  readExitsByProvince,
  readNationalSeries,
  readPoorCounties,
  readRegionalSeries,
  readUnitChanges,
  stableUuid,
} from './facts.ts'
import { readPairs } from './pairings.ts'

const divisions = readDivisions()
const changes = readUnitChanges()
const poorCounties = readPoorCounties()
const byKey = new Map(divisions.map((division) => [division.key, division]))

const days = [campaignStart, ...new Set(changes.map((change) => change.on))]

function provinceOf(units: ReadonlyMap<string, Division>, division: Division): string {
  let unit = division
  while (unit.tier !== 'province') unit = units.get(unit.parentKey!)!
  return unit.name.zh
}

test('the tree has one centre, 31 provinces, 334 prefectures and 2,856 counties', () => {
  const count = (tier: string) => divisions.filter((division) => division.tier === tier).length
  assert.deepEqual(['centre', 'province', 'prefecture', 'county'].map(count), [1, 31, 334, 2856])
})

test('832 poor counties stand once each in the tree, in the province of the list', () => {
  const keys = new Set(poorCounties.map((county) => county.unitKey))
  assert.equal(poorCounties.length, 832)
  assert.equal(keys.size, 832)
  const marked = divisions.filter((division) => division.isPoorCounty).map((division) => division.key)
  assert.deepEqual(new Set(marked), keys)
  for (const county of poorCounties) assert.equal(provinceOf(byKey, byKey.get(county.unitKey)!), county.province)
})

test('a poor county stands in the tree under the name of the list, but for those renamed before or listed later', () => {
  const differing = poorCounties.filter((county) => byKey.get(county.unitKey)!.name.zh !== county.name)
  const renamedBefore = ['南康市', '郧县', '康定县', '平坝县', '万山特区', '香格里拉县', '乐都县', '平安县', '玉树县']
  const listedLater = ['开州区', '盘州市']
  assert.deepEqual(new Set(differing.map((county) => county.name)), new Set([...renamedBefore, ...listedLater]))
})

test("the poor counties' present names and codes come out of the changes", () => {
  const present = new Map(divisionsOn('2023-12-31', divisions, changes).map((unit) => [unit.key, unit]))
  const mergedInto = new Map(
    changes.filter((change) => change.kind === 'merge').map((change) => [change.unitKey, change.intoKey!]),
  )
  for (const county of poorCounties) {
    const unit = present.get(county.unitKey) ?? present.get(mergedInto.get(county.unitKey)!)!
    assert.equal(unit.code, county.code2023, county.name)
    assert.equal(unit.name.zh, county.name2023.replace('行政委员会', '行委'))
  }
})

test('every poor county stands under the city of the list on some day of the campaign', () => {
  const trees = days.map((day) => new Map(divisionsOn(day, divisions, changes).map((unit) => [unit.key, unit])))
  for (const county of poorCounties) {
    const cities = trees.map((tree) => {
      const parent = tree.get(tree.get(county.unitKey)?.parentKey ?? '')
      return parent?.tier === 'prefecture' ? parent.name.zh : null
    })
    assert.ok(cities.includes(county.city), `${county.name}: ${county.city}`)
  }
})

test("every unit's parent exists, and no chain upward is longer than county, prefecture, province, centre", () => {
  for (const day of days) {
    const units = new Map(divisionsOn(day, divisions, changes).map((unit) => [unit.key, unit]))
    for (const unit of units.values()) {
      const chain: string[] = []
      for (let key: string | null = unit.key; key !== null; key = units.get(key)!.parentKey) {
        assert.ok(units.has(key), `${day}: there is no ${key} above ${unit.key}`)
        chain.push(key)
      }
      assert.equal(chain.at(-1), 'centre')
      assert.ok(chain.length <= 4)
    }
  }
})

test("Chongqing's counties stand directly under the province, as do Hainan's and Shennongjia", () => {
  const under = (parentKey: string) => divisions.filter((unit) => unit.parentKey === parentKey)
  assert.equal(under('500000').length, 38)
  assert.ok(under('500000').every((unit) => unit.tier === 'county'))
  assert.equal(under('460000').filter((unit) => unit.tier === 'county').length, 15)
  assert.equal(divisions.find((unit) => unit.name.zh === '神农架林区')?.parentKey, '420000')
})

test('one unit of the 832 has no code', () => {
  const without = poorCounties.map((county) => byKey.get(county.unitKey)!).filter((unit) => unit.code === null)
  assert.deepEqual(
    without.map((unit) => unit.name.zh),
    ['冷湖行委'],
  )
})

test('no two units of one day carry the same code', () => {
  for (const day of days) {
    const codes = divisionsOn(day, divisions, changes).flatMap((unit) => unit.code ?? [])
    assert.equal(new Set(codes).size, codes.length, day)
  }
})

test('no two units of one parent carry the same name on the same day', () => {
  for (const day of days) {
    const names = divisionsOn(day, divisions, changes).map((unit) => `${unit.parentKey} ${unit.name.zh}`)
    assert.equal(new Set(names).size, names.length, day)
  }
})

test('every English name is ASCII letters, spaces, hyphens and apostrophes', () => {
  for (const { name } of divisions) assert.match(name.en, /^[A-Z][A-Za-z' -]+$/)
  for (const { nameNew } of changes) assert.match(nameNew.en, /^[A-Z][A-Za-z' -]+$/)
})

test('names that the rule alone would get wrong are right', () => {
  const expected = {
    '130127': 'Gaoyi County',
    '130225': 'Laoting County',
    '130321': 'Qinglong Manchu Autonomous County',
    '130627': 'Tang County',
    '130631': 'Wangdu County',
    '130726': 'Yu County',
    '150000': 'Inner Mongolia Autonomous Region',
    '152221': 'Horqin Right Front Banner',
    '341500': "Lu'an City",
    '422800': 'Enshi Tujia and Miao Autonomous Prefecture',
    '429021': 'Shennongjia Forestry District',
    '500000': 'Chongqing Municipality',
    '520203': 'Liuzhi Special District',
    '610000': 'Shaanxi Province',
    '653100': 'Kashgar Prefecture',
    'qinghai-lenghu': 'Lenghu Administrative Committee',
  }
  for (const [key, name] of Object.entries(expected)) assert.equal(byKey.get(key)?.name.en, name)
})

test('the exits of the list add up to the table, province by province and year by year', () => {
  const table = readExitsByProvince()
  assert.deepEqual(new Set(table.map((row) => row.province)), new Set(poorCounties.map((county) => county.province)))
  for (const row of table) {
    for (const year of exitYears) {
      const listed = poorCounties.filter(
        (county) => county.province === row.province && county.exitYear === year,
      ).length
      assert.equal(listed, row.byYear[year], `${row.province} ${year}`)
    }
  }
  const sum = (year: (typeof exitYears)[number]) => table.reduce((total, row) => total + row.byYear[year], 0)
  assert.deepEqual(exitYears.map(sum), [28, 125, 283, 344, 52])
})

test("the nation's poor fall from 165.67 million to nobody between 2010 and 2020, year by year", () => {
  const series = readNationalSeries()
  assert.deepEqual(
    series.map((row) => row.year),
    Array.from({ length: 11 }, (_, index) => 2010 + index),
  )
  assert.equal(series[0]?.poorTenThousands, 16567)
  assert.equal(series.at(-1)?.poorTenThousands, 0)
  for (const [index, row] of series.entries()) {
    if (index > 0) assert.ok(row.poorTenThousands < series[index - 1]!.poorTenThousands)
  }
})

test('the three regions add up to the nation in every year that both have', () => {
  const nation = new Map(readNationalSeries().map((row) => [row.year, row.poorTenThousands]))
  const regions = Map.groupBy(readRegionalSeries(), (row) => row.year)
  assert.deepEqual([...regions.keys()], [2016, 2018, 2019])
  for (const [year, rows] of regions) {
    assert.equal(
      rows.reduce((sum, row) => sum + row.poorTenThousands, 0),
      nation.get(year),
    )
  }
})

test('a change that does not fit the tree is refused with its day', () => {
  const [first] = changes
  const unfitting = { ...first!, nameOld: '别的县' }
  assert.throws(() => divisionsOn('2023-12-31', divisions, [unfitting]), /change of 2015-07-23/)
})

test('a cell may hold commas, quotes and line ends, and comes back as it was', () => {
  const rows = [
    ['a', 'b, c'],
    ['"d"', 'e\nf'],
    ['', ''],
  ]
  assert.deepEqual(parseCsv(formatCsv(rows)), rows)
  assert.throws(() => parseCsv('a,"b'), /a quote is never closed/)
})

test('a unit has the same id on every machine, and no two have the same', () => {
  assert.match(stableUuid('130631'), /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(stableUuid('130631'), stableUuid('130631'))
  assert.equal(new Set(divisions.map((division) => stableUuid(division.key))).size, divisions.length)
})

test('32 pairs of east and west stand once each, and both sides of each in the tree', () => {
  const pairs = readPairs()
  assert.equal(pairs.length, 32)
  assert.deepEqual(
    ['V', 'P', 'K'].map((status) => pairs.filter((pair) => pair.status === status).length),
    [20, 10, 2],
  )
  assert.ok(pairs.every(({ eastKey, westKey }) => byKey.has(eastKey) && byKey.has(westKey)))
})
