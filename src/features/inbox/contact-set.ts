import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId } from '#kernel/words.ts'
import { Address, newCode, shownAddress, SpokenLanguage, Wants } from './address.ts'
import { selfOf } from './seat.ts'

const ASKED_PER_DAY_MAX = 5

/** Somebody says where mail for their seats is to go. Nothing is sent there but a code, until they confirm that the address is theirs. */
export const setContact = act({
  name: 'contact.set',
  title: { zh: '设置我的邮箱', en: 'Set my e-mail address' },
  purpose: {
    zh: '登记本人接收提醒的邮箱、要接收的种类和语言。地址属个人信息，只有本人看得到全文；用寄去的确认码确认后才会使用，原来的地址用到那时为止。',
    en: 'Says where reminders for one’s seats are to be mailed, which of them, and in which language. The address is personal data that only its owner sees in full. It is used once it is confirmed by the code that is mailed to it; until then the earlier one stays.',
  },
  duty: 'attend-to-own-seat',
  rowSecurity: true,
  input: z.object({ unit: UnitId, address: Address, wants: Wants, language: SpokenLanguage }),
  refusals: {
    'asked-too-often': {
      zh: '今天已更换{count}次邮箱，每天最多{max}次。',
      en: 'The address was changed {count} times today; at most {max} are possible.',
      topic: { zh: '当天更换次数', en: 'how often it was changed today' },
      remedy: { zh: '明天再试。', en: 'Try again tomorrow.' },
    },
  },
  then: [
    { zh: '确认码寄到该地址', en: 'A code is mailed to the address' },
    { zh: '输入确认码后开始使用', en: 'Once you enter the code, the address is used' },
  ],
  over: (input) => input.unit,
  async facts(tx, { address }, by) {
    const { person } = selfOf(by)
    const { rows } = await sql<{ today: number; known: boolean }>`
      select (select count(*)::int from contact where person_id = ${person} and set_on = ${by.on}) as today,
             exists (select from contact c join contact_private p on p.contact_id = c.id
                      where c.person_id = ${person} and c.confirmed_on is not null and c.ended_on is null
                        and lower(p.address) = lower(${address})) as known`.execute(tx)
    return rows[0] ?? { today: 0, known: false }
  },
  rule: ({ today }, _input, refuse) => [
    today < ASKED_PER_DAY_MAX || refuse('asked-too-often', { count: today, max: ASKED_PER_DAY_MAX }),
  ],
  async effect(tx, { address, wants, language }, { known }, by) {
    const { person } = selfOf(by)
    const id = scattered(by.act, 0)
    // What was asked and never confirmed gives way; a confirmed address only to itself with other wishes.
    await sql`
      update contact set ended_on = ${by.on}, ended_by = ${by.act}
       where person_id = ${person} and ended_on is null and (confirmed_on is null or ${known})`.execute(tx)
    await sql`
      insert into contact (id, person_id, shown, language, wants, set_on, set_by, confirmed_on, confirmed_by)
      values (${id}, ${person}, ${shownAddress(address)}, ${language === 'both' ? null : language}, ${[...new Set(wants)]}, ${by.on},
              ${by.act}, ${known ? by.on : null}, ${known ? by.act : null})`.execute(tx)
    await sql`
      insert into contact_private (contact_id, person_id, address, code, act_id)
      values (${id}, ${person}, ${address}, ${newCode()}, ${by.act})`.execute(tx)
    if (!known)
      await sql`
        insert into mail (id, person_id, contact_id, event, says, of_day)
        values (${scattered(by.act, 1)}, ${person}, ${id}, ${`confirm/${id}`}, ${JSON.stringify({ kind: 'confirm' })}, ${by.on})`.execute(
        tx,
      )
    return { contact: id, shown: shownAddress(address), isConfirmed: known }
  },
})
