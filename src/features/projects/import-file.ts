import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { FileDigest } from './import.ts'
import type { SheetHeader } from './import-read.ts'
import { type PlacedProblem, type RowProblem, tellProblem } from './import-problems.ts'
import { everyRow, fatesOf, pastProblem, readMajorNames, strayProblem } from './import-standing.ts'
import { findColumn, type ImportField } from './import-columns.ts'
import { lettersOf } from '#src/sheets/index.ts'
import type { State } from './state.ts'

const Which = z.object({ unit: UnitId, file: FileDigest })

export type KeptFile = {
  readonly id: string
  readonly name: string
  readonly bytes: string
  readonly sentOn: Day
  readonly by: Text
  readonly county: Text
  readonly sheets: readonly SheetHeader[]
  readonly ignored: readonly string[]
  readonly problems: readonly PlacedProblem[]
  readonly rows: number
  readonly incomplete: number
  /** The major projects that it may name. */
  readonly majors: readonly Text[]
}

/** A file that a county sent, or that there is none. */
export async function getFile({ db }: Pick<Reader, 'db'>, unit: string, file: string): Promise<KeptFile> {
  const { rows } = await sql<Omit<KeptFile, 'majors'>>`
    select f.id, f.file_name as name, f.file_bytes::text as bytes, f.on_day as "sentOn", f.sheets, f.ignored, f.problems,
           f.row_count as rows, f.incomplete_count as incomplete, json_build_object('zh', p.name_zh, 'en', p.name_en) as by,
           (select json_build_object('zh', u.name_zh, 'en', u.name_en) from unit_version u where u.unit_id = f.unit_id
             order by lower(u.valid_at) desc limit 1) as county
      from library_file f join person p on p.id = f.person_id where f.unit_id = ${unit} and f.sha256 = ${file}`.execute(
    db,
  )
  if (!rows[0]) throw new NotFound({ zh: '没有上传过这个文件。', en: 'No such file was sent.' })
  return { ...rows[0], majors: await readMajorNames(db) }
}

/** Every row with something wrong: what the file itself shows, and what its project does not allow any more. */
export const wrongRows = (unit: string, file: KeptFile, between = everyRow) => sql`
  select n, sheet, row_number, problems, null::text as code, null::text as state, null::text as major
    from library_file_row where file_id = ${file.id} and is_bad and n > ${between.after} and n <= ${between.until}
  union all
  select n, sheet, row_number, '[]'::jsonb, code, state, case fate when 'stray' then major_project end
    from (${fatesOf(unit, file.id, between)}) f where fate in ('past', 'stray')`

export type WrongRow = {
  readonly n: number
  readonly sheet: string
  readonly row: number
  readonly problems: readonly RowProblem[]
  readonly code: string | null
  readonly state: State | null
  /** The major project that it names and that there is not. */
  readonly major: string | null
}

/** What is wrong in a row, its project's standing included. */
export function problemsOf({ sheet, problems, code, state, major }: WrongRow, file: KeptFile): readonly RowProblem[] {
  const header = file.sheets.find((each) => each.name === sheet)?.header ?? []
  const columnFor = (field: ImportField) =>
    lettersOf(
      Math.max(
        0,
        header.findIndex((text) => text !== null && findColumn(text)?.field === field),
      ),
    )
  if (major !== null) return [...problems, strayProblem(major, columnFor('majorProject'), file.majors)]
  if (code === null || state === null) return problems
  return [...problems, pastProblem(code, state, columnFor('code'))]
}

/** What a file that was sent comes to: how many projects are new, changed or as they were, and whether it can be imported. */
export const libraryFile = ask({
  name: 'library.file',
  title: { zh: '已上传的项目库文件', en: 'A library file that was sent' },
  purpose: {
    zh: '文件中新增、变更、未变和有错误的项目各有多少；导入前先看。',
    en: 'How many projects of the file are new, changed, unchanged or wrong, before it is imported.',
  },
  access: 'seated',
  input: Which,
  async answer(reader, { unit, file: sha256 }) {
    const file = await getFile(reader, unit, sha256)
    const { rows } = await sql<{ fate: string; n: number }>`
      select fate, count(*)::int as n from (${fatesOf(unit, file.id)}) f group by fate`.execute(reader.db)
    const of = (fate: string) => rows.find((row) => row.fate === fate)?.n ?? 0
    const sound = rows.reduce((sum, { n }) => sum + n, 0)
    const wrong = file.rows - sound + of('past') + of('stray') + file.problems.length
    const thing = { unit, file: sha256 }
    const { can } = (await withAbilities(reader, 'library-file', [thing]))[0]!
    return {
      ...thing,
      county: { id: unit, name: file.county },
      name: file.name,
      bytes: file.bytes,
      sentOn: file.sentOn,
      by: file.by,
      rows: file.rows,
      made: of('new'),
      renewed: of('changed'),
      unchanged: of('unchanged'),
      incomplete: file.incomplete,
      wrong,
      ignored: file.ignored,
      can: wrong === 0 && file.rows > 0 ? can : [],
    }
  },
})

/** Every error of a file, by sheet, row and column, with what to do. */
export const libraryErrors = ask({
  name: 'library.errors',
  title: { zh: '项目库文件的错误', en: 'The errors of a library file' },
  purpose: {
    zh: '按工作表、行、列列出每处错误和改正办法。',
    en: 'Every error by sheet, row and column, and what to do about it.',
  },
  access: 'seated',
  input: Which.extend({
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, file: sha256, offset, limit }) {
    const file = await getFile(reader, unit, sha256)
    const ofFile = file.problems.slice(offset, offset + limit)
    const [counted, wrong] = await Promise.all([
      sql<{ n: number }>`
        select coalesce(sum(greatest(1, jsonb_array_length(problems))), 0)::int as n from (${wrongRows(unit, file)}) w`.execute(
        reader.db,
      ),
      sql<Omit<WrongRow, 'problems'> & { problem: RowProblem | null }>`
        select n, sheet, row_number as row, problem, code, state, major
          from (${wrongRows(unit, file)}) w
          left join lateral jsonb_array_elements(w.problems) with ordinality as each (problem, at) on true
         order by n, at limit ${limit - ofFile.length} offset ${Math.max(0, offset - file.problems.length)}`.execute(
        reader.db,
      ),
    ])
    const ofRows = wrong.rows.flatMap(({ problem, ...row }) =>
      problemsOf({ ...row, problems: problem ? [problem] : [] }, file).map((each) => ({
        ...each,
        sheet: row.sheet,
        row: row.row,
      })),
    )
    return {
      total: file.problems.length + (counted.rows[0]?.n ?? 0),
      errors: [...ofFile, ...ofRows].map(({ sheet, row, column, code, facts }) => ({
        sheet,
        row,
        column: column ?? null,
        code,
        ...tellProblem({ code, ...(facts && { facts }) }),
      })),
    }
  },
})
