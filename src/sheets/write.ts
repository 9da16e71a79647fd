import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { type CellStyle, type DataValidation, writeXlsx, writeXlsxStream } from 'hucre/xlsx'
import { lettersOf } from './columns.ts'

/** A cell to write. Text stays text: an id of 18 digits keeps them all, and what begins with `=` is no formula. */
export type Written = string | number | boolean | Date | null

export type Column = {
  readonly header: string
  /** In characters; a Chinese character takes two. */
  readonly width?: number
  /** How numbers and days are shown, such as `#,##0.00`. */
  readonly format?: string
  /** Those that a cell may be chosen from. */
  readonly choices?: readonly string[]
  /** A word that appears when the cell is entered. */
  readonly hint?: string
}

export type WriteOptions = {
  /** The sheet's name: at most 31 characters. */
  readonly name: string
  /** Columns, counted from 0, that are coloured in a row, because something is wrong there. */
  readonly marked?: (row: number) => readonly number[]
}

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

const HEADER: CellStyle = {
  font: { bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFE8EEF7' } },
  alignment: { wrapText: true, vertical: 'top' },
}
const MARKED: CellStyle = { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: 'FFFFC7CE' } } }

/**
 * Writes one sheet with a frozen header, row by row as it is read from: a book of a million rows takes no more memory than one of ten.
 */
export function writeSheet(
  rows: AsyncIterable<readonly Written[]> | Iterable<readonly Written[]>,
  columns: readonly Column[],
  { name, marked }: WriteOptions,
): Readable {
  // The writer asks for a column's style at every cell: so one row's cell can have another than the column's.
  let inRow: readonly number[] | 'header' = 'header'
  const styled = columns.map(({ header, width, format }, at) => ({
    header,
    ...(width !== undefined && { width }),
    get style(): CellStyle | undefined {
      if (inRow === 'header') return HEADER
      const mark = inRow.includes(at) ? MARKED : undefined
      return format === undefined ? mark : { ...mark, numFmt: format }
    },
  }))
  async function* told() {
    let row = 0
    for await (const each of rows) {
      inRow = marked?.(row++) ?? []
      yield [...each]
    }
  }
  const stream = writeXlsxStream(told(), {
    name,
    columns: styled as NonNullable<Parameters<typeof writeXlsxStream>[1]['columns']>,
    freezePane: { rows: 1 },
  })
  return Readable.fromWeb(stream as ReadableStream<Uint8Array>)
}

export type Sheet = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly Written[])[]
}

const LISTED_ROWS_MAX = 100_001

/** Writes a small book of several sheets, with lists to choose from and words of help. */
export function writeBook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  return writeXlsx({
    sheets: sheets.map(({ name, columns, rows }) => ({
      name,
      columns: columns.map(({ width, format }) => ({
        ...(width !== undefined && { width }),
        ...(format !== undefined && { numFmt: format }),
      })),
      rows: [columns.map(({ header }) => header), ...rows.map((row) => [...row])],
      cells: new Map(columns.map(({ header }, at) => [`0,${at}`, { value: header, style: HEADER }])),
      freezePane: { rows: 1 },
      dataValidations: columns.flatMap(validationOf),
    })),
  })
}

function validationOf({ choices, hint, header }: Column, at: number): DataValidation[] {
  if (!choices && hint === undefined) return []
  const column = lettersOf(at)
  return [
    {
      type: choices ? 'list' : 'textLength',
      range: `${column}2:${column}${LISTED_ROWS_MAX}`,
      allowBlank: true,
      ...(choices ? { values: [...choices] } : { operator: 'greaterThanOrEqual', formula1: '0' }),
      ...(hint !== undefined && {
        showInputMessage: true,
        inputTitle: header.slice(0, 32),
        inputMessage: hint.slice(0, 255),
      }),
      errorStyle: 'stop',
      showErrorMessage: choices !== undefined,
    },
  ]
}
