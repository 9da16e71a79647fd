import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import {
  addStep,
  atStep,
  findFinding,
  findingField,
  findingRefusals,
  rectifyDuty,
  responsibleAbout,
  responsibleField,
} from './finding-facts.ts'

/** The unit responsible says how it came to this; what it said before stays, and this is added. */
export const explainFinding = act({
  name: 'finding.explain',
  title: { zh: '说明原因', en: 'Say the cause' },
  purpose: {
    zh: '责任单位说明问题的原因；再次说明是补充，以前说的仍在。',
    en: 'The unit responsible says the cause; saying more adds to it, and what was said before stays.',
  },
  duty: rectifyDuty,
  input: z.object({
    unit: responsibleField,
    finding: findingField,
    cause: Reason.meta({ label: { zh: '原因', en: 'Cause' } }),
  }),
  refusals: findingRefusals,
  then: [{ zh: '按期整改并附证据。', en: 'Put it right by its day, and give the evidence.' }],
  about: responsibleAbout('open', 'explained', 'returned'),
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule: ({ found }, { unit }, refuse) =>
    found?.unit === unit ? [atStep(found, 'explain', refuse)] : [refuse('unknown-finding')],
  async effect(tx, { unit, finding, cause }, { found }, by) {
    if (!found) throw new Error('A finding that does not exist was not refused.')
    await addStep(tx, by, found, 'explain', { unit, note: cause })
    return { finding, unit }
  },
  subject: (input) => input.finding,
})

/** The unit responsible says what it did, with the evidence. It does not close anything: somebody else looks. */
export const rectifyFinding = act({
  name: 'finding.rectify',
  title: { zh: '报告整改', en: 'Report it put right' },
  purpose: {
    zh: '写明怎样整改、有什么证据；由别人核验后才销号。',
    en: 'Says what was done and what proves it; it is closed only when somebody else has verified it.',
  },
  duty: rectifyDuty,
  input: z.object({
    unit: responsibleField,
    finding: findingField,
    evidence: z
      .string()
      .trim()
      .min(10)
      .max(4000)
      .meta({ label: { zh: '整改情况和证据', en: 'What was done, and the evidence' }, widget: 'prose' }),
  }),
  refusals: findingRefusals,
  then: [
    {
      zh: '督查单位在期限内核验：销号，或说明理由退回。',
      en: 'The inspecting unit verifies in time: closed, or sent back with a reason.',
    },
  ],
  about: responsibleAbout('explained', 'returned'),
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule: ({ found }, { unit }, refuse) =>
    found?.unit === unit ? [atStep(found, 'rectify', refuse)] : [refuse('unknown-finding')],
  async effect(tx, { unit, finding, evidence }, { found }, by) {
    if (!found) throw new Error('A finding that does not exist was not refused.')
    await addStep(tx, by, found, 'rectify', { unit, note: evidence })
    return { finding, unit, inspector: found.inspector }
  },
  concerns: (_input, { finding, unit, inspector }, _obligation, how) => [
    { unit: how === 'opened' ? inspector : unit, subject: finding },
  ],
})
