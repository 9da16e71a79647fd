import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { selfOf } from './seat.ts'

/** Shows somebody their own address in full. That they looked is journalled; what they saw is kept nowhere. */
export const revealContact = act({
  name: 'contact.reveal',
  title: { zh: '查看我的邮箱', en: 'See my e-mail address' },
  purpose: {
    zh: '查看本人登记的邮箱全文；只有本人可以。',
    en: 'Shows one’s own address in full; nobody else’s can be seen.',
  },
  duty: 'attend-to-own-seat',
  confidential: true,
  rowSecurity: true,
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
    const { rows } = await sql<{ address: string }>`
      select p.address from contact c join contact_private p on p.contact_id = c.id
       where c.person_id = ${selfOf(by).person} and c.ended_on is null order by c.confirmed_on nulls last limit 1`.execute(
      tx,
    )
    return { address: rows[0]?.address }
  },
  rule: ({ address }, _input, refuse) => [address !== undefined || refuse('no-address')],
  effect: (_tx, _input, { address }) => Promise.resolve({ address: address ?? '' }),
})
