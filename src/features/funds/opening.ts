import { z } from 'zod'
import type { By, RefusalText, Refuse } from '#kernel/act.ts'
import { send, type Tx } from '#kernel/db.ts'
import { scattered } from '#kernel/uuid.ts'
import { Fen, Text, UnitId, Year } from '#kernel/words.ts'
import { ProjectKind } from '#features/projects/index.ts'
import { closedBooks, type YearClose } from './balances.ts'
import { type Handed, areOpen, bookRefusals, isOwnBooks, namesOf, sharesOut } from './handing.ts'
import { post, type Transfer } from './ledger.ts'
import { Paper } from './lines.ts'
import { inWords, totalOf } from './money.ts'
import {
  type Announced,
  announcedAdvice,
  announcedLine,
  owing,
  readAnnounced,
  readReceivers,
  type Receiver,
  receiverLines,
  receiverRefusals,
  type Share,
  Shares,
} from './receivers.ts'

/** What a new line takes: who gives it, its name, year, paper and amount, what it is bound to, and whether it is a fact. */
export const openingInput = {
  unit: UnitId.meta({ label: { zh: '拨款单位', en: 'Who appropriates' }, widget: 'unit' }),
  name: Text.meta({ label: { zh: '资金名称', en: 'Name of the money' } }),
  year: Year,
  ...Paper,
  amount: Fen,
  earmark: ProjectKind.optional().meta({
    label: { zh: '专门用途', en: 'Bound to' },
    hint: {
      zh: '不填为切块资金，可用于库内任何项目',
      en: 'Left empty it is a block, free for any project of the library',
    },
    widget: 'choice',
  }),
  madeUp: z
    .boolean()
    .default(false)
    .meta({
      label: { zh: '演示用虚构数据', en: 'Made up for a demonstration' },
      hint: { zh: '没有来源的数额须标明', en: 'An amount without a source must say so' },
    }),
}

export const openingRefusals = {
  'not-own-books': bookRefusals['not-own-books'],
  'year-closed': bookRefusals['year-closed'],
  'wrong-year': {
    zh: '{year}年还没有到可以拨款的时候：当日最多拨下一年度（{latest}年）的资金。',
    en: '{year} is too far ahead: on this day money of {latest} is the latest that can be appropriated.',
    topic: { zh: '年度正确', en: 'the year is right' },
    remedy: {
      zh: '先提前下达控制数，到时再拨款。',
      en: 'Announce it in advance, and appropriate it when its time has come.',
    },
  },
  'line-exists': {
    zh: '{document}“{name}”{year}年已于{on}拨款，数额{amount}。',
    en: '«{name}», {document} of {year}, was opened on {on} already, with {amount}.',
    topic: { zh: '没有重复拨款', en: 'it was not opened before' },
    remedy: {
      zh: '核对文号；确为另一笔的，用另一名称。',
      en: 'Check the document; if it is other money, give it another name.',
    },
  },
} as const satisfies Record<string, RefusalText>

export const sharingRefusals = {
  ...receiverRefusals,
  'exceeds-line': {
    zh: '拨款{left}，分配合计{asked}，超出{over}。',
    en: '{left} is appropriated, but the shares add up to {asked}, which is {over} too much.',
    topic: { zh: '分配不超过拨款', en: 'the shares fit into the appropriation' },
    remedy: { zh: '减少分配数，余下的以后再分配。', en: 'Lower the shares; what is left can be handed down later.' },
  },
} as const satisfies Record<string, RefusalText>

export const openingAdvice = {
  ...announcedAdvice,
  'year-over': {
    zh: '{year}年已经过去，本次为补记。',
    en: '{year} is over; this enters it afterwards.',
    topic: { zh: '年度未过', en: 'the year is not over' },
  },
} as const satisfies Record<string, RefusalText>

const input = z.object({ ...openingInput, shares: Shares.optional() })
type Opening = z.output<typeof input>

type Known = { readonly on: string; readonly amount: bigint } | undefined
export type OpeningFacts = {
  readonly closed: readonly YearClose[]
  readonly known: Known
  readonly receivers: readonly Receiver[]
  readonly announced: readonly Announced[]
}

export const openingTurns = ({ shares = [] }: { readonly shares?: readonly Share[] | undefined }) =>
  shares.map((share) => share.unit)

export async function readOpening(
  tx: Tx,
  { unit, name, year, document, shares = [] }: Opening,
  by: By,
): Promise<OpeningFacts> {
  const to = shares.map((share) => share.unit)
  const [closed, known, receivers, announced] = await Promise.all([
    closedBooks(tx, [unit, ...to], year),
    findKnown(tx, unit, year, document, name.zh),
    readReceivers(tx, to, by.on),
    readAnnounced(tx, to, year, by.on),
  ])
  return { closed, known, receivers, announced }
}

async function findKnown(tx: Tx, unit: string, year: number, document: string, name: string): Promise<Known> {
  const row = await tx
    .selectFrom('fund_line as l')
    .innerJoin('fund_account as a', (join) =>
      join
        .onRef('a.line_id', '=', 'l.id')
        .onRef('a.unit_id', '=', 'l.unit_id')
        .onRef('a.year', '=', 'l.year')
        .on('a.kind', '=', 'source'),
    )
    .select(['l.on_day as on', 'a.balance'])
    .where('l.unit_id', '=', unit)
    .where('l.year', '=', year)
    .where('l.document', '=', document)
    .where('l.name_zh', '=', name)
    .executeTakeFirst()
  return row && { on: row.on, amount: -row.balance }
}

/** What holds of every new line. */
export function openingLines(
  { closed, known, receivers }: OpeningFacts,
  { name, year, document }: Opening,
  refuse: Refuse<keyof typeof openingRefusals>,
  by: By,
  advise: Refuse<'year-over'>,
) {
  const today = Number(by.on.slice(0, 4))
  return [
    isOwnBooks(refuse, by),
    areOpen(closed, namesOf(by, receivers), refuse),
    year <= today + 1 || refuse('wrong-year', { year, latest: today + 1 }),
    known === undefined || refuse('line-exists', { document, name, year, on: known.on, amount: inWords(known.amount) }),
    year >= today || advise('year-over', { year }),
  ]
}

/** What holds of the shares that are handed out at once with the line. */
export function sharingLines(
  { receivers, announced }: OpeningFacts,
  { amount, shares = [] }: Opening,
  refuse: Refuse<keyof typeof sharingRefusals>,
  by: By,
  advise: Refuse<keyof typeof openingAdvice>,
) {
  const asked = totalOf(shares.map((share) => share.amount))
  return [
    asked <= amount ||
      refuse('exceeds-line', { left: inWords(amount), asked: inWords(asked), over: inWords(asked - amount) }),
    ...receiverLines(receivers, shares, refuse, by),
    announcedLine(announced, receivers, shares, advise),
  ]
}

/** Opens a line with its money, and hands out the shares; `then` is the duty under which receivers who hold it pass it on. */
export async function openLine(
  tx: Tx,
  { unit, name, year, document, amount, earmark, madeUp, shares = [] }: Opening,
  { receivers }: OpeningFacts,
  by: By,
  source: 'central' | 'provincial',
  then: string,
): Promise<Handed> {
  const line = scattered(by.act, 1)
  const row = {
    id: line,
    unit_id: unit,
    source,
    year,
    name_zh: name.zh,
    name_en: name.en,
    earmark: earmark ?? null,
    document,
    made_up: madeUp,
    on_day: by.on,
    act_id: by.act,
  }
  send(tx, tx.insertInto('fund_line').values(row).compile())
  const account = (kind: 'source' | 'available') => ({ line, unit, year, kind })
  const transfers: Transfer[] = [
    { kind: 'appropriate', from: account('source'), to: account('available'), amount },
    ...sharesOut({ unit, line, year, shares: [...shares] }),
  ]
  post(tx, by, { unit, document, transfers })
  const left = amount - totalOf(shares.map((share) => share.amount))
  return {
    line,
    lineYear: year,
    amountFen: amount.toString(),
    leftFen: left.toString(),
    passOn: owing(receivers, then, by),
    disclose: owing(receivers, 'use-funds-well', by),
    isShared: shares.length > 0,
  }
}
