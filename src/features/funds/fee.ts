import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Fen } from '#kernel/words.ts'
import { accountOf, holdingLines, holdingRefusals, Note, readHolding } from './holding.ts'
import { post } from './ledger.ts'
import { InBooks, Paper } from './lines.ts'
import { inWords } from './money.ts'

/** A county takes the cost of managing its projects out of a line: within the charter's share of what it received on it. */
export const takeFee = act({
  name: 'funds.fee',
  title: { zh: '列支项目管理费', en: 'Take the management fee' },
  purpose: {
    zh: '从一项资金中列支项目管理费；累计不超过本年度收到该项资金的规定比例。',
    en: 'Takes the cost of managing projects out of a line; in sum never more than the charter’s share of what was received on it in the year.',
  },
  duty: 'use-funds-well',
  parameters: ['management_fee_max'],
  input: z.object({ ...InBooks, ...Paper, amount: Fen, note: Note }),
  refusals: {
    ...holdingRefusals,
    'exceeds-holding': {
      zh: '“{line}”可用余额{left}，要列支{asked}。',
      en: '{left} of «{line}» is left; {asked} was asked.',
      topic: { zh: '不超过可用余额', en: 'within what is left of the line' },
      notJudgedWith: ['unknown-line', 'wrong-year'],
    },
    'fee-of-a-pool': {
      zh: '“{line}”是统筹整合的资金，管理费已在原资金中计算，不能重复列支。',
      en: '«{line}» is a pool; the fee is taken from the lines that filled it, never twice.',
      topic: { zh: '不是统筹整合的资金', en: 'the line is no pool' },
      notJudgedWith: ['unknown-line'],
      remedy: { zh: '从原资金中列支。', en: 'Take it from the line from which the pool was filled.' },
      cites: 'parameter:management_fee_max',
    },
    'fee-above-maximum': {
      zh: '本年度收到“{line}”{received}，管理费至多{percent}%，即{max}；已列支{taken}，再列支{asked}将超出。',
      en: '{received} of «{line}» was received in the year; the fee is at most {percent}% of it, {max}. {taken} was taken; {asked} more would exceed it.',
      topic: { zh: '不超过管理费上限', en: 'within the highest fee' },
      notJudgedWith: ['unknown-line', 'wrong-year', 'fee-of-a-pool'],
      remedy: { zh: '减少金额。', en: 'Take less.' },
      cites: 'parameter:management_fee_max',
    },
  },
  about: {
    kind: 'fund-line',
    offered: (holding: { availableFen: string }) => BigInt(holding.availableFen) > 0n,
    input: ({ unit, line, year }: { unit: string; line: string; year: number }) => ({ unit, line, year }),
  },
  over: (input) => input.unit,
  async facts(tx, held, by) {
    const [holding, flows] = await Promise.all([
      readHolding(tx, held, by.on),
      sql<{ received: bigint; taken: bigint }>`
        select coalesce(sum(case when flow = 'allocate in' then amount when flow in ('allocate out', 'return out') then -amount
                                 when flow = 'return in' then amount end), 0)::bigint as received,
               coalesce(sum(amount) filter (where flow = 'fee in'), 0)::bigint as taken
          from fund_flow where year = ${held.year} and unit_id = ${held.unit} and line_id = ${held.line}`.execute(tx),
    ])
    const { received = 0n, taken = 0n } = flows.rows[0] ?? {}
    const { value: percent } = by.parameter('management_fee_max')
    // A percentage with two decimals, in whole hundredths: what is left of a fen is nobody's.
    const max = (received * BigInt(Math.round(percent * 100))) / 10_000n
    return { holding, received, taken, percent, max }
  },
  rule({ holding, received, taken, percent, max }, { line: id, year, amount }, refuse, by) {
    const { line, years } = holding
    const left = years.get(year)
    const facts = {
      received: inWords(received),
      percent,
      max: inWords(max),
      taken: inWords(taken),
      asked: inWords(amount),
    }
    return [
      ...holdingLines(holding, { line: id, year }, refuse, by),
      line === undefined ||
        left === undefined ||
        amount <= left ||
        refuse('exceeds-holding', { line: line.name, left: inWords(left), asked: inWords(amount) }),
      line?.source !== 'pool' || refuse('fee-of-a-pool', { line: line.name }),
      line === undefined ||
        line.source === 'pool' ||
        left === undefined ||
        taken + amount <= max ||
        refuse('fee-above-maximum', { ...facts, line: line.name }),
    ]
  },
  effect(tx, { amount, document, note, ...held }, { taken }, by) {
    const transfer = { kind: 'fee', from: accountOf(held, 'available'), to: accountOf(held, 'fee'), amount } as const
    post(tx, by, { unit: held.unit, document, note, transfers: [transfer] })
    return Promise.resolve({ takenFen: (taken + amount).toString() })
  },
  subject: ({ line, year }) => `${line}/${year}`,
})
