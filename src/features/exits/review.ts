import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { Decision, decisionRefusals, hasReason } from './decision.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 2 of 7: the level above reviews the proposal, or whoever has its duties where that tier is missing. */
export const reviewExit = act({
  name: 'exit.review',
  title: { zh: '初审退出', en: 'Review the exit' },
  purpose: {
    zh: '审核县的退出申请和自查：通过并报上级核查，或说明理由退回整改。',
    en: 'Looks through the county’s proposal and self-check: passes it on to be verified, or returns it with a reason.',
  },
  duty: 'review-exit',
  input: z.object({ ...ExitCase, ...Decision }),
  refusals: { ...turnRefusals, ...decisionRefusals },
  then: [
    { zh: '通过：在限期内核查。', en: 'Passed: it is verified in time.' },
    { zh: '退回：县整改后重新提出。', en: 'Returned: the county puts it right and proposes again.' },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'proposed',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, year }) => readCase(tx, unit, year),
  rule: (at, input, refuse, by) => [isTurn(at, ['proposed'], input.year, refuse, by), hasReason(input, refuse)],
  effect: (tx, { unit, year, outcome, remarks }, at, by) =>
    addStep(tx, at, { unit, year, step: 'review', outcome, remarks }, by),
  subject: ({ year }) => subjectOf(year),
  obliges: ({ unit, outcome }) => (outcome === 'pass' ? [unit] : []),
})
