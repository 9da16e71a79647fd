import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { formulaAdvice, FormulaField, formulaLines, formulaRefusals, readAgainst } from './formula-advice.ts'
import {
  aboutHanding,
  handDown,
  handingAdvice,
  handingInput,
  handingRefusals,
  handingRule,
  handingTurns,
  obligedBy,
  readHanding,
} from './handing.ts'
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
  input: z.object({ ...handingInput, ...FormulaField }),
  refusals: { ...handingRefusals, ...formulaRefusals },
  advice: { ...handingAdvice, ...formulaAdvice },
  then: [
    { zh: '省在时限内下达到市县。', en: 'The provinces allocate it within their limit.' },
    { zh: '有误的以冲正更正。', en: 'A mistake is put right by a reversal.' },
  ],
  about: aboutHanding,
  over: (input) => input.unit,
  turns: handingTurns,
  async facts(tx, input, by) {
    const [handing, against] = await Promise.all([readHanding(tx, input, by), readAgainst(tx, input, by)])
    return { ...handing, against }
  },
  rule: (facts, input, refuse, by, advise) => [
    ...handingRule(facts, input, refuse, by, advise),
    ...formulaLines(facts.against, input, refuse, by, advise),
  ],
  effect: (tx, input, facts, by) => handDown(tx, input, facts, by, 'allocate-funds'),
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  obliges: obligedBy,
})
