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

/** A province hands shares of a line down to its counties or cities. Put right by `funds.reverse` or `funds.return`, never edited. */
export const allocateFunds = act({
  name: 'funds.allocate',
  title: { zh: '下达资金', en: 'Allocate funds' },
  purpose: {
    zh: '把一笔资金按单位切块下达到县，或下达到市再转拨；定向资金只能用于其方向。下达时不指定项目：项目由县从项目库中确定。',
    en: 'Hands a line down to counties in blocks, or to cities that pass it on; an earmarked line keeps its direction. No project can be named here: the county chooses it from its library.',
  },
  duty: 'allocate-funds',
  input: z.object({ ...handingInput, ...FormulaField }),
  refusals: { ...handingRefusals, ...formulaRefusals },
  advice: { ...handingAdvice, ...formulaAdvice },
  then: [
    { zh: '市在时限内转拨到县。', en: 'A city passes it on within its limit.' },
    { zh: '县公开收到的资金，并安排到项目。', en: 'A county publishes what it received and commits it to projects.' },
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
  effect: (tx, input, facts, by) => handDown(tx, input, facts, by, 'pass-funds-on'),
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  obliges: obligedBy,
  meets: (_, { leftFen }) => leftFen === '0',
})
