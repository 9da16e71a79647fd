import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { PostId, UnitId } from '#kernel/words.ts'
import { isOwnSeat, notYourSeat } from './seat.ts'

const ALSO_MAX = 200

/** A seat has read what came to it up to an act of the journal. Reading is not meeting: what is owed stays owed. */
export const readInbox = act({
  name: 'inbox.read',
  title: { zh: '标为已读', en: 'Mark as read' },
  purpose: {
    zh: '把本人职务收件箱中到某一事为止的都标为已读。已读不等于办结：应办的仍然应办。',
    en: 'Marks what came to one’s own seat as read, up to one event. Reading is not meeting: what is owed stays owed.',
  },
  duty: 'attend-to-own-seat',
  input: z.object({
    unit: UnitId,
    post: PostId,
    upto: z
      .uuid()
      .optional()
      .meta({
        label: { zh: '到哪一事为止', en: 'Up to which act' },
        hint: {
          zh: '日志中的编号；它和之前的都算已读。',
          en: 'Its number in the journal; it and all before it count as read.',
        },
      }),
    also: z
      .array(z.string().min(1).max(300))
      .max(ALSO_MAX)
      .default([])
      .meta({ label: { zh: '以及这些等待办理的事', en: 'And these waiting things' } }),
  }),
  refusals: {
    ...notYourSeat,
    'event-unknown': {
      zh: '{day}之前的日志中没有这一事。',
      en: 'The journal up to {day} knows no such act.',
      topic: { zh: '该事在日志中', en: 'the journal knows the act' },
      remedy: { zh: '刷新收件箱后再试。', en: 'Look at the inbox anew, then try again.' },
    },
    'nothing-to-mark': {
      zh: '没有指明读到哪里。',
      en: 'It is not said what was read.',
      topic: { zh: '指明了读到哪里', en: 'it is said what was read' },
      remedy: { zh: '指明到哪一事为止。', en: 'Name the event up to which it was read.' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, { upto }, by) {
    if (upto === undefined) return { seq: null, isKnown: true }
    const row = await tx
      .selectFrom('journal')
      .select('seq')
      .where('id', '=', upto)
      .where('done_on', '<=', by.on)
      .where('outcome', '=', 'done')
      .executeTakeFirst()
    return { seq: row?.seq ?? null, isKnown: row !== undefined }
  },
  rule: ({ isKnown }, { unit, post, upto, also }, refuse, by) => [
    isOwnSeat(by, { unit, post }) || refuse('not-your-seat', { what: { zh: '收件箱', en: 'the inbox' } }),
    isKnown || refuse('event-unknown', { day: by.on }),
    upto !== undefined || also.length > 0 || refuse('nothing-to-mark'),
  ],
  async effect(tx, { unit, post, also }, { seq }, by) {
    await tx
      .insertInto('inbox_reading')
      .values({ act_id: by.act, unit_id: unit, post, upto_seq: seq, also: [...new Set(also)], on_day: by.on })
      .execute()
    return { read: true }
  },
})
