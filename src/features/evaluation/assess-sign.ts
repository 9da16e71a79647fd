import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { type AssessmentScheme, indicatorsOf } from '#kernel/charter-assessments.ts'
import {
  type Assessment,
  addStep,
  findAssessment,
  readSteps,
  schemeOf,
  type Steps,
  type Weights,
  weightsOf,
} from './assess-read.ts'
import { type Evidence, gradesOf, kept, scoreOf } from './assess-score.ts'
import { assessmentField, assessorField, assessRefusals, type AssessState, assessStateWords } from './assess-words.ts'

/** The result is signed: scored by the newest weights, graded, and kept with all that it stands on, word for word. */
export const signAssessment = act({
  name: 'assessment.sign',
  title: { zh: '签发考核结果', en: 'Sign the result' },
  purpose: {
    zh: '按最新版本的权重计分、定等次并签发；数值、来源、指标口径、权重版本一并封存，被考核单位可以重算。没有权重的，只签发数值，不计分、不排名。',
    en: 'Scores by the newest weights, grades and signs; values, their sources and definitions and the version of the weights are kept, so that whoever was scored can compute it again. Without weights only values are signed, and nothing is ranked.',
  },
  duty: 'assess-below',
  input: z.object({ unit: assessorField, assessment: assessmentField }),
  refusals: {
    ...assessRefusals,
    'value-missing': {
      zh: '“{indicators}”有权重而没有数值，算不出得分。',
      en: '{indicators}: it has a weight and no value, so that there is no score.',
      topic: { zh: '计分的指标都有数值', en: 'what is weighed has a value' },
      remedy: { zh: '重新核定，写明查得的数值和依据。', en: 'Verify anew, giving the value found with its evidence.' },
      notJudgedWith: ['unknown-assessment', 'wrong-state'],
    },
  },
  advice: {
    'weights-blank': {
      zh: '{year}年的权重没有确定：只签发数值，不计分、不定等次、不排名。',
      en: 'No weights are adopted for {year}: values are signed; nothing is scored, graded or ranked.',
    },
  },
  then: [
    {
      zh: '被考核单位可在时限内申诉；更正即再签发一版。',
      en: 'Whoever was scored may appeal in time; a correction is a further signature.',
    },
    { zh: '按等次落实结果运用。', en: 'What follows from the grade is acted upon.' },
  ],
  about: {
    kind: 'assessment',
    offered: (each: { state: AssessState }) => each.state === 'verified',
    input: (each: { unit: string; id: string }) => ({ unit: each.unit, assessment: each.id }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, assessment }) {
    const found = await findAssessment(tx, assessment)
    if (found?.unit !== unit) return { found: undefined, steps: undefined, weights: undefined }
    const [steps, [weights]] = await Promise.all([
      readSteps(tx, assessment),
      weightsOf(tx, unit, found.scheme, undefined, found.year),
    ])
    return { found, steps, weights }
  },
  rule({ found, steps, weights }, _, refuse, by, advise) {
    if (!found || !steps) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
    const lacking = indicatorsOf(schemeOf(by.charter, found)).filter(
      ({ id }) => weights?.scales[id] !== undefined && (steps.verified.get(id)?.value ?? null) === null,
    )
    return [
      found.state === 'verified' || refuse('wrong-state', { since: found.since, state: assessStateWords[found.state] }),
      lacking.length === 0 ||
        refuse('value-missing', {
          indicators: {
            zh: lacking.map((each) => each.title.zh).join('、'),
            en: lacking.map((each) => each.title.en).join(', '),
          },
        }),
      weights !== undefined || advise('weights-blank', { year: found.year }),
    ]
  },
  async effect(tx, { unit, assessment }, { found, steps, weights }, by) {
    if (!found || !steps) throw new Error('An assessment that does not exist was not refused.')
    const scheme = schemeOf(by.charter, found)
    const evidence = evidenceOf(found, steps, weights, scheme, by.on)
    const { points, score, grade } = scoreOf(evidence)
    const { text, digest } = kept(evidence)
    const ordinal = await addStep(tx, found, { step: 'sign', state: 'signed' }, by)
    await tx
      .insertInto('assessment_signature')
      .values({
        assessment_id: assessment,
        version: evidence.version,
        ordinal,
        weights_id: weights?.id ?? null,
        points: JSON.stringify(points),
        score,
        grade,
        evidence: text,
        digest,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    const owed = scheme.grades.find((each) => each.id === grade)?.consequences.some((each) => each.owed) ?? false
    return { unit, assessment, version: evidence.version, score, grade, digest, owed }
  },
  subject: (input) => input.assessment,
  obliges: ({ unit }, { owed }) => (owed ? [unit] : []),
})

/** All that a signature stands on, from what was verified. */
export function evidenceOf(
  { id, unit, of, scheme: name, year, version }: Assessment,
  { reported, verified, vetoes }: Steps,
  weights: Weights | undefined,
  scheme: AssessmentScheme,
  on: string,
): Evidence {
  const atMost = new Map(scheme.vetoes.map((veto) => [veto.id, veto.at_most]))
  return {
    assessment: id,
    unit,
    of,
    scheme: name,
    year,
    on,
    version: version + 1,
    weights: weights ? { id: weights.id, version: weights.version, scales: weights.scales } : null,
    indicators: indicatorsOf(scheme).map((indicator) => {
      const { value = null, system = null, basis = null, evidence = null } = verified.get(indicator.id) ?? {}
      return { id: indicator.id, reported: reported.get(indicator.id)?.value ?? null, value, system, basis, evidence }
    }),
    vetoes: vetoes.map(({ veto, evidence }) => ({ id: veto, atMost: atMost.get(veto) ?? '', evidence })),
    grades: gradesOf(scheme),
  }
}
