import type { Text } from '#kernel/words.ts'
import { Percent } from '#kernel/words.ts'
import { asPercent, toBasisPoints } from './proposal.ts'

/** The four metrics of a special evaluation, as their measurers give them. */
export const Metrics = {
  headcount: Percent.meta({ label: { zh: '综合贫困发生率', en: 'Composite headcount' }, widget: 'percent' }),
  wrongExit: Percent.meta({ label: { zh: '错退率', en: 'Wrong exits' }, widget: 'percent' }),
  miss: Percent.meta({ label: { zh: '漏评率', en: 'Misses' }, widget: 'percent' }),
  approval: Percent.meta({ label: { zh: '群众认可度', en: 'Public approval' }, widget: 'percent' }),
}
export type MetricName = keyof typeof Metrics
/** In basis points. */
export type MetricValues = Readonly<Record<MetricName, number>>
export const metricNames = Object.keys(Metrics) as MetricName[]

type Limit = { readonly parameter: string; readonly name: Text; readonly sense: 'below' | 'at-least' }

export const metricLimits: Readonly<Record<MetricName, Limit>> = {
  headcount: {
    parameter: 'evaluation_headcount_below',
    name: { zh: '综合贫困发生率', en: 'composite headcount' },
    sense: 'below',
  },
  wrongExit: { parameter: 'evaluation_wrong_exit_below', name: { zh: '错退率', en: 'wrong exits' }, sense: 'below' },
  miss: { parameter: 'evaluation_miss_below', name: { zh: '漏评率', en: 'misses' }, sense: 'below' },
  approval: {
    parameter: 'evaluation_approval_min',
    name: { zh: '群众认可度', en: 'public approval' },
    sense: 'at-least',
  },
}
export const metricParameters = metricNames.map((name) => metricLimits[name].parameter)

export type MetricResult = {
  readonly metric: MetricName
  readonly value_bp: number
  readonly limit_bp: number
  readonly sense: Limit['sense']
  readonly passes: boolean
}

/** Reads the four limits as they apply, in basis points. */
export const limitsOfMetrics = (parameter: (id: string) => { readonly value: number }): MetricValues =>
  Object.fromEntries(
    metricNames.map((name) => [name, toBasisPoints(parameter(metricLimits[name].parameter).value)]),
  ) as MetricValues

/** Holds the four metrics against their limits: below for three of them, at least for approval; at the limit itself three fail. */
export const judgeMetrics = (values: MetricValues, limits: MetricValues): readonly MetricResult[] =>
  metricNames.map((metric) => {
    const { sense } = metricLimits[metric]
    const [value_bp, limit_bp] = [values[metric], limits[metric]]
    return { metric, value_bp, limit_bp, sense, passes: sense === 'below' ? value_bp < limit_bp : value_bp >= limit_bp }
  })

export const passesAll = (results: readonly MetricResult[]): boolean => results.every((result) => result.passes)

/** What failed, in a sentence for the county that must put it right. */
export function failuresOf(results: readonly MetricResult[]): Text {
  const failed = results.filter((result) => !result.passes)
  return {
    zh: failed
      .map(({ metric, value_bp, limit_bp, sense }) => {
        const asked = sense === 'below' ? '须低于' : '不得低于'
        return `${metricLimits[metric].name.zh}${asPercent(value_bp)}（${asked}${asPercent(limit_bp)}）`
      })
      .join('；'),
    en: failed
      .map(({ metric, value_bp, limit_bp, sense }) => {
        const asked = sense === 'below' ? 'must lie below' : 'must reach'
        return `${metricLimits[metric].name.en} ${asPercent(value_bp)} (${asked} ${asPercent(limit_bp)})`
      })
      .join('; '),
  }
}
