import { sql } from 'kysely'
import ical, { ICalCalendarMethod } from 'ical-generator'
import { addDays, momentOf } from '#kernel/calendar.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Db } from '#kernel/db.ts'
import type { Seat } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { desksOn } from './events.ts'

const ITEMS_MAX = 2000
const REFRESH_SECONDS = 3600

/** A calendar that is shared on a day, by whoever still sits in its seat. */
export type Share = {
  readonly id: string
  readonly version: number
  readonly language: 'zh' | 'en' | null
  readonly seat: Seat
}

/** The share of a number, if it is still shared and whoever shared it still sits there; and why not is nobody's business. */
export async function findShare(db: Db, id: string, on: Day): Promise<Share | undefined> {
  const { rows } = await sql<Omit<Share, 'seat'> & Seat>`
    select s.id, s.version, s.language, s.unit_id as unit, s.post
      from calendar_share s
      join appointment a on a.unit_id = s.unit_id and a.post = s.post and a.person_id = s.person_id and (a.valid_at @> ${on}::date) is true
     where s.id = ${id} and s.withdrawn_on is null`.execute(db)
  const [row] = rows
  return row && { id: row.id, version: row.version, language: row.language, seat: { unit: row.unit, post: row.post } }
}

/** The share by which somebody has the calendar of their seat now. */
export async function findOwnShare(db: Db, person: string, { unit, post }: Seat, on: Day): Promise<Share | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from calendar_share
     where person_id = ${person} and unit_id = ${unit} and post = ${post} and withdrawn_on is null`.execute(db)
  return rows[0] && findShare(db, rows[0].id, on)
}

type Row = { id: string; obligation: string; unit: string; opened_on: Day; due_on: Day; changed_on: Day }

/** What a seat owes on a day, with its due days: not what it has done, nor what is no longer owed. */
async function owedBy(reader: Reader, seat: Seat) {
  const { db, on } = reader
  const desks = await desksOn(reader)
  const { units, shape, lines } = desks.of(seat)
  const { rows } = await sql<Row>`
    with here as materialized (select * from unnest(${units}::uuid[], ${shape}::int[]) as h (unit_id, shape)),
    line as materialized (
      select * from unnest(${lines.map((each) => each.shape)}::int[], ${lines.map((each) => each.duty)}::text[]) as l (shape, duty))
    select i.id, i.obligation, i.unit_id as unit, i.opened_on, obligation_due(i.id, i.due_on, ${on}) as due_on,
           greatest(i.opened_on, (select max(s.on_day) from obligation_step s where s.item_id = i.id and s.on_day <= ${on}::date)) as changed_on
      from obligation_item i join here h on h.unit_id = i.unit_id join line l on l.shape = h.shape and l.duty = i.duty
     where i.opened_on <= ${on}::date and (i.met_on is null or i.met_on > ${on}::date)
       and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
     order by due_on, i.id limit ${ITEMS_MAX}`.execute(db)
  return { desks, rows }
}

const spoken = (text: Text, language: 'zh' | 'en' | null) => (language ? text[language] : `${text.zh} / ${text.en}`)

/** A seat's calendar as calendar programs read it (RFC 5545): one event for a day for each thing owed, without a time zone. */
export async function calendarFile(reader: Reader, { seat, language }: Share, url: string): Promise<string> {
  const { charter, on } = reader
  const { desks, rows } = await owedBy(reader, seat)
  const post = charter.findPost(seat.post)?.name ?? { zh: seat.post, en: seat.post }
  const unit = desks.findUnit(seat.unit)?.name ?? { zh: '', en: '' }
  const name: Text = { zh: `责任 · ${unit.zh} ${post.zh}`, en: `Zeren · ${unit.en} · ${post.en}` }
  const calendar = ical({
    prodId: { company: 'Zeren', product: 'Responsibilities', language: language === 'en' ? 'EN' : 'ZH' },
    // The library writes a calendar's name as it is, where the standard has these characters escaped.
    name: spoken(name, language).replaceAll(/[\\;,\r\n]/g, ' '),
    method: ICalCalendarMethod.PUBLISH,
    ttl: REFRESH_SECONDS,
  })
  for (const row of rows) {
    const title = charter.text.obligations.find((each) => each.id === row.obligation)?.title
    const place = desks.findUnit(row.unit)?.name ?? { zh: '', en: '' }
    const { words } = standOf(reader, row.due_on, null)
    const address = `${url}/obligations/${row.id}`
    calendar.createEvent({
      id: `${row.id}@zeren`,
      start: momentOf(row.due_on, 8),
      end: momentOf(addDays(row.due_on, 1), 8),
      allDay: true,
      stamp: momentOf(row.changed_on, 8),
      lastModified: momentOf(row.changed_on, 8),
      summary: `${spoken(title ?? { zh: row.obligation, en: row.obligation }, language)} · ${spoken(place, language)}`,
      description: `${spoken(words, language)}\n${address}`,
      url: address,
      categories: [
        {
          name:
            row.due_on < on
              ? spoken({ zh: '逾期', en: 'Late' }, language)
              : spoken({ zh: '应办', en: 'Owed' }, language),
        },
      ],
    })
  }
  // Every line ends with its line break, the last one too.
  return `${calendar.toString().trimEnd()}\r\n`
}
