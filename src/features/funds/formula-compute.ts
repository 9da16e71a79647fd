import { fillText, type Text } from '#kernel/words.ts'
import { type FactorId, factorOf } from './factors.ts'
import type { FactorValues, Receiver, Terms } from './formula-books.ts'
import { inWords } from './money.ts'
import { boundsOf, type Infeasible, portion, type Portion, scoresOf, type Unshareable, WHOLE } from './shares.ts'

/** Why a formula gives no result, in a sentence, with what to do. */
export type FormulaProblem = {
  readonly code: string
  readonly sentence: Text
  readonly remedy?: Text
  /** Who lacks what, where values are missing. */
  readonly missing?: readonly { readonly unit: string; readonly name: Text; readonly factors: readonly FactorId[] }[]
}

/** What a unit gets by the formula, and what each factor adds to its share (1 is the whole). */
export type Outcome = Portion & {
  readonly share: number
  readonly contributions: Readonly<Partial<Record<FactorId, number>>>
  readonly floorFen: bigint
  readonly capFen: bigint | null
}

export type Computed =
  | {
      readonly ok: true
      readonly byUnit: ReadonlyMap<string, Outcome>
      readonly remainderFen: bigint
      readonly rounds: number
    }
  | { readonly ok: false; readonly problems: readonly FormulaProblem[] }

export type Situation = {
  readonly receivers: readonly Receiver[]
  readonly values: FactorValues
  /** What each got last year, in fen. */
  readonly last: ReadonlyMap<string, bigint>
}

/** What a formula gives each receiver of a total, to the fen, or all reasons why it can't. Pure. */
export function compute({ weights, limits }: Terms, total: bigint, { receivers, values, last }: Situation): Computed {
  const weighed = weighing(weights)
  const sum = weighed.reduce((all, [, weight]) => all + weight, 0)
  const missing = receivers.flatMap(({ id, name }) => {
    const lacking = weighed.flatMap(([factor]) => (values.get(id)?.has(factor) ? [] : [factor]))
    return lacking.length > 0 ? [{ unit: id, name, factors: lacking }] : []
  })
  const problems = [
    ...(receivers.length === 0 ? [problem('no-receivers')] : []),
    ...(sum === 10_000 ? [] : [problem('weights-not-whole', { sum: sum / 100 })]),
    ...(missing.length > 0 ? [{ ...problem('factors-missing', { units: missing.length }), missing }] : []),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const scores = scoresOf(
    receivers.map((receiver) => receiver.id),
    weighed.map(([factor, weightBp]) => ({
      factor,
      weightBp,
      direction: factorOf(factor).direction,
      values: new Map(receivers.map(({ id }) => [id, values.get(id)?.get(factor)?.scaled ?? 0n])),
    })),
  )
  const nameOf = new Map(receivers.map((receiver) => [receiver.id, receiver.name]))
  if (!scores.ok) return { ok: false, problems: scores.problems.map((each) => unshareable(each, nameOf)) }
  const claims = receivers.map(({ id, key }) => ({
    key,
    score: scores.scores.get(id) ?? 0n,
    bounds: boundsOf(limits, total, last.get(id) ?? 0n),
  }))
  const result = portion(total, claims)
  if (!result.ok) return { ok: false, problems: [infeasible(result, total, receivers)] }
  const whole = [...scores.scores.values()].reduce((all, score) => all + score, 0n)
  const byUnit = new Map(
    receivers.map(({ id, key }, at) => [
      id,
      {
        ...(result.portions.get(key) as Portion),
        share: Number(((scores.scores.get(id) ?? 0n) * 10n ** 12n) / whole) / 1e12,
        contributions: Object.fromEntries(
          weighed.map(([factor]) => [factor, asShare(scores.contributions.get(factor)?.get(id) ?? 0n)]),
        ),
        floorFen: claims[at]?.bounds.floor ?? 0n,
        capFen: claims[at]?.bounds.cap ?? null,
      },
    ]),
  )
  return { ok: true, byUnit, remainderFen: result.remainderFen, rounds: result.rounds }
}

export const weighing = (weights: Terms['weights']) =>
  (Object.entries(weights) as [FactorId, number][]).filter(([, weight]) => weight > 0)

const asShare = (contribution: bigint) => Number((contribution * 10n ** 12n) / WHOLE) / 1e12

const NAMES_MAX = 5
/** Some names of many, in both languages. */
export const someNames = (names: readonly Text[]): Text => {
  const [shown, more] = [names.slice(0, NAMES_MAX), names.length - NAMES_MAX]
  return {
    zh: shown.map((name) => name.zh).join('、') + (more > 0 ? `等${names.length}个` : ''),
    en: shown.map((name) => name.en).join(', ') + (more > 0 ? ` and ${more} more` : ''),
  }
}

function unshareable({ factor, why, units }: Unshareable, nameOf: ReadonlyMap<string, Text>): FormulaProblem {
  const title = factorOf(factor as FactorId).title
  const names = someNames(units.flatMap((unit) => nameOf.get(unit) ?? []))
  return why === 'all-zero'
    ? problem('factor-all-zero', { factor: title })
    : problem('factor-zero-of-less', { factor: title, names })
}

function infeasible({ reason, keys, boundFen }: Infeasible, total: bigint, receivers: readonly Receiver[]) {
  const names = someNames(receivers.filter(({ key }) => keys.includes(key)).map(({ name }) => name))
  return problem(reason, { names, bound: inWords(boundFen), total: inWords(total) })
}

const sentences = {
  'no-receivers': {
    zh: '该单位之下没有按因素分配资金的单位。',
    en: 'There is nobody below this unit to share money among.',
  },
  'weights-not-whole': {
    zh: '权重合计为{sum}%，应为100%。',
    en: 'The weights add up to {sum} %, not to 100 %.',
    remedy: { zh: '调整权重，使合计为100%。', en: 'Change them so that they add up to 100 %.' },
  },
  'factors-missing': {
    zh: '{units}个单位缺少因素数据。',
    en: '{units} units lack values of factors.',
    remedy: {
      zh: '先录入所缺的因素数据，或把该因素的权重设为零。',
      en: 'Enter them first, or take the weight off the factor.',
    },
  },
  'factor-all-zero': {
    zh: '所有单位的“{factor}”均为零，无法按它分配。',
    en: '«{factor}» is nothing for everybody: nothing can be shared by it.',
    remedy: { zh: '把该因素的权重设为零。', en: 'Take its weight off.' },
  },
  'factor-zero-of-less': {
    zh: '{names}的“{factor}”为零；该因素越小资金越多，数值须大于零。',
    en: '{names}: «{factor}» is nothing; less of it calls for more money, so it must be above nothing.',
    remedy: { zh: '更正该数据。', en: 'Correct the value.' },
  },
  'floor-above-cap': {
    zh: '{names}的下限高于上限。',
    en: '{names}: the floor lies above the cap.',
    remedy: { zh: '降低下限或提高上限。', en: 'Lower the floor or raise the cap.' },
  },
  'floors-above-total': {
    zh: '各单位下限合计{bound}，超过总额{total}（{names}）。',
    en: 'The floors add up to {bound}, more than the {total} to share ({names}).',
    remedy: { zh: '降低下限。', en: 'Lower the floor.' },
  },
  'caps-below-total': {
    zh: '各单位上限合计{bound}，不足总额{total}（{names}）。',
    en: 'The caps add up to {bound}, less than the {total} to share ({names}).',
    remedy: { zh: '提高上限。', en: 'Raise the cap.' },
  },
  'nothing-to-share-by': {
    zh: '受上下限约束后，余下的单位（{names}）得分为零，剩余资金无从分配。',
    en: 'Within the floors and caps only units without a score are left ({names}); the rest can be shared by nothing.',
    remedy: { zh: '提高上限，或给其他因素加权。', en: 'Raise the cap, or give weight to other factors.' },
  },
} as const satisfies Record<string, Text & { remedy?: Text }>

function problem(
  code: keyof typeof sentences,
  facts: Readonly<Record<string, string | number | Text>> = {},
): FormulaProblem {
  const text: Text & { remedy?: Text } = sentences[code]
  return { code, sentence: fillText({ zh: text.zh, en: text.en }, facts), ...(text.remedy && { remedy: text.remedy }) }
}
