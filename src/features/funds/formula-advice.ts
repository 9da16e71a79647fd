import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Text } from '#kernel/words.ts'
import { someNames } from './formula-compute.ts'
import { type Against, againstFormula, differencesFrom } from './formula-situation.ts'
import { inWords, totalOf } from './money.ts'

/** Acts that share money out may name the formula that their shares follow; whether they do is told, and left to whoever signs. */
export const FormulaField = {
  formula: z
    .uuid()
    .optional()
    .meta({
      label: { zh: '分配公式', en: 'Formula' },
      hint: { zh: '按公式测算的，选所依据的版本', en: 'Where shares follow a formula, the version that they follow' },
      widget: 'reference',
    }),
}

export const formulaRefusals = {
  'unknown-formula': {
    zh: '{unit}没有这个{year}年的公式。',
    en: '{unit} adopted no such formula for {year}.',
    topic: { zh: '所依据的公式存在', en: 'the formula that is named exists' },
    remedy: { zh: '选用本单位当年的公式，或不填。', en: 'Name a formula of the unit and the year, or none.' },
    cites: 'duty:set-allocation-formula',
  },
} as const satisfies Record<string, RefusalText>

export const formulaAdvice = {
  'differs-from-formula': {
    zh: '与公式结果不同：{differences}。资金按你签发的数额划转；按公式分配的，请改回测算数额。',
    en: 'It differs from what the formula gives: {differences}. What moves is what you sign; to follow the formula, take its amounts.',
  },
  'formula-gives-no-result': {
    zh: '公式算不出结果，无法比较：{why}',
    en: 'The formula gives no result to compare with: {why}',
  },
} as const satisfies Record<string, RefusalText>

type Named = {
  readonly unit: string
  readonly line: string
  readonly year: number
  readonly formula?: string | undefined
  readonly shares: readonly { readonly unit: string; readonly amount: bigint }[]
}

/** What the formula that is named gives of the very total that is handed out; nothing where none is named. */
export const readAgainst = (tx: Tx, { unit, line, year, formula, shares }: Named, by: By): Promise<Against | null> =>
  formula === undefined
    ? Promise.resolve(null)
    : againstFormula(
        tx,
        by.charter,
        { formula, unit, year, line, total: totalOf(shares.map((share) => share.amount)) },
        by.on,
      )

/** Whether the formula exists, and where shares and formula differ. */
export function formulaLines(
  against: Against | null,
  { year, shares }: Named,
  refuse: Refuse<keyof typeof formulaRefusals>,
  by: By,
  advise: Refuse<keyof typeof formulaAdvice>,
): readonly Line<keyof typeof formulaRefusals | keyof typeof formulaAdvice>[] {
  if (against === null) return []
  const { formula, result, names } = against
  if (!formula || !result) return [refuse('unknown-formula', { unit: by.lineage[0].name, year })]
  if (!result.ok)
    return [advise('formula-gives-no-result', { why: joined(result.problems.map((each) => each.sentence)) })]
  const given = shares.map(({ unit, amount }) => ({ unit, fen: amount }))
  const differences = differencesFrom(against, given).map(({ unit, fen }): Text => {
    const name = names.get(unit) ?? { zh: unit, en: unit }
    const size = inWords(fen < 0n ? -fen : fen)
    return {
      zh: `${name.zh}${fen > 0n ? '多' : '少'}${size.zh}`,
      en: `${name.en} ${size.en} ${fen > 0n ? 'more' : 'less'}`,
    }
  })
  return [differences.length === 0 || advise('differs-from-formula', { differences: someNames(differences) })]
}

const joined = (sentences: readonly Text[]): Text => ({
  zh: sentences.map((sentence) => sentence.zh).join(''),
  en: sentences.map((sentence) => sentence.en).join(' '),
})
