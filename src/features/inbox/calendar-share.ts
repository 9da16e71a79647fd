import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { PostId, UnitId } from '#kernel/words.ts'
import { SpokenLanguage } from './address.ts'
import { isOwnSeat, notYourSeat, selfOf } from './seat.ts'

/** Whoever sits in a seat has its due days in their own calendar, under an address that only they know. Doing it again makes a new address. */
export const shareCalendar = act({
  name: 'calendar.share',
  title: { zh: '订阅我的日历', en: 'Share my calendar' },
  purpose: {
    zh: '为本人的职务生成一个日历订阅地址，内容是应办事项及其期限。地址不可猜测；再次生成即换新地址，旧地址失效；离任后自动失效。',
    en: 'Makes an address under which a calendar program finds what one’s seat owes, with its due days. It cannot be guessed; making another ends the earlier one, and so does leaving the seat.',
  },
  duty: 'attend-to-own-seat',
  input: z.object({ unit: UnitId, post: PostId, language: SpokenLanguage }),
  refusals: { ...notYourSeat },
  over: (input) => input.unit,
  async facts(tx, { unit, post }, by) {
    const { rows } = await sql<{ last: number | null }>`
      select max(version) as last from calendar_share
       where person_id = ${selfOf(by).person} and unit_id = ${unit} and post = ${post}`.execute(tx)
    return { last: rows[0]?.last ?? 0 }
  },
  rule: (_facts, { unit, post }, refuse, by) => [
    isOwnSeat(by, { unit, post }) || refuse('not-your-seat', { what: { zh: '日历', en: 'the calendar' } }),
  ],
  async effect(tx, { unit, post, language }, { last }, by) {
    const { person } = selfOf(by)
    await sql`
      update calendar_share set withdrawn_on = ${by.on}, withdrawn_by = ${by.act}
       where person_id = ${person} and unit_id = ${unit} and post = ${post} and withdrawn_on is null`.execute(tx)
    await sql`
      insert into calendar_share (id, unit_id, post, person_id, version, language, shared_on, shared_by)
      values (${scattered(by.act, 0)}, ${unit}, ${post}, ${person}, ${last + 1}, ${language === 'both' ? null : language}, ${by.on},
              ${by.act})`.execute(tx)
    return { version: last + 1 }
  },
})
