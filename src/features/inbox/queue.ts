import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import type { Tx } from '#kernel/db.ts'
import { v7 as uuidv7 } from '#kernel/uuid.ts'
import type { Seat } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import type { Desks } from './desks.ts'
import { desksOn, keyOf, whatBecame } from './events.ts'
import type { MailSays } from './tables.ts'
import { type AllWaiting, allThatWaits, waitingKey } from './waiting.ts'
import { type Kind, kindOf, said, waits } from './words.ts'

type Wanting = { readonly person: string; readonly wants: readonly Kind[]; readonly since: Day }
type Message = { readonly person: string; readonly event: string; readonly says: MailSays }
type Row = {
  item: string
  own: boolean
  by_unit: string | null
  step: string
  on_day: Day
  obligation: string
  duty: string
  unit: string
  due_on: Day
}

/** So many are written in one statement. */
const WRITTEN_MAX = 5000

/**
 * Puts into the outbox what has happened since it was looked at last, once for each person and event: the key says so, whoever looks how
 * often. What is met by now is not written about. Gives how many messages were added. All in the transaction that it is given.
 */
export async function queueMail(reader: Reader, tx: Tx, all: AllWaiting): Promise<number> {
  const { on } = reader
  const since = await seenUpTo(tx, on)
  const seated = await whoWants(tx, on)
  const messages = seated.size === 0 ? [] : await newMessages(reader, seated, since, all)
  let added = 0
  for (let at = 0; at < messages.length; at += WRITTEN_MAX)
    added += await write(tx, messages.slice(at, at + WRITTEN_MAX), on)
  await sql`update mail_seen set upto = ${on} where upto < ${on}::date`.execute(tx)
  return added
}

/** The day up to which it was looked at last; that day is looked at again, since it may not have been over. One looks at a time. */
async function seenUpTo(tx: Tx, on: Day): Promise<Day> {
  await sql`insert into mail_seen (upto) values (${on}) on conflict do nothing`.execute(tx)
  const { rows } = await sql<{ upto: Day }>`select upto from mail_seen for update`.execute(tx)
  return rows[0]?.upto ?? on
}

const seatKey = ({ unit, post }: Seat) => `${unit}/${post}`

/** Who sits where and wants to hear of what, since they confirmed their address. */
async function whoWants(tx: Tx, on: Day): Promise<ReadonlyMap<string, Wanting>> {
  const { rows } = await sql<Wanting & Seat>`
    select a.unit_id as unit, a.post, c.person_id as person, c.wants, greatest(c.confirmed_on, lower(a.valid_at)) as since
      from contact c
      join appointment a on a.person_id = c.person_id and (a.valid_at @> ${on}::date) is true
     where c.confirmed_on <= ${on}::date and c.ended_on is null`.execute(tx)
  return new Map(rows.map((row) => [seatKey(row), row]))
}

async function newMessages(
  reader: Reader,
  seated: ReadonlyMap<string, Wanting>,
  since: Day,
  all: AllWaiting,
): Promise<readonly Message[]> {
  const desks = await desksOn(reader)
  const messages = new Map<string, Message>()
  const tell = (seats: readonly Seat[], kind: Kind, on: Day, event: string, says: () => MailSays | undefined) => {
    for (const seat of seats) {
      const wanting = seated.get(seatKey(seat))
      const told = wanting?.wants.includes(kind) && wanting.since <= on ? says() : undefined
      if (wanting && told) messages.set(`${wanting.person} ${event}`, { person: wanting.person, event, says: told })
    }
  }
  for (const row of await newHappenings(reader, since)) {
    const says = () => saysOf(reader, desks, row)
    if (row.own)
      tell(desks.seatsOf(row.duty, row.unit), kindOf(row.step, true), row.on_day, keyOf(row.item, row.step, true), says)
    else tell(desks.followersOf(row.by_unit ?? ''), 'below', row.on_day, keyOf(row.item, row.step, false), says)
  }
  for (const each of await allThatWaits(reader, all))
    if (each.since >= since && each.since <= reader.on)
      tell(desks.seatsOf(each.duty, each.unit), 'waiting', each.since, waitingKey(each), () => ({
        kind: 'event',
        what: waits,
        title: each.title,
        unit: desks.findUnit(each.unit)?.name ?? { zh: '', en: '' },
        due: each.due,
        record: each.record,
      }))
  return [...messages.values()]
}

/** What happened since a day to what is still owed. */
async function newHappenings({ db, on }: Reader, since: Day): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with touched as materialized (
      select id from obligation_item where opened_on between ${since}::date and ${on}::date
      union select item_id from obligation_step where on_day between ${since}::date and ${on}::date
      union select item_id from obligation_extension where on_day between ${since}::date and ${on}::date
      union select item_id from obligation_answer where on_day between ${since}::date and ${on}::date),
    open as materialized (
      select i.id, i.obligation, i.duty, i.unit_id, i.opened_on, i.opened_by, obligation_due(i.id, i.due_on, ${on}) as due_on
        from touched t join obligation_item i on i.id = t.id
       where (i.met_on is null or i.met_on > ${on}::date) and (i.lapsed_on is null or i.lapsed_on > ${on}::date)),
    event as (
      ${whatBecame(sql`open`, on)}
      union all
      select o.id, false, s.by_unit_id, s.step, s.on_day, s.act_id
        from open o join obligation_step s on s.item_id = o.id and s.by_unit_id is not null
      union all
      select o.id, false, s.by_unit_id, 'answered/' || a.ordinal, a.on_day, a.act_id
        from open o join obligation_step s on s.item_id = o.id and s.step = 'urge' and s.by_unit_id is not null
        join obligation_answer a on a.item_id = o.id)
    select e.id as item, e.own, e.by_unit, e.step, e.on_day, o.obligation, o.duty, o.unit_id as unit, o.due_on
      from event e join open o on o.id = e.id
     where e.on_day between ${since}::date and ${on}::date`.execute(db)
  return rows
}

function saysOf({ charter }: Reader, desks: Desks, row: Row): MailSays {
  const title = charter.text.obligations.find((each) => each.id === row.obligation)?.title
  return {
    kind: 'event',
    what: said(row.step, row.own, charter.text.escalation.find((each) => each.step === row.step)?.title),
    title: title ?? { zh: row.obligation, en: row.obligation },
    unit: desks.findUnit(row.unit)?.name ?? { zh: '', en: '' },
    due: row.due_on,
    record: `/obligations/${row.item}`,
  }
}

async function write(tx: Tx, messages: readonly Message[], on: Day): Promise<number> {
  const result = await sql`
    insert into mail (id, person_id, event, says, of_day)
    select id, person, event, says, ${on}
      from unnest(${messages.map(() => uuidv7())}::uuid[], ${messages.map((each) => each.person)}::uuid[],
                  ${messages.map((each) => each.event)}::text[], ${messages.map((each) => JSON.stringify(each.says))}::jsonb[])
           as m (id, person, event, says)
    on conflict (person_id, event) do nothing`.execute(tx)
  return Number(result.numAffectedRows ?? 0)
}
