import { z } from 'zod'
import type { Status } from '#kernel/charter.ts'
import type { Text } from '#kernel/words.ts'

/** A paper that names factors, and how sure we are of them. */
export const factorPapers = {
  2017: {
    title: { zh: '中央财政专项扶贫资金管理办法（2017年）', en: 'Measures for central special poverty funds (2017)' },
    status: 'K',
  },
  2011: {
    title: { zh: '财政专项扶贫资金管理办法（2011年，供比较）', en: 'Measures of 2011, for comparison' },
    status: 'V',
  },
} as const satisfies Record<number, { title: Text; status: Status }>

export type FactorPaper = keyof typeof factorPapers

export const factorGroups = {
  poverty: { zh: '贫困状况', en: 'Poverty' },
  tasks: { zh: '政策任务', en: 'Policy tasks' },
  results: { zh: '脱贫成效', en: 'Results' },
} as const satisfies Record<string, Text>

export type Factor = {
  readonly title: Text
  readonly group: keyof typeof factorGroups
  readonly measure: Text
  /** Whether more of it calls for more money, or less of it does. */
  readonly direction: 'more' | 'less'
  /** How many decimals a value may have. */
  readonly decimals: 0 | 1 | 2
  /** Values are percentages: never above a hundred. */
  readonly isPercent?: boolean
  readonly papers: readonly FactorPaper[]
  /** What is measured, where the paper leaves it open: then the scale is the user's. */
  readonly scale?: Text
}

const points: Text = { zh: '分', en: 'points' }
const scoring: Text = {
  zh: '办法未规定计分方法，分值口径由使用者确定。',
  en: 'The paper gives no scale; the points are the user’s.',
}

/** The published factors. Their weights are published nowhere. */
export const factors = {
  'poor-population': {
    title: { zh: '贫困人口规模', en: 'Size of the poor population' },
    group: 'poverty',
    measure: { zh: '人', en: 'persons' },
    direction: 'more',
    decimals: 0,
    papers: [2017, 2011],
  },
  'poor-share': {
    title: { zh: '贫困人口比例', en: 'Share of the poor population' },
    group: 'poverty',
    measure: { zh: '%', en: '%' },
    direction: 'more',
    decimals: 2,
    isPercent: true,
    papers: [2017, 2011],
  },
  'poverty-depth': {
    title: { zh: '贫困深度', en: 'Depth of poverty' },
    group: 'poverty',
    measure: { zh: '%（人均收入低于标准的幅度）', en: '% (how far income lies below the line)' },
    direction: 'more',
    decimals: 2,
    isPercent: true,
    papers: [2017, 2011],
    scale: {
      zh: '办法未规定贫困深度的计算方法，此处以收入缺口率表示。',
      en: 'The paper does not say how depth is measured; here it is the gap of income below the line.',
    },
  },
  'farmers-income': {
    title: { zh: '农民人均纯收入', en: 'Farmers’ income per head' },
    group: 'poverty',
    measure: { zh: '元', en: 'yuan' },
    direction: 'less',
    decimals: 2,
    papers: [2017, 2011],
  },
  'fiscal-capacity': {
    title: { zh: '地方人均财力', en: 'Local fiscal capacity per head' },
    group: 'poverty',
    measure: { zh: '元', en: 'yuan' },
    direction: 'less',
    decimals: 2,
    papers: [2017, 2011],
  },
  'national-policy': {
    title: { zh: '国家政策任务', en: 'National policy' },
    group: 'tasks',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
  'yearly-tasks': {
    title: { zh: '年度脱贫任务', en: 'Tasks of the year' },
    group: 'tasks',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
  'minority-development': {
    title: { zh: '少数民族发展', en: 'Development of minorities' },
    group: 'tasks',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
  'policy-factor': {
    title: { zh: '政策性因素', en: 'Policy factors' },
    group: 'tasks',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2011],
    scale: scoring,
  },
  'assessment-result': {
    title: { zh: '考核结果', en: 'Result of the assessment' },
    group: 'results',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
  'fund-performance': {
    title: { zh: '资金使用绩效评价结果', en: 'Performance of the funds' },
    group: 'results',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
  'pooling-pilot': {
    title: { zh: '涉农资金统筹整合成效', en: 'Result of pooling funds' },
    group: 'results',
    measure: points,
    direction: 'more',
    decimals: 2,
    papers: [2017],
    scale: scoring,
  },
} as const satisfies Record<string, Factor>

export type FactorId = keyof typeof factors
export const factorIds = Object.keys(factors) as [FactorId, ...FactorId[]]
export const factorOf = (id: FactorId): Factor => factors[id]
export const isFactorId = (id: string): id is FactorId => id in factors

export const FactorId = z.enum(factorIds).meta({
  label: { zh: '因素', en: 'Factor' },
  widget: 'choice',
  choices: Object.fromEntries(factorIds.map((id) => [id, factors[id].title])),
})

/** What is said wherever weights are shown. */
export const weightsAreYours: Text = {
  zh: '权重由使用者设定，不是官方数值：办法公布了因素，没有公布固定权重。',
  en: 'The weights are the user’s, not official: the papers publish the factors and no fixed weights.',
}

/** What a formula begins with: the factors of 2017, with weights that somebody must think about. */
export const shippedWeights: Readonly<Partial<Record<FactorId, number>>> = {
  'poor-population': 2500,
  'poor-share': 1000,
  'poverty-depth': 1000,
  'farmers-income': 1000,
  'fiscal-capacity': 1000,
  'national-policy': 500,
  'yearly-tasks': 1000,
  'minority-development': 500,
  'assessment-result': 500,
  'fund-performance': 500,
  'pooling-pilot': 500,
}
