import './tables.ts'
import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

/** What a unit may still dispose of, of a line, by the year of the books; a year in which it never had any is missing. */
export async function availableByYear(tx: Db | Tx, line: string, unit: string): Promise<ReadonlyMap<number, bigint>> {
  const rows = await tx
    .selectFrom('fund_account')
    .select(['year', 'balance'])
    .where('line_id', '=', line)
    .where('unit_id', '=', unit)
    .where('kind', '=', 'available')
    .execute()
  return new Map(rows.map((row) => [row.year, row.balance]))
}

/** The day of the last entry in what some units may dispose of, of a line in the books of all years or of one; null where there is none. */
export async function lastEntry(
  tx: Db | Tx,
  line: string,
  units: readonly string[],
  year: number | null = null,
): Promise<Day | null> {
  const { rows } = await sql<{ last: Day | null }>`
    select max(last_on) as last from fund_account
     where line_id = ${line} and unit_id = any (${units}::uuid[]) and kind = 'available' and (${year}::int is null or year = ${year}::int)`.execute(
    tx,
  )
  return rows[0]?.last ?? null
}

export type YearClose = { readonly unit: string; readonly year: number; readonly on: Day }

/** The books of some units that are closed for a year. */
export async function closedBooks(tx: Db | Tx, units: readonly string[], year: number): Promise<readonly YearClose[]> {
  const { rows } = await sql<YearClose>`
    select unit_id as unit, year, on_day as "on" from fund_year_close
     where unit_id = any (${units}::uuid[]) and year = ${year}`.execute(tx)
  return rows
}

/** The years that a unit has closed, each with the day on which it did. */
export async function closedYearsOf(tx: Db | Tx, unit: string): Promise<ReadonlyMap<number, Day>> {
  const rows = await tx
    .selectFrom('fund_year_close')
    .select(['year', 'on_day as on'])
    .where('unit_id', '=', unit)
    .execute()
  return new Map(rows.map((row) => [row.year, row.on]))
}
