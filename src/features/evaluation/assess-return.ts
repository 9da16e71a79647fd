import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { addStep, findAssessment } from './assess-read.ts'
import { assessmentField, assessorField, assessRefusals, type AssessState, assessStateWords } from './assess-words.ts'

/** A self-report that can't be verified goes back, with the reason; what was said stays on record. */
export const returnOwnReport = act({
  name: 'assessment.return',
  title: { zh: '退回自报', en: 'Return the self-report' },
  purpose: {
    zh: '自报缺少依据或明显有误的，说明理由退回补正；原自报留存。',
    en: 'Sends a self-report back that lacks evidence or is plainly wrong; what was said stays on record.',
  },
  duty: 'assess-below',
  input: z.object({ unit: assessorField, assessment: assessmentField, reason: Reason }),
  refusals: { ...assessRefusals },
  about: {
    kind: 'assessment',
    offered: (each: { state: AssessState }) => each.state === 'reported',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, assessment: each.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { assessment }) => ({ found: await findAssessment(tx, assessment) }),
  rule({ found }, { unit }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
    return [
      found.state === 'reported' || refuse('wrong-state', { since: found.since, state: assessStateWords[found.state] }),
    ]
  },
  async effect(tx, { unit, assessment, reason }, { found }, by) {
    if (!found) throw new Error('An assessment that does not exist was not refused.')
    await addStep(tx, found, { step: 'return', state: 'returned', reason }, by)
    return { unit, assessment, of: found.of }
  },
  subject: (input) => input.assessment,
  obliges: (_, { of }) => [of],
})
