import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { indicatorsOf } from '#kernel/charter-assessments.ts'
import { canonical } from '#kernel/canonical.ts'
import { Percent, Reason, said, Year } from '#kernel/words.ts'
import { weightsOf } from './assess-read.ts'
import type { Scales } from './assess-tables.ts'
import {
  assessorField,
  IndicatorId,
  inHundredths,
  Measured,
  schemeField,
  schemeRefusals,
  someIds,
  valueRefusals,
} from './assess-words.ts'

const WEIGHTS_MAX = 60
const WHOLE_BP = 10_000

const Weight = Percent.refine((bp) => bp > 0, said('应大于 0', 'above 0')).meta({
  label: { zh: '权重（%）', en: 'Weight (%)' },
  widget: 'percent',
})

/** Weights, and the values between which points run, are adopted for a year; what corrects them is the next version. */
export const adoptWeights = act({
  name: 'assessment.adopt-weights',
  title: { zh: '确定考核权重', en: 'Adopt weights of an assessment' },
  purpose: {
    zh: '确定本单位某年度考核各指标的权重，以及得零分和得满分的数值。公开的文件没有权重，章程留空；权重由使用者确定，不是官方数值。更正即发布新版本，已签发的结果不变。',
    en: 'Sets each indicator’s weight in a year, and at which value it gives nothing and all. No document publishes weights and the charter leaves them blank: they are the user’s, not official. A correction is a new version; what was signed stays.',
  },
  duty: 'assess-below',
  input: z.object({
    unit: assessorField,
    scheme: schemeField,
    year: Year,
    title: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '名称', en: 'Title' } }),
    weights: z
      .array(
        z.strictObject({
          indicator: IndicatorId,
          percent: Weight,
          zero: Measured.meta({ label: { zh: '得零分的数值', en: 'Value that gives nothing' } }),
          full: Measured.meta({ label: { zh: '得满分的数值', en: 'Value that gives all' } }),
        }),
      )
      .min(1)
      .max(WEIGHTS_MAX)
      .meta({
        label: { zh: '指标、权重和计分区间', en: 'Indicators, weights and scales' },
        hint: {
          zh: '权重合计100%；得零分与得满分之间按比例计分，每项四舍五入到百分之一分。没有写的指标不计分。',
          en: '100 % together. Between nothing and all, points go in proportion, each rounded to a hundredth. What is left out does not count.',
        },
      }),
    madeUp: z
      .boolean()
      .default(false)
      .meta({ label: { zh: '仅为演示虚构', en: 'Made up for a demonstration' } }),
    note: Reason.optional().meta({ label: { zh: '说明', en: 'Note' }, widget: 'prose' }),
  }),
  refusals: {
    ...schemeRefusals,
    'indicator-unknown': { ...valueRefusals['indicator-unknown'], notJudgedWith: ['scheme-unknown'] },
    'indicator-twice': valueRefusals['indicator-twice'],
    'weights-not-whole': {
      zh: '权重合计为{sum}%，应为100%。',
      en: 'The weights add up to {sum} %, not to 100 %.',
      topic: { zh: '权重合计100%', en: 'the weights add up to 100 %' },
      remedy: { zh: '调整权重，使合计为100%。', en: 'Change them so that they add up to 100 %.' },
    },
    'scale-flat': {
      zh: '“{indicators}”得零分与得满分的数值相同。',
      en: '{indicators}: the same value gives nothing and all.',
      topic: { zh: '计分区间有高低', en: 'every scale has two ends' },
    },
    'weights-unchanged': {
      zh: '与现行第{version}版完全相同。',
      en: 'They are the same as version {version}, which stands.',
      topic: { zh: '与现行权重不同', en: 'they differ from what stands' },
    },
  },
  advice: {
    'weights-are-yours': {
      zh: '权重由你确定，不是官方数值：公开的表只有指标，没有权重。',
      en: 'The weights are yours, not official: the published table has indicators and no weights.',
    },
  },
  then: [
    {
      zh: '签发时按最新版本计分；已签发的结果不变。',
      en: 'What is signed from now on is scored by it; what was signed stays.',
    },
  ],
  about: {
    kind: 'assessments',
    offered: (here: { isAssessor: boolean }) => here.isAssessor,
    input: (here: { weightsForm: Readonly<Record<string, unknown>> }) => here.weightsForm,
  },
  over: (input) => input.unit,
  async facts(tx, { unit, scheme, year }) {
    const [standing] = await weightsOf(tx, unit, scheme, undefined, year)
    return { standing }
  },
  rule({ standing }, input, refuse, by, advise) {
    const scheme = by.charter.findAssessment(input.scheme)
    const ids = input.weights.map((each) => each.indicator)
    const known = new Set(scheme ? indicatorsOf(scheme).map((indicator) => indicator.id) : ids)
    const strange = ids.filter((id) => !known.has(id))
    const twice = ids.filter((id, at) => ids.indexOf(id) !== at)
    const flat = input.weights.filter((each) => each.zero === each.full).map((each) => each.indicator)
    const sum = input.weights.reduce((all, each) => all + each.percent, 0)
    const isSame =
      standing !== undefined &&
      standing.title === input.title &&
      standing.madeUp === input.madeUp &&
      canonical(standing.scales) === canonical(scalesFrom(input.weights))
    const [unit] = by.lineage
    return [
      scheme !== undefined || refuse('scheme-unknown', { scheme: input.scheme }),
      !scheme ||
        scheme.by === unit.tier ||
        refuse('not-the-assessor', { scheme: scheme.title, tier: by.charter.tier(scheme.by).name, unit: unit.name }),
      strange.length === 0 || refuse('indicator-unknown', { indicators: someIds(strange) }),
      twice.length === 0 || refuse('indicator-twice', { indicators: someIds(twice) }),
      sum === WHOLE_BP || refuse('weights-not-whole', { sum: sum / 100 }),
      flat.length === 0 || refuse('scale-flat', { indicators: someIds(flat) }),
      !isSame || refuse('weights-unchanged', { version: standing?.version ?? 0 }),
      advise('weights-are-yours'),
    ]
  },
  async effect(tx, { unit, scheme, year, title, weights, madeUp, note }, { standing }, by) {
    const version = (standing?.version ?? 0) + 1
    await tx
      .insertInto('assessment_weights')
      .values({
        id: by.act,
        unit_id: unit,
        scheme,
        year,
        version,
        title,
        scales: JSON.stringify(scalesFrom(weights)),
        made_up: madeUp,
        note: note ?? null,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { unit, weights: by.act, version }
  },
})

type Given = readonly { indicator: string; percent: number; zero: number; full: number }[]
export const scalesFrom = (weights: Given): Scales =>
  Object.fromEntries(weights.map(({ indicator, percent, zero, full }) => [indicator, { weight: percent, zero, full }]))

/** The form of the next version: what stands, written as a form takes it. */
export const weightsInput = (scales: Scales) =>
  Object.entries(scales).map(([indicator, { weight, zero, full }]) => ({
    indicator,
    percent: inHundredths(weight),
    zero: inHundredths(zero),
    full: inHundredths(full),
  }))
