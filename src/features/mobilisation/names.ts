import { sql } from 'kysely'
import type { Day } from '#kernel/words.ts'

/** The version of a unit that was known on a day; its last one, where the unit has gone since. */
export const versionOn = (column: ReturnType<typeof sql.ref>, on: Day) => sql`
  lateral (select w.name_zh, w.name_en, w.lineage, w.tier from unit_version w
            where w.unit_id = ${column} and lower(w.valid_at) <= ${on}::date order by lower(w.valid_at) desc limit 1)`
