import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { aboutHanding, handDown, handingAdvice, handingInput, handingRefusals, handingRule, handingTurns, readHanding } from './handing.ts'
import { passingOn } from './lines.ts'

/** The centre hands out what is left of a line to the provinces. */
export const handFundsDown = act({
  name: 'funds.hand-down',
  title: { zh: '分配资金到省', en: 'Hand funds down to provinces' },
  purpose: {
    zh: '把已经拨出、尚未分配的资金切块分配到省，由省在时限内下达；不指定项目，不越过省。',
    en: 'Hands what is left of an appropriated line to the provinces in blocks, who allocate it within their limit. No project is named, and no province passed over.',
  },
  duty: 'appropriate-funds',
  input: z.object(handingInput),
  refusals: handingRefusals,
  advice: handingAdvice,
  then: [
    { zh: '省在时限内下达到市县。', en: 'The provinces allocate it within their limit.' },
    { zh: '有误的以冲正更正。', en: 'A mistake is put right by a reversal.' },
  ],
  about: aboutHanding,
  over: (input) => input.unit,
  turns: handingTurns,
  facts: readHanding,
  rule: handingRule,
  effect: (tx, input, facts, by) => handDown(tx, input, facts, by, 'allocate-funds'),
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  obliges: (_, { passOn }) => passOn,
})
