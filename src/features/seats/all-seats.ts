import { sql } from 'kysely'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'

/** The posts of the charter as rows: `tier, post, post_zh, post_en, body_zh, body_en, place, is_principal, is_bound`. */
const postsOf = (charter: Charter) => {
  const posts = charter.text.posts.map((post, place) => {
    const body = charter.body(post.body)
    const is_principal = charter.tier(body.tier).principals.includes(post.id)
    return { tier: body.tier, post: post.id, post_zh: post.name.zh, post_en: post.name.en, body_zh: body.name.zh, body_en: body.name.en, place, is_principal, is_bound: post.tenure_bound }
  })
  return sql`select * from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
    as p (tier text, post text, post_zh text, post_en text, body_zh text, body_en text, place int, is_principal boolean, is_bound boolean)`
}

/** Of which units seats are asked for: of one, or of all units of the programme at and below one. */
export type SeatsWithin = { readonly unit?: string; readonly below?: string }

/**
 * Every seat of some units on a day: a post of the charter in a unit of its tier, with whoever sits there, and, where nobody does,
 * since when. One row each: `unit_id, unit_zh, unit_en, tier, code, parent_id, lineage, post, …, person_id, person_zh, person_en,
 * made_up, capacity, since, act_id`.
 */
export const allSeats = (charter: Charter, on: Day, { unit, below }: SeatsWithin = {}) => sql`
  select v.unit_id, v.name_zh as unit_zh, v.name_en as unit_en, v.code, v.parent_id, v.lineage, p.*,
         a.person_id, who.name_zh as person_zh, who.name_en as person_en, who.made_up, a.capacity,
         case when a.person_id is null then coalesce(last.ended, began.joined) else lower(a.valid_at) end as since,
         coalesce(a.act_id, last.ended_by, v.act_id) as act_id
    from unit_version v
    join (${postsOf(charter)}) p on p.tier = v.tier
    ${unit === undefined ? sql`join programme_unit_on(${on}) member on member.unit_id = v.unit_id` : sql``}
    left join appointment a on a.unit_id = v.unit_id and a.post = p.post and a.valid_at @> ${on}::date
    left join person who on who.id = a.person_id
    left join lateral (select upper(e.valid_at) as ended, e.ended_by from appointment e
      where a.person_id is null and e.unit_id = v.unit_id and e.post = p.post and upper(e.valid_at) <= ${on}
      order by upper(e.valid_at) desc limit 1) last on true
    left join lateral (select established_on as joined from unit u where a.person_id is null and u.id = v.unit_id) began on true
   where v.valid_at @> ${on}::date
     and ${unit === undefined ? sql`true` : sql`v.unit_id = ${unit}`}
     and ${below === undefined ? sql`true` : sql`v.lineage @> array[${below}]::uuid[]`}`
