import { serialToDate } from 'hucre'
import type { Archive } from './archive.ts'
import { columnOf, lettersOf } from './columns.ts'
import type { SheetLimits } from './limits.ts'
import { attribute, BadMarkup, Markup, unescaped } from './markup.ts'
import { SheetProblem } from './problems.ts'
import type { Shared } from './shared.ts'

/**
 * A cell as its author left it. A day is told as `YYYY-MM-DD`; a formula is told as such, with the text that stood there when it was
 * last computed, which nobody vouches for.
 */
export type Cell = {
  readonly kind: 'text' | 'number' | 'day' | 'yes-no' | 'error' | 'formula'
  /** Counted from 0, and in letters. */
  readonly at: number
  readonly column: string
  readonly text: string
  /** It was typed as a number of more digits than a spreadsheet keeps: the last ones are gone. */
  readonly hasLostDigits?: true
}

export type Row = {
  readonly sheet: string
  /** As the spreadsheet counts: from 1. */
  readonly number: number
  readonly cells: readonly Cell[]
  readonly isHidden: boolean
}

/** What a sheet's part is read with. */
type Reading = {
  readonly archive: Archive
  readonly part: string
  readonly sheet: string
  readonly shared: Shared
  readonly days: ReadonlySet<number>
  readonly is1904: boolean
  readonly limits: SheetLimits
  readonly merged: string[]
  readonly counted: { cells: number }
}

/** A sheet's rows as they come out of the archive; whoever stops asking stops the unpacking. */
export async function* readRows(reading: Reading): AsyncGenerator<Row> {
  await reading.shared.load()
  reading.merged.length = 0
  let ready: Row[] = []
  const markup = new Markup(new RowListener(reading, (row) => ready.push(row)))
  try {
    for await (const piece of reading.archive.texts(reading.part)) {
      markup.push(piece)
      yield* ready
      ready = []
    }
    markup.end()
  } catch (error) {
    throw error instanceof BadMarkup ? new SheetProblem('damaged', { part: reading.part }) : error
  }
}

/** More letters than a cell of a spreadsheet can hold. */
const CELL_CHARACTERS_MAX = 40_000
const COLUMNS_MAX = 16_384

class RowListener {
  readonly #reading: Reading
  readonly #give: (row: Row) => void
  #row = { number: 0, isHidden: false, cells: [] as Cell[] }
  #next = 0
  #cell = { at: 0, type: '', style: -1, value: '', formula: '', hasFormula: false }
  #isInCell = false
  #in: '' | 'value' | 'formula' | 'inline' = ''
  #isPhonetic = false

  constructor(reading: Reading, give: (row: Row) => void) {
    this.#reading = reading
    this.#give = give
  }

  open(name: string, attributes: string) {
    switch (name) {
      case 'row':
        this.#row = {
          number: Number(attribute(attributes, 'r') ?? this.#row.number + 1),
          isHidden: /^(1|true)$/.test(attribute(attributes, 'hidden') ?? ''),
          cells: [],
        }
        this.#next = 0
        return
      case 'c':
        return this.#openCell(attributes)
      case 'v':
        if (this.#isInCell) this.#in = 'value'
        return
      case 'f':
        if (!this.#isInCell) return
        this.#in = 'formula'
        this.#cell.hasFormula = true
        return
      case 'rPh':
        this.#isPhonetic = true
        return
      case 't':
        if (this.#isInCell && !this.#isPhonetic) this.#in = 'inline'
        return
      case 'mergeCell':
        this.#reading.merged.push(attribute(attributes, 'ref') ?? '')
    }
  }

  #openCell(attributes: string) {
    const at = columnOf(attribute(attributes, 'r') ?? '') ?? this.#next
    if (at >= COLUMNS_MAX) throw new BadMarkup()
    this.#next = at + 1
    this.#isInCell = true
    this.#cell = {
      at,
      type: attribute(attributes, 't') ?? 'n',
      style: Number(attribute(attributes, 's') ?? -1),
      value: '',
      formula: '',
      hasFormula: false,
    }
  }

  text(text: string) {
    if (this.#in === '') return
    if (this.#in === 'formula') this.#cell.formula += text
    else this.#cell.value += text
    if (this.#cell.value.length > CELL_CHARACTERS_MAX || this.#cell.formula.length > CELL_CHARACTERS_MAX)
      throw new BadMarkup()
  }

  close(name: string) {
    switch (name) {
      case 'v':
      case 'f':
      case 't':
        this.#in = ''
        return
      case 'rPh':
        this.#isPhonetic = false
        return
      case 'c': {
        this.#isInCell = false
        const cell = this.#read()
        if (cell) this.#row.cells.push(cell)
        return
      }
      case 'row':
        if (this.#row.cells.length > 0) this.#give({ sheet: this.#reading.sheet, ...this.#row })
    }
  }

  #read(): Cell | undefined {
    const { at, type, style, value, hasFormula } = this.#cell
    if (value === '' && !hasFormula) return undefined
    const { counted, limits, shared, days, is1904 } = this.#reading
    if (++counted.cells > limits.cellsMax) throw new SheetProblem('too-many-cells', { limit: limits.cellsMax })
    const place = { at, column: lettersOf(at) }
    const text = type === 's' ? shared.text(Number(value)) : unescaped(value)
    if (hasFormula) return { kind: 'formula', ...place, text }
    if (type === 's' || type === 'str' || type === 'inlineStr')
      return text.trim() === '' ? undefined : { kind: 'text', ...place, text }
    if (type === 'b') return { kind: 'yes-no', ...place, text: value === '1' ? 'true' : 'false' }
    if (type === 'e') return { kind: 'error', ...place, text }
    if (type === 'd') return { kind: 'day', ...place, text: value.slice(0, 10) }
    return ofNumber(value, place, days.has(style), is1904)
  }
}

const DAY_SERIAL_MAX = 2_958_465
/** A spreadsheet keeps 15 digits of a number. */
const WHOLE_MAX = 999_999_999_999_999

function ofNumber(value: string, place: Pick<Cell, 'at' | 'column'>, isDay: boolean, is1904: boolean): Cell {
  const number = Number(value)
  if (!Number.isFinite(number)) throw new BadMarkup()
  if (isDay && number >= 0 && number <= DAY_SERIAL_MAX)
    return { kind: 'day', ...place, text: serialToDate(number, is1904).toISOString().slice(0, 10) }
  const hasLostDigits = Math.abs(number) > WHOLE_MAX
  // Told in full digits: 1.5E+7 is what no person typed.
  const text = hasLostDigits ? BigInt(Math.round(number)).toString() : plain(number)
  return { kind: 'number', ...place, text, ...(hasLostDigits && { hasLostDigits }) }
}

/** At most 15 digits, as the spreadsheet shows them: what is behind is the noise of binary fractions. */
function plain(number: number): string {
  const text = String(Number(number.toPrecision(15)))
  return text.includes('e') ? Number(text).toFixed(20).replace(/0+$/, '') : text
}
