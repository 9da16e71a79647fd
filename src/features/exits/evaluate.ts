import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { failuresOf, judgeMetrics, limitsOfMetrics, metricParameters, Metrics, passesAll } from './metrics.ts'
import { toBasisPoints } from './proposal.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 6 of 7: the special evaluation. One metric that fails sends the case back to the county. */
export const evaluateExit = act({
  name: 'exit.evaluate',
  title: { zh: '专项评估检查', en: 'Evaluate the exit' },
  purpose: {
    zh: '登记专项评估检查的四项指标；全部达标方可批准，任何一项不达标即退回整改。',
    en: 'Enters the four metrics of the special evaluation; all must pass, and any failure returns the case.',
  },
  duty: 'evaluate-exits',
  parameters: ['exit_evaluation_share', ...metricParameters],
  input: z.object({
    ...ExitCase,
    ...Metrics,
    remarks: z
      .string()
      .trim()
      .max(2000)
      .optional()
      .meta({ label: { zh: '评估说明', en: 'What the evaluators say' }, widget: 'prose' }),
  }),
  refusals: turnRefusals,
  advice: {
    'would-be-returned': {
      zh: '未达标：{failures}。提交后退回整改。',
      en: 'It does not pass: {failures}. It will be returned for correction.',
    },
  },
  then: [
    { zh: '达标：在限期内批准。', en: 'Passed: it is approved in time.' },
    { zh: '不达标：退回县里整改，重新提出。', en: 'Failed: back to the county, which corrects and proposes again.' },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State; share: number }) =>
      exit.state === 'drawn' || (exit.state === 'reported' && exit.share === 10_000),
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    const share_bp = toBasisPoints(by.parameter('exit_evaluation_share', `${year}-12-31`).value)
    return { at: await readCase(tx, unit, year), limits: limitsOfMetrics(by.parameter), isEvery: share_bp === 10_000 }
  },
  rule({ at, limits, isEvery }, input, refuse, by, advise) {
    const results = judgeMetrics(input, limits)
    return [
      isTurn(at, isEvery ? ['reported', 'drawn'] : ['drawn'], input.year, refuse, by),
      passesAll(results) || advise('would-be-returned', { failures: failuresOf(results) }),
    ]
  },
  async effect(tx, { unit, year, remarks, ...values }, { at, limits }, by) {
    const results = judgeMetrics(values, limits)
    const outcome = passesAll(results) ? 'pass' : 'return'
    const failures = failuresOf(results)
    const said = outcome === 'return' ? [failures.zh, remarks].filter((each) => each !== undefined).join('。') : remarks
    await addStep(tx, at, { unit, year, step: 'evaluate', outcome, remarks: said, evidence: { results, failures } }, by)
    return { unit, year, outcome, results }
  },
  subject: ({ year }) => subjectOf(year),
  obliges: ({ unit }, { outcome }) => (outcome === 'pass' ? [unit] : []),
})
