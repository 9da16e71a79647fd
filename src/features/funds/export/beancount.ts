import { yuanOf } from '#kernel/words.ts'
import type { BookTransfer } from './book.ts'
import { countOutside, headline, morningAfter, payeeOf, sidesOf } from './journal.ts'
import { inline, type Language, type Names, namesOf } from './names.ts'
import { kindNames } from './words.ts'
import { gathering, type Writer } from './write.ts'

/** The text for beancount: accounts opened on the first day, balances asserted without tolerance on the morning after the last. */
export const writeBeancount: Writer = async (book, language, write) => {
  const names = namesOf(book, language)
  const { line, flush } = gathering(write)
  await line(`option "title" ${quoted(headline(book, names, language))}`, 'option "operating_currency" "CNY"', '')
  await line(`${book.firstDay} commodity CNY`)
  for await (const account of book.accounts()) await line(`${book.firstDay} open ${names.account(account)} CNY`)
  for (const unit of book.outside) await line(`${book.firstDay} open ${names.outside(unit)} CNY`)
  const outside = new Map<string, bigint>()
  for await (const transfer of book.transfers()) {
    await line('', ...entryOf(transfer, names, language))
    countOutside(outside, transfer)
  }
  await line('')
  const asserted = (name: string, balance: bigint) =>
    `${morningAfter(book)} balance ${name}  ${yuanOf(balance)} ~ 0.00 CNY`
  for await (const account of book.accounts()) await line(asserted(names.account(account), account.balance))
  for (const unit of book.outside) await line(asserted(names.outside(unit), outside.get(unit) ?? 0n))
  await flush()
}

const quoted = (text: string) => `"${inline(text).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

/** A transfer bears its own link, and a reversal that of what it corrects besides: beancount shows the two together. */
function entryOf(transfer: BookTransfer, names: Names, language: Language): string[] {
  const { day, document, payee, kind, act, n, note, work, milestone, reverses, amount } = transfer
  const kindName = kindNames[kind][language]
  const links = [{ act, n }, ...(reverses ? [reverses] : [])].map((each) => `^${each.act}.${each.n}`).join(' ')
  const { from, to } = sidesOf(transfer, names)
  const told = (key: string, value: string | null) => (value === null ? [] : [`  ${key}: ${quoted(value)}`])
  return [
    `${day} * ${quoted(payee === null ? kindName : payeeOf(payee))} ${quoted(kindName)} #${kind} ${links}`,
    `  document_number: ${quoted(document)}`,
    `  act: "${act}"`,
    `  transfer: ${n}`,
    ...told('note', note),
    ...told('work', work),
    ...(milestone === null ? [] : [`  milestone: ${milestone}`]),
    ...(reverses ? [`  reverses: "${reverses.act}/${reverses.n}"`] : []),
    `  ${from}  ${yuanOf(-amount)} CNY`,
    `  ${to}  ${yuanOf(amount)} CNY`,
  ]
}
