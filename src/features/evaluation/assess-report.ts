import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { NO_VALUES, type FiguresOf, type Known, knownOf } from './assess-known.ts'
import { addStep, findAssessment, schemeOf, writeValues } from './assess-read.ts'
import {
  assessedField,
  assessmentField,
  assessRefusals,
  type AssessState,
  assessStateWords,
  givenValues,
  someIds,
  valueRefusals,
} from './assess-words.ts'

/** The assessed unit says its own results: what the system knows stands there already, what only it knows it gives with its evidence. */
export const reportOwnResults = (figuresOf: FiguresOf) =>
  act({
    name: 'assessment.report',
    title: { zh: '自查自报', en: 'Report one’s own results' },
    purpose: {
      zh: '被考核单位逐项自报：系统已有的数值自动带入并留存，只填系统没有的；与系统不同的，写明依据。',
      en: 'Whoever is assessed says its results: what the system knows is taken and kept, only the rest is given; who says another number than the system’s gives its evidence.',
    },
    duty: 'report-own-results',
    input: z.object({
      unit: assessedField,
      assessment: assessmentField,
      values: givenValues.meta({ label: { zh: '自报数值', en: 'One’s own values' } }),
    }),
    refusals: {
      ...assessRefusals,
      'indicator-unknown': { ...valueRefusals['indicator-unknown'], notJudgedWith: ['unknown-assessment'] },
      'indicator-twice': valueRefusals['indicator-twice'],
      'report-incomplete': {
        zh: '“{indicators}”只有本单位知道，还没有填。',
        en: '{indicators}: only this unit knows, and nothing was given.',
        topic: { zh: '该填的都填了', en: 'what only the unit knows is given' },
        notJudgedWith: ['unknown-assessment', 'wrong-state'],
      },
    },
    then: [
      { zh: '考核单位逐项核定，有差异的说明理由。', en: 'It is verified item by item; what differs is explained.' },
    ],
    about: {
      kind: 'assessment',
      offered: (each: { state: AssessState }) => each.state === 'opened' || each.state === 'returned',
      input: (each: { of: string; id: string }) => ({ unit: each.of, assessment: each.id }),
      over: (each: { of: string }) => each.of,
    },
    over: (input) => input.unit,
    async ahead(db, { unit, assessment }, { charter, on }): Promise<Known> {
      const found = await findAssessment(db, assessment)
      if (found?.of !== unit) return NO_VALUES
      return knownOf(db, {
        charter,
        figures: figuresOf(),
        scheme: schemeOf(charter, found),
        of: unit,
        year: found.year,
        on,
      })
    },
    facts: async (tx, { assessment }) => ({ found: await findAssessment(tx, assessment) }),
    rule({ found }, { unit, values }, refuse, by) {
      if (found?.of !== unit) return [refuse('unknown-assessment', { unit: by.lineage[0].name })]
      const indicators = indicatorsOf(schemeOf(by.charter, found))
      const ids = values.map((each) => each.indicator)
      const strange = ids.filter((id) => !indicators.some((indicator) => indicator.id === id))
      const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
      const lacking = indicators.filter(({ id, value }) => 'entered' in value && !ids.includes(id))
      return [
        found.state === 'opened' ||
          found.state === 'returned' ||
          refuse('wrong-state', { since: found.since, state: assessStateWords[found.state] }),
        strange.length === 0 || refuse('indicator-unknown', { indicators: someIds(strange) }),
        twice.length === 0 || refuse('indicator-twice', { indicators: someIds(twice) }),
        lacking.length === 0 ||
          refuse('report-incomplete', {
            indicators: {
              zh: lacking.map((each) => each.title.zh).join('、'),
              en: lacking.map((each) => each.title.en).join(', '),
            },
          }),
      ]
    },
    async effect(tx, { unit, assessment, values }, { found }, by, known) {
      if (!found) throw new Error('An assessment that does not exist was not refused.')
      const ordinal = await addStep(tx, found, { step: 'report', state: 'reported' }, by)
      const given = new Map(values.map((each) => [each.indicator, each]))
      const rows = indicatorsOf(schemeOf(by.charter, found)).map(({ id }) => {
        const { system, basis } = known.get(id) ?? { system: null, basis: null }
        const own = given.get(id)
        return { indicator: id, value: own?.value ?? system, system, basis, evidence: own?.evidence ?? null }
      })
      await writeValues(tx, assessment, ordinal, rows, by)
      return { unit, assessment, assessor: found.unit, known: rows.filter((row) => row.system !== null).length }
    },
    subject: (input) => input.assessment,
    obliges: (_, { assessor }) => [assessor],
  })
