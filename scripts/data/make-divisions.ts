import { createRequire } from 'node:module'
import { readFileSync, writeFileSync } from 'node:fs'
import {
  campaignStart,
  changeColumns,
  type Division,
  divisionColumns,
  type DivisionTier,
  divisionsOn,
  formatCsv,
  parseCsv,
  poorCountyColumns,
  readDivisions,
  readUnitChanges,
} from '../../src/history/facts.ts'
import { changeLines, changeNotes, missingIn2019, renamedBefore } from './changes.ts'
import { type CodeToName, listedUnits, type ListTree } from './listed-units.ts'
import { englishName } from './names-en.ts'

/**
 * Makes `data/divisions.csv` and `data/unit-changes.csv`, and fills the unit keys of `data/poor-counties.csv`: the
 * statistical set of 31 October 2019 is taken back to the campaign's first day, change by change from the last to the
 * first; then the written files are read again and led forward, and must give the set of 2019.
 */

interface Line {
  on: string
  status: string
  what: string
  from: { code: string; name: string } | null
  to: { code: string; name: string }
}

const setDay = '2019-10-31'
const folder = new URL('../../data/', import.meta.url)
/** Lenghu never had a code of its own in the list of counties. */
const keyWithoutCode = 'qinghai-lenghu'

function readLine(text: string): Line {
  const match = /^(\S+) ([KP]) (become|merge|split|establish) (?:-|(\S+) (\S+)) > (\S+) (\S+)$/.exec(text)
  if (match === null) throw new Error(`changes.ts: cannot read "${text}"`)
  const [, on, status, what, codeOld, nameOld, codeNew, nameNew] = match
  const from = codeOld === undefined ? null : { code: codeOld, name: nameOld! }
  return { on: on!, status: status!, what: what!, from, to: { code: codeNew!, name: nameNew! } }
}

/** The set of 2019 and the cities that it leaves out. */
function setOf2019(): CodeToName {
  const tree = createRequire(import.meta.url)('china-area-data') as ListTree
  return new Map([...Object.entries(missingIn2019), ...listedUnits(tree)])
}

/** The units of the first day by code, or by key for the one without; each change taken back must find what it left. */
function takeBack(set: CodeToName, lines: readonly Line[]): CodeToName {
  const units = new Map(set)
  for (const { what, from, to, on } of lines.filter((line) => line.on <= setDay).toReversed()) {
    if (units.get(to.code) !== to.name) throw new Error(`${on}: ${to.code} is ${units.get(to.code)}, not ${to.name}`)
    if (what === 'become' || what === 'split' || what === 'establish') {
      if (what !== 'split' || from?.code !== to.code) units.delete(to.code)
    }
    if (what === 'become' || what === 'merge') {
      if (units.has(from!.code)) throw new Error(`${on}: ${from!.code} is taken by ${units.get(from!.code)}`)
      units.set(from!.code, from!.name)
    }
  }
  return units
}

const isMunicipality = (code: string) => ['11', '12', '31', '50'].includes(code.slice(0, 2))

function parentCode(code: string): string | null {
  if (code === keyWithoutCode) return '632800'
  if (code.endsWith('0000')) return null
  const province = `${code.slice(0, 2)}0000`
  return code.endsWith('00') || isMunicipality(code) || code.slice(2, 4) === '90' ? province : `${code.slice(0, 4)}00`
}

const tierOf = (code: string): DivisionTier =>
  code.endsWith('0000') ? 'province' : code.endsWith('00') && code !== keyWithoutCode ? 'prefecture' : 'county'

function inTreeOrder(units: CodeToName): string[] {
  const rank = { centre: 0, province: 1, prefecture: 2, county: 3 }
  const place = (code: string) => `${rank[tierOf(code)]} ${code === keyWithoutCode ? '632899' : code}`
  return [...units.keys()].toSorted((a, b) => (place(a) < place(b) ? -1 : 1))
}

const listNames = new Map(renamedBefore.map(([code, name, month]) => [code, { name, month }]))

function noteOf(code: string, name: string): string {
  const earlier = listNames.get(code)
  if (earlier !== undefined) return `${earlier.name} in the list of poor counties; ${name} since ${earlier.month} (K)`
  if (code === keyWithoutCode) return 'never had a code in the list of counties'
  if (code === '632803') return 'the code is that of the later city; its own of the time is not known'
  if (['130181', '130682'].includes(code)) return 'the list of 30 September 2015 has it directly under the province'
  if (code === '632857') return 'a code of the statistical set'
  if (code === '460400')
    return 'a prefecture since February 2015 (K); the list of 30 September 2015 still has it as a county'
  if (missingIn2019[code] !== undefined) return 'not in the statistical set'
  return ''
}

/** What was put back before the list of 30 September 2015, and what stands in no list, is known and not verified. */
function statusOf(code: string, lines: readonly Line[]): string {
  const isBeforeTheList = lines.some((line) => line.on < '2015-09-30' && line.from?.code === code)
  const isInNoList = missingIn2019[code] !== undefined || [keyWithoutCode, '632803', '460400', '659006'].includes(code)
  return isBeforeTheList || isInNoList ? 'K' : ['632857', '130181', '130682'].includes(code) ? 'P' : 'V'
}

function divisionRows(units: CodeToName, lines: readonly Line[], poorKeys: ReadonlySet<string>): string[][] {
  const rows = inTreeOrder(units).map((code) => {
    const name = units.get(code)!
    const parent = parentCode(code) ?? 'centre'
    if (parent !== 'centre' && !units.has(parent)) throw new Error(`${code} ${name}: there is no ${parent}`)
    const poor = poorKeys.has(code) ? '1' : '0'
    const ownCode = code === keyWithoutCode ? '' : code
    return [
      code,
      ownCode,
      parent,
      tierOf(code),
      name,
      englishName(name),
      poor,
      statusOf(code, lines),
      noteOf(code, name),
    ]
  })
  return [[...divisionColumns], ['centre', '', '', 'centre', '中央', 'The Centre', '0', 'V', ''], ...rows]
}

interface Led {
  rows: string[][]
  /** Who held a code, the last holder last. */
  holders: Map<string, string[]>
  namesOf: Map<string, Set<string>>
  parentsOf: Map<string, Set<string>>
  mergedInto: Map<string, string>
}

const sourceNote = ({ on, status }: Line, note: string | undefined) =>
  [
    on === '2016-07-31' && 'between the lists of 2015-09-30 and 2016-07-31; day not verified',
    on === setDay && 'between the lists of 2016-07-31 and 2019-10-31; day not verified',
    on === '2019-12-31' && 'no later than 2019; day not verified',
    on === '2020-12-31' && 'no later than 2020; day not verified',
    !['2016-07-31', setDay, '2019-12-31', '2020-12-31'].includes(on) &&
      (status === 'K' ? 'day of approval known; not checked against the document' : 'day not verified'),
    note,
  ]
    .filter((part) => part)
    .join('; ')

/** Leads the units of the first day through all changes, and writes each as a row with the keys of the units. */
function lead(units: CodeToName, lines: readonly Line[]): Led {
  const keyByCode = new Map([...units.keys()].map((code) => [code, code]))
  const add = (map: Map<string, Set<string>>, key: string, value: string) =>
    map.set(key, (map.get(key) ?? new Set()).add(value))
  const led: Led = { rows: [], holders: new Map(), namesOf: new Map(), parentsOf: new Map(), mergedInto: new Map() }
  const hold = (code: string, key: string, name: string) => {
    led.holders.set(code, [...(led.holders.get(code) ?? []).filter((other) => other !== key), key])
    add(led.namesOf, key, name)
    const parent = parentCode(code)
    if (parent !== null) add(led.parentsOf, key, keyByCode.get(parent)!)
  }
  for (const [code, name] of units) hold(code, code, name)
  const written = (code: string) => (code === keyWithoutCode ? '' : code)
  for (const line of lines) {
    const { on, status, what, from, to } = line
    const fromKey = from === null ? null : keyByCode.get(from.code)
    if (fromKey === undefined) throw new Error(`${on}: nobody holds ${from?.code}`)
    let kind = what
    let unitKey = fromKey ?? to.code
    let intoKey = ''
    if (what === 'become') {
      // A county of a recoded prefecture finds its old parent's code given up: it has not moved.
      const parentBefore = keyByCode.get(parentCode(from!.code)!)
      keyByCode.delete(from!.code)
      keyByCode.set(to.code, unitKey)
      const parentAfter = keyByCode.get(parentCode(to.code)!)!
      const isRecoded = from!.code !== to.code
      const isRenamed = from!.name !== to.name
      const isMoved = parentBefore !== undefined && parentBefore !== parentAfter
      kind = isMoved ? 'move' : [isRenamed && 'rename', isRecoded && 'recode'].filter(Boolean).join('+')
      if (isMoved) intoKey = parentAfter
      hold(to.code, unitKey, to.name)
    } else if (what === 'merge') {
      intoKey = keyByCode.get(to.code)!
      keyByCode.delete(from!.code)
      led.mergedInto.set(unitKey, intoKey)
    } else {
      const newKey = to.code
      if (led.namesOf.has(newKey)) throw new Error(`${on}: the key ${newKey} is taken`)
      keyByCode.set(to.code, newKey)
      hold(to.code, newKey, to.name)
      if (what === 'split') intoKey = newKey
      else {
        unitKey = newKey
        intoKey = keyByCode.get(parentCode(to.code)!)!
      }
    }
    const note = sourceNote(line, changeNotes[to.code])
    const codes = [written(from?.code ?? ''), written(to.code)]
    led.rows.push([on, kind, unitKey, intoKey, ...codes, from?.name ?? '', to.name, englishName(to.name), status, note])
  }
  return led
}

/** The unit that a line of the list of poor counties means, by code, name, city and province, under any name it ever had. */
function keyOfPoorCounty(row: Readonly<Record<string, string>>, units: CodeToName, led: Led): string {
  const names = (key: string) => led.namesOf.get(key) ?? new Set<string>()
  const province = [...units].find(([, name]) => name === row['province'])?.[0]
  const isMeant = (key: string) => {
    const parents = [...(led.parentsOf.get(key) ?? [])]
    const isInCity = parents.some((parent) =>
      row['city'] === '' ? parent === province : names(parent).has(row['city']!),
    )
    const isNamed = names(key).has(row['county']!) || listNames.get(key)?.name === row['county']
    return isInCity && isNamed && key.slice(0, 2) === province?.slice(0, 2)
  }
  if (row['code'] === '') return keyWithoutCode
  const found = (led.holders.get(row['code']!) ?? []).filter(isMeant).filter((key) => units.has(key))
  if (found.length !== 1) throw new Error(`${row['code']} ${row['city']} ${row['county']}: ${found.length} units fit`)
  return found[0]!
}

function poorCountyRows(units: CodeToName, led: Led): string[][] {
  const [header, ...rows] = parseCsv(readFileSync(new URL('poor-counties.csv', folder), 'utf8'))
  const records = rows.map((cells) => Object.fromEntries(header!.map((column, index) => [column, cells[index]!])))
  return records.map((record) => {
    const withKey = { ...record, unit_key: keyOfPoorCounty(record, units, led) }
    return poorCountyColumns.map((column) => (withKey as Record<string, string>)[column]!)
  })
}

/** The written files, led forward, must give the set of 2019. */
function assertForward(set: CodeToName): void {
  const later = divisionsOn(setDay, readDivisions(), readUnitChanges()).filter((unit) => unit.tier !== 'centre')
  const given = new Map(later.map((unit: Division) => [unit.code ?? unit.key, unit.name.zh]))
  const differing = [...new Set([...set.keys(), ...given.keys()])].filter((code) => set.get(code) !== given.get(code))
  if (differing.length > 0) throw new Error(`led forward, these differ from the set of 2019: ${differing.join(', ')}`)
}

const lines = changeLines.trim().split('\n').map(readLine)
const set = setOf2019()
const units = takeBack(set, lines)
const led = lead(units, lines)
const poor = poorCountyRows(units, led)
const poorKeys = new Set(poor.map((row) => row[0]!))
if (poorKeys.size !== poor.length) throw new Error('two poor counties are the same unit')
const write = (file: string, rows: readonly (readonly string[])[]) =>
  writeFileSync(new URL(file, folder), formatCsv(rows))
const divisions = divisionRows(units, lines, poorKeys)
write('divisions.csv', divisions)
write('unit-changes.csv', [[...changeColumns], ...led.rows])
write('poor-counties.csv', [[...poorCountyColumns], ...poor])
assertForward(set)
console.log(
  `${divisions.length - 1} units of ${campaignStart}, ${led.rows.length} changes, ${poor.length} poor counties`,
)
