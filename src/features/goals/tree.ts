import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { programmeBelow, type ProgrammeUnit } from '#kernel/programme.ts'
import { findLineage, type UnitFacts } from '#kernel/standing.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { addsUp, indicatorOf, type IndicatorId, indicators } from './indicators.ts'
import { type Goal, goalsOfMany, reconcile } from './read.ts'

/** How a goal stands to what was given below, in a light and in words. */
export function standOfGoal(goal: Pick<Goal, 'indicator' | 'target' | 'sumBelow' | 'explanation'>): {
  light: Light
  words: Text
} {
  const { target, sumBelow, explanation } = goal
  if (sumBelow === null) return { light: 'none', words: { zh: '未分解', en: 'not decomposed' } }
  if (addsUp(indicatorOf(goal.indicator), target, sumBelow))
    return { light: 'green', words: { zh: '合计一致', en: 'adds up' } }
  const gap = sumBelow - target
  const words = gap < 0 ? { zh: `缺 ${-gap}`, en: `${-gap} short` } : { zh: `多 ${gap}`, en: `${gap} too many` }
  return explanation === null
    ? { light: 'red', words }
    : { light: 'yellow', words: { zh: `${words.zh}，已说明`, en: `${words.en}, explained` } }
}

/** The years that there are goals for, and the present one. */
function yearsOf(goals: readonly Goal[], reader: Reader): number[] {
  const now = Number(reader.on.slice(0, 4))
  const years = [now, ...goals.map((goal) => goal.year)]
  const first = Math.min(...years)
  return Array.from({ length: Math.max(...years) - first + 1 }, (_, at) => first + at)
}

/** A cell of a unit's own row: a goal, or the place where one could be set. */
function cell(
  reader: Reader,
  unit: UnitFacts,
  isRoot: boolean,
  indicator: IndicatorId,
  year: number,
  goal: Goal | undefined,
) {
  const held = reader.charter.findDuty('set-goals', reader.on)?.held_by[unit.tier]
  const base = {
    unit: unit.id,
    indicator,
    year,
    isRoot,
    isPast: String(year) < reader.today.slice(0, 4),
    mayDecompose: held !== undefined,
  }
  if (!goal) {
    const none = { light: 'none' as Light, words: { zh: '无目标', en: 'no goal' } satisfies Text }
    return {
      ...base,
      target: null,
      how: null,
      status: null,
      source: null,
      decidedOn: null,
      act: null,
      sumBelow: null,
      gap: null,
      isGap: false,
      explanation: null,
      ...none,
    }
  }
  const gap = goal.sumBelow === null ? null : goal.sumBelow - goal.target
  const isGap = goal.sumBelow !== null && !addsUp(indicatorOf(indicator), goal.target, goal.sumBelow)
  const { target, how, status, source, decidedOn, act, sumBelow, explanation } = goal
  const stand =
    how === 'sum'
      ? { light: 'green' as Light, words: { zh: '下级之和', en: 'sum of those below' } satisfies Text }
      : standOfGoal(goal)
  return { ...base, target, how, status, source, decidedOn, act, sumBelow, gap, isGap, explanation, ...stand }
}

const lineBelow = (unit: ProgrammeUnit, goals: readonly Goal[], all: readonly ProgrammeUnit[]) => ({
  unit: unit.id,
  name: unit.name,
  tier: unit.tier,
  code: unit.code,
  isDesignated: unit.isDesignated,
  hasBelow: all.some((each) => each.parent === unit.id),
  goals: goals
    .filter((goal) => goal.unit === unit.id)
    .map((goal) => ({
      indicator: goal.indicator,
      year: goal.year,
      target: goal.target,
      how: goal.how,
      status: goal.status,
      sumBelow: goal.sumBelow,
      ...(goal.how === 'given' && !unit.isDesignated
        ? standOfGoal(goal)
        : { light: 'none' as Light, words: { zh: '', en: '' } satisfies Text }),
    })),
})

/** The goals of a unit, year by year, and of the units directly below it; where they do not add up, the gap. */
export const goalTree = ask({
  name: 'goal.tree',
  title: { zh: '目标分解', en: 'Goals down the tree' },
  purpose: {
    zh: '某单位各年度的目标、直接下级的目标、合计是否一致，缺口多少、有无说明。',
    en: 'A unit’s goals by year, those of the units directly below, whether they add up, and the gap if not.',
  },
  access: 'public',
  input: z.object({ unit: UnitId }),
  async answer(reader, { unit }) {
    const { db, on } = reader
    const [lineage, below] = await Promise.all([findLineage(db, unit, on), programmeBelow(db, unit, on)])
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit on that day.' })
    const children = below.filter((each) => each.parent === unit)
    const goals = await goalsOfMany(db, [unit, ...children.map((each) => each.id)], on)
    const years = yearsOf(goals, reader)
    const own = indicators.flatMap((indicator) =>
      years.map((year) => {
        const goal = goals.find((each) => each.unit === unit && each.indicator === indicator.id && each.year === year)
        return cell(reader, lineage[0], lineage.length === 1, indicator.id, year, goal)
      }),
    )
    return {
      unit: lineage[0],
      above: lineage.slice(1),
      indicators,
      years,
      own: await withAbilities(reader, 'goal', own),
      below: children.map((each) => lineBelow(each, goals, below)),
    }
  },
})

/** Line by line, how a unit's goals stand to what it gave to the units below. */
export const goalReconciliation = ask({
  name: 'goal.reconcile',
  title: { zh: '目标核对', en: 'Reconcile the goals' },
  purpose: {
    zh: '某单位已分解的每个目标：目标、下级合计、应有关系、缺口和说明。',
    en: 'For each goal that a unit has decomposed: the goal, the sum below, how they must stand, the gap and its explanation.',
  },
  access: 'public',
  input: z.object({ unit: UnitId }),
  answer: (reader, { unit }) => reconcile(reader.db, unit, reader.on),
})
