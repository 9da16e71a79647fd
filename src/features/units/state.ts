import { sql } from 'kysely'
import type { Day } from '#kernel/words.ts'

/** How a unit stands with regard to poverty: on the list, off it by its exit, or never on it. */
export type State = 'poor' | 'out' | 'none'

/**
 * The state of every unit of a day's map that is or was a poor county: `unit_id, state, since, act_id`.
 * What became another unit between the two days is placed where it lies on the map; one part still poor makes the whole poor.
 */
export const statesOnMap = (on: Day, map: Day) => sql`
  select coalesce(m.to_unit_id, p.unit_id) as unit_id, case when bool_or(p.is_poor) then 'poor' else 'out' end as state,
         case when bool_or(p.is_poor) then min(p.since) filter (where p.is_poor) else max(p.since) end as since
    from poor_county_on(${on}) p left join unit_restated(${map}) m on m.unit_id = p.unit_id
   group by 1`
