import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { obligedBy } from './handing.ts'
import { passingOn } from './lines.ts'
import {
  openingAdvice,
  openingInput,
  openingLines,
  openingRefusals,
  openingTurns,
  openLine,
  readOpening,
  sharingLines,
  sharingRefusals,
} from './opening.ts'
import { Shares } from './receivers.ts'

/** The centre opens a line of money, and may hand shares of it to provinces at once. */
export const appropriateFunds = act({
  name: 'funds.appropriate',
  title: { zh: '拨付中央资金', en: 'Appropriate central funds' },
  purpose: {
    zh: '中央按文件拨出一笔资金，可同时切块分配到省；余下的以后再分配。',
    en: 'The centre opens a line of money under its document, and may hand shares to provinces in blocks at once; the rest is handed down later.',
  },
  duty: 'appropriate-funds',
  input: z.object({
    ...openingInput,
    shares: Shares.optional().meta({
      label: { zh: '同时分配到省', en: 'Shares handed out at once' },
    }),
  }),
  refusals: { ...openingRefusals, ...sharingRefusals },
  advice: openingAdvice,
  then: [
    { zh: '省在时限内把收到的资金下达到市县。', en: 'The provinces allocate what they received within their limit.' },
    { zh: '余下的资金可以继续分配。', en: 'What is left can be handed down later.' },
    { zh: '有误的以冲正更正。', en: 'A mistake is put right by a reversal.' },
  ],
  over: (input) => input.unit,
  turns: openingTurns,
  facts: readOpening,
  rule: (facts, input, refuse, by, advise) => [
    ...openingLines(facts, input, refuse, by, advise),
    ...sharingLines(facts, input, refuse, by, advise),
  ],
  effect: (tx, input, facts, by) => openLine(tx, input, facts, by, 'central', 'allocate-funds'),
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  obliges: obligedBy,
})
