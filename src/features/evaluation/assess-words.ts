import { z } from 'zod'
import type { RefusalText } from '#kernel/act.ts'
import { said, type Text, UnitId } from '#kernel/words.ts'

export const assessStates = ['opened', 'reported', 'returned', 'verified', 'signed', 'appealed'] as const
export type AssessState = (typeof assessStates)[number]
export type AssessStep = 'open' | 'report' | 'return' | 'verify' | 'sign' | 'appeal'

export const assessStateWords: Readonly<Record<AssessState, Text>> = {
  opened: { zh: '待自报', en: 'to be reported' },
  reported: { zh: '已自报，待核定', en: 'reported, to be verified' },
  returned: { zh: '退回补正', en: 'returned' },
  verified: { zh: '已核定，待签发', en: 'verified, to be signed' },
  signed: { zh: '已签发', en: 'signed' },
  appealed: { zh: '已签发，申诉中', en: 'signed, appealed against' },
}
export const assessStepWords: Readonly<Record<AssessStep, Text>> = {
  open: { zh: '启动考核', en: 'opened' },
  report: { zh: '自查自报', en: 'reported its own results' },
  return: { zh: '退回补正', en: 'returned' },
  verify: { zh: '核定', en: 'verified' },
  sign: { zh: '签发', en: 'signed' },
  appeal: { zh: '申诉', en: 'appealed' },
}

const VALUE_MAX = 1_000_000

/** A value with at most two decimals on the wire; whole hundredths within. */
export const Measured = z
  .number()
  .min(-VALUE_MAX)
  .max(VALUE_MAX)
  .refine(
    (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
    said('至多两位小数', 'at most two decimals'),
  )
  .transform((value) => Math.round(value * 100))

export const inHundredths = (value: number) => value / 100

export const assessorField = UnitId.meta({ label: { zh: '考核单位', en: 'Who assesses' }, widget: 'unit' })
export const assessedField = UnitId.meta({ label: { zh: '被考核单位', en: 'Who is assessed' }, widget: 'unit' })
export const assessmentField = z.uuid().meta({ label: { zh: '考核', en: 'The assessment' }, widget: 'hidden' })
export const schemeField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .meta({ label: { zh: '考核办法', en: 'Kind of assessment' }, widget: 'reference', finds: 'find.assessments' })
export const IndicatorId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/)
  .meta({ label: { zh: '指标', en: 'Indicator' }, widget: 'reference', finds: 'find.indicators' })

const INDICATORS_MAX = 60

/** Values that somebody gives, each with its evidence. */
export const givenValues = z
  .array(
    z.strictObject({
      indicator: IndicatorId,
      value: Measured.meta({ label: { zh: '数值', en: 'Value' } }),
      evidence: z
        .string()
        .trim()
        .min(4)
        .max(2000)
        .meta({ label: { zh: '依据', en: 'Evidence' } }),
    }),
  )
  .max(INDICATORS_MAX)
  .default([])

/** What every act about an assessment refuses in the same words. */
export const assessRefusals = {
  'unknown-assessment': {
    zh: '没有这项考核，或不由{unit}办理。',
    en: 'There is no such assessment, or it is not {unit}’s to deal with.',
    topic: { zh: '考核存在', en: 'the assessment exists' },
  },
  'wrong-state': {
    zh: '考核自{since}起“{state}”，现在不能办这一步。',
    en: 'Since {since} the assessment is «{state}»; this step is not its turn.',
    topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
    remedy: {
      zh: '在这项考核的页面上看走到哪一步、由谁办。',
      en: 'See on the assessment’s page which step comes next, and whose it is.',
    },
    notJudgedWith: ['unknown-assessment'],
  },
} as const satisfies Record<string, RefusalText>

export const valueRefusals = {
  'indicator-unknown': {
    zh: '“{indicators}”不是这项考核的指标。',
    en: '{indicators}: no indicator of this assessment.',
    topic: { zh: '都是本考核的指标', en: 'every indicator is of this assessment' },
  },
  'indicator-twice': {
    zh: '“{indicators}”出现两次。',
    en: '{indicators}: given twice.',
    topic: { zh: '每个指标一次', en: 'every indicator once' },
  },
} as const satisfies Record<string, RefusalText>

export const schemeRefusals = {
  'scheme-unknown': {
    zh: '章程没有“{scheme}”这种考核。',
    en: 'The charter knows no assessment «{scheme}».',
    topic: { zh: '考核办法存在', en: 'the assessment is one of the charter’s' },
  },
  'not-the-assessor': {
    zh: '“{scheme}”由{tier}一级考核，不由{unit}考核。',
    en: '«{scheme}» is assessed at the tier «{tier}», not by {unit}.',
    topic: { zh: '由本级考核', en: 'it is this level that assesses' },
    cites: 'duty:assess-below',
    notJudgedWith: ['scheme-unknown'],
  },
} as const satisfies Record<string, RefusalText>

export const someIds = (ids: readonly string[]): string => [...new Set(ids)].join(', ')
