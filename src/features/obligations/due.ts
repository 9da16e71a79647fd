import { type RawBuilder, sql } from 'kysely'
import type { Day } from '#kernel/words.ts'

/**
 * The day by which an item (a row `i`) is owed: its own, or the one that it was put off to, as was known on a day. It gives what
 * the function `obligation_due` gives, in a form that is planned with the rest; over thousands of rows the function costs ten times as much.
 */
export const dueOf = (on: Day): RawBuilder<string> =>
  sql`coalesce((select x.due_on from obligation_extension x where x.item_id = i.id and x.on_day <= ${on}::date
                 order by x.ordinal desc limit 1), i.due_on)`
