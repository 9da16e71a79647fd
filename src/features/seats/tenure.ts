import { sql } from 'kysely'
import type { Charter } from '#kernel/charter.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import './db.ts'

/** Who sits in a seat on a day with a term that has no end yet, and what keeps them there. */
export type Term = {
  readonly person: string
  readonly name: Text
  readonly capacity: 'holder' | 'acting'
  readonly since: Day
  /** The post is bound to the exit of its unit, and the unit is still poor. */
  readonly isBound: boolean
  /** An exception to that was granted and not used yet. */
  readonly isExcepted: boolean
}

/** Whether the law of the day binds the principals of poor units to their exit (不脱贫不调整、不摘帽不调离). */
export const bindsOn = (charter: Charter, post: string, day: Day): boolean =>
  charter.findPost(post)?.tenure_bound === true && charter.findDuty('keep-principals', day) !== undefined

export async function findTerm(
  tx: Tx,
  charter: Charter,
  unit: string,
  post: string,
  on: Day,
): Promise<Term | undefined> {
  const { rows } = await sql<{
    person: string
    zh: string
    en: string
    capacity: 'holder' | 'acting'
    since: Day
    is_poor: boolean
    is_excepted: boolean
  }>`
    select a.person_id as person, p.name_zh as zh, p.name_en as en, a.capacity, lower(a.valid_at) as since,
           exists (select from unit_designation d where d.unit_id = a.unit_id and d.kind = 'poor-county' and (d.valid_at @> ${on}::date) is true) as is_poor,
           exists (select from tenure_exception e
             where e.unit_id = a.unit_id and e.post = a.post and e.person_id = a.person_id and e.used_by is null) as is_excepted
      from appointment a join person p on p.id = a.person_id
     where a.unit_id = ${unit} and a.post = ${post} and (a.valid_at @> ${on}::date) is true and upper_inf(a.valid_at)`.execute(
    tx,
  )
  const [row] = rows
  if (!row) return undefined
  const { zh, en, is_poor, is_excepted, ...rest } = row
  const isBound = is_poor && rest.capacity === 'holder' && bindsOn(charter, post, on)
  return { ...rest, name: { zh, en }, isBound, isExcepted: is_excepted }
}
