import { type Book, type Cell, columnOf, lettersOf, type Row } from '#src/sheets/index.ts'
import { errorsHeader, findColumn, type ImportColumn, importColumns, libraryFields } from './import-columns.ts'
import type { PlacedProblem, RowProblem } from './import-problems.ts'
import { readCell } from './import-values.ts'

const HEADER_ROW_MAX = 10
const CELLS_KEPT_MAX = 60
const MERGES_TOLD_MAX = 1_000

/** One project as a row of the file tells it, with what is wrong there and what stood in its cells. */
export type StagedRow = {
  readonly sheet: string
  readonly row: number
  readonly cells: readonly (string | number | null)[]
  readonly problems: readonly RowProblem[]
  readonly values: Readonly<Record<string, string | null>>
  readonly isComplete: boolean
}

export type SheetHeader = { readonly name: string; readonly row: number; readonly header: readonly (string | null)[] }

/** What is known of the file as a whole, when all its rows were read. */
export type ReadFile = {
  readonly sheets: readonly SheetHeader[]
  /** Sheets without a header of ours: read over, and told. */
  readonly ignored: readonly string[]
  readonly problems: readonly PlacedProblem[]
}

type Header = SheetHeader & { readonly columns: ReadonlyMap<number, ImportColumn> }

/** Reads a book row by row, gives each row of a project to `keep`, and tells what concerns the file as a whole. */
export async function readLibrary(book: Book, keep: (row: StagedRow) => Promise<void> | void): Promise<ReadFile> {
  const sheets: SheetHeader[] = []
  const ignored: string[] = []
  const problems: PlacedProblem[] = []
  const codes = new Map<string, { sheet: string; row: number }>()
  for (const sheet of book.sheets) {
    let header: Header | undefined
    if (!sheet.isHidden)
      for await (const row of sheet.rows()) {
        if (header) {
          const staged = stage(row, header, codes)
          if (staged) await keep(staged)
        } else if (row.number > HEADER_ROW_MAX) break
        else header = findHeader(row, problems)
      }
    if (!header) {
      ignored.push(sheet.name)
      continue
    }
    sheets.push({ name: header.name, row: header.row, header: header.header })
    problems.push(...mergedIn(header, sheet.merged()))
  }
  const [first] = book.sheets
  if (sheets.length === 0) problems.push({ code: 'no-header', sheet: first?.name ?? '', row: 1 })
  return { sheets, ignored, problems }
}

/** A row that names a code and a name is the header. */
function findHeader({ sheet, number, cells }: Row, problems: PlacedProblem[]): Header | undefined {
  const columns = new Map<number, ImportColumn>()
  const twice: PlacedProblem[] = []
  for (const cell of cells) {
    const column = cell.kind === 'text' ? findColumn(cell.text) : undefined
    if (!column) continue
    if ([...columns.values()].includes(column))
      twice.push({ code: 'column-twice', sheet, row: number, column: cell.column, facts: { field: column.name } })
    else columns.set(cell.at, column)
  }
  const found = new Set([...columns.values()].map(({ field }) => field))
  if (!found.has('code') || !found.has('name')) return undefined
  const lacking = importColumns
    .filter(({ field, mayLack }) => !found.has(field) && !mayLack)
    .map(({ name }): PlacedProblem => ({ code: 'column-missing', sheet, row: number, facts: { field: name } }))
  problems.push(...twice, ...lacking)
  return {
    name: sheet,
    row: number,
    columns,
    header: laidOut(cells).map((each) => (each === null ? null : String(each))),
  }
}

/** What stood in the cells, in order, to be given back with the errors marked. */
function laidOut(cells: readonly Cell[]): (string | number | null)[] {
  const kept = cells.filter((cell) => cell.at < CELLS_KEPT_MAX)
  const row = Array.from<string | number | null>({ length: Math.max(0, ...kept.map((cell) => cell.at + 1)) }).fill(null)
  for (const { at, kind, text, hasLostDigits } of kept)
    row[at] = kind === 'number' && !hasLostDigits ? Number(text) : text.replaceAll('\0', '').toWellFormed()
  return row
}

function stage(row: Row, { columns, header }: Header, codes: Map<string, { sheet: string; row: number }>) {
  const cells = new Map(row.cells.filter(isSaid).map((cell) => [cell.at, cell]))
  const own = header.indexOf(errorsHeader)
  if (![...cells.keys()].some((at) => at !== own)) return undefined
  const problems: RowProblem[] = row.isHidden ? [{ code: 'hidden-row' }] : []
  const values: Record<string, string | null> = {}
  for (const [at, column] of columns) {
    const read = readCell(column, cells.get(at), lettersAt(row, at))
    if ('problem' in read) problems.push(read.problem)
    values[column.field] = 'value' in read ? read.value : null
  }
  problems.push(...orderOfDays(values, columns), ...codeTwice(values, columns, row, codes))
  // What could not be read is told as wrong; it does not lack anything besides.
  const isComplete = problems.length > 0 || [...libraryFields].every((field) => (values[field] ?? null) !== null)
  return { sheet: row.sheet, row: row.number, cells: laidOut(row.cells), problems, values, isComplete }
}

const isSaid = ({ text, kind }: Cell) => kind === 'formula' || text.trim() !== ''

const lettersAt = (row: Row, at: number) => row.cells.find((cell) => cell.at === at)?.column ?? lettersOf(at)

function orderOfDays({ startsOn, endsOn }: Values, columns: Header['columns']): RowProblem[] {
  if (!startsOn || !endsOn || startsOn <= endsOn) return []
  return [{ code: 'ends-before-start', column: columnFor(columns, 'endsOn'), facts: { start: startsOn, end: endsOn } }]
}

function codeTwice({ code }: Values, columns: Header['columns'], { sheet, number }: Row, codes: Codes): RowProblem[] {
  if (!code) return []
  const before = codes.get(code)
  if (before) return [{ code: 'code-twice', column: columnFor(columns, 'code'), facts: { value: code, ...before } }]
  codes.set(code, { sheet, row: number })
  return []
}

type Values = Readonly<Record<string, string | null>>
type Codes = Map<string, { sheet: string; row: number }>

const columnFor = (columns: Header['columns'], field: string) =>
  lettersOf([...columns].find(([, column]) => column.field === field)?.[0] ?? 0)

/** Merged cells among the projects; a title above the header may be as wide as it likes. */
function mergedIn({ name, row, columns }: Header, ranges: readonly string[]): PlacedProblem[] {
  const found = ranges.flatMap((range): PlacedProblem[] => {
    const [, from, top, to, bottom] = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(range) ?? []
    if (from === undefined || to === undefined || Number(bottom) <= row) return []
    const [left, right] = [columnOf(from) ?? 0, columnOf(to) ?? 0]
    if (![...columns.keys()].some((at) => at >= left && at <= right)) return []
    return [{ code: 'merged', sheet: name, row: Math.max(Number(top), row), column: from, facts: { range } }]
  })
  return found.slice(0, MERGES_TOLD_MAX)
}
