import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'
import { CODE_DAYS_MAX } from './address.ts'
import { type Kind, kinds } from './words.ts'

type Row = {
  id: string
  shown: string
  language: 'zh' | 'en' | null
  wants: Kind[]
  set_on: Day
  confirmed_on: Day | null
}

/** A person's addresses as they stood on a day: the one that is used, and the one that waits to be confirmed. Never in full. */
async function contactsOf({ db, on }: Reader, person: string) {
  const { rows } = await sql<Row>`
    select id, shown, language, wants, set_on, case when confirmed_on <= ${on}::date then confirmed_on end as confirmed_on
      from contact where person_id = ${person} and set_on <= ${on}::date and (ended_on is null or ended_on > ${on}::date)
     order by set_on, set_by`.execute(db)
  return rows.map(({ set_on, confirmed_on, ...row }) => ({ ...row, setOn: set_on, confirmedOn: confirmed_on }))
}

/** How mail and calendar reach the asker: where to, what of it, and since when. */
export const myContact = ask({
  name: 'contact.mine',
  title: { zh: '我的邮件与日历', en: 'My mail and calendar' },
  purpose: {
    zh: '提醒寄到我的哪个邮箱（只显示首字母和域名）、寄哪些种类，以及我的职务的日历是否在订阅中。',
    en: 'To which address of mine reminders go (its first letter and domain), which kinds, and whether my seat’s calendar is shared.',
  },
  access: 'seated',
  input: z.object({}),
  async answer(reader) {
    const { actor, db, on } = reader
    if (actor?.kind !== 'person') throw new NotFound({ zh: '请先选择职务。', en: 'Take a seat first.' })
    const { person, seat } = actor
    const [contacts, shares] = await Promise.all([
      contactsOf(reader, person),
      sql<{ version: number; since: Day; language: 'zh' | 'en' | null }>`
        select version, shared_on as since, language from calendar_share
         where person_id = ${person} and unit_id = ${seat.unit} and post = ${seat.post} and shared_on <= ${on}::date
           and (withdrawn_on is null or withdrawn_on > ${on}::date) order by version desc limit 1`.execute(db),
    ])
    return {
      seat,
      kinds,
      codeDays: CODE_DAYS_MAX,
      address: contacts.find((each) => each.confirmedOn !== null) ?? null,
      asked: contacts.find((each) => each.confirmedOn === null) ?? null,
      calendar: shares.rows[0] ?? null,
    }
  },
})
