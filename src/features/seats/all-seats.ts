import { sql } from 'kysely'
import type { Charter } from '#kernel/charter.ts'
import type { Day } from '#kernel/words.ts'

/** The posts of the charter as rows: `tier, post, post_zh, post_en, body_zh, body_en, place, is_principal, is_bound`. */
const postsOf = (charter: Charter) => {
  const posts = charter.text.posts.map((post, place) => {
    const body = charter.body(post.body)
    const is_principal = charter.tier(body.tier).principals.includes(post.id)
    return {
      tier: body.tier,
      post: post.id,
      post_zh: post.name.zh,
      post_en: post.name.en,
      body_zh: body.name.zh,
      body_en: body.name.en,
      place,
      is_principal,
      is_bound: post.tenure_bound,
    }
  })
  return sql`select * from jsonb_to_recordset(${JSON.stringify(posts)}::jsonb)
    as p (tier text, post text, post_zh text, post_en text, body_zh text, body_en text, place int, is_principal boolean, is_bound boolean)`
}

/** Of which units seats are asked for: of one, or of all units of the programme at and below one. */
export type SeatsWithin = { readonly unit?: string; readonly below?: string }

/** Every post of some units on a day, whoever sits there: the unit as it stands, and the post. */
export const everySeat = (charter: Charter, on: Day, { unit, below }: SeatsWithin = {}) => sql`
  select v.unit_id, v.name_zh as unit_zh, v.name_en as unit_en, v.code, v.parent_id, v.lineage, v.act_id as unit_act, p.*
    from unit_version v
    join (${postsOf(charter)}) p on p.tier = v.tier
    ${unit === undefined ? sql`join programme_unit_on(${on}) member on member.unit_id = v.unit_id` : sql``}
   where (v.valid_at @> ${on}::date) is true
     and ${unit === undefined ? sql`true` : sql`v.unit_id = ${unit}`}
     and ${below === undefined ? sql`true` : sql`v.lineage @> array[${below}]::uuid[]`}`

/**
 * Every seat with whoever sits there, and, where nobody does, since when. One row each: as `everySeat`, and
 * `person_id, person_zh, person_en, made_up, capacity, since, act_id`.
 */
export const allSeats = (charter: Charter, on: Day, within: SeatsWithin = {}) => sql`
  select e.*, a.person_id, who.name_zh as person_zh, who.name_en as person_en, who.made_up, a.capacity,
         case when a.person_id is null then coalesce(last.ended, u.established_on) else lower(a.valid_at) end as since,
         coalesce(a.act_id, last.ended_by, e.unit_act) as act_id
    from (${everySeat(charter, on, within)}) e
    join unit u on u.id = e.unit_id
    left join appointment a on a.unit_id = e.unit_id and a.post = e.post and (a.valid_at @> ${on}::date) is true
    left join person who on who.id = a.person_id
    left join lateral (select upper(b.valid_at) as ended, b.ended_by from appointment b
      where a.person_id is null and b.unit_id = e.unit_id and b.post = e.post and upper(b.valid_at) <= ${on}
      order by upper(b.valid_at) desc limit 1) last on true`
