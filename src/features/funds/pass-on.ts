import { z } from 'zod'
import { act } from '#kernel/act.ts'
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

/** A city passes on to its counties what the province allocated to it. */
export const passFundsOn = act({
  name: 'funds.pass-on',
  title: { zh: '转拨资金', en: 'Pass funds on' },
  purpose: {
    zh: '把收到的资金在时限内转拨到所辖的县；不指定项目。',
    en: 'Passes what was received on to the counties within the limit; no project is named.',
  },
  duty: 'pass-funds-on',
  input: z.object(handingInput),
  refusals: handingRefusals,
  advice: handingAdvice,
  then: [
    { zh: '县公开收到的资金，并安排到项目。', en: 'A county publishes what it received and commits it to projects.' },
  ],
  about: aboutHanding,
  over: (input) => input.unit,
  turns: handingTurns,
  facts: readHanding,
  rule: handingRule,
  effect: (tx, input, facts, by) => handDown(tx, input, facts, by, null),
  subject: (_, { line, lineYear }) => passingOn(line, lineYear),
  obliges: obligedBy,
  meets: (_, { leftFen }) => leftFen === '0',
})
