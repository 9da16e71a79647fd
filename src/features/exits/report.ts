import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { countOpenObjections, findNotice, noticeRefusals, spanInWords, spanOf, untilAtLeast } from './notice-span.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 5 of 7: after the notice, the list is approved and reported upward. An open objection blocks it. */
export const reportExit = act({
  name: 'exit.report',
  title: { zh: '审定并报告', en: 'Approve the list and report' },
  purpose: {
    zh: '公示期满且异议均已答复，审定后向上报告。',
    en: 'Once the notice has ended and every objection is answered, the list is approved and reported upward.',
  },
  duty: 'verify-exit',
  parameters: ['exit_notice'],
  input: z.object({
    ...ExitCase,
    remarks: z
      .string()
      .trim()
      .max(2000)
      .optional()
      .meta({ label: { zh: '报告说明', en: 'What the report says' }, widget: 'prose' }),
  }),
  refusals: {
    ...turnRefusals,
    ...noticeRefusals,
    'notice-still-stands': {
      zh: '公示到{until}才结束。',
      en: 'The notice stands until {until}.',
      topic: { zh: '公示期已满', en: 'the notice has ended' },
      notJudgedWith: ['not-at-this-step'],
      remedy: { zh: '公示期满后再报告。', en: 'Report it after that day.' },
      cites: 'parameter:exit_notice',
    },
    'objection-open': {
      zh: '还有{count}件异议没有答复。',
      en: '{count} objections are not answered yet.',
      topic: { zh: '异议均已答复', en: 'every objection is answered' },
      remedy: { zh: '先答复全部异议。', en: 'Answer them first.' },
      cites: 'obligation:answer-objection',
    },
  },
  then: [
    {
      zh: '组织专项评估检查，或按比例抽查。',
      en: 'It is evaluated, or a share of the reported exits is drawn.',
    },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'noticed',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }) {
    const at = await readCase(tx, unit, year)
    const [notice, open] = await Promise.all([
      findNotice(tx, unit, year, at.round),
      countOpenObjections(tx, unit, year),
    ])
    return { at, notice: at.state === 'noticed' ? notice : undefined, open }
  },
  rule({ at, notice, open }, { year }, refuse, by) {
    const span = spanOf(by)
    const least = notice && untilAtLeast(notice.from, span, by)
    return [
      isTurn(at, ['noticed'], year, refuse, by),
      notice === undefined || by.on > notice.until || refuse('notice-still-stands', { until: notice.until }),
      notice === undefined ||
        least === undefined ||
        notice.until >= least ||
        refuse('notice-too-short', { until: notice.until, span: spanInWords(span), least }),
      open === 0 || refuse('objection-open', { count: open }),
    ]
  },
  effect: (tx, { unit, year, remarks }, { at }, by) =>
    addStep(tx, at, { unit, year, step: 'report', outcome: 'done', remarks }, by),
  subject: ({ year }) => subjectOf(year),
})
