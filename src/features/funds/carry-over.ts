import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { closedBooks } from './balances.ts'
import { areOpen, bookRefusals, goesOn, isOwnBooks, namesOf } from './handing.ts'
import { post } from './ledger.ts'
import { FundLineId, InBooks, Paper, readLines } from './lines.ts'
import { totalOf } from './money.ts'
import { listed } from './receivers.ts'
import { isOver, readAhead, readRemains, yearRefusals } from './year-end.ts'

const LINES_MAX = 1000

/** What a unit has left of its lines at the year's end goes into the books of the next year. */
export const carryOver = act({
  name: 'funds.carry-over',
  title: { zh: '结转资金', en: 'Carry money over' },
  purpose: {
    zh: '把年底未安排的和已安排未支付的资金结转到下一年度的账；不选资金则全部结转。',
    en: 'Carries what is uncommitted and what is committed but unpaid into the books of the next year: all lines, or those that are chosen.',
  },
  duty: 'keep-fund-books',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '记账单位', en: 'Whose books' }, widget: 'unit' }),
    year: InBooks.year.meta({ label: { zh: '结转自年度', en: 'From the books of' }, widget: 'year' }),
    ...Paper,
    lines: z
      .array(FundLineId)
      .min(1)
      .max(LINES_MAX)
      .optional()
      .meta({ label: { zh: '资金', en: 'Lines' }, hint: { zh: '不选则全部结转', en: 'Left empty, all of them' } }),
  }),
  refusals: {
    ...bookRefusals,
    'year-not-over': yearRefusals['year-not-over'],
    'nothing-to-carry': {
      zh: '{unit}{year}年账上没有可结转的资金。',
      en: 'Nothing is left to carry over in the books of {unit} for {year}.',
      topic: { zh: '有可结转的资金', en: 'there is money to carry over' },
      notJudgedWith: ['unknown-line'],
    },
  },
  then: [{ zh: '账上清零后可以年度结账。', en: 'With nothing left in them, the books of the year can be closed.' }],
  about: {
    kind: 'fund-year',
    offered: (books: { isClosed: boolean; isEmpty: boolean }) => !books.isClosed && !books.isEmpty,
    input: ({ unit, year }: { unit: string; year: number }) => ({ unit, year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year, lines }, by) {
    const [closed, next, remains, known, later] = await Promise.all([
      closedBooks(tx, [unit], year),
      closedBooks(tx, [unit], year + 1),
      readRemains(tx, unit, year),
      readLines(tx, lines ?? [], by.on),
      readAhead(tx, unit, year),
    ])
    return {
      closed: [...closed, ...next],
      remains: remains.filter((each) => lines?.includes(each.line) ?? true),
      known,
      last: [...remains, ...later].filter((each) => lines?.includes(each.line) ?? true).map((each) => each.lastOn),
    }
  },
  rule({ closed, remains, known, last }, { year, lines = [] }, refuse, by) {
    const strange = lines.filter((id) => !known.some((line) => line.line === id))
    return [
      isOwnBooks(refuse, by),
      strange.length === 0 || refuse('unknown-line', { line: listed(strange), day: by.on }),
      areOpen(closed, namesOf(by, []), refuse),
      goesOn(last, refuse, by),
      isOver(year, refuse, by),
      strange.length > 0 || remains.length > 0 || refuse('nothing-to-carry', { unit: by.lineage[0].name, year }),
    ]
  },
  async effect(tx, { unit, year, document }, { remains }, by) {
    const transfers = remains.map(({ line, kind, project, amount }) => {
      const from = { line, unit, year, kind, ...(project !== null && { project }) }
      return { kind: 'carry' as const, from, to: { ...from, year: year + 1 }, amount }
    })
    post(tx, by, { unit, document, transfers })
    return {
      year: year + 1,
      carried: remains.length,
      amountFen: totalOf(remains.map((each) => each.amount)).toString(),
    }
  },
})
