import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/**
 * The facts that the product ships in `data/`, read and checked. Where each comes from, and what its status mark means,
 * stands in `data/README.md`. A line that breaks its own form stops the reading with the file and the line.
 */

/** The day on which the tree of `divisions.csv` stands; every line of `unit-changes.csv` is later. */
export const campaignStart = '2015-06-01'

/** V seen in a source · P partly · K known, not verified in a source. */
export type Status = 'V' | 'P' | 'K'

export type DivisionTier = 'centre' | 'province' | 'prefecture' | 'county'

export interface Division {
  key: string
  code: string | null
  parentKey: string | null
  tier: DivisionTier
  name: { zh: string; en: string }
  isPoorCounty: boolean
  status: Status
  note: string
}

export const changeKinds = ['rename', 'recode', 'rename+recode', 'move', 'merge', 'split', 'establish', 'tier'] as const
export type ChangeKind = (typeof changeKinds)[number]

/**
 * One dated change of one unit. `intoKey` is: for a merge, the unit that carries on; for a split, the new unit, which
 * stands beside `unitKey` under the same parent; for an establishment and a move, the (new) parent. Else it is null.
 */
export interface UnitChange {
  on: string
  kind: ChangeKind
  unitKey: string
  intoKey: string | null
  codeOld: string | null
  codeNew: string | null
  nameOld: string | null
  nameNew: { zh: string; en: string }
  status: Status
  sourceNote: string
}

export interface PoorCounty {
  unitKey: string
  code: string | null
  province: string
  city: string | null
  /** The name in the list of poor counties; the unit may have had another one on the day of the tree. */
  name: string
  exitYear: number
  exitYearEvidence: 'listed' | 'by-elimination' | 'compiled-only' | 'conflict'
  headcountLimitPercent: number
  code2023: string
  name2023: string
}

export const exitYears = [2016, 2017, 2018, 2019, 2020] as const
export type ExitYear = (typeof exitYears)[number]

export interface ProvinceExits {
  province: string
  byYear: Record<ExitYear, number>
  total: number
}

export interface NationalYear {
  year: number
  poorTenThousands: number
  headcountPercent: number
  lineYuan: number
  lineIsApproximate: boolean
  status: string
}

export interface RegionalYear {
  year: number
  region: string
  poorTenThousands: number
  headcountPercent: number | null
}

const folder = new URL('../../data/', import.meta.url)

/** Cells of CSV text, row by row; quoted cells may hold commas, line ends and doubled quotes. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let cell = ''
  let isQuoted = false
  const source = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  for (let index = 0; index < source.length; index++) {
    const char = source[index]!
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (source[index + 1] === '"') cell += source[++index]
      else isQuoted = false
    } else if (char === '"' && cell === '') isQuoted = true
    else if (char === ',' || char === '\n') {
      row.push(cell)
      cell = ''
      if (char === '\n') {
        rows.push(row)
        row = []
      }
    } else cell += char
  }
  if (isQuoted) throw new Error(`row ${rows.length + 1}: a quote is never closed`)
  if (cell !== '' || row.length > 0) rows.push([...row, cell])
  return rows
}

/** The text of a CSV file; a cell is quoted only where it must be. */
export function formatCsv(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => row.map(quote).join(',') + '\n').join('')
}

/** One line of a file, with words for what it must hold. */
interface Line {
  text: (column: string) => string
  filled: (column: string) => string
  maybe: (column: string) => string | null
  number: (column: string) => number
  oneOf: <T extends string>(column: string, allowed: readonly T[]) => T
  matching: (column: string, pattern: RegExp, what: string) => string
  fail: (why: string) => never
}

function lineOf(file: string, number: number, header: string[], cells: string[]): Line {
  const fail = (why: string): never => {
    throw new Error(`data/${file}, line ${number}: ${why}`)
  }
  if (cells.length !== header.length) fail(`${cells.length} cells where the head names ${header.length}`)
  const text = (column: string) => cells[header.indexOf(column)] ?? fail(`there is no column ${column}`)
  const filled = (column: string) => text(column) || fail(`${column} is empty`)
  const matching = (column: string, pattern: RegExp, what: string) =>
    pattern.test(text(column)) ? text(column) : fail(`${column} is "${text(column)}", not ${what}`)
  return {
    text,
    filled,
    matching,
    fail,
    maybe: (column) => text(column) || null,
    number: (column) => Number(matching(column, /^\d+(\.\d+)?$/, 'a number')),
    oneOf: (column, allowed) =>
      allowed.find((value) => value === text(column)) ??
      fail(`${column} is "${text(column)}", not one of ${allowed.join(', ')}`),
  }
}

export function readLines<T>(file: string, columns: readonly string[], read: (line: Line) => T): T[] {
  const [header, ...rows] = parseCsv(readFileSync(new URL(file, folder), 'utf8'))
  if (header?.join() !== columns.join()) throw new Error(`data/${file}, line 1: the head must be ${columns.join()}`)
  if (rows.length === 0) throw new Error(`data/${file}, line 2: nothing follows the head`)
  return rows.map((cells, index) => read(lineOf(file, index + 2, header, cells)))
}

export const statuses = ['V', 'P', 'K'] as const
const code = /^(\d{6})?$/
const day = /^\d{4}-\d{2}-\d{2}$/
const asciiName = /^[A-Za-z][A-Za-z' -]*$/

export const divisionColumns = [
  'id_key',
  'code',
  'parent_key',
  'tier',
  'name_zh',
  'name_en',
  'poor_county',
  'status',
  'note',
] as const

/** The tree on the campaign's first day, parents before children: centre, provinces, prefectures, counties. */
export function readDivisions(): Division[] {
  const tierByKey = new Map<string, DivisionTier>()
  const above: Record<DivisionTier, readonly (DivisionTier | undefined)[]> = {
    centre: [undefined],
    province: ['centre'],
    prefecture: ['province'],
    county: ['prefecture', 'province'],
  }
  return readLines('divisions.csv', divisionColumns, (line) => {
    const key = line.filled('id_key')
    const parentKey = line.maybe('parent_key')
    const tier = line.oneOf('tier', ['centre', 'province', 'prefecture', 'county'])
    if (tierByKey.has(key)) line.fail(`the key ${key} stands twice`)
    const parentTier = parentKey === null ? undefined : tierByKey.get(parentKey)
    if (parentKey !== null && parentTier === undefined) line.fail(`its parent ${parentKey} does not stand above it`)
    if (!above[tier].includes(parentTier)) line.fail(`a ${tier} cannot stand under ${parentTier ?? 'nothing'}`)
    tierByKey.set(key, tier)
    return {
      key,
      code: line.matching('code', code, 'six digits or empty') || null,
      parentKey,
      tier,
      name: { zh: line.filled('name_zh'), en: line.matching('name_en', asciiName, 'a name in plain letters') },
      isPoorCounty: line.oneOf('poor_county', ['0', '1']) === '1',
      status: line.oneOf('status', statuses),
      note: line.text('note'),
    }
  })
}

export const changeColumns = [
  'on',
  'kind',
  'unit_key',
  'into_key',
  'code_old',
  'code_new',
  'name_zh_old',
  'name_zh_new',
  'name_en_new',
  'status',
  'source_note',
] as const

/** Every change after the campaign's first day, in the order in which they take hold (the order within a day counts). */
export function readUnitChanges(): UnitChange[] {
  let last = campaignStart
  return readLines('unit-changes.csv', changeColumns, (line) => {
    const on = line.matching('on', day, 'a day')
    if (on < last) line.fail(`${on} comes after ${last}: the days must ascend`)
    last = on
    const kind = line.oneOf('kind', changeKinds)
    const intoKey = line.maybe('into_key')
    const needsInto = ['move', 'merge', 'split', 'establish'].includes(kind)
    if (needsInto !== (intoKey !== null)) line.fail(`a ${kind} ${needsInto ? 'needs' : 'cannot have'} an into_key`)
    return {
      on,
      kind,
      unitKey: line.filled('unit_key'),
      intoKey,
      codeOld: line.matching('code_old', code, 'six digits or empty') || null,
      codeNew: line.matching('code_new', code, 'six digits or empty') || null,
      nameOld: line.maybe('name_zh_old'),
      nameNew: {
        zh: line.filled('name_zh_new'),
        en: line.matching('name_en_new', asciiName, 'a name in plain letters'),
      },
      status: line.oneOf('status', statuses),
      sourceNote: line.text('source_note'),
    }
  })
}

/**
 * The tree as it stood on a day: the changes of that day have taken hold. Refuses a change that does not fit the tree it
 * meets (an unknown unit, another old name or code), so that the two files cannot drift apart.
 */
export function divisionsOn(on: string, divisions = readDivisions(), changes = readUnitChanges()): Division[] {
  const units = new Map(divisions.map((division) => [division.key, { ...division }]))
  for (const change of changes) {
    if (change.on > on) break
    applyChange(units, change)
  }
  return [...units.values()]
}

function applyChange(units: Map<string, Division>, change: UnitChange): void {
  const get = (key: string) => {
    const unit = units.get(key)
    if (unit === undefined) throw new Error(`change of ${change.on}: there is no unit ${key}`)
    return unit
  }
  const established = (key: string, parentKey: string | null): Division => {
    if (units.has(key)) throw new Error(`change of ${change.on}: there is a unit ${key} already`)
    const { codeNew, nameNew, status, sourceNote } = change
    const common = { code: codeNew, name: nameNew, status, note: sourceNote }
    return { key, parentKey, tier: 'county', isPoorCounty: false, ...common }
  }
  if (change.kind === 'establish') {
    units.set(change.unitKey, established(change.unitKey, get(change.intoKey!).key))
    return
  }
  const unit = get(change.unitKey)
  if (unit.name.zh !== change.nameOld || unit.code !== change.codeOld) {
    throw new Error(`change of ${change.on}: ${change.unitKey} is ${unit.code} ${unit.name.zh}, not ${change.nameOld}`)
  }
  if (change.kind === 'split') units.set(change.intoKey!, established(change.intoKey!, unit.parentKey))
  else if (change.kind === 'merge') {
    if (get(change.intoKey!) === unit) throw new Error(`change of ${change.on}: ${unit.key} merges into itself`)
    units.delete(unit.key)
  } else {
    unit.code = change.codeNew
    unit.name = change.nameNew
    if (change.kind === 'move') unit.parentKey = get(change.intoKey!).key
  }
}

export const poorCountyColumns = [
  'unit_key',
  'code',
  'province',
  'city',
  'county',
  'exit_year',
  'exit_year_evidence',
  'headcount_limit_percent',
  'code_2023',
  'name_2023',
] as const

/** The 832 counties of the list, each with the unit of the tree that it is and the year in which it left poverty. */
export function readPoorCounties(): PoorCounty[] {
  return readLines('poor-counties.csv', poorCountyColumns, (line) => ({
    unitKey: line.filled('unit_key'),
    code: line.matching('code', code, 'six digits or empty') || null,
    province: line.filled('province'),
    city: line.maybe('city'),
    name: line.filled('county'),
    exitYear: Number(line.oneOf('exit_year', ['2016', '2017', '2018', '2019', '2020'])),
    exitYearEvidence: line.oneOf('exit_year_evidence', ['listed', 'by-elimination', 'compiled-only', 'conflict']),
    headcountLimitPercent: line.number('headcount_limit_percent'),
    code2023: line.matching('code_2023', /^\d{6}$/, 'six digits'),
    name2023: line.filled('name_2023'),
  }))
}

/** How many counties left poverty, by province and year; the table's last line (合计) is checked and left out. */
export function readExitsByProvince(): ProvinceExits[] {
  const columns = ['province', ...exitYears.map(String), 'total']
  const sums = new Map<string, number>()
  const rows = readLines('county-exits-by-province.csv', columns, (line) => {
    const counts = exitYears.map((year) => [year, line.number(String(year))] as const)
    const total = line.number('total')
    if (counts.reduce((sum, [, count]) => sum + count, 0) !== total) line.fail('the years do not add up to the total')
    const province = line.filled('province')
    if (province === '合计') {
      for (const [year, count] of counts) if (sums.get(String(year)) !== count) line.fail(`${year} does not add up`)
    } else for (const [year, count] of counts) sums.set(String(year), (sums.get(String(year)) ?? 0) + count)
    return { province, byYear: Object.fromEntries(counts) as Record<ExitYear, number>, total }
  })
  return rows.filter((row) => row.province !== '合计')
}

/** Rural poverty of the nation under the standard of 2010: people in ten thousands, headcount in percent, the line in yuan. */
export function readNationalSeries(): NationalYear[] {
  const columns = ['year', 'poor_10k_persons', 'headcount_rate_pct', 'line_nominal_yuan', 'status']
  return readLines('national-rural-poverty.csv', columns, (line) => {
    const amount = line.matching('line_nominal_yuan', /^(about )?\d+$/, 'an amount')
    return {
      year: line.number('year'),
      poorTenThousands: line.number('poor_10k_persons'),
      headcountPercent: line.number('headcount_rate_pct'),
      lineYuan: Number(amount.replace('about ', '')),
      lineIsApproximate: amount.startsWith('about '),
      status: line.matching('status', /^[VPK]/, 'a status'),
    }
  })
}

/** The same by eastern, central and western region, for the years for which it was found. */
export function readRegionalSeries(): RegionalYear[] {
  const columns = ['year', 'region', 'poor_10k_persons', 'headcount_rate_pct']
  return readLines('regional-rural-poverty.csv', columns, (line) => ({
    year: line.number('year'),
    region: line.oneOf('region', ['东部', '中部', '西部']),
    poorTenThousands: line.number('poor_10k_persons'),
    headcountPercent: line.text('headcount_rate_pct') === '' ? null : line.number('headcount_rate_pct'),
  }))
}

/** The centre's special funds of a year. */
export interface CentralFunds {
  year: number
  fen: bigint
  status: Status
}

/**
 * Central special funds for poverty relief, year by year. The file's last lines are totals over several years as published; they do not
 * agree with the years (2013–2019 by ten billion yuan), and are left out here.
 */
export function readCentralFunds(): CentralFunds[] {
  const FEN_PER_HUNDREDTH = 100_000_000
  const lines = readLines('central-special-funds.csv', ['year', 'amount_100m_yuan', 'status'], (line) => ({
    span: line.matching('year', /^\d{4}(-\d{4})?$/, 'a year or a span of years'),
    fen: BigInt(Math.round(line.number('amount_100m_yuan') * 100) * FEN_PER_HUNDREDTH),
    status: line.oneOf('status', statuses),
  }))
  return lines.flatMap(({ span, ...rest }) => (span.includes('-') ? [] : [{ year: Number(span), ...rest }]))
}

/** A UUID (version 8) made from a key by SHA-256, so that a unit has the same id on every machine. */
export function stableUuid(key: string): string {
  const bytes = createHash('sha256').update(`zeren:${key}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
