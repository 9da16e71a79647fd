import { sql } from 'kysely'
import { z } from 'zod'
import type { Day } from '#kernel/words.ts'

/** The version of a unit that was known on a day; its last one, where the unit has gone since. */
export const versionOn = (column: ReturnType<typeof sql.ref>, on: Day) => sql`
  lateral (select w.name_zh, w.name_en, w.lineage, w.tier from unit_version w
            where w.unit_id = ${column} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`

type Columns = Readonly<Record<string, string>>

/** By which column a list may be sorted; `-name` is downward. */
export const sortOf = (columns: Columns) => z.enum(Object.keys(columns).flatMap((key) => [key, `-${key}`]))

/** The order that was asked for, with the newest first among equals; a column `name.en` is a part of a text. */
export function orderBy(columns: Columns, sort: string) {
  const isDown = sort.startsWith('-')
  const [column = 'id', part] = (columns[isDown ? sort.slice(1) : sort] ?? 'id').split('.')
  const value = part === undefined ? sql.ref(column) : sql`${sql.ref(column)} ->> ${part}`
  return isDown ? sql`${value} desc, id desc` : sql`${value}, id desc`
}
