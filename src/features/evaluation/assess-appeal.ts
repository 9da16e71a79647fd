import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSpan } from '#kernel/calendar.ts'
import type { Span } from '#kernel/calendar.ts'
import { Reason } from '#kernel/words.ts'
import { addStep, findAssessment } from './assess-read.ts'
import { assessedField, assessmentField, assessRefusals, type AssessState, assessStateWords } from './assess-words.ts'

/** Whoever was scored appeals; the result stands until it is verified and signed anew, upheld or not. */
export const appealAssessment = act({
  name: 'assessment.appeal',
  title: { zh: '申诉考核结果', en: 'Appeal against the result' },
  purpose: {
    zh: '被考核单位对签发的结果说明理由申诉；考核单位须重新核定并再签发一版，在此之前原结果有效。',
    en: 'Whoever was scored says why the result is wrong; it is verified and signed anew, and stands until then.',
  },
  duty: 'report-own-results',
  parameters: ['assessment_appeal_limit'],
  input: z.object({ unit: assessedField, assessment: assessmentField, reason: Reason }),
  refusals: {
    ...assessRefusals,
    'appeal-too-late': {
      zh: '结果于{signed}签发，申诉期到{until}为止。',
      en: 'The result was signed on {signed}; it could be appealed against until {until}.',
      topic: { zh: '在申诉期内', en: 'the time for an appeal has not run out' },
      cites: 'parameter:assessment_appeal_limit',
      notJudgedWith: ['unknown-assessment', 'wrong-state'],
    },
  },
  then: [{ zh: '考核单位在时限内重新核定。', en: 'It is verified anew within its time.' }],
  about: {
    kind: 'assessment',
    offered: (each: { state: AssessState }) => each.state === 'signed',
    input: (each: { of: string; id: string }) => ({ unit: each.of, assessment: each.id }),
    over: (each: { of: string }) => each.of,
  },
  over: (input) => input.unit,
  facts: async (tx, { assessment }) => ({ found: await findAssessment(tx, assessment) }),
  rule({ found }, { unit }, refuse, by) {
    if (found?.of !== unit) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
    if (found.state !== 'signed')
      return [refuse('wrong-state', { since: found.since, state: assessStateWords[found.state] })]
    const { value, unit: measure } = by.parameter('assessment_appeal_limit')
    const until = addSpan(found.since, { value, unit: measure } as Span, by.charter.calendar)
    return [by.on <= until || refuse('appeal-too-late', { signed: found.since, until })]
  },
  async effect(tx, { unit, assessment, reason }, { found }, by) {
    if (!found) throw new Error('An assessment that does not exist was not refused.')
    await addStep(tx, found, { step: 'appeal', state: 'appealed', reason }, by)
    return { unit, assessment, assessor: found.unit }
  },
  subject: (input) => input.assessment,
  obliges: (_, { assessor }) => [assessor],
})
