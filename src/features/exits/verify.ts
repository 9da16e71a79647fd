import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addStep, ExitCase, findStep, readCase, subjectOf } from './books.ts'
import { isCommissioned } from './commission.ts'
import { Decision, decisionRefusals, hasReason } from './decision.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 3 of 7: the case is verified and gets its place on the list, or returns it. */
export const verifyExit = act({
  name: 'exit.verify',
  title: { zh: '核查退出', en: 'Verify the exit' },
  purpose: {
    zh: '核查是否达到退出标准，确定是否列入退出名单；须委托评估的年度，评估通过后方可核查通过。',
    en: 'Verifies that the county meets the criteria; where an evaluation is commissioned, it must have passed.',
  },
  duty: 'verify-exit',
  parameters: ['exit_evaluation_by_province'],
  input: z.object({ ...ExitCase, ...Decision }),
  refusals: {
    ...turnRefusals,
    ...decisionRefusals,
    'evaluation-missing': {
      zh: '{year}年的退出须先委托专项评估，本轮还没有评估结果。',
      en: 'Exits of {year} need a commissioned evaluation first; this round has none.',
      topic: { zh: '已有委托评估', en: 'the commissioned evaluation is there' },
      notJudgedWith: ['not-at-this-step'],
      remedy: { zh: '先委托评估并登记四项指标。', en: 'Commission it and enter its four metrics.' },
      cites: 'parameter:exit_evaluation_by_province',
    },
    'evaluation-failed': {
      zh: '委托的专项评估未达标，不能核查通过。',
      en: 'The commissioned evaluation did not pass; the case cannot be verified.',
      topic: { zh: '委托评估已达标', en: 'the commissioned evaluation passed' },
      notJudgedWith: ['evaluation-missing', 'not-at-this-step'],
      remedy: { zh: '退回县里整改。', en: 'Return it to the county.' },
      cites: 'duty:commission-evaluation',
    },
  },
  then: [
    { zh: '通过：向社会公示，任何人可提出异议。', en: 'Passed: a public notice, to which anyone may object.' },
    { zh: '退回：县整改后重新提出。', en: 'Returned: the county puts it right and proposes again.' },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'reviewed',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    return { at: await readCase(tx, unit, year), isDue: isCommissioned(by.parameter, year) }
  },
  rule({ at, isDue }, input, refuse, by) {
    const evaluation = findStep(at, 'commission')
    const isNeeded = isDue && input.outcome === 'pass' && at.state === 'reviewed'
    return [
      isTurn(at, ['reviewed'], input.year, refuse, by),
      hasReason(input, refuse),
      !isNeeded || evaluation !== undefined || refuse('evaluation-missing', { year: input.year }),
      !isNeeded || evaluation === undefined || evaluation.outcome === 'pass' || refuse('evaluation-failed'),
    ]
  },
  effect: (tx, { unit, year, outcome, remarks }, { at }, by) =>
    addStep(tx, at, { unit, year, step: 'verify', outcome, remarks }, by),
  subject: ({ year }) => subjectOf(year),
  obliges: ({ unit, outcome }) => (outcome === 'pass' ? [unit] : []),
})
