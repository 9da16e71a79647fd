import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { closedBooks } from './balances.ts'
import { isOwnBooks, bookRefusals } from './handing.ts'
import { InBooks } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import { listed } from './receivers.ts'
import { isOver, readRemains, readRemainsBefore, type Remains, yearRefusals } from './year-end.ts'

/** A unit closes its books of a year: nothing is entered in them any more. */
export const closeYear = act({
  name: 'funds.close-year',
  title: { zh: '年度结账', en: 'Close the year' },
  purpose: {
    zh: '关闭一个年度的账目：账上的资金已全部支付、退回或结转。关闭后不能再记账。',
    en: 'Closes the books of a year, once all its money is paid, returned or carried over. Nothing can be entered afterwards.',
  },
  duty: 'keep-fund-books',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '记账单位', en: 'Whose books' }, widget: 'unit' }),
    year: InBooks.year.meta({
      label: { zh: '年度', en: 'Year' },
      hint: { zh: '已经结束、账上清零的年度', en: 'A year that is over and whose books are empty' },
      widget: 'year',
    }),
  }),
  refusals: {
    'not-own-books': bookRefusals['not-own-books'],
    'year-not-over': yearRefusals['year-not-over'],
    'closed-already': {
      zh: '{unit}{year}年的账已于{on}关闭。',
      en: '{unit} closed its books of {year} on {on} already.',
      topic: { zh: '账目没有关闭', en: 'the books are open' },
    },
    'books-not-empty': {
      zh: '{unit}{year}年账上还有{amount}：{lines}。',
      en: '{amount} is left in the books of {unit} for {year}: {lines}.',
      topic: { zh: '账上已清零', en: 'nothing is left in the books' },
      remedy: { zh: '先支付、退回或结转。', en: 'Pay it, return it or carry it over first.' },
    },
    'earlier-year-open': {
      zh: '{unit}{years}年账上还有{amount}没有结转。',
      en: '{amount} is left in the books of {unit} for {years}, not carried over yet.',
      topic: { zh: '以前年度已清零', en: 'nothing is left in earlier years' },
      remedy: { zh: '先处理以前年度。', en: 'See to the earlier year first.' },
    },
  },
  final: true,
  then: [
    {
      zh: '这一年度的账不能再记，也不能冲正；没有人能重新打开。',
      en: 'Nothing is entered in the books of this year any more, nor corrected; nobody can open them again.',
    },
    { zh: '已付的钱仍可查、可追踪、可公开。', en: 'What was paid can still be read, followed and made public.' },
  ],
  about: {
    kind: 'fund-year',
    offered: (books: { isClosed: boolean; isEmpty: boolean }) => !books.isClosed && books.isEmpty,
    input: ({ unit, year }: { unit: string; year: number }) => ({ unit, year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }) {
    const [closed, remains, earlier] = await Promise.all([
      closedBooks(tx, [unit], year),
      readRemains(tx, unit, year),
      readRemainsBefore(tx, unit, year),
    ])
    return { closed: closed[0], remains, earlier }
  },
  rule({ closed, remains, earlier }, { year }, refuse, by) {
    const unit = by.lineage[0].name
    const years = [...new Set(earlier.map((each) => each.year))].toSorted((a, b) => a - b)
    return [
      isOwnBooks(refuse, by),
      closed === undefined || refuse('closed-already', { unit, year, on: closed.on }),
      isOver(year, refuse, by),
      remains.length === 0 || refuse('books-not-empty', { unit, year, amount: sumOf(remains), lines: byLine(remains) }),
      years.length === 0 || refuse('earlier-year-open', { unit, years: years.join(', '), amount: sumOf(earlier) }),
    ]
  },
  async effect(tx, { unit, year }, _facts, by) {
    const row = { unit_id: unit, year, on_day: by.on, act_id: by.act }
    send(tx, tx.insertInto('fund_year_close').values(row).compile())
    return { unit, year }
  },
})

const sumOf = (remains: readonly Remains[]) => inWords(totalOf(remains.map((each) => each.amount)))

/** Each line with what is left of it, uncommitted and committed. */
function byLine(remains: readonly Remains[]): Text {
  const lines = Map.groupBy(remains, (each) => each.line)
  return listed([...lines.values()].map(remainsOfLine))
}

function remainsOfLine(remains: readonly Remains[]): Text {
  const name = remains[0]?.name ?? { zh: '', en: '' }
  const of = (kind: Remains['kind']) => totalOf(remains.filter((each) => each.kind === kind).map((each) => each.amount))
  const parts = [
    { amount: of('available'), zh: '未安排', en: 'uncommitted' },
    { amount: of('committed'), zh: '已安排未支付', en: 'committed and unpaid' },
  ].filter((part) => part.amount > 0n)
  return {
    zh: `“${name.zh}”${parts.map((part) => `${part.zh}${inWords(part.amount).zh}`).join('、')}`,
    en: `«${name.en}» ${parts.map((part) => `${inWords(part.amount).en} ${part.en}`).join(' and ')}`,
  }
}
