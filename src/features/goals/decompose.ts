import { z } from 'zod'
import { Provenance } from '#features/policies/index.ts'
import { act } from '#kernel/act.ts'
import { programmeBelow } from '#kernel/programme.ts'
import { Reason, UnitId, Year } from '#kernel/words.ts'
import {
  decide,
  explain,
  findGap,
  type Gap,
  lastDecisions,
  namesOf,
  saidGaps,
  Shares,
  someOf,
  twice,
} from './decide.ts'
import { indicatorOf, IndicatorId } from './indicators.ts'
import { goalsOf, reconciled } from './read.ts'

const YEARS_MAX = 20

/** A province gives its goal, year by year, to its poor counties, from local conditions. */
export const decomposeGoal = act({
  name: 'goal.decompose',
  title: { zh: '分解目标', en: 'Decompose a goal' },
  purpose: {
    zh: '结合本地实际，把目标按年度分解到贫困县，一次分解整年或数年；再次分解整年替换，旧版可查。市级目标为所辖各县之和。',
    en: 'Gives the goal to the poor counties, whole years at once, from local conditions; done again, a year’s shares are replaced by a new version. A city’s goal is the sum of its counties’.',
  },
  duty: 'set-goals',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '分解单位', en: 'Unit that decomposes' } }),
    indicator: IndicatorId,
    years: z
      .array(z.strictObject({ year: Year, shares: Shares }))
      .min(1)
      .max(YEARS_MAX)
      .meta({ label: { zh: '各年度分解', en: 'Years' } }),
    ...Provenance,
    explanation: Reason.optional().meta({ label: { zh: '合计与目标不符的理由', en: 'Why the shares do not add up' } }),
  }),
  refusals: {
    'not-the-goal-setter': {
      zh: '分解目标由{bearer}负责，不由{unit}负责。',
      en: 'Decomposing is {bearer}’s duty, not {unit}’s.',
      topic: { zh: '由承担职责的单位分解', en: 'decomposed by the unit that holds the duty' },
      cites: 'duty:set-goals',
    },
    'year-past': {
      zh: '{years}年已经过去。',
      en: '{years}: past.',
      topic: { zh: '年度未过', en: 'no year is past' },
      remedy: { zh: '只分解当年和以后年度。', en: 'Decompose this year and later ones only.' },
    },
    'year-twice': {
      zh: '{years}年出现两次。',
      en: '{years}: stands twice.',
      topic: { zh: '年度不重复', en: 'each year once' },
    },
    'not-a-poor-county': {
      zh: '{names}不是{unit}所辖的贫困县。',
      en: '{names}: no poor county within {unit}.',
      topic: { zh: '分解到所辖贫困县', en: 'every share goes to a poor county within' },
    },
    'share-twice': {
      zh: '{names}在同一年度出现两次。',
      en: '{names}: given two shares of one year.',
      topic: { zh: '每县每年一份', en: 'one share for each county and year' },
    },
    'leaves-more-than-once': {
      zh: '{names}只能摘帽一次：目标须为一，且只在一个年度。',
      en: '{names}: a county leaves once; its goal is one, in one year.',
      topic: { zh: '每县只摘帽一次', en: 'every county leaves once' },
      remedy: {
        zh: '把该县从另一年度的分解中去掉，两个年度一并提交。',
        en: 'Take it out of the other year, and send both years together.',
      },
    },
  },
  advice: {
    'does-not-add-up': {
      zh: '各县合计与目标不符（{gaps}），将显示为缺口，签订责任书之前须补足或说明。',
      en: 'The shares do not add up ({gaps}); the gap will be shown, and no letter can be offered before it is closed or explained.',
    },
    'no-goal-above': {
      zh: '上级没有下达{years}年的目标，目标即为各县之和。',
      en: 'No goal was given from above for {years}; the counties’ sum will be the goal.',
    },
  },
  then: [{ zh: '合计一致后，与下级逐级签订责任书。', en: 'Once it adds up, letters are offered to the units below.' }],
  about: {
    kind: 'goal',
    offered: (goal: { mayDecompose: boolean; isPast: boolean }) => goal.mayDecompose && !goal.isPast,
    input: (goal: { unit: string; indicator: string }) => ({ unit: goal.unit, indicator: goal.indicator }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, indicator, years }, by) {
    const [below, decisions, goals, names] = await Promise.all([
      programmeBelow(tx, unit, by.on),
      lastDecisions(tx, unit, indicator),
      goalsOf(tx, unit, by.on),
      namesOf(
        tx,
        years.flatMap((each) => each.shares.map((share) => share.unit)),
        by.on,
      ),
    ])
    const given = goals.filter((goal) => goal.indicator === indicator && goal.how !== 'sum')
    const told = years.map((each) => each.year)
    const standing = [...decisions].flatMap(([year, decision]) => (told.includes(year) ? [] : decision.shares))
    return {
      counties: new Set(below.filter((each) => each.isDesignated).map((each) => each.id)),
      names,
      versions: new Map([...decisions].map(([year, decision]) => [year, decision.version])),
      targets: new Map(given.map((goal) => [goal.year, goal.target])),
      /** Counties that other years give a goal to already. */
      takenElsewhere: standing.filter((share) => share.target > 0).map((share) => share.unit),
      /** Years whose goal still waits to be decomposed, or to be decomposed again, after this act. */
      waiting: given
        .filter((goal) => !told.includes(goal.year) && String(goal.year) >= by.on.slice(0, 4) && isWaiting(goal))
        .map((goal) => goal.year),
    }
  },
  rule({ counties, names, targets, takenElsewhere }, input, refuse, by, advise) {
    const [unit] = by.lineage
    const nameOf = (id: string) => names.get(id) ?? id
    const years = input.years.map((each) => each.year)
    const shares = input.years.flatMap((each) => each.shares)
    const past = years.filter((year) => String(year) < by.on.slice(0, 4))
    const again = twice(years)
    const strange = [...new Set(shares.map((share) => share.unit).filter((id) => !counties.has(id)))]
    const doubled = input.years.flatMap((each) => twice(each.shares.map((share) => share.unit))).map(nameOf)
    const leaving = shares.filter((share) => share.target > 0)
    const all = [...leaving.map((share) => share.unit), ...takenElsewhere]
    const often = indicatorOf(input.indicator).isOnce
      ? [...new Set([...leaving.filter((share) => share.target > 1).map((share) => share.unit), ...twice(all)])]
      : []
    const gaps = gapsOf(input, targets)
    const without = years.filter((year) => !targets.has(year))
    return [
      by.bearer.id === input.unit || refuse('not-the-goal-setter', { bearer: by.bearer.name, unit: unit.name }),
      past.length === 0 || refuse('year-past', { years: past.join('、') }),
      again.length === 0 || refuse('year-twice', { years: again.join('、') }),
      strange.length === 0 || refuse('not-a-poor-county', { names: someOf(strange.map(nameOf)), unit: unit.name }),
      doubled.length === 0 || refuse('share-twice', { names: someOf(doubled) }),
      often.length === 0 || doubled.length > 0 || refuse('leaves-more-than-once', { names: someOf(often.map(nameOf)) }),
      gaps.length === 0 || input.explanation !== undefined || advise('does-not-add-up', { gaps: saidGaps(gaps) }),
      without.length === 0 || advise('no-goal-above', { years: without.join('、') }),
    ]
  },
  async effect(tx, input, { versions, targets, waiting }, by) {
    const { unit, indicator, status, source, explanation } = input
    for (const { year, shares } of input.years) {
      const version = (versions.get(year) ?? 0) + 1
      await decide(tx, { unit, indicator, year, version, target: null, shares, status, source }, by)
    }
    const gaps = gapsOf(input, targets)
    if (explanation !== undefined)
      for (const gap of gaps) await explain(tx, { unit, indicator, ...gap, reason: explanation }, by)
    return { unit, indicator, years: input.years.map((each) => each.year), gaps, waiting }
  },
  subject: (input) => input.indicator,
  meets: (_input, result) => result.waiting.length === 0,
})

type Years = {
  readonly indicator: IndicatorId
  readonly years: readonly { year: number; shares: z.output<typeof Shares> }[]
}

const gapsOf = ({ indicator, years }: Years, targets: ReadonlyMap<number, number>): Gap[] =>
  years.flatMap(({ year, shares }) => findGap(indicator, year, targets.get(year), shares) ?? [])

/** A goal that was given and not decomposed, or whose decomposition is older than the goal and no longer fits it. */
function isWaiting(goal: Awaited<ReturnType<typeof goalsOf>>[number]): boolean {
  const line = reconciled(goal)
  if (!line || goal.decomposedOn === null) return true
  return !line.addsUp && line.explained === null && goal.decomposedOn <= goal.decidedOn
}
