import nzh from 'nzh'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId, yuanOf } from '#kernel/words.ts'
import { type Written, writeSheet, XLSX_TYPE } from '#src/sheets/index.ts'
import { csvLine, sheetAmount, UTF8_MARK } from './cells.ts'
import { findPosting, type Payment, readPayments } from './payments.ts'

/** Makes the file that the county's bank is given. It holds names and accounts: whoever makes it is journalled, what it held is not. */
export const makePaymentFile = act({
  name: 'payment-file.make',
  title: { zh: '生成付款文件', en: 'Make a payment file' },
  purpose: {
    zh: '把一次支付写成交给银行的文件，含收款人户名、开户行、账号和大写金额；谁在何时生成过，记入日志，内容不留存。',
    en: 'Writes a payment as a file for the bank, with each payee’s name, bank, account and the amount in banking capitals; who made it, and when, is journalled, and what it held is kept nowhere.',
  },
  duty: 'use-funds-well',
  confidential: true,
  rowSecurity: true,
  input: z.object({
    unit: UnitId,
    payment: z.uuid().meta({ label: { zh: '支付', en: 'Payment' }, widget: 'reference', finds: 'find.postings' }),
    format: z.enum(['csv', 'xlsx']).meta({
      label: { zh: '文件格式', en: 'Format of the file' },
      widget: 'choice',
      choices: { csv: { zh: 'CSV 文本', en: 'CSV text' }, xlsx: { zh: 'XLSX 表格', en: 'XLSX sheet' } },
    }),
  }),
  refusals: {
    'payment-unknown': {
      zh: '{unit}的账上没有这次支付。',
      en: 'There is no such payment in the books of {unit}.',
      topic: { zh: '支付在本单位账上', en: 'the payment is in the books' },
      cites: 'duty:use-funds-well',
    },
    'nothing-to-pay': {
      zh: '{document}没有可付的款项：不含支付，或均已冲正。',
      en: 'Nothing is to be paid under {document}: it holds no payment, or all of them were reversed.',
      topic: { zh: '有未冲正的款项', en: 'something is still to be paid' },
      notJudgedWith: ['payment-unknown'],
      cites: 'duty:use-funds-well',
    },
    'payee-without-account': {
      zh: '有 {count} 个收款人没有登记账号：{shown}。',
      en: '{count} of the payees have no account: {shown}.',
      topic: { zh: '收款人账号齐全', en: 'every payee has an account' },
      notJudgedWith: ['payment-unknown', 'nothing-to-pay'],
      remedy: { zh: '先登记收款人的账号。', en: 'Register their accounts first.' },
      cites: 'duty:use-funds-well',
    },
  },
  then: [
    { zh: '下载文件，交给开户银行。', en: 'The file is taken away and given to the bank.' },
    { zh: '本次生成记入日志，不改变账目。', en: 'That it was made is journalled; the books stay as they are.' },
  ],
  about: {
    kind: 'payment',
    input: (payment: { unit: string; id: string }) => ({ unit: payment.unit, payment: payment.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, payment }) {
    const [posting, payments] = await Promise.all([findPosting(tx, payment, unit), readPayments(tx, payment, unit)])
    return { posting, payments }
  },
  rule({ posting, payments }, _input, refuse, by) {
    if (!posting) return [refuse('payment-unknown', { unit: by.lineage[0].name })]
    const open = payments.filter(({ isReversed }) => !isReversed)
    const lacking = open.filter(({ account }) => account === null)
    return [
      open.length > 0 || refuse('nothing-to-pay', { document: posting.document }),
      lacking.length === 0 ||
        refuse('payee-without-account', { count: lacking.length, shown: someOf(lacking.map(({ shown }) => shown)) }),
    ]
  },
  async effect(_tx, { format }, { posting, payments }) {
    const open = payments.filter(({ isReversed }) => !isReversed)
    const content = format === 'csv' ? csvOf(open) : await sheetOf(open)
    const total = open.reduce((sum, { amount }) => sum + amount, 0n)
    return {
      name: `${(posting?.document ?? '').replaceAll(/[^\p{L}\p{Nd}]+/gu, '-')}.${format}`,
      type: format === 'csv' ? 'text/csv; charset=utf-8' : XLSX_TYPE,
      count: open.length,
      totalFen: String(total),
      base64: content.toString('base64'),
    }
  },
})

const SHOWN_MAX = 5

const someOf = (names: readonly string[]) =>
  [...new Set(names)].slice(0, SHOWN_MAX).join('、') + (names.length > SHOWN_MAX ? ' …' : '')

/** An amount as banks in China want it besides the digits: 人民币壹佰贰拾伍万元伍角; without fen it ends in 整. */
export const inCapitals = (fen: bigint): string =>
  nzh.cn
    .toMoney(yuanOf(fen))
    .replace(/^人民币?/, '人民币')
    .replace(/(?<=[元角])$/, '整')

/** What banks ask for differs by bank; these columns are those that all of them need, headed as they stand on a transfer form. */
const columns = [
  { header: '序号', width: 6 },
  { header: '收款人户名', width: 24 },
  { header: '收款人账号', width: 24 },
  { header: '收款人开户行', width: 28 },
  { header: '金额', width: 16, format: '#,##0.00' },
  { header: '大写金额', width: 36 },
  { header: '用途', width: 28 },
  { header: '流水号', width: 42 },
] as const

const AMOUNT_AT = 4

const rowOf = (payment: Payment, at: number) => {
  const { name, account, bank, amount, work, document, act: id, n } = payment
  return [
    String(at + 1),
    name ?? '',
    account ?? '',
    bank ?? '',
    yuanOf(amount),
    inCapitals(amount),
    work ?? document,
    `${id}/${n}`,
  ]
}

function csvOf(payments: readonly Payment[]): Buffer {
  const isNumber = (at: number) => at === 0 || at === AMOUNT_AT
  const lines = [
    csvLine(
      columns.map(({ header }) => header),
      () => false,
    ),
    ...payments.map((payment, at) => csvLine(rowOf(payment, at), isNumber)),
  ]
  return Buffer.from(UTF8_MARK + lines.join(''))
}

async function sheetOf(payments: readonly Payment[]): Promise<Buffer> {
  const rows = payments.map((payment, at) =>
    rowOf(payment, at).map((cell, of): Written =>
      of === 0 ? Number(cell) : of === AMOUNT_AT ? sheetAmount(cell) : cell,
    ),
  )
  const parts: Uint8Array[] = []
  for await (const part of writeSheet(rows, columns, { name: '付款清单' })) parts.push(part as Uint8Array)
  return Buffer.concat(parts)
}
