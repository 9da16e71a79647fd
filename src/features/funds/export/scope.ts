import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

/** Which part of the books: a unit with all that lies below it, the books of one year; without either, the whole. */
export type Scope = { readonly on: Day; readonly unit?: string | undefined; readonly year?: number | undefined }

/** Whether a unit is the one asked for or was last known below it. */
export const unitsWithin = ({ on, unit }: Scope, column: ReturnType<typeof sql>) => sql`
  (${unit ?? null}::uuid is null or ${column} in (
    select unit_id from (select distinct on (unit_id) unit_id, lineage from unit_version
                          where lower(valid_at) <= ${on} order by unit_id, lower(valid_at) desc) u
     where ${unit ?? null}::uuid = any (u.lineage)))`

const ROWS_AT_ONCE = 2_000

/** The rows of a query in their order, some thousands in memory at a time. */
export async function* cursor<Row>(db: Db, name: string, query: ReturnType<typeof sql>): AsyncGenerator<Row> {
  const id = sql.raw(`export_${name}`)
  await sql`declare ${id} no scroll cursor for ${query}`.execute(db)
  try {
    for (;;) {
      const { rows } = await sql<Row>`fetch ${sql.raw(String(ROWS_AT_ONCE))} from ${id}`.execute(db)
      yield* rows
      if (rows.length < ROWS_AT_ONCE) return
    }
  } finally {
    await sql`close ${id}`.execute(db)
  }
}
