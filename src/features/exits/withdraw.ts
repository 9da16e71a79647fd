import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** The county takes its proposal back, with a reason, while nobody has decided on it. */
export const withdrawExit = act({
  name: 'exit.withdraw',
  title: { zh: '撤回退出申请', en: 'Withdraw the proposal' },
  purpose: {
    zh: '初审作出决定之前，县可说明理由撤回，以后再提出。',
    en: 'Until the review is decided the county may take its proposal back with a reason, and propose again later.',
  },
  duty: 'propose-exit',
  input: z.object({ ...ExitCase, reason: Reason }),
  refusals: turnRefusals,
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'proposed',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, year }) => readCase(tx, unit, year),
  rule: (at, { year }, refuse, by) => [isTurn(at, ['proposed'], year, refuse, by)],
  effect: (tx, { unit, year, reason }, at, by) =>
    addStep(tx, at, { unit, year, step: 'withdraw', outcome: 'done', remarks: reason }, by),
  subject: ({ year }) => subjectOf(year),
})
