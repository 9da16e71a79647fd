import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { isPoor } from '#features/schedules/index.ts'
import { endDesignation } from '#features/units/index.ts'
import { addStep, ExitCase, readCase, subjectOf } from './books.ts'
import { freezeEvidence } from './evidence.ts'
import type { State } from './state.ts'
import { isTurn, turnRefusals } from './turn.ts'

/** Step 7 of 7: the exit is formally approved. The evidence is sealed, and the county leaves the list that day. */
export const approveExit = act({
  name: 'exit.approve',
  title: { zh: '批准退出', en: 'Approve the exit' },
  purpose: {
    zh: '正式批准贫困县退出；全部证据即时封存，自当日起移出贫困县名单。',
    en: 'Formally approves the exit; all evidence is sealed, and the county leaves the list that day.',
  },
  duty: 'approve-exit',
  final: true,
  input: z.object({
    ...ExitCase,
    document: z
      .string()
      .trim()
      .max(100)
      .optional()
      .meta({ label: { zh: '批准文号', en: 'Document number' } }),
  }),
  refusals: {
    ...turnRefusals,
    'not-a-poor-county': {
      zh: '{unit}不在当日的贫困县名单上，无需批准退出。',
      en: '{unit} is not on the list of poor counties that day; there is nothing to approve.',
      topic: { zh: '在贫困县名单上', en: 'on the list of poor counties' },
    },
  },
  then: [
    { zh: '证据封存，任何人可核对其校验码。', en: 'The evidence is sealed; its digest can be checked by anyone.' },
    {
      zh: '党政正职不再受“不摘帽不调离”约束；帮扶政策不变。',
      en: 'The principals may be moved again; support for the county goes on.',
    },
  ],
  about: {
    kind: 'exit',
    offered: (exit: { state: State }) => exit.state === 'evaluated' || exit.state === 'released',
    input: (exit: { unit: string; year: number }) => ({ unit: exit.unit, year: exit.year }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year }, by) {
    const [at, poor] = await Promise.all([readCase(tx, unit, year), isPoor(tx, unit, by.on)])
    return { at, poor }
  },
  rule: ({ at, poor }, { year }, refuse, by) => [
    isTurn(at, ['evaluated', 'released'], year, refuse, by),
    poor || at.state === 'approved' || refuse('not-a-poor-county', { unit: by.lineage[0].name }),
  ],
  async effect(tx, { unit, year, document }, { at }, by) {
    const sha256 = await freezeEvidence(tx, { unit, year }, at, by)
    const evidence = { sha256, ...(document !== undefined && { document }) }
    const done = await addStep(tx, at, { unit, year, step: 'approve', outcome: 'done', evidence }, by)
    await endDesignation(tx, unit, by)
    return { ...done, sha256 }
  },
  subject: ({ year }) => subjectOf(year),
})
