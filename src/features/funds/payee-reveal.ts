import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { PayeeId } from './payees.ts'

/** Shows a payee's name and account to those who pay. That they looked is journalled; what they saw is kept nowhere. */
export const revealPayee = act({
  name: 'payee.reveal',
  title: { zh: '查看收款人', en: 'See a payee’s account' },
  purpose: {
    zh: '为核对支付查看收款人的户名、开户行和账号；谁在何时查看过，记入日志。',
    en: 'Shows a payee’s name, bank and account so that a payment can be checked; who looked, and when, is journalled.',
  },
  duty: 'use-funds-well',
  confidential: true,
  rowSecurity: true,
  input: z.object({ unit: UnitId, payee: PayeeId }),
  refusals: {
    'payee-unknown': {
      zh: '{unit}没有登记这个收款人。',
      en: '{unit} has registered no such payee.',
      topic: { zh: '收款人由本县登记', en: 'the payee is registered by this county' },
    },
  },
  about: {
    kind: 'payee',
    input: (payee: { unit: string; id: string }) => ({ unit: payee.unit, payee: payee.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, payee }) {
    const { rows } = await sql<{ name: string; bank: string; account: string }>`
      select name, bank, account from payee_private where payee_id = ${payee} and unit_id = ${unit}`.execute(tx)
    return { payee: rows[0] }
  },
  rule: ({ payee }, _input, refuse, by) => [
    payee !== undefined || refuse('payee-unknown', { unit: by.lineage[0].name }),
  ],
  effect: (_tx, _input, { payee }) =>
    Promise.resolve({ name: payee?.name ?? '', bank: payee?.bank ?? '', account: payee?.account ?? '' }),
})
