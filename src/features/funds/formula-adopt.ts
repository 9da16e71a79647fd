import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { send } from '#kernel/db.ts'
import { Percent, Reason, said, UnitId, Year } from '#kernel/words.ts'
import { FactorId, factorOf } from './factors.ts'
import { factorValuesOf, formulasOf, receiversOf, type Terms } from './formula-books.ts'
import { someNames, weighing } from './formula-compute.ts'
import type { Limits } from './shares.ts'

const WEIGHTS_MAX = 40

const Weight = Percent.refine((bp) => bp > 0, said('应大于 0', 'above 0')).meta({
  label: { zh: '权重（%）', en: 'Weight (%)' },
  widget: 'percent',
})

/** A share of last year's money in percent; it may be more than a hundred. Whole basis points within. */
const PercentOfLast = z
  .number()
  .min(0)
  .max(1000)
  .refine(
    (value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
    said('至多两位小数', 'at most two decimals'),
  )
  .transform((value) => Math.round(value * 100))

/** Floors and caps of a unit's share, as acts and questions take them. */
export const LimitFields = {
  floorTotal: Percent.optional().meta({
    label: { zh: '下限：不低于总额的（%）', en: 'Floor: at least this share of the total (%)' },
    widget: 'percent',
  }),
  capTotal: Percent.optional().meta({
    label: { zh: '上限：不高于总额的（%）', en: 'Cap: at most this share of the total (%)' },
    widget: 'percent',
  }),
  floorLast: PercentOfLast.optional().meta({
    label: { zh: '下限：不低于上年的（%）', en: 'Floor: at least this share of last year’s (%)' },
  }),
  capLast: PercentOfLast.optional().meta({
    label: { zh: '上限：不高于上年的（%）', en: 'Cap: at most this share of last year’s (%)' },
  }),
}

type LimitInput = {
  readonly [key in keyof typeof LimitFields]?: number | undefined
}
export const limitsFrom = ({ floorTotal, capTotal, floorLast, capLast }: LimitInput): Limits => ({
  floorTotalBp: floorTotal ?? null,
  capTotalBp: capTotal ?? null,
  floorLastBp: floorLast ?? null,
  capLastBp: capLast ?? null,
})

/** A formula is adopted for a year; what corrects it is its next version. Nothing moves by it. */
export const adoptFormula = act({
  name: 'formula.adopt',
  title: { zh: '确定因素法公式', en: 'Adopt a formula of allocation' },
  purpose: {
    zh: '确定本单位某年度按因素分配资金的因素、权重和上下限。权重由使用者设定，不是官方数值；更正即发布新版本，旧版可查。资金不因此划转。',
    en: 'Sets the factors, weights, floors and caps by which the unit shares money in a year. The weights are the user’s, not official; a correction is a new version, the old stays readable. No money moves by it.',
  },
  duty: 'set-allocation-formula',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '分配单位', en: 'Unit that allocates' } }),
    year: Year,
    title: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '名称', en: 'Title' } }),
    factors: z
      .array(z.strictObject({ factor: FactorId, percent: Weight }))
      .min(1)
      .max(WEIGHTS_MAX)
      .meta({
        label: { zh: '因素和权重', en: 'Factors and weights' },
        hint: {
          zh: '权重合计100%。权重由使用者设定，不是官方数值。',
          en: '100 % together. The weights are yours, not official.',
        },
      }),
    ...LimitFields,
    note: Reason.optional().meta({ label: { zh: '说明', en: 'Note' }, widget: 'prose' }),
  }),
  refusals: {
    'not-the-formula-setter': {
      zh: '公式由{bearer}确定，不由{unit}确定。',
      en: 'The formula is {bearer}’s to set, not {unit}’s.',
      topic: { zh: '由承担职责的单位确定', en: 'set by the unit that holds the duty' },
      cites: 'duty:set-allocation-formula',
    },
    'formula-year-past': {
      zh: '{year}年已经过去，不能再为它确定公式。',
      en: '{year} is past: no formula can be adopted for it any more.',
      topic: { zh: '年度未过', en: 'the year is not past' },
      remedy: { zh: '为当年或以后年度确定公式。', en: 'Adopt one for this year or a later one.' },
    },
    'factor-twice': {
      zh: '“{factors}”出现两次。',
      en: '{factors}: given two weights.',
      topic: { zh: '每个因素一个权重', en: 'one weight for each factor' },
    },
    'weights-not-whole': {
      zh: '权重合计为{sum}%，应为100%。',
      en: 'The weights add up to {sum} %, not to 100 %.',
      topic: { zh: '权重合计100%', en: 'the weights add up to 100 %' },
      remedy: { zh: '调整权重，使合计为100%。', en: 'Change them so that they add up to 100 %.' },
    },
    'floor-above-cap': {
      zh: '下限{floor}%高于上限{cap}%。',
      en: 'The floor of {floor} % lies above the cap of {cap} %.',
      topic: { zh: '下限不高于上限', en: 'no floor above its cap' },
    },
    'formula-unchanged': {
      zh: '与现行第{version}版完全相同。',
      en: 'It is the same as version {version}, which stands.',
      topic: { zh: '与现行公式不同', en: 'it differs from what stands' },
    },
  },
  advice: {
    'weights-are-yours': {
      zh: '权重由你设定，不是官方数值：办法公布了因素，没有公布固定权重。',
      en: 'The weights are yours, not official: the papers publish the factors and no fixed weights.',
    },
    'values-missing': {
      zh: '{names}尚缺{year}年的因素数据，录入之前公式算不出结果。',
      en: '{names}: values of factors for {year} are missing; the formula gives no result before they are entered.',
    },
  },
  then: [
    { zh: '在“假如”中查看各单位的结果并与当年比较。', en: 'Look at what it gives each unit, beside the current year.' },
    {
      zh: '下达资金时引用该公式；资金只在有人签发时划转。',
      en: 'Name it when allocating; money moves only when a person signs.',
    },
  ],
  about: {
    kind: 'formula',
    offered: (formula: { isStanding: boolean; isPast: boolean }) => formula.isStanding && !formula.isPast,
    input: (formula: { form: Readonly<Record<string, unknown>> }) => formula.form,
  },
  over: (input) => input.unit,
  async facts(tx, { unit, year, factors }, by) {
    const [[standing], receivers] = await Promise.all([
      formulasOf(tx, unit, by.on, year),
      receiversOf(tx, by.charter, unit, by.on),
    ])
    const ids = receivers.map((receiver) => receiver.id)
    const values = await factorValuesOf(tx, ids, year, by.on)
    const without = receivers.filter(({ id }) => factors.some(({ factor }) => !values.get(id)?.has(factor)))
    return { standing, without: without.map((receiver) => receiver.name) }
  },
  rule({ standing, without }, input, refuse, by, advise) {
    const { year, factors, floorTotal, capTotal, floorLast, capLast } = input
    const [unit] = by.lineage
    const ids = factors.map((each) => each.factor)
    const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => factorOf(id).title)
    const sum = factors.reduce((all, each) => all + each.percent, 0)
    const crossed = [
      { floor: floorTotal, cap: capTotal },
      { floor: floorLast, cap: capLast },
    ].flatMap(({ floor, cap }) => (floor !== undefined && cap !== undefined && floor > cap ? [{ floor, cap }] : []))
    const same = standing && twice.length === 0 && isSame(standing, input) && standing.title === input.title
    return [
      by.bearer.id === input.unit || refuse('not-the-formula-setter', { bearer: by.bearer.name, unit: unit.name }),
      String(year) >= by.on.slice(0, 4) || refuse('formula-year-past', { year }),
      twice.length === 0 || refuse('factor-twice', { factors: someNames(twice) }),
      sum === 10_000 || refuse('weights-not-whole', { sum: sum / 100 }),
      ...crossed.map(({ floor, cap }) => refuse('floor-above-cap', { floor: floor / 100, cap: cap / 100 })),
      !same || refuse('formula-unchanged', { version: standing?.version ?? 0 }),
      advise('weights-are-yours'),
      without.length === 0 || advise('values-missing', { names: someNames(without), year }),
    ]
  },
  effect: async (tx, input, { standing }, by) => {
    const { unit, year, title, note } = input
    const { weights, limits } = termsFrom(input)
    const version = (standing?.version ?? 0) + 1
    send(
      tx,
      tx
        .insertInto('allocation_formula')
        .values({
          id: by.act,
          unit_id: unit,
          year,
          version,
          title,
          weights: sql`${JSON.stringify(weights)}::jsonb`,
          floor_total_bp: limits.floorTotalBp,
          cap_total_bp: limits.capTotalBp,
          floor_last_bp: limits.floorLastBp,
          cap_last_bp: limits.capLastBp,
          note: note ?? null,
          on_day: by.on,
          act_id: by.act,
        })
        .compile(),
    )
    return { formula: by.act, unit, year, version }
  },
})

type TermsInput = LimitInput & { readonly factors: readonly { readonly factor: FactorId; readonly percent: number }[] }

export const termsFrom = (input: TermsInput): Terms => ({
  weights: Object.fromEntries(input.factors.map(({ factor, percent }) => [factor, percent])),
  limits: limitsFrom(input),
})

function isSame(standing: Terms, input: TermsInput): boolean {
  const { weights, limits } = termsFrom(input)
  const written = (of: Terms['weights']) => JSON.stringify(weighing(of).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return (
    written(standing.weights) === written(weights) &&
    (Object.keys(limits) as (keyof Limits)[]).every((key) => limits[key] === standing.limits[key])
  )
}
