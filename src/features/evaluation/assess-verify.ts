import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { Reason } from '#kernel/words.ts'
import { NO_VALUES, type FiguresOf, type Known, knownOf } from './assess-known.ts'
import { addStep, findAssessment, readSteps, schemeOf, writeValues } from './assess-read.ts'
import {
  assessmentField,
  assessorField,
  assessRefusals,
  type AssessState,
  assessStateWords,
  givenValues,
  someIds,
  valueRefusals,
} from './assess-words.ts'

const VETOES_MAX = 20
const canVerify: readonly AssessState[] = ['reported', 'verified', 'signed', 'appealed']

/**
 * The assessor verifies each value: its own where it found another one, else the system's where there is one, else the unit's own. A
 * result that was signed is corrected, or upheld after an appeal, by verifying it anew with a reason.
 */
export const verifyResults = (figuresOf: FiguresOf) =>
  act({
    name: 'assessment.verify',
    title: { zh: '核定结果', en: 'Verify the results' },
    purpose: {
      zh: '逐项核定：查得不同的写明数值和依据；没有另写的，系统有数的以系统为准，没有的以自报为准。认定一票否决的附依据。已签发的，重新核定须说明理由，原结果留存。',
      en: 'Verifies each item: a value found otherwise is given with evidence; else the system’s counts where it has one, and the unit’s own where not. Vetoes are found with evidence. What was signed is verified anew with a reason, and stays on record.',
    },
    duty: 'assess-below',
    input: z.object({
      unit: assessorField,
      assessment: assessmentField,
      values: givenValues.meta({
        label: { zh: '查得的数值', en: 'Values found' },
        hint: {
          zh: '只填与系统和自报不同的；以前查得的继续有效。',
          en: 'Only those that differ from the system’s and the unit’s own; what was found before stands.',
        },
      }),
      vetoes: z
        .array(
          z.strictObject({
            veto: z.string().meta({ label: { zh: '一票否决', en: 'Veto' }, widget: 'reference', finds: 'find.vetoes' }),
            evidence: Reason,
          }),
        )
        .max(VETOES_MAX)
        .default([])
        .meta({
          label: { zh: '一票否决', en: 'Vetoes' },
          hint: {
            zh: '重新核定时全部重写；没有写的即撤销。',
            en: 'All of them each time: what is not named again is lifted.',
          },
        }),
      reason: Reason.optional().meta({
        label: { zh: '重新核定的理由', en: 'Reason for verifying anew' },
        hint: { zh: '仅在结果已签发或被申诉时填写。', en: 'Only where the result was signed already.' },
        widget: 'prose',
      }),
    }),
    refusals: {
      ...assessRefusals,
      'indicator-unknown': { ...valueRefusals['indicator-unknown'], notJudgedWith: ['unknown-assessment'] },
      'indicator-twice': valueRefusals['indicator-twice'],
      'veto-unknown': {
        zh: '“{vetoes}”不是这项考核的一票否决，或出现两次。',
        en: '{vetoes}: no veto of this assessment, or found twice.',
        topic: { zh: '一票否决都在章程中', en: 'every veto is of the charter' },
        notJudgedWith: ['unknown-assessment'],
      },
      'correction-unexplained': {
        zh: '结果第{version}版已签发；重新核定须说明理由。',
        en: 'Version {version} of the result was signed; verifying it anew needs a reason.',
        topic: { zh: '更正有理由', en: 'a correction has its reason' },
        notJudgedWith: ['unknown-assessment', 'wrong-state'],
      },
    },
    then: [
      {
        zh: '签发后计分、定等次，依据全部留存。',
        en: 'Once signed it is scored and graded, with all its evidence kept.',
      },
    ],
    about: {
      kind: 'assessment',
      offered: (each: { state: AssessState }) => canVerify.includes(each.state),
      input: (each: { unit: string; id: string }) => ({ unit: each.unit, assessment: each.id }),
    },
    over: (input) => input.unit,
    async ahead(db, { unit, assessment }, { charter, on }): Promise<Known> {
      const found = await findAssessment(db, assessment)
      if (found?.unit !== unit) return NO_VALUES
      return knownOf(db, {
        charter,
        figures: figuresOf(),
        scheme: schemeOf(charter, found),
        of: found.of,
        year: found.year,
        on,
      })
    },
    async facts(tx, { assessment }) {
      const [found, steps] = await Promise.all([findAssessment(tx, assessment), readSteps(tx, assessment)])
      return { found, reported: steps.reported, before: steps.verified }
    },
    rule({ found }, { unit, values, vetoes, reason }, refuse, by) {
      if (found?.unit !== unit) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
      const scheme = schemeOf(by.charter, found)
      const ids = values.map((each) => each.indicator)
      const strange = ids.filter((id) => !indicatorsOf(scheme).some((indicator) => indicator.id === id))
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
      const named = vetoes.map((each) => each.veto)
      const odd = named.filter((id, at) => named.indexOf(id) !== at || !scheme.vetoes.some((veto) => veto.id === id))
      const isCorrection = found.state === 'signed' || found.state === 'appealed'
      return [
        canVerify.includes(found.state) ||
          refuse('wrong-state', { since: found.since, state: assessStateWords[found.state] }),
        strange.length === 0 || refuse('indicator-unknown', { indicators: someIds(strange) }),
        twice.length === 0 || refuse('indicator-twice', { indicators: someIds(twice) }),
        odd.length === 0 || refuse('veto-unknown', { vetoes: someIds(odd) }),
        !isCorrection || reason !== undefined || refuse('correction-unexplained', { version: found.version }),
      ]
    },
    async effect(tx, { unit, assessment, values, vetoes, reason }, { found, reported, before }, by, known) {
      if (!found) throw new Error('An assessment that does not exist was not refused.')
      const ordinal = await addStep(tx, found, { step: 'verify', state: 'verified', reason }, by)
      const given = new Map(values.map((each) => [each.indicator, each]))
      const rows = indicatorsOf(schemeOf(by.charter, found)).map(({ id }) => {
        const { system, basis } = known.get(id) ?? { system: null, basis: null }
        // What was found otherwise before stands until it is found otherwise again.
        const stood = before.get(id)?.evidence ? before.get(id) : undefined
        const own = given.get(id) ?? stood
        const value = own?.value ?? system ?? reported.get(id)?.value ?? null
        return { indicator: id, value, system, basis, evidence: own?.evidence ?? null }
      })
      await writeValues(tx, assessment, ordinal, rows, by)
      if (vetoes.length > 0)
        await tx
          .insertInto('assessment_veto')
          .values(
            vetoes.map(({ veto, evidence }) => ({
              assessment_id: assessment,
              ordinal,
              veto,
              evidence,
              act_id: by.act,
            })),
          )
          .execute()
      const different = rows.filter((row) => row.value !== (reported.get(row.indicator)?.value ?? null)).length
      return { unit, assessment, different, vetoes: vetoes.length }
    },
    subject: (input) => input.assessment,
  })
