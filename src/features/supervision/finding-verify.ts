import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { decisionInput, hasReason, withoutReason } from '#kernel/decision.ts'
import { Day, Reason } from '#kernel/words.ts'
import {
  addStep,
  atStep,
  doerOf,
  findFinding,
  findingField,
  findingRefusals,
  goingOn,
  inspectorAbout,
} from './finding-facts.ts'
import { inspectDuty, inspectorField } from './inspection-facts.ts'

/** Somebody else verifies that a finding was put right: another person, of another unit. It is closed, or sent back with a reason. */
export const verifyFinding = act({
  name: 'finding.verify',
  title: { zh: '核验整改', en: 'Verify a finding' },
  purpose: {
    zh: '由别的单位、别的人核验整改：通过即销号；退回须说明理由，并另定期限。',
    en: 'Another person, of another unit, looks whether it was put right: then it is closed, or sent back with a reason and a new day.',
  },
  duty: inspectDuty,
  input: z.object({
    unit: inspectorField.meta({ label: { zh: '核验单位', en: 'Who verifies' } }),
    finding: findingField,
    ...decisionInput({ zh: '退回重改', en: 'Send back' }),
    due: Day.optional().meta({
      label: { zh: '退回后的整改期限', en: 'To be put right by, if it is sent back' },
      hint: {
        zh: '不填则仍按原期限；原期限已过的必须填。',
        en: 'Left empty, the day stays; if that is past, a new one is needed.',
      },
    }),
  }),
  refusals: {
    ...findingRefusals,
    ...withoutReason({ zh: '退回必须说明理由。', en: 'Sending back needs its reason.' }),
    'verified-by-who-rectified': {
      zh: '整改是本人报告的，不能自己核验。',
      en: 'Whoever reported it put right cannot verify it.',
      topic: { zh: '核验的是另一个人', en: 'somebody else verifies it' },
      remedy: { zh: '由别人核验。', en: 'Have somebody else verify it.' },
    },
    'verified-by-own-unit': {
      zh: '责任单位不能核验自己的整改。',
      en: 'The unit responsible cannot verify what it put right itself.',
      topic: { zh: '核验的是另一个单位', en: 'another unit verifies it' },
    },
    'due-past': {
      zh: '退回后的整改期限{due}已经过去。',
      en: 'Sent back, it would be due on {due}, which is past.',
      topic: { zh: '期限未过', en: 'the day by which it is due lies ahead' },
    },
  },
  about: inspectorAbout('rectified'),
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule({ found }, { unit, outcome, remarks, due }, refuse, by) {
    if (!found || (unit !== found.unit && !found.above.includes(unit))) return [refuse('unknown-finding')]
    const step = outcome === 'pass' ? 'close' : 'return'
    const isRectified = found.state === 'rectified'
    const until = due ?? found.due
    return [
      atStep(found, step, refuse),
      unit !== found.unit || refuse('verified-by-own-unit'),
      !isRectified ||
        (found.person !== doerOf(by) && found.person !== by.principal?.id) ||
        refuse('verified-by-who-rectified'),
      hasReason({ outcome, remarks }, refuse),
      outcome === 'pass' || until >= by.on || refuse('due-past', { due: until }),
    ]
  },
  async effect(tx, { unit, finding, outcome, remarks, due }, { found }, by) {
    if (!found) throw new Error('A finding that does not exist was not refused.')
    const isClosed = outcome === 'pass'
    const note = remarks !== undefined && remarks.length >= 4 ? remarks : '核验通过，予以销号。'
    const until = isClosed ? found.due : (due ?? found.due)
    await addStep(tx, by, found, isClosed ? 'close' : 'return', { unit, note, due: until })
    return { finding, isClosed, responsible: found.unit, inspector: found.inspector, due: until }
  },
  concerns(_input, { finding, isClosed, responsible, inspector, due }, _obligation, how) {
    if (how === 'settled') return [{ unit: inspector, subject: finding }]
    return isClosed ? [] : [{ unit: responsible, subject: finding, due }]
  },
})

/** A finding that was wrong is withdrawn by those who made it, with the reason; it stays on the list as what it was. */
export const withdrawFinding = act({
  name: 'finding.withdraw',
  title: { zh: '撤销问题', en: 'Withdraw a finding' },
  purpose: {
    zh: '认定有误时由提出单位撤销，说明理由；记录仍在。',
    en: 'Where it was a mistake, those who made the finding withdraw it and say why; the record stays.',
  },
  duty: inspectDuty,
  final: true,
  input: z.object({ unit: inspectorField, finding: findingField, reason: Reason }),
  refusals: findingRefusals,
  about: inspectorAbout(...goingOn),
  over: (input) => input.unit,
  facts: async (tx, { finding }, by) => ({ found: await findFinding(tx, finding, by.on) }),
  rule: ({ found }, { unit }, refuse) =>
    found?.inspector === unit ? [atStep(found, 'withdraw', refuse)] : [refuse('unknown-finding')],
  async effect(tx, { unit, finding, reason }, { found }, by) {
    if (!found) throw new Error('A finding that does not exist was not refused.')
    await addStep(tx, by, found, 'withdraw', { unit, note: reason })
    return { finding, responsible: found.unit, inspector: found.inspector }
  },
  concerns: (_input, { finding, responsible, inspector }, obligation) => [
    { unit: obligation === 'verify-finding' ? inspector : responsible, subject: finding },
  ],
})
