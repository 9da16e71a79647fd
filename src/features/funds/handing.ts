import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { availableByYear, closedBooks, lastEntry, type YearClose } from './balances.ts'
import { type Account, post } from './ledger.ts'
import { findLine, type FundLine, InBooks, Paper } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import {
  type Announced,
  announcedAdvice,
  announcedLine,
  listed,
  owing,
  readAnnounced,
  readReceivers,
  type Receiver,
  receiverLines,
  receiverRefusals,
  type Share,
  Shares,
} from './receivers.ts'

/** Refusals of everything that is entered in somebody's books. */
export const bookRefusals = {
  'not-own-books': {
    zh: '这项职责由{bearer}承担，动用的是{bearer}的账，不是{unit}的账。',
    en: 'This is {bearer}’s duty, done in {bearer}’s own books and not in those of {unit}.',
    topic: { zh: '动用的是本级的账', en: 'the books are your own' },
    remedy: { zh: '在本级的账上办理。', en: 'Do it in your own books.' },
  },
  'unknown-line': {
    zh: '{day}没有这笔资金（{line}）。',
    en: 'There was no such line of money ({line}) on {day}.',
    topic: { zh: '资金已经拨出', en: 'the line exists' },
    remedy: { zh: '核对资金和日期。', en: 'Check the line and the day.' },
  },
  'year-closed': {
    zh: '{books}，不能再记账。',
    en: '{books}; nothing more can be entered.',
    topic: { zh: '年度账目没有关闭', en: 'the books of the year are open' },
    remedy: { zh: '记入尚未关闭的年度。', en: 'Enter it in a year that is open.' },
  },
  'day-runs-back': {
    zh: '账上已有{last}的分录，不能再记{day}的账。',
    en: 'The books have an entry of {last} already; nothing of {day} goes in before it.',
    topic: { zh: '账目日期不倒退', en: 'the days of the books do not run back' },
    remedy: { zh: '以该日或之后的日期记账。', en: 'Enter it on that day or later.' },
  },
} as const satisfies Record<string, RefusalText>

export const isOwnBooks = (refuse: Refuse<'not-own-books'>, by: By): Line<'not-own-books'> =>
  by.bearer.id === by.lineage[0].id || refuse('not-own-books', { bearer: by.bearer.name, unit: by.lineage[0].name })

/** Whether none of the books that are written in is closed. */
export function areOpen(
  closed: readonly YearClose[],
  names: ReadonlyMap<string, Receiver['name']>,
  refuse: Refuse<'year-closed'>,
): Line<'year-closed'> {
  const said = closed.map(({ unit, year, on }) => {
    const name = names.get(unit) ?? { zh: unit, en: unit }
    return { zh: `${name.zh}${year}年的账已于${on}关闭`, en: `${name.en} closed its books of ${year} on ${on}` }
  })
  return closed.length === 0 || refuse('year-closed', { books: listed(said) })
}

/** Whether the accounts that are written in have no entry of a later day: so a balance as of a day is the sum of its entries. */
export const goesOn = (
  last: readonly (Day | null)[],
  refuse: Refuse<'day-runs-back'>,
  by: By,
): Line<'day-runs-back'> => {
  const latest = last
    .filter((day) => day !== null)
    .toSorted()
    .at(-1)
  return latest === undefined || latest <= by.on || refuse('day-runs-back', { last: latest, day: by.on })
}

/** The names of the unit acted over and of others, by their ids. */
export const namesOf = (by: By, others: readonly Pick<Receiver, 'unit' | 'name'>[]) =>
  new Map([...others.map((each) => [each.unit, each.name] as const), [by.lineage[0].id, by.lineage[0].name] as const])

/** What every way of handing money down takes: whose books, the line, the year, the paper, and who gets how much. */
export const handingInput = { ...InBooks, ...Paper, shares: Shares }

export const handingRefusals = {
  ...bookRefusals,
  ...receiverRefusals,
  'wrong-year': {
    zh: '“{line}”是{lineYear}年的资金；{unit}在{year}年账上没有这笔资金{elsewhere}。',
    en: '«{line}» is money of {lineYear}; {unit} has none of it in the books of {year}{elsewhere}.',
    topic: { zh: '账目年度正确', en: 'the year of the books is right' },
    notJudgedWith: ['unknown-line'],
    remedy: { zh: '改为资金所在的账目年度。', en: 'Take the year in whose books the money is.' },
  },
  'exceeds-line': {
    zh: '“{line}”在{unit}{year}年账上还剩{left}，本次要下达{asked}。',
    en: '{left} of «{line}» is left in the books of {unit} for {year}; {asked} was asked.',
    topic: { zh: '资金够用', en: 'enough of the line is left' },
    notJudgedWith: ['unknown-line', 'wrong-year'],
    remedy: { zh: '减少数额，使合计不超过余额。', en: 'Lower the amounts until they fit into what is left.' },
  },
} as const satisfies Record<string, RefusalText>

export const handingAdvice = announcedAdvice

const input = z.object(handingInput)
export type Handing = z.output<typeof input>

export type HandingFacts = {
  readonly line: FundLine | undefined
  /** What the unit may still dispose of, by the year of the books. */
  readonly years: ReadonlyMap<number, bigint>
  readonly closed: readonly YearClose[]
  readonly receivers: readonly Receiver[]
  readonly announced: readonly Announced[]
  readonly last: Day | null
}

export const handingTurns = ({ shares }: { readonly shares: readonly Share[] }) => shares.map((share) => share.unit)

export async function readHanding(tx: Tx, { unit, line, year, shares }: Handing, by: By): Promise<HandingFacts> {
  const to = shares.map((share) => share.unit)
  const [found, years, closed, receivers, announced, last] = await Promise.all([
    findLine(tx, line, by.on),
    availableByYear(tx, line, unit),
    closedBooks(tx, [unit, ...to], year),
    readReceivers(tx, to, by.on),
    readAnnounced(tx, to, year, by.on),
    lastEntry(tx, line, [unit, ...to], year),
  ])
  return { line: found, years, closed, receivers, announced, last }
}

export function handingRule(
  { line, years, closed, receivers, announced, last }: HandingFacts,
  { line: id, year, shares }: Handing,
  refuse: Refuse<keyof typeof handingRefusals>,
  by: By,
  advise: Refuse<keyof typeof handingAdvice>,
) {
  const [unit] = by.lineage
  const left = years.get(year)
  const asked = totalOf(shares.map((share) => share.amount))
  const isYear = left !== undefined || (line?.year === year && years.size === 0)
  return [
    isOwnBooks(refuse, by),
    line !== undefined || refuse('unknown-line', { line: id, day: by.on }),
    areOpen(closed, namesOf(by, receivers), refuse),
    line === undefined || goesOn([last], refuse, by),
    line === undefined ||
      isYear ||
      refuse('wrong-year', {
        line: line.name,
        lineYear: line.year,
        unit: unit.name,
        year,
        elsewhere: elsewhere(years),
      }),
    line === undefined ||
      !isYear ||
      asked <= (left ?? 0n) ||
      refuse('exceeds-line', {
        line: line.name,
        unit: unit.name,
        year,
        left: inWords(left ?? 0n),
        asked: inWords(asked),
      }),
    ...receiverLines(receivers, shares, refuse, by),
    announcedLine(announced, receivers, shares, advise),
  ]
}

export function elsewhere(years: ReadonlyMap<number, bigint>) {
  const others = [...years].filter(([, left]) => left > 0n).map(([year]) => String(year))
  return others.length === 0
    ? { zh: '', en: '' }
    : { zh: `，在${others.join('、')}年账上有`, en: `, but has some in those of ${others.join(', ')}` }
}

/** What a unit disposes of. */
export const availableOf = (line: string, unit: string, year: number): Account => ({
  line,
  unit,
  year,
  kind: 'available',
})

/** Shares of a line as transfers to the units below. */
export const sharesOut = ({ unit, line, year, shares }: Omit<Handing, 'document'>) =>
  shares.map((share) => ({
    kind: 'allocate' as const,
    from: availableOf(line, unit, year),
    to: availableOf(line, share.unit, year),
    amount: share.amount,
  }))

/** What handing money down tells: enough to see what is left, and whose turn it now is. */
export type Handed = {
  readonly line: string
  readonly lineYear: number
  readonly amountFen: string
  /** Of the line, in the books of all years. */
  readonly leftFen: string
  /** The receivers who owe to pass it on. */
  readonly passOn: readonly string[]
  /** The receivers who spend it, and owe to tell the public what they got. */
  readonly disclose: readonly string[]
  /** Whether anybody got anything, so that the giver owes to tell the public who. */
  readonly isShared: boolean
}

/** For whom an obligation opens when money is handed down: who passes it on, and who tells the public of it. */
export const obligedBy = (
  { unit }: { readonly unit: string },
  { passOn, disclose, isShared }: Handed,
  obligation: string,
): readonly string[] => {
  if (obligation === 'disclose-funds') return disclose
  if (obligation === 'publish-allocation') return isShared ? [unit] : []
  return passOn
}

/** Hands shares of a line down; `then` is the duty under which receivers who hold it pass the money on. */
export async function handDown(
  tx: Tx,
  asked: Handing,
  { line, years, receivers }: HandingFacts,
  by: By,
  then: string | null,
): Promise<Handed> {
  post(tx, by, { unit: asked.unit, document: asked.document, transfers: sharesOut(asked) })
  const amount = totalOf(asked.shares.map((share) => share.amount))
  return {
    line: asked.line,
    lineYear: line?.year ?? asked.year,
    amountFen: amount.toString(),
    leftFen: (totalOf([...years.values()]) - amount).toString(),
    passOn: then === null ? [] : owing(receivers, then, by),
    disclose: owing(receivers, 'use-funds-well', by),
    isShared: true,
  }
}

/** Offered on what a unit holds of a line in the books of a year, as asks tell it: `fund-balance`, with `availableFen` as text. */
export const aboutHanding = {
  kind: 'fund-balance',
  offered: (balance: { readonly availableFen: string; readonly isClosed?: boolean }) =>
    balance.availableFen !== '0' && balance.isClosed !== true,
  input: ({ unit, line, year }: { readonly unit: string; readonly line: string; readonly year: number }) => ({
    unit,
    line,
    year,
  }),
}
