import { readFileSync } from 'node:fs'
import { divisionsOn } from '../../src/history/facts.ts'
import { listedUnits, type ListTree } from './listed-units.ts'

/**
 * Shows how the tree of a day differs from a published list of that day:
 * `node scripts/data/compare-list.ts <data.json of china-area-data> <day>`; the lists are those of its versions 2.0.0
 * (2015-09-30), 3.0.0 (2016-07-31) and 5.0.1 (2019-10-31).
 */
const [path, on] = process.argv.slice(2)
if (path === undefined || on === undefined) throw new Error('usage: compare-list.ts <data.json> <day>')
const list = listedUnits(JSON.parse(readFileSync(path, 'utf8')) as ListTree)
const units = divisionsOn(on).filter((unit) => unit.tier !== 'centre')
const tree = new Map(units.map((unit) => [unit.code ?? unit.key, unit.name.zh]))
const differing = [...new Set([...tree.keys(), ...list.keys()])].filter((code) => tree.get(code) !== list.get(code))
for (const code of differing.toSorted())
  console.log(`${code}: tree ${tree.get(code) ?? '-'}, list ${list.get(code) ?? '-'}`)
console.log(`${tree.size} units in the tree, ${list.size} in the list, ${differing.length} differ`)
