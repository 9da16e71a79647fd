import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason } from '#kernel/words.ts'
import { findAssessment, readConsequences, schemeOf } from './assess-read.ts'
import { assessmentField, assessorField, assessRefusals } from './assess-words.ts'

/** What follows from a signed result is done, and said: a commendation, an interview, an account demanded. */
export const followAssessment = act({
  name: 'assessment.follow',
  title: { zh: '落实结果运用', en: 'Act on the result' },
  purpose: {
    zh: '按签发的等次落实结果运用（表彰、约谈、追责、计入资金分配等），写明怎样落实。',
    en: 'Does what follows from the grade (a commendation, an interview, an account demanded, a factor of the money) and says how.',
  },
  duty: 'reward-and-hold-to-account',
  input: z.object({
    unit: assessorField,
    assessment: assessmentField,
    consequence: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]*$/)
      .meta({ label: { zh: '结果运用', en: 'Consequence' }, widget: 'reference', finds: 'find.consequences' }),
    words: Reason.meta({ label: { zh: '怎样落实', en: 'How it was done' }, widget: 'prose' }),
  }),
  refusals: {
    ...assessRefusals,
    'not-signed': {
      zh: '结果尚未签发，或没有等次，谈不上运用。',
      en: 'No result is signed, or it has no grade: nothing follows from it.',
      topic: { zh: '结果已签发', en: 'a graded result is signed' },
      notJudgedWith: ['unknown-assessment'],
    },
    'consequence-not-of-grade': {
      zh: '等次“{grade}”没有“{consequence}”这项运用。',
      en: '«{consequence}» does not follow from the grade «{grade}».',
      topic: { zh: '运用与等次相符', en: 'it follows from the grade' },
      notJudgedWith: ['unknown-assessment', 'not-signed'],
    },
    'already-followed': {
      zh: '第{version}版的“{consequence}”已于{since}落实。',
      en: '«{consequence}» of version {version} was done on {since}.',
      topic: { zh: '尚未落实', en: 'it is not done yet' },
      notJudgedWith: ['unknown-assessment', 'not-signed'],
    },
  },
  about: {
    kind: 'assessment',
    offered: (each: { next: string | null }) => each.next !== null,
    input: (each: { unit: string; id: string; next: string | null }) => ({
      unit: each.unit,
      assessment: each.id,
      consequence: each.next ?? undefined,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { assessment }) {
    const [found, taken] = await Promise.all([findAssessment(tx, assessment), readConsequences(tx, assessment)])
    return { found, taken }
  },
  rule({ found, taken }, { unit, consequence }, refuse, by) {
    if (found?.unit !== unit) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
    const grade = schemeOf(by.charter, found).grades.find((each) => each.id === found.grade)
    if (!grade) return [refuse('not-signed')]
    const meant = grade.consequences.find((each) => each.id === consequence)
    const before = taken.find((each) => each.version === found.version && each.consequence === consequence)
    return [
      meant !== undefined || refuse('consequence-not-of-grade', { grade: grade.title, consequence }),
      before === undefined ||
        refuse('already-followed', {
          version: found.version,
          consequence: meant?.title ?? consequence,
          since: before.on,
        }),
    ]
  },
  async effect(tx, { unit, assessment, consequence, words }, { found }, by) {
    if (!found) throw new Error('An assessment that does not exist was not refused.')
    const { version } = found
    await tx
      .insertInto('assessment_consequence')
      .values({ assessment_id: assessment, version, consequence, words, on_day: by.on, act_id: by.act })
      .execute()
    const grade = schemeOf(by.charter, found).grades.find((each) => each.id === found.grade)
    return { unit, assessment, owed: grade?.consequences.find((each) => each.id === consequence)?.owed ?? false }
  },
  subject: (input) => input.assessment,
  meets: (_, { owed }) => owed,
})
