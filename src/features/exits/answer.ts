import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { addStep, readCase, subjectOf } from './books.ts'
import { findObjection, ObjectionId, objectionRefusals } from './find-objection.ts'

/** Whoever verifies exits answers an objection. One that is upheld sends the case back to the county. */
export const answerObjection = act({
  name: 'objection.answer',
  title: { zh: '答复异议', en: 'Answer an objection' },
  purpose: {
    zh: '核实异议并说明理由答复；异议成立的，退回县里整改。',
    en: 'Looks into an objection and answers it with reasons; if it is upheld, the case is returned for correction.',
  },
  duty: 'verify-exit',
  input: z.object({
    unit: UnitId,
    objection: ObjectionId,
    outcome: z.enum(['upheld', 'dismissed']).meta({
      label: { zh: '结论', en: 'Outcome' },
      widget: 'choice',
      choices: { upheld: { zh: '成立', en: 'Upheld' }, dismissed: { zh: '不成立', en: 'Dismissed' } },
    }),
    reason: Reason,
  }),
  refusals: {
    ...objectionRefusals,
    'already-answered': {
      zh: '该异议已于{on}答复。',
      en: 'It was answered on {on}.',
      topic: { zh: '尚未答复', en: 'not answered yet' },
    },
  },
  about: {
    kind: 'objection',
    offered: (objection: { answeredOn: string | null }) => objection.answeredOn === null,
    input: (objection: { unit: string; id: string }) => ({ unit: objection.unit, objection: objection.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, objection }) {
    const found = await findObjection(tx, objection, unit)
    return { found, at: found && (await readCase(tx, unit, found.year)) }
  },
  rule: ({ found }, _input, refuse, by) => [
    found !== undefined || refuse('objection-unknown', { unit: by.lineage[0].name }),
    found === undefined || found.answeredOn === null || refuse('already-answered', { on: found.answeredOn }),
  ],
  async effect(tx, { unit, objection, outcome, reason }, { found, at }, by) {
    if (!found || !at) throw new Error('An unknown objection was let through.')
    await tx
      .insertInto('objection_answer')
      .values({ objection_id: objection, outcome, reason, on_day: by.on, act_id: by.act })
      .execute()
    const returns = outcome === 'upheld' && at.state === 'noticed' && at.round === found.round
    const step = {
      unit,
      year: found.year,
      step: 'objection',
      outcome: 'return',
      remarks: reason,
      evidence: { objection },
    } as const
    if (returns) await addStep(tx, at, step, by)
    return { unit, year: found.year, objection, outcome, returned: returns }
  },
  subject: (input, { year }, obligation) => (obligation === 'answer-objection' ? input.objection : subjectOf(year)),
  settles: ({ unit }, { returned }, obligation) => (obligation === 'answer-objection' || returned ? [unit] : []),
})
