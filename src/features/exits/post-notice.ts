import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Day } from '#kernel/words.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { noticeAddress, noticeRefusals, spanInWords, spanOf, untilAtLeast } from './notice-span.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 4 of 7: the exit is put before the public, for as long as the rules say and at a permanent address. */
export const postNotice = act({
  name: 'exit.post-notice',
  title: { zh: '公示退出', en: 'Post the public notice' },
  purpose: {
    zh: '向社会公示拟退出的贫困县，公示期内任何人可提出异议；公示地址长期有效。',
    en: 'Puts the exit before the public; while it stands anyone may object. Its address is permanent.',
  },
  duty: 'verify-exit',
  parameters: ['exit_notice'],
  input: z.object({
    ...ExitCase,
    until: Day.optional().meta({
      label: { zh: '公示截止日', en: 'Last day' },
      hint: { zh: '不填则按规定的最短公示期。', en: 'Left empty, it is the shortest that the rules allow.' },
      widget: 'day',
    }),
  }),
  refusals: { ...turnRefusals, ...noticeRefusals },
  then: [
    {
      zh: '公示期满且无未答复异议，方可审定报告。',
      en: 'It can be reported once the notice has ended and every objection is answered.',
    },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'verified',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, year }) => readCase(tx, unit, year),
  rule(at, { year, until }, refuse, by) {
    const span = spanOf(by)
    const least = untilAtLeast(by.on, span, by)
    return [
      isTurn(at, ['verified'], year, refuse, by),
      until === undefined || until >= least || refuse('notice-too-short', { until, span: spanInWords(span), least }),
    ]
  },
  async effect(tx, { unit, year, until }, at, by) {
    const span = spanOf(by)
    const last = until ?? untilAtLeast(by.on, span, by)
    const address = noticeAddress(unit, year, at.round)
    await tx
      .insertInto('exit_notice')
      .values({ unit_id: unit, exit_year: year, round: at.round, from_day: by.on, until_day: last, act_id: by.act })
      .execute()
    const evidence = { from: by.on, until: last, span, address }
    await addStep(tx, at, { unit, year, step: 'notice', outcome: 'done', evidence }, by)
    return { unit, year, round: at.round, from: by.on, until: last, address }
  },
  subject: ({ year }) => subjectOf(year),
})
