import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { openingAdvice, openingInput, openingLines, openingRefusals, openLine, readOpening } from './opening.ts'

/** A province opens a line of its own money beside the central one. */
export const contributeFunds = act({
  name: 'funds.contribute',
  title: { zh: '安排省级资金', en: 'Contribute provincial funds' },
  purpose: {
    zh: '省级从本级财力安排一笔资金，与中央资金配套，随后下达到市县。',
    en: 'Opens a line of the province’s own money to match the central one; it is allocated to cities and counties afterwards.',
  },
  duty: 'secure-funds',
  input: z.object(openingInput),
  refusals: openingRefusals,
  advice: { 'year-over': openingAdvice['year-over'] },
  then: [{ zh: '资金可以下达到市县。', en: 'It can be allocated to cities and counties.' }],
  over: (input) => input.unit,
  facts: readOpening,
  rule: openingLines,
  effect: (tx, input, facts, by) => openLine(tx, input, facts, by, 'provincial', 'allocate-funds'),
})
