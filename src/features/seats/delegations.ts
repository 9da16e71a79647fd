import { sql } from 'kysely'
import { type Ability, withAbilities } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Person, Seat } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'

export type Delegation = {
  readonly id: string
  readonly unit: string
  readonly unitName: Text
  readonly post: string
  readonly postName: Text
  readonly duty: string
  readonly dutyTitle: Text
  readonly principal: Person
  readonly delegate: Person
  readonly over: { readonly unit: string; readonly name: Text } | null
  readonly from: Day
  /** The last day, inclusive. */
  readonly until: Day
  readonly isOpen: boolean
  readonly can: readonly Ability[]
}

type Row = Record<
  | 'id'
  | 'unit'
  | 'unit_zh'
  | 'unit_en'
  | 'post'
  | 'duty'
  | 'principal'
  | 'p_zh'
  | 'p_en'
  | 'delegate'
  | 'd_zh'
  | 'd_en'
  | 'from'
  | 'until',
  string
> & {
  p_made: boolean
  d_made: boolean
  over_id: string | null
  over_zh: string | null
  over_en: string | null
}

/** The delegations in force on the day: those that some seats gave, or all that a person gave or received. */
export async function delegationsOf(
  reader: Reader,
  asked: { seats: readonly Seat[] } | { person: string },
): Promise<Delegation[]> {
  const { db, charter, on } = reader
  const which =
    'person' in asked
      ? sql`(d.person_id = ${asked.person} or d.principal_id = ${asked.person})`
      : sql`(d.unit_id, d.post) in (select unit::uuid, post from unnest(${asked.seats.map((seat) => seat.unit)}::text[], ${asked.seats.map((seat) => seat.post)}::text[]) as s (unit, post))`
  const { rows } = await sql<Row>`
    select d.id, d.unit_id as unit, u.name_zh as unit_zh, u.name_en as unit_en, d.post, d.duty,
           d.principal_id as principal, p.name_zh as p_zh, p.name_en as p_en, p.made_up as p_made,
           d.person_id as delegate, w.name_zh as d_zh, w.name_en as d_en, w.made_up as d_made,
           d.over_unit_id as over_id, o.name_zh as over_zh, o.name_en as over_en,
           lower(d.valid_at) as from, upper(d.valid_at) - 1 as until
      from delegation d
      join person p on p.id = d.principal_id
      join person w on w.id = d.person_id
      join unit_version u on u.unit_id = d.unit_id and (u.valid_at @> ${on}::date) is true
      left join unit_version o on o.unit_id = d.over_unit_id and (o.valid_at @> ${on}::date) is true
     where ${which} and (d.valid_at @> ${on}::date) is true
       and exists (select from appointment a where a.unit_id = d.unit_id and a.post = d.post and a.person_id = d.principal_id
         and (a.valid_at @> ${on}::date) is true)
     order by d.duty, w.name_en`.execute(db)
  return withAbilities(
    reader,
    'delegation',
    rows.map((row) => ({
      id: row.id,
      unit: row.unit,
      unitName: { zh: row.unit_zh, en: row.unit_en },
      post: row.post,
      postName: charter.findPost(row.post)?.name ?? { zh: row.post, en: row.post },
      duty: row.duty,
      dutyTitle: charter.findDuty(row.duty, on)?.title ?? { zh: row.duty, en: row.duty },
      principal: { id: row.principal, name: { zh: row.p_zh, en: row.p_en }, madeUp: row.p_made },
      delegate: { id: row.delegate, name: { zh: row.d_zh, en: row.d_en }, madeUp: row.d_made },
      over: row.over_id === null ? null : { unit: row.over_id, name: { zh: row.over_zh ?? '', en: row.over_en ?? '' } },
      from: row.from,
      until: row.until,
      isOpen: true,
    })),
  )
}
