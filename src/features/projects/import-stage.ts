import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import type { Day } from '#kernel/words.ts'
import { openBook, type SheetLimits } from '#src/sheets/index.ts'
import { importColumns } from './import-columns.ts'
import { readLibrary, type StagedRow } from './import-read.ts'
import { columns, type Field } from './draft.ts'

/** A file that somebody sent, where it lies meanwhile. */
type SentFile = {
  readonly unit: string
  readonly path: string
  readonly name: string
  readonly by: { readonly person: string; readonly unit: string; readonly post: string }
  readonly on: Day
}

type Options = {
  readonly limits?: SheetLimits
  /** Hears how many rows were read so far. */
  readonly heard?: (rows: number) => void
}

const BATCH_ROWS = 2_000

/** The column of a staged row that keeps a field: a major project as it is named there, all else as a project's version keeps it. */
const columnOfField = (field: string): string =>
  field === 'code' ? 'code' : field === 'majorProject' ? 'major_project' : columns[field as Field]

/** What a staged row says in the very columns in which a project's version says it. */
export const contentColumns = importColumns.flatMap(({ field }) =>
  field === 'code' || field === 'majorProject' ? [] : [columns[field]],
)

const digestOf = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes as Buffer)
  return hash.digest('hex')
}

/**
 * Reads a library file and keeps its rows where `library.import` will find them by the file's digest. It is no act: it changes nothing
 * of the programme. A file that this county sent before is not read again. Throws `SheetProblem` if it is no workbook.
 */
export async function stageLibrary(db: Db, file: SentFile, { limits, heard }: Options = {}): Promise<string> {
  const sha256 = await digestOf(file.path)
  if (await isStaged(db, file.unit, sha256)) return sha256
  const book = await openBook(file.path, limits)
  try {
    await db.transaction().execute(async (tx) => {
      const id = v7()
      let waiting: StagedRow[] = []
      const counts = { rows: 0, bad: 0, incomplete: 0 }
      const flush = async () => {
        await keepRows(tx, id, counts.rows - waiting.length + 1, waiting)
        waiting = []
        heard?.(counts.rows)
      }
      const read = await readLibrary(book, async (row) => {
        waiting.push(row)
        counts.rows++
        if (row.problems.length > 0) counts.bad++
        if (!row.isComplete) counts.incomplete++
        if (waiting.length >= BATCH_ROWS) await flush()
      })
      await flush()
      await sql`
        insert into library_file (id, unit_id, sha256, file_name, file_bytes, sheets, ignored, problems, row_count, bad_row_count,
                                  incomplete_count, person_id, seat_unit_id, seat_post, on_day)
        values (${id}, ${file.unit}, ${sha256}, ${file.name}, ${(await stat(file.path)).size}, ${JSON.stringify(read.sheets)},
                ${JSON.stringify(read.ignored)}, ${JSON.stringify(read.problems)}, ${counts.rows}, ${counts.bad},
                ${counts.incomplete}, ${file.by.person}, ${file.by.unit}, ${file.by.post}, ${file.on})`.execute(tx)
    })
  } catch (error) {
    // Somebody else sent the same file at the same moment: it is there.
    if ((error as { constraint?: string }).constraint !== 'library_file_once') throw error
  } finally {
    await book.close()
  }
  return sha256
}

async function isStaged(db: Db, unit: string, sha256: string): Promise<boolean> {
  const { rows } = await sql`select from library_file where unit_id = ${unit} and sha256 = ${sha256}`.execute(db)
  return rows.length > 0
}

const kept = sql.raw(importColumns.map(({ field }) => columnOfField(field)).join(', '))

async function keepRows(tx: Tx, file: string, from: number, rows: readonly StagedRow[]) {
  if (rows.length === 0) return
  const told = rows.map(({ sheet, row, cells, problems, values }, at) => ({
    n: from + at,
    sheet,
    row_number: row,
    cells,
    problems,
    says_major: 'majorProject' in values,
    ...Object.fromEntries(Object.entries(values).map(([field, value]) => [columnOfField(field), value])),
  }))
  await sql`
    insert into library_file_row (file_id, n, sheet, row_number, cells, problems, says_major, ${kept})
    select ${file}, n, sheet, row_number, cells, problems, says_major, ${kept}
      from jsonb_populate_recordset(null::library_file_row, ${JSON.stringify(told)}::jsonb)`.execute(tx)
}
