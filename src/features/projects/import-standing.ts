import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import { importColumns } from './import-columns.ts'
import type { RowProblem } from './import-problems.ts'
import { columnOfField } from './import-stage.ts'
import { type State, standings, statesBefore } from './state.ts'

/** A library file as it was kept. */
export type LibraryFile = {
  readonly id: string
  readonly sha256: string
  readonly name: string
  readonly bytes: bigint
  readonly rows: number
  readonly badRows: number
  readonly incomplete: number
  readonly fileProblems: number
}

export async function findFile(tx: Tx, unit: string, sha256: string): Promise<LibraryFile | undefined> {
  const { rows } = await sql<LibraryFile>`
    select id, sha256, file_name as name, file_bytes as bytes, row_count as rows, bad_row_count as "badRows",
           incomplete_count as incomplete, jsonb_array_length(problems) as "fileProblems"
      from library_file where unit_id = ${unit} and sha256 = ${sha256}`.execute(tx)
  return rows[0]
}

/** Whether a row makes a project, renews one, says what stands already, or comes too late. */
export type RowFate = 'new' | 'changed' | 'unchanged' | 'past'

const fields = importColumns.map(({ field }) => columnOfField(field)).filter((column) => column !== 'code')
const listed = (alias: string) => sql.raw(fields.map((column) => `${alias}.${column}`).join(', '))

/** Rows of a file by their number, the first left out. */
export const everyRow = { after: 0, until: 2_147_483_647 }

/**
 * Every sound row of a file beside the project of its code, as both stand now. Compared column by column: an import that says nothing
 * of the major project leaves it as it is.
 */
export const fatesOf = (unit: string, file: string, { after, until } = everyRow) => sql`
  select r.n, r.sheet, r.row_number, r.code, p.id, v.version, v.major_project_id, s.ordinal, s.state, s.on_day as since,
         case when p.id is null then 'new'
              when (${listed('r')}) is not distinct from (${listed('v')}) then 'unchanged'
              when s.state = any (${statesBefore('propose')}::text[]) then 'changed'
              else 'past' end as fate
    from library_file_row r
    left join project p on p.unit_id = ${unit} and p.code = r.code
    left join lateral (select * from project_version x where x.project_id = p.id order by x.version desc limit 1) v on true
    left join lateral (select * from project_step x where x.project_id = p.id order by x.ordinal desc limit 1) s on true
   where r.file_id = ${file} and not r.is_bad and r.n > ${after} and r.n <= ${until}`

/** What is wrong with a row whose project is past its proposal. */
export const pastProblem = (code: string, state: State, column: string): RowProblem => ({
  code: 'further-on',
  column,
  facts: { value: code, state: standings[state].name },
})
