import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Db } from '#kernel/db.ts'
import type { Seat } from '#kernel/standing.ts'
import { unitMapOn } from '#kernel/unit-map.ts'
import type { Day } from '#kernel/words.ts'
import { Desks, type SeatDesks } from './desks.ts'
import type { Kind } from './words.ts'

/** Something that happened to one thing owed, as it came to one seat. */
export type Happening = {
  readonly key: string
  readonly item: string
  readonly step: string
  readonly kind: Exclude<Kind, 'waiting'>
  readonly on: Day
  readonly act: string
  readonly isRead: boolean
}

export type Wanted = { readonly unread: boolean; readonly kind: Kind | undefined; readonly limit: number }
export type Counts = Readonly<Record<string, { readonly all: number; readonly unread: number }>>

/** One event for one reader; who owes a thing and who stands above it are told of a step differently. */
export const keyOf = (item: string, step: string, own: boolean) => `${item}/${step}${own ? '' : '/above'}`

export const desksOn = async ({ db, charter, on }: Pick<Reader, 'db' | 'charter' | 'on'>) =>
  new Desks(charter, on, await unitMapOn(db, on))

/** Up to where a seat had read on a day, by the journal's order, and what beside. */
export async function readingOf(db: Db, { unit, post }: Seat, on: Day) {
  const { rows } = await sql<{ upto: bigint; also: string[] }>`
    select coalesce(max(upto_seq), 0) as upto,
           coalesce((select array_agg(distinct one) from inbox_reading r, unnest(r.also) one
                      where r.unit_id = ${unit} and r.post = ${post} and r.on_day <= ${on}::date), '{}') as also
      from inbox_reading where unit_id = ${unit} and post = ${post} and on_day <= ${on}::date`.execute(db)
  return { upto: rows[0]?.upto ?? 0n, also: new Set(rows[0]?.also) }
}

/** What became of each item up to a day: opened, put off, every step of the ladder, answered; `own` where it tells whoever owes it. */
export const whatBecame = (items: ReturnType<typeof sql>, on: Day) => sql`
  select id, true as own, null::uuid as by_unit, 'opened' as step, opened_on as on_day, opened_by as act_id from ${items} i
  union all
  select i.id, true, null, 'put-off/' || x.ordinal, x.on_day, x.act_id
    from ${items} i join obligation_extension x on x.item_id = i.id and x.on_day <= ${on}::date
  union all
  select i.id, true, null, s.step, s.on_day, s.act_id
    from ${items} i join obligation_step s on s.item_id = i.id and s.on_day <= ${on}::date`

/** The same as it comes to a unit in whose name something was done about others' items. */
export const whatIsKnownAbove = (unit: string, on: Day) => sql`
  select s.item_id as id, false as own, s.by_unit_id as by_unit, s.step, s.on_day, s.act_id
    from obligation_step s where s.by_unit_id = ${unit} and s.on_day <= ${on}::date
  union all
  select s.item_id, false, s.by_unit_id, 'answered/' || a.ordinal, a.on_day, a.act_id
    from obligation_step s join obligation_answer a on a.item_id = s.item_id
   where s.by_unit_id = ${unit} and s.step = 'urge' and a.on_day <= ${on}::date`

/**
 * All that happened on a seat's desk up to a day, as rows: nothing was written for it. What is met already cries no longer:
 * whoever met it knew of it, so that it counts as read.
 */
function happenings({ on }: Reader, { seat, followsUp, units, shape, lines }: SeatDesks, upto: bigint) {
  const above = followsUp ? sql`union all ${whatIsKnownAbove(seat.unit, on)}` : sql``
  return sql`
    with here as materialized (select * from unnest(${units}::uuid[], ${shape}::int[]) as h (unit_id, shape)),
    line as materialized (
      select * from unnest(${lines.map((each) => each.shape)}::int[], ${lines.map((each) => each.duty)}::text[]) as l (shape, duty)),
    mine as materialized (
      select i.id, i.opened_on, i.opened_by
        from obligation_item i join here h on h.unit_id = i.unit_id join line l on l.shape = h.shape and l.duty = i.duty
       where i.opened_on <= ${on}::date),
    event as (${whatBecame(sql`mine`, on)} ${above})
    select e.id as item, e.step, e.own, e.on_day, e.act_id, j.seq,
           j.seq <= ${upto} or coalesce(i.met_on, i.lapsed_on) <= ${on}::date is true as is_read,
           case when not e.own then 'below' when e.step in ('opened', 'remind', 'yellow') or e.step like 'put-off/%' then 'owed' else 'late' end as kind
      from event e join journal j on j.id = e.act_id join obligation_item i on i.id = e.id`
}

/** The newest of what happened on a seat's desk, with how much there is of each kind. */
export async function happened(reader: Reader, desks: SeatDesks, upto: bigint, { unread, kind, limit }: Wanted) {
  type Row = { item: string; step: string; kind: Happening['kind']; on_day: Day; act_id: string; is_read: boolean }
  const { rows } = await sql<{ counts: Counts | null; last: string | null; newest: Row[] | null }>`
    with everything as materialized (${happenings(reader, desks, upto)})
    select (select json_object_agg(kind, json_build_object('all', n, 'unread', fresh))
              from (select kind, count(*)::int as n, (count(*) filter (where not is_read))::int as fresh
                      from everything group by kind) counted) as counts,
           (select act_id from everything order by seq desc limit 1) as last,
           (select json_agg(page) from (
              select item, step, kind, on_day, act_id, is_read from everything
               where (not ${unread}::boolean or not is_read) and (${kind ?? null}::text is null or kind = ${kind ?? null})
               order by on_day desc, seq desc, item limit ${limit}) page) as newest`.execute(reader.db)
  const counts: Counts = rows[0]?.counts ?? {}
  const newest = (rows[0]?.newest ?? []).map((row): Happening => ({
    key: keyOf(row.item, row.step, row.kind !== 'below'),
    item: row.item,
    step: row.step,
    kind: row.kind,
    on: row.on_day,
    act: row.act_id,
    isRead: row.is_read,
  }))
  return { counts, newest, last: rows[0]?.last ?? null }
}

/** How much of what happened a seat has not read. */
export async function countUnread(reader: Reader, desks: SeatDesks, upto: bigint): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (${happenings(reader, desks, upto)}) everything where not is_read`.execute(reader.db)
  return rows[0]?.n ?? 0
}
