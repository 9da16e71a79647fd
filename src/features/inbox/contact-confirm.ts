import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addDays } from '#kernel/calendar.ts'
import type { Day } from '#kernel/words.ts'
import { UnitId } from '#kernel/words.ts'
import { agrees, CODE_DAYS_MAX, TRIES_PER_DAY_MAX } from './address.ts'
import { selfOf } from './seat.ts'

type Asked = { readonly id: string; readonly code: string; readonly set_on: Day }

/** Somebody proves that an address is theirs, by the code that was mailed to it. */
export const confirmContact = act({
  name: 'contact.confirm',
  title: { zh: '确认我的邮箱', en: 'Confirm my e-mail address' },
  purpose: {
    zh: '输入寄到邮箱的确认码，证明地址是本人的；从此提醒寄到这里，原来的地址停用。',
    en: 'Enters the code that was mailed to an address, which proves that it is one’s own: from now on reminders go there, and to the earlier address no longer.',
  },
  duty: 'attend-to-own-seat',
  rowSecurity: true,
  input: z.object({
    unit: UnitId,
    code: z
      .string()
      .trim()
      .regex(/^\d{6}$/)
      .meta({ label: { zh: '确认码（6位数字）', en: 'Code (six digits)' }, personal: true }),
  }),
  refusals: {
    'nothing-to-confirm': {
      zh: '没有等待确认的邮箱。',
      en: 'No address waits to be confirmed.',
      topic: { zh: '有待确认的邮箱', en: 'an address waits to be confirmed' },
      remedy: { zh: '先设置邮箱。', en: 'Set an address first.' },
    },
    'code-expired': {
      zh: '确认码是{day}寄出的，{days}天内有效。',
      en: 'The code was sent on {day} and is good for {days} days.',
      topic: { zh: '确认码仍有效', en: 'the code is still good' },
      notJudgedWith: ['nothing-to-confirm'],
      remedy: { zh: '重新设置邮箱，会寄出新的确认码。', en: 'Set the address again; a new code is sent.' },
    },
    'code-wrong': {
      zh: '确认码不对。',
      en: 'This is not the code.',
      topic: { zh: '确认码相符', en: 'the code agrees' },
      notJudgedWith: ['nothing-to-confirm', 'tried-too-often'],
      remedy: { zh: '核对最近一封确认邮件。', en: 'Look at the latest message.' },
    },
    'tried-too-often': {
      zh: '今天已试{count}次，每天最多{max}次。',
      en: 'It was tried {count} times today; at most {max} are possible.',
      topic: { zh: '当天尝试次数', en: 'how often it was tried today' },
      remedy: { zh: '明天再试，或重新设置邮箱。', en: 'Try again tomorrow, or set the address again.' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, { code }, by) {
    const { person } = selfOf(by)
    const { rows } = await sql<Asked>`
      select c.id, p.code, c.set_on from contact c join contact_private p on p.contact_id = c.id
       where c.person_id = ${person} and c.confirmed_on is null and c.ended_on is null`.execute(tx)
    const tried = await sql<{ n: number }>`
      select count(*)::int as n from journal
       where person_id = ${person} and done_on = ${by.on} and act = 'contact.confirm' and outcome = 'refused'`.execute(
      tx,
    )
    const [asked] = rows
    return {
      asked: asked && { id: asked.id, set_on: asked.set_on, isRight: agrees(code, asked.code) },
      tried: tried.rows[0]?.n ?? 0,
    }
  },
  rule({ asked, tried }, _input, refuse, by) {
    if (!asked) return [refuse('nothing-to-confirm')]
    if (tried >= TRIES_PER_DAY_MAX) return [refuse('tried-too-often', { count: tried, max: TRIES_PER_DAY_MAX })]
    const isFresh = by.on <= addDays(asked.set_on, CODE_DAYS_MAX)
    return [
      isFresh || refuse('code-expired', { day: asked.set_on, days: CODE_DAYS_MAX }),
      asked.isRight || refuse('code-wrong'),
    ]
  },
  async effect(tx, _input, { asked }, by) {
    const { person } = selfOf(by)
    await sql`
      update contact set ended_on = ${by.on}, ended_by = ${by.act}
       where person_id = ${person} and confirmed_on is not null and ended_on is null`.execute(tx)
    await sql`
      update contact set confirmed_on = ${by.on}, confirmed_by = ${by.act} where id = ${asked?.id ?? null}`.execute(tx)
    return { contact: asked?.id }
  },
})
