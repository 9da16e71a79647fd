import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId, Year } from '#kernel/words.ts'
import { explain } from './decide.ts'
import { IndicatorId } from './indicators.ts'
import { reconcile } from './read.ts'

/** A unit says why its goal and what it gave to its counties differ. The reason speaks of these numbers only. */
export const explainGap = act({
  name: 'goal.explain',
  title: { zh: '说明目标缺口', en: 'Explain a gap' },
  purpose: {
    zh: '目标与下级合计不符时说明理由；数字再变，须再说明。',
    en: 'Says why a goal and the sum of its shares differ; once either number changes, it must be explained anew.',
  },
  duty: 'set-goals',
  input: z.object({ unit: UnitId, indicator: IndicatorId, year: Year, reason: Reason }),
  refusals: {
    'not-the-goal-setter': {
      zh: '分解目标由{bearer}负责，不由{unit}说明。',
      en: 'The goals are {bearer}’s to decompose; {unit} has none to explain.',
      topic: { zh: '由承担职责的单位说明', en: 'explained by the unit that holds the duty' },
      cites: 'duty:set-goals',
    },
    'no-gap': {
      zh: '{year}年的目标没有分解，或者合计一致，没有缺口需要说明。',
      en: 'The goal of {year} is not decomposed, or it adds up; there is no gap to explain.',
      topic: { zh: '存在缺口', en: 'there is a gap' },
    },
    'already-explained': {
      zh: '这一缺口已经说明：{reason}',
      en: 'This gap has been explained: {reason}',
      topic: { zh: '尚未说明', en: 'not explained yet' },
    },
  },
  about: {
    kind: 'goal',
    offered: (goal: { isGap: boolean; explanation: string | null; mayDecompose: boolean }) =>
      goal.isGap && goal.explanation === null && goal.mayDecompose,
    input: (goal: { unit: string; indicator: string; year: number }) => ({
      unit: goal.unit,
      indicator: goal.indicator,
      year: goal.year,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, indicator, year }, by) {
    const lines = await reconcile(tx, unit, by.on)
    return { line: lines.find((each) => each.indicator === indicator && each.year === year) }
  },
  rule: ({ line }, input, refuse, by) => [
    by.bearer.id === input.unit || refuse('not-the-goal-setter', { bearer: by.bearer.name, unit: by.lineage[0].name }),
    (line !== undefined && !line.addsUp) || refuse('no-gap', { year: input.year }),
    !line?.explained || refuse('already-explained', { reason: line.explained }),
  ],
  async effect(tx, { unit, indicator, year, reason }, { line }, by) {
    if (!line) throw new Error('The rule let a gap pass that is none.')
    await explain(tx, { unit, indicator, year, target: line.target, sumBelow: line.sumBelow, reason }, by)
    return { unit, indicator, year, gap: line.gap }
  },
  subject: (input) => input.indicator,
})
