import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { PostId, UnitId } from '#kernel/words.ts'
import { isOwnSeat, notYourSeat, selfOf } from './seat.ts'

/** The address of a seat's calendar leads nowhere any more. */
export const withdrawCalendar = act({
  name: 'calendar.withdraw',
  title: { zh: '停止日历订阅', en: 'Withdraw my calendar' },
  purpose: {
    zh: '使本人职务的日历订阅地址立即失效。',
    en: 'Ends the address under which one’s seat’s calendar is found, at once.',
  },
  duty: 'attend-to-own-seat',
  input: z.object({ unit: UnitId, post: PostId }),
  refusals: {
    ...notYourSeat,
    'not-shared': {
      zh: '本人这一职务的日历没有在订阅中。',
      en: 'The calendar of this seat of yours is not shared.',
      topic: { zh: '日历在订阅中', en: 'the calendar is shared' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, { unit, post }, by) {
    const { rows } = await sql`
      select from calendar_share
       where person_id = ${selfOf(by).person} and unit_id = ${unit} and post = ${post} and withdrawn_on is null`.execute(
      tx,
    )
    return { isShared: rows.length > 0 }
  },
  rule: ({ isShared }, { unit, post }, refuse, by) => [
    isOwnSeat(by, { unit, post }) || refuse('not-your-seat', { what: { zh: '日历', en: 'the calendar' } }),
    isShared || refuse('not-shared'),
  ],
  async effect(tx, { unit, post }, _facts, by) {
    await sql`
      update calendar_share set withdrawn_on = ${by.on}, withdrawn_by = ${by.act}
       where person_id = ${selfOf(by).person} and unit_id = ${unit} and post = ${post} and withdrawn_on is null`.execute(
      tx,
    )
    return { withdrawn: true }
  },
})
