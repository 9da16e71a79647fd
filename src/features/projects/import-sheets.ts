import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Db } from '#kernel/db.ts'
import type { Text } from '#kernel/words.ts'
import { columnOf, type Column, writeBook, writeSheet, type Written } from '#src/sheets/index.ts'
import { errorsHeader, headerOf, type ImportColumn, importColumns, libraryFields } from './import-columns.ts'
import { getFile, type KeptFile, problemsOf, wrongRows, type WrongRow } from './import-file.ts'
import { type RowProblem, tellProblem } from './import-problems.ts'
import { readMajorNames } from './import-standing.ts'

/** An empty library file with lists to choose from, and a second sheet that says what each column is for. */
export async function libraryTemplate(db: Db): Promise<Uint8Array> {
  const majors = await readMajorNames(db)
  const allowed = (column: ImportColumn): readonly Text[] =>
    column.field === 'majorProject' ? majors : Object.values(column.choices ?? {})
  const columns = importColumns.map((column): Column => {
    const choices = listable(allowed(column).map(({ zh }) => zh))
    return {
      header: headerOf(column),
      width: column.width,
      hint: `${column.hint.zh}\n${column.hint.en}`,
      ...(choices.length > 0 && { choices }),
      // An id typed into a cell for text keeps all of its digits.
      ...(column.kind !== 'count' && { format: column.kind === 'amount' ? '#,##0.00' : '@' }),
    }
  })
  const guide: readonly Column[] = [
    { header: '列 Column', width: 40 },
    { header: '是否必填 Needed', width: 34 },
    { header: '说明', width: 50 },
    { header: 'What it is', width: 60 },
    { header: '可填内容 Allowed values', width: 80 },
  ]
  return writeBook([
    { name: '项目 Projects', columns, rows: [] },
    { name: '说明 Guide', columns: guide, rows: importColumns.map((column) => explained(column, allowed(column))) },
  ])
}

/** What a cell's list can hold: a workbook keeps it in one text of so many characters, parted by commas. */
const LIST_CHARACTERS_MAX = 255
const listable = (choices: readonly string[]) =>
  choices.join(',').length <= LIST_CHARACTERS_MAX && !choices.some((choice) => choice.includes(',')) ? choices : []

const explained = (column: ImportColumn, allowed: readonly Text[]): Written[] => [
  headerOf(column),
  column.isNeeded
    ? '申报必填 to be proposed'
    : libraryFields.has(column.field)
      ? '入库必填 to enter the library'
      : '选填 optional',
  column.hint.zh,
  column.hint.en,
  allowed.map(({ zh, en }) => `${zh} ${en}`).join('；'),
]

const ROWS_AT_ONCE = 2_000
/** A gap this long is not kept; the rows behind it move up. */
const GAP_ROWS_MAX = 1_000

/** The rows of a file as they were sent, with what is wrong in a column of its own and the cells in question coloured. */
export async function markedLibrary(reader: Reader, unit: string, sha256: string): Promise<Readable> {
  const file = await getFile(reader, unit, sha256)
  const [sheet] = file.sheets
  const width = Math.max(1, ...file.sheets.map(({ header }) => header.length))
  const own = sheet?.header.indexOf(errorsHeader) ?? -1
  const errorsAt = own === -1 ? width : own
  const columns = Array.from({ length: Math.max(width, errorsAt + 1) }, (_, at): Column => ({
    header: at === errorsAt ? errorsHeader : (sheet?.header[at] ?? ''),
    width: at === errorsAt ? 60 : 18,
  }))
  let marked: readonly number[] = []
  async function* rows() {
    for await (const row of rowsOf(reader, unit, file, errorsAt)) {
      marked = row.marked
      yield row.cells
    }
  }
  return writeSheet(rows(), columns, { name: (sheet?.name ?? '项目').slice(0, 31), marked: () => marked })
}

type Marked = { readonly cells: readonly Written[]; readonly marked: readonly number[] }
type Kept = WrongRow & { readonly cells: readonly (string | number | null)[]; readonly at: number }

async function* rowsOf(reader: Reader, unit: string, file: KeptFile, errorsAt: number): AsyncGenerator<Marked> {
  const [first] = file.sheets
  const untold = [...file.problems]
  let line = 1
  for (let after = 0; ; after += ROWS_AT_ONCE) {
    const between = { after, until: after + ROWS_AT_ONCE }
    const { rows } = await sql<Kept>`
      select r.n as at, r.sheet, r.row_number as row, r.cells, coalesce(w.problems, '[]') as problems, w.code, w.state, w.major
        from library_file_row r left join (${wrongRows(unit, file, between)}) w on w.n = r.n
       where r.file_id = ${file.id} and r.n > ${after} and r.n <= ${between.until} order by r.n`.execute(reader.db)
    for (const row of rows) {
      // A row keeps its number, so that what was told by row can be found.
      if (row.sheet === first?.name)
        for (let gap = row.row - line - 1; gap > 0 && gap <= GAP_ROWS_MAX; gap--, line++)
          yield { cells: [], marked: [] }
      const ofFile = takeFor(untold, row)
      line++
      yield markedRow(row, [...problemsOf(row, file), ...ofFile], errorsAt)
    }
    if (rows.length < ROWS_AT_ONCE) break
  }
  for (const problem of untold) yield markedRow({ cells: [] }, [problem], errorsAt)
}

/** Problems of the file that lie in this row, such as merged cells. */
function takeFor(untold: (RowProblem & { sheet: string; row: number })[], { sheet, row }: Kept): RowProblem[] {
  const here = untold.filter((each) => each.sheet === sheet && each.row === row)
  for (const each of here) untold.splice(untold.indexOf(each), 1)
  return here
}

function markedRow({ cells }: Pick<Kept, 'cells'>, problems: readonly RowProblem[], errorsAt: number): Marked {
  const told = problems.map((problem) => {
    const { sentence, remedy } = tellProblem(problem)
    return `${problem.column ? `[${problem.column}] ` : ''}${sentence.zh}${remedy.zh} ${sentence.en} ${remedy.en}`
  })
  const given: Written[] = Array.from({ length: Math.max(cells.length, errorsAt + 1) }, (_, at) => cells[at] ?? null)
  given[errorsAt] = told.length > 0 ? told.join('\n') : null
  const marked = problems.flatMap(({ column }) => (column === undefined ? [] : [columnOf(column) ?? errorsAt]))
  return { cells: given, marked: told.length > 0 ? [...marked, errorsAt] : [] }
}
