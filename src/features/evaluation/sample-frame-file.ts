import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import type { SheetError, SheetRow } from './sample-sheets.ts'
import { sheetRows } from './sample-sheets.ts'

/** The counties of a frame as `evaluation.design` takes them, and what is wrong with the file. */
type FrameFile = {
  readonly counties: readonly FramePlace[]
  readonly villages: number
  readonly errors: readonly SheetError[]
}
type FramePlace = {
  readonly unit: string
  readonly villages: { readonly name: string; readonly stratum: string; readonly households: number }[]
  ruralPersons?: number
  poorPersons?: number
  exitedPersons?: number
}

const headers = {
  county: ['县代码', 'County code'],
  village: ['村', 'Village'],
  stratum: ['层', 'Stratum'],
  households: ['户数', 'Households'],
  ruralPersons: ['农村人口', 'Rural population'],
  poorPersons: ['剩余贫困人口', 'Still poor'],
  exitedPersons: ['已脱贫人口', 'Exited'],
} as const
type Key = keyof typeof headers
const keys = Object.keys(headers) as Key[]
const totals = ['ruralPersons', 'poorPersons', 'exitedPersons'] as const

const LABEL_MAX = { village: 80, stratum: 40 }
const HOUSEHOLDS_MAX = 9999

/**
 * A list of villages with their households, a row for each: counties by their codes, a county's totals in any of its rows.
 * Nothing is written; what is wrong is told by sheet, row and column.
 */
export async function checkFrameFile({ db, on }: Reader, file: Uint8Array): Promise<FrameFile> {
  const { rows } = await sql<{ code: string; unit: string }>`
    select code, unit_id as unit from unit_version where code is not null and valid_at @> ${on}::date`.execute(db)
  const reading = new FrameReading(new Map(rows.map(({ code, unit }) => [code, unit])))
  for await (const row of sheetRows(file)) reading.take(row)
  return reading.told()
}

class FrameReading {
  readonly #units: ReadonlyMap<string, string>
  readonly #counties = new Map<string, FramePlace>()
  readonly #errors: SheetError[] = []
  #columns = new Map<Key, { at: number; letters: string }>()
  #sheet: string | undefined

  constructor(units: ReadonlyMap<string, string>) {
    this.#units = units
  }

  told(): FrameFile {
    const counties = [...this.#counties.values()]
    return { counties, villages: counties.reduce((sum, each) => sum + each.villages.length, 0), errors: this.#errors }
  }

  take(row: SheetRow) {
    if (this.#sheet !== row.sheet) return this.#header(row)
    if (!this.#isReadable) return
    const before = this.#errors.length
    const code = this.#text(row, 'county')
    const unit = this.#units.get(code)
    if (unit === undefined)
      this.#wrong(
        row,
        'county',
        { zh: `没有代码为“${code}”的单位`, en: `No unit has the code «${code}»` },
        {
          zh: '填写六位行政区划代码。',
          en: 'Enter the six digits of its division code.',
        },
      )
    const name = this.#label(row, 'village')
    const households = this.#count(row, 'households', 1, HOUSEHOLDS_MAX)
    const stratum = this.#text(row, 'stratum') === '' ? 'all' : this.#label(row, 'stratum')
    const known = totals.flatMap((key) =>
      this.#text(row, key) === '' ? [] : [[key, this.#count(row, key, 0, 2_000_000_000)] as const],
    )
    if (unit === undefined || households === undefined || this.#errors.length > before) return
    const county = this.#counties.get(unit) ?? { unit, villages: [] }
    this.#counties.set(unit, county)
    county.villages.push({ name, stratum, households })
    for (const [key, value] of known) if (value !== undefined) county[key] ??= value
  }

  get #isReadable() {
    return this.#columns.has('county') && this.#columns.has('village') && this.#columns.has('households')
  }

  #header(row: SheetRow) {
    this.#sheet = row.sheet
    this.#columns = new Map(
      keys.flatMap((key) => {
        const cell = row.cells.find((each) =>
          headers[key].some((word) => word.toLowerCase() === each.text.trim().toLowerCase()),
        )
        return cell ? [[key, { at: cell.at, letters: cell.column }] as const] : []
      }),
    )
    if (!this.#isReadable)
      this.#errors.push({
        sheet: row.sheet,
        row: row.number,
        column: 'A',
        problem: {
          zh: '第一行缺“县代码”“村”或“户数”列',
          en: 'The first row lacks «County code», «Village» or «Households»',
        },
        remedy: { zh: '在第一行写明各列。', en: 'Name the columns in the first row.' },
      })
  }

  #text(row: SheetRow, key: Key): string {
    const at = this.#columns.get(key)?.at
    const cell = row.cells.find((each) => each.at === at)
    return cell === undefined || cell.kind === 'formula' || cell.kind === 'error' ? '' : cell.text.trim()
  }

  #label(row: SheetRow, key: 'village' | 'stratum'): string {
    const text = this.#text(row, key)
    if (text === '' || text.length > LABEL_MAX[key] || /[\n\r]/.test(text))
      this.#wrong(
        row,
        key,
        { zh: '没有填、是公式，或太长', en: 'It is empty, a formula, or too long' },
        { zh: '填写名称。', en: 'Enter the name.' },
      )
    return text
  }

  #count(row: SheetRow, key: Key, min: number, max: number): number | undefined {
    const text = this.#text(row, key)
    const value = Number(text)
    if (/^\d{1,10}$/.test(text) && value >= min && value <= max) return value
    this.#wrong(
      row,
      key,
      { zh: `“${text}”不是 ${min} 到 ${max} 的整数`, en: `«${text}» is no whole number from ${min} to ${max}` },
      {
        zh: '填写整数；公式不读。',
        en: 'Enter a whole number; formulas are not read.',
      },
    )
    return undefined
  }

  #wrong(row: SheetRow, key: Key, problem: Text, remedy: Text) {
    this.#errors.push({
      sheet: row.sheet,
      row: row.number,
      column: this.#columns.get(key)?.letters ?? '',
      problem,
      remedy,
    })
  }
}
