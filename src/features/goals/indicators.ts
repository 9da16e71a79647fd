import { z } from 'zod'
import type { Text } from '#kernel/words.ts'

/** Something that goals are set for. */
export type Indicator = {
  readonly id: string
  readonly title: Text
  /** What its number is a number of. */
  readonly measure: Text
  /** How what is given to the units below must stand to the goal: its sum equals it, or is at least as much. */
  readonly relation: '=' | '≥'
  /** Whether a year's goal counts all that was reached by then, or only what is reached in the year. */
  readonly isCumulative: boolean
  /** Whether a designated unit reaches it once for all: its goal is one, in one year. */
  readonly isOnce: boolean
}

/** Every indicator that the programme sets goals for, declared once. */
export const indicators = [
  {
    id: 'counties-out',
    title: { zh: '贫困县摘帽', en: 'Poor counties leaving poverty' },
    measure: { zh: '县', en: 'counties' },
    relation: '=',
    isCumulative: false,
    isOnce: true,
  },
  {
    id: 'persons-lifted',
    title: { zh: '农村贫困人口脱贫', en: 'Rural people lifted out of poverty' },
    measure: { zh: '人', en: 'people' },
    relation: '≥',
    isCumulative: false,
    isOnce: false,
  },
] as const satisfies readonly Indicator[]

export type IndicatorId = (typeof indicators)[number]['id']

export const IndicatorId = z.enum(indicators.map((indicator) => indicator.id) as [IndicatorId, ...IndicatorId[]]).meta({
  label: { zh: '指标', en: 'Indicator' },
  widget: 'choice',
  choices: Object.fromEntries(indicators.map((indicator) => [indicator.id, indicator.title])),
})

export const indicatorOf = (id: string): Indicator => {
  const found = indicators.find((indicator) => indicator.id === id)
  if (!found) throw new Error(`There is no indicator «${id}».`)
  return found
}

/** Whether what was given below stands to the goal as it must. */
export const addsUp = (indicator: Indicator, target: number, sumBelow: number) =>
  indicator.relation === '=' ? sumBelow === target : sumBelow >= target
