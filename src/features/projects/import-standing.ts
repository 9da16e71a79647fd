import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Text } from '#kernel/words.ts'
import type { RowProblem } from './import-problems.ts'
import { contentColumns } from './import-stage.ts'
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

/** Whether a row makes a project, renews one, says what stands already, comes too late, or names a major project that there is not. */
export type RowFate = 'new' | 'changed' | 'unchanged' | 'past' | 'stray'

const listed = (alias: string) => sql.raw(contentColumns.map((column) => `${alias}.${column}`).join(', '))

const majorsNow = sql`
  select v.major_project_id, v.name_zh, v.name_en from major_project_version v
   where not exists (select from major_project_version n where n.major_project_id = v.major_project_id and n.version > v.version)`

/** Rows of a file by their number, the first left out. */
export const everyRow = { after: 0, until: 2_147_483_647 }

/**
 * Every sound row of a file beside the project of its code, as both stand now. Compared column by column: a file that has no column for
 * the major project leaves it as it is.
 */
export const fatesOf = (unit: string, file: string, { after, until } = everyRow) => sql`
  with named as (
    select distinct on (said) lower(said) as said, w.major_project_id as id
      from (${majorsNow}) w cross join lateral unnest(array[w.name_zh, w.name_en, w.name_zh || ' ' || w.name_en]) said order by said)
  select r.n, r.sheet, r.row_number, r.code, p.id, v.version, m.id as major_project_id, r.major_project, s.ordinal, s.state,
         s.on_day as since,
         case when r.major_project is not null and g.id is null then 'stray'
              when p.id is null then 'new'
              when (m.id, ${listed('r')}) is not distinct from (v.major_project_id, ${listed('v')}) then 'unchanged'
              when s.state = any (${statesBefore('propose')}::text[]) then 'changed'
              else 'past' end as fate
    from library_file_row r
    left join project p on p.unit_id = ${unit} and p.code = r.code
    left join lateral (select * from project_version x where x.project_id = p.id order by x.version desc limit 1) v on true
    left join lateral (select * from project_step x where x.project_id = p.id order by x.ordinal desc limit 1) s on true
    left join named g on g.said = lower(r.major_project)
   cross join lateral (select case when r.says_major then g.id else v.major_project_id end as id) m
   where r.file_id = ${file} and not r.is_bad and r.n > ${after} and r.n <= ${until}`

/** The names of all major projects that a file may name. */
export async function readMajorNames(db: Db | Tx): Promise<readonly Text[]> {
  const { rows } = await sql<Text>`select name_zh as zh, name_en as en from (${majorsNow}) m order by 1`.execute(db)
  return rows
}

/** What is wrong with a row that names a major project which there is not. */
export const strayProblem = (major: string, column: string, names: readonly Text[]): RowProblem => ({
  code: 'unknown-major-project',
  column,
  facts: {
    value: major,
    choices:
      names.length === 0
        ? { zh: '（目前没有）', en: '(there is none yet)' }
        : { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') },
  },
})

/** What is wrong with a row whose project is past its proposal. */
export const pastProblem = (code: string, state: State, column: string): RowProblem => ({
  code: 'further-on',
  column,
  facts: { value: code, state: standings[state].name },
})
