import { z } from 'zod'
import { Provenance } from '#features/policies/index.ts'
import { act } from '#kernel/act.ts'
import { programmeBelow } from '#kernel/programme.ts'
import { Count, Reason, UnitId, Year } from '#kernel/words.ts'
import {
  decide,
  explain,
  findGap,
  lastDecisions,
  namesOf,
  saidGaps,
  type Share,
  Shares,
  someOf,
  twice,
} from './decide.ts'
import { IndicatorId } from './indicators.ts'

/** The centre sets a national goal for a year, and what each of the units directly below takes of it. */
export const setGoal = act({
  name: 'goal.set',
  title: { zh: '确定总目标', en: 'Set a goal' },
  purpose: {
    zh: '确定某一指标某一年度的总目标，并可同时分解到下一级；再次确定即为新的一版，旧版可查。',
    en: 'Sets the programme’s goal of one indicator and year, and the shares of the units directly below; set again, it is a new version.',
  },
  duty: 'make-overall-plans',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '最高一级单位', en: 'Root unit' } }),
    indicator: IndicatorId,
    year: Year,
    target: Count.meta({ label: { zh: '目标', en: 'Target' } }),
    ...Provenance,
    shares: Shares.optional().meta({
      label: { zh: '分解到下一级', en: 'Shares' },
      hint: { zh: '不填则沿用已有的分解', en: 'Left out, the shares stand as they were' },
    }),
    explanation: Reason.optional().meta({ label: { zh: '合计与目标不符的理由', en: 'Why the shares do not add up' } }),
  }),
  refusals: {
    'not-the-root': {
      zh: '总目标由{bearer}确定，不由{unit}确定。',
      en: 'The goal is {bearer}’s to set, not {unit}’s.',
      topic: { zh: '由最高一级确定', en: 'set at the root' },
      cites: 'duty:make-overall-plans',
    },
    'year-past': {
      zh: '{years}年已经过去。',
      en: '{years} is past.',
      topic: { zh: '年度未过', en: 'the year is not past' },
      remedy: { zh: '对当年或以后年度确定目标。', en: 'Set goals for this year or later ones.' },
    },
    'not-directly-below': {
      zh: '{names}不是{unit}的直接下级。',
      en: '{names}: not directly below {unit}, or not of the programme.',
      topic: { zh: '分解到直接下级', en: 'every share goes to a unit directly below' },
    },
    'share-twice': {
      zh: '{names}出现两次。',
      en: '{names}: given two shares.',
      topic: { zh: '每个单位一份', en: 'one share for each unit' },
    },
  },
  advice: {
    'does-not-add-up': {
      zh: '下级合计与目标不符（{gaps}），将显示为缺口，签订责任书之前须补足或说明。',
      en: 'The shares do not add up ({gaps}); the gap will be shown, and no letter can be offered before it is closed or explained.',
    },
  },
  then: [
    {
      zh: '目标有变的下级在时限内重新分解。',
      en: 'Every unit whose share changed decomposes it again within the time limit.',
    },
    { zh: '合计一致或说明后，可签订责任书。', en: 'Once it adds up, or is explained, letters can be offered.' },
  ],
  about: {
    kind: 'goal',
    offered: (goal: { isRoot: boolean; isPast: boolean }) => goal.isRoot && !goal.isPast,
    input: (goal: { unit: string; indicator: string; year: number }) => ({
      unit: goal.unit,
      indicator: goal.indicator,
      year: goal.year,
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, indicator, year, shares }, by) {
    const [below, decisions, names] = await Promise.all([
      programmeBelow(tx, unit, by.on),
      lastDecisions(tx, unit, indicator),
      namesOf(
        tx,
        (shares ?? []).map((share) => share.unit),
        by.on,
      ),
    ])
    const last = decisions.get(year)
    const standing: readonly Share[] = last?.shares ?? []
    return {
      children: new Set(below.filter((each) => each.parent === unit).map((each) => each.id)),
      names,
      version: (last?.version ?? 0) + 1,
      before: new Map(standing.map((share) => [share.unit, share.target])),
      shares: shares ?? standing,
    }
  },
  rule({ children, names, shares }, input, refuse, by, advise) {
    const [unit] = by.lineage
    const nameOf = (id: string) => names.get(id) ?? id
    const strange = (input.shares ?? []).filter((share) => !children.has(share.unit)).map((share) => nameOf(share.unit))
    const again = twice(shares.map((share) => share.unit)).map(nameOf)
    const gap = findGap(input.indicator, input.year, input.target, shares)
    return [
      by.bearer.id === input.unit || refuse('not-the-root', { bearer: by.bearer.name, unit: unit.name }),
      String(input.year) >= by.on.slice(0, 4) || refuse('year-past', { years: input.year }),
      strange.length === 0 || refuse('not-directly-below', { names: someOf(strange), unit: unit.name }),
      again.length === 0 || refuse('share-twice', { names: someOf(again) }),
      !gap || input.explanation !== undefined || advise('does-not-add-up', { gaps: saidGaps([gap]) }),
    ]
  },
  async effect(tx, input, { version, before, shares }, by) {
    const { unit, indicator, year, target, status, source, explanation } = input
    const decision = await decide(tx, { unit, indicator, year, version, target, shares, status, source }, by)
    const gap = findGap(indicator, year, target, shares)
    if (gap && explanation !== undefined) await explain(tx, { unit, indicator, ...gap, reason: explanation }, by)
    const changed = shares.filter((share) => before.get(share.unit) !== share.target).map((share) => share.unit)
    return { decision, version, changed, gap: gap ?? null }
  },
  subject: (input) => input.indicator,
  obliges: (_input, result) => result.changed,
})
