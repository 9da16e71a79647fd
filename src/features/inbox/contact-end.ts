import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { selfOf } from './seat.ts'

/** Somebody no longer wants mail. What is on its way is not sent any more. */
export const endContact = act({
  name: 'contact.end',
  title: { zh: '停用我的邮箱', en: 'Stop mail to me' },
  purpose: {
    zh: '不再往本人邮箱寄提醒；尚未寄出的也不再寄。收件箱照常。',
    en: 'Nothing more is mailed to one’s address, not even what waits to be sent. The inbox stays as it is.',
  },
  duty: 'attend-to-own-seat',
  input: z.object({ unit: UnitId }),
  refusals: {
    'no-address': {
      zh: '您没有登记邮箱。',
      en: 'You have set no address.',
      topic: { zh: '登记过邮箱', en: 'an address was set' },
    },
  },
  over: (input) => input.unit,
  async facts(tx, _input, by) {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from contact where person_id = ${selfOf(by).person} and ended_on is null`.execute(tx)
    return { live: rows[0]?.n ?? 0 }
  },
  rule: ({ live }, _input, refuse) => [live > 0 || refuse('no-address')],
  async effect(tx, _input, { live }, by) {
    await sql`
      update contact set ended_on = ${by.on}, ended_by = ${by.act}
       where person_id = ${selfOf(by).person} and ended_on is null`.execute(tx)
    return { ended: live }
  },
})
