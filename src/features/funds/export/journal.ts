import { addDays } from '#kernel/calendar.ts'
import { yuanOf } from '#kernel/words.ts'
import type { Book, BookTransfer } from './book.ts'
import { inline, type Language, type Names, namesOf, types } from './names.ts'
import { kindNames } from './words.ts'
import { gathering, type Writer } from './write.ts'

/** How two programs that read nearly the same text differ. */
type Dialect = { readonly head: readonly string[]; account(name: string): string }

const hledger: Dialect = {
  head: ['decimal-mark .', 'commodity 1000.00 CNY'],
  account: (name) => `account ${name}  ; type:${types[name.slice(0, name.indexOf(':')) as keyof typeof types]}`,
}
const ledger: Dialect = { head: ['commodity CNY', '  format 1000.00 CNY'], account: (name) => `account ${name}` }

const tags = ['act', 'transfer', 'kind', 'note', 'work', 'milestone', 'reverses'] as const

/** The text for hledger: everything declared, every balance asserted, so that `check --strict` has something to hold on to. */
export const writeHledger: Writer = (book, language, write) => writeJournal(hledger, book, language, write)

/** The text for ledger, which passes under `--strict --pedantic --check-payees`. */
export const writeLedger: Writer = (book, language, write) => writeJournal(ledger, book, language, write)

async function writeJournal(
  dialect: Dialect,
  book: Book,
  language: Language,
  write: Parameters<Writer>[2],
): Promise<void> {
  const names = namesOf(book, language)
  const { line, flush } = gathering(write)
  const closing = { zh: '期末核对', en: 'Balances at the end' }[language]
  await line(`; ${headline(book, names, language)}`, ...dialect.head, ...tags.map((tag) => `tag ${tag}`))
  for (const kind of Object.values(kindNames)) await line(`payee ${kind[language]}`)
  await line(`payee ${closing}`)
  for await (const payee of book.payees()) await line(`payee ${payeeOf(payee)}`)
  for await (const account of book.accounts()) await line(dialect.account(names.account(account)))
  for (const unit of book.outside) await line(dialect.account(names.outside(unit)))

  const outside = new Map<string, bigint>()
  for await (const transfer of book.transfers()) {
    await line('', ...entryOf(transfer, names, language))
    countOutside(outside, transfer)
  }
  await line('', `${book.scope.on} * ${closing}`)
  for await (const account of book.accounts()) await line(asserted(names.account(account), account.balance))
  for (const unit of book.outside) await line(asserted(names.outside(unit), outside.get(unit) ?? 0n))
  await flush()
}

const asserted = (name: string, balance: bigint) => `    ${name}  0.00 CNY = ${yuanOf(balance)} CNY`

export const payeeOf = (shown: string) => inline(shown) || '?'

/** What the file is, in a comment on its first line. */
export function headline({ scope, lines }: Book, names: Names, language: Language): string {
  const part = [...(scope.unit === undefined ? [] : [names.unit(scope.unit)]), ...(scope.year ? [scope.year] : [])]
  const madeUp = [...lines.values()].some((each) => each.madeUp)
  const marked = { zh: '含虚构或模拟数据', en: 'holds made-up or modelled data' }[language]
  const title = { zh: '扶贫资金账簿', en: 'Books of poverty-alleviation funds' }[language]
  return [title, ...part, scope.on, ...(madeUp ? [marked] : [])].join(' · ')
}

/** One transfer: who, under which document, from where to where, and by which act of the journal. */
function entryOf(transfer: BookTransfer, names: Names, language: Language): string[] {
  const { day, document, payee, kind, act, n, note, work, milestone, reverses, amount } = transfer
  const title = payee === null ? kindNames[kind][language] : payeeOf(payee)
  const told: [string, string | number | null][] = [
    ['act', act],
    ['transfer', n],
    ['kind', kind],
    ['note', note],
    ['work', work],
    ['milestone', milestone],
    ['reverses', reverses && `${reverses.act}/${reverses.n}`],
  ]
  const { from, to } = sidesOf(transfer, names)
  return [
    `${day} * (${inline(document)}) ${title}`,
    ...told.flatMap(([tag, value]) => (value === null ? [] : [`    ; ${tag}: ${plain(String(value))}`])),
    `    ${from}  ${yuanOf(-amount)} CNY`,
    `    ${to}  ${yuanOf(amount)} CNY`,
  ]
}

/** A comma ends a tag's value in hledger, a colon begins another tag in ledger. */
const plain = (text: string) => inline(text).replaceAll(',', '，').replaceAll(':', '：')

/** The names of both accounts; what lies outside the scope is the other unit's. */
export const sidesOf = ({ from, to, isFromWithin, isToWithin }: BookTransfer, names: Names) => ({
  from: isFromWithin ? names.account(from) : names.outside(from.unit),
  to: isToWithin ? names.account(to) : names.outside(to.unit),
})

/** What came from outside and went there, by unit: the other side of all that crosses the scope's edge. */
export function countOutside(sums: Map<string, bigint>, { from, to, isFromWithin, isToWithin, amount }: BookTransfer) {
  if (!isFromWithin) sums.set(from.unit, (sums.get(from.unit) ?? 0n) - amount)
  if (!isToWithin) sums.set(to.unit, (sums.get(to.unit) ?? 0n) + amount)
}

/** A day on whose morning all that was entered is in the books. */
export const morningAfter = ({ scope }: Book) => addDays(scope.on, 1)
