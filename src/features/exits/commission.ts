import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { addStep, ExitCase, findStep, readCase } from './books.ts'
import { failuresOf, judgeMetrics, limitsOfMetrics, metricParameters, Metrics, passesAll } from './metrics.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Whether, for the exits of a year, the special evaluation is commissioned before the verification. */
export const isCommissioned = (
  parameter: (id: string, on: string) => { readonly value: number },
  year: number,
): boolean => parameter('exit_evaluation_by_province', `${year}-12-31`).value === 1

/**
 * The evaluation by a third party, commissioned before the verification and entered with its four metrics.
 * One for a round; a mistake in it is corrected by entering it again with the reason.
 */
export const commissionEvaluation = act({
  name: 'evaluation.commission',
  title: { zh: '委托专项评估', en: 'Commission the evaluation' },
  purpose: {
    zh: '委托第三方开展专项评估，并登记四项指标；通过后方可核查通过。',
    en: 'A third party evaluates the exit; its four metrics are entered, and must pass before the exit is verified.',
  },
  duty: 'commission-evaluation',
  parameters: ['exit_evaluation_by_province', ...metricParameters],
  input: z.object({
    ...ExitCase,
    evaluator: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '评估机构', en: 'Evaluator' } }),
    ...Metrics,
    correction: Reason.optional().meta({
      label: { zh: '更正理由', en: 'Reason for the correction' },
      hint: { zh: '仅在更正已登记的评估时填写。', en: 'Only to correct an evaluation entered before.' },
      widget: 'prose',
    }),
  }),
  refusals: {
    ...turnRefusals,
    'not-commissioned-this-year': {
      zh: '{year}年的退出由最高一级逐县评估，不由本级委托。',
      en: 'The exits of {year} are evaluated one by one from above, and not commissioned here.',
      topic: { zh: '该年度由本级委托评估', en: 'evaluations of that year are commissioned here' },
      cites: 'parameter:exit_evaluation_by_province',
    },
    'already-evaluated': {
      zh: '本轮评估已于{on}登记。',
      en: 'The evaluation of this round was entered on {on}.',
      topic: { zh: '本轮尚未评估', en: 'not evaluated in this round yet' },
      remedy: {
        zh: '如登记有误，填写更正理由重新登记。',
        en: 'If it was entered wrongly, enter it again with the reason for the correction.',
      },
    },
  },
  advice: {
    'does-not-pass': {
      zh: '未达标：{failures}。只能退回整改。',
      en: 'It does not pass: {failures}. The case can only be returned.',
    },
  },
  about: {
    kind: 'exit',
    offered: (exit: { state: State; isCommissioned: boolean }) => exit.state === 'reviewed' && exit.isCommissioned,
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    return {
      at: await readCase(tx, unit, year),
      limits: limitsOfMetrics(by.parameter),
      isDue: isCommissioned(by.parameter, year),
    }
  },
  rule({ at, limits, isDue }, input, refuse, by, advise) {
    const earlier = findStep(at, 'commission')
    const results = judgeMetrics(input, limits)
    return [
      isTurn(at, ['reviewed'], input.year, refuse, by),
      isDue || refuse('not-commissioned-this-year', { year: input.year }),
      earlier === undefined || input.correction !== undefined || refuse('already-evaluated', { on: earlier.on }),
      passesAll(results) || advise('does-not-pass', { failures: failuresOf(results) }),
    ]
  },
  async effect(tx, { unit, year, evaluator, correction, ...values }, { at, limits }, by) {
    const results = judgeMetrics(values, limits)
    const outcome = passesAll(results) ? 'pass' : 'return'
    const evidence = { evaluator, results, ...(correction !== undefined && { correction }) }
    await addStep(tx, at, { unit, year, step: 'commission', outcome, remarks: correction, evidence }, by)
    return { unit, year, outcome }
  },
})
