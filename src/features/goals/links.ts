import type { Light, Link, Links } from '#kernel/link.ts'
import type { Text } from '#kernel/words.ts'
import { indicators } from './indicators.ts'
import { type Goal, goalsOfMany } from './read.ts'
import { standOfGoal } from './tree.ts'

/** The goals that each unit of a lineage gave to the next, and whether they add up below it. */
export const goalLinks: Links = async (reader, lineage) => {
  const lowers = lineage.slice(0, -1)
  const goals = await goalsOfMany(
    reader.db,
    lowers.map((unit) => unit.id),
    reader.on,
  )
  return lowers.flatMap((lower, at) =>
    indicators.flatMap((indicator) => {
      const own = goals.filter((goal) => goal.unit === lower.id && goal.indicator === indicator.id && goal.target > 0)
      return own.length === 0 ? [] : [linkOf(own, indicator, lineage[at + 1]?.id ?? '', at === 0)]
    }),
  )
}

function linkOf(goals: readonly Goal[], indicator: (typeof indicators)[number], upper: string, isLast: boolean): Link {
  const years = goals.map((goal) => goal.year)
  const span = years.length === 1 ? `${years[0]}` : `${Math.min(...years)}–${Math.max(...years)}`
  const total = goals.reduce((sum, goal) => sum + goal.target, 0)
  const many =
    indicator.isOnce && isLast
      ? { zh: '', en: '' }
      : { zh: ` ${total} ${indicator.measure.zh}`, en: ` ${total} ${indicator.measure.en}` }
  return {
    upper,
    lower: goals[0]?.unit ?? '',
    direction: 'down',
    label: { zh: `目标 ${span} ${indicator.title.zh}${many.zh}`, en: `Goal ${span}: ${indicator.title.en}${many.en}` },
    on:
      goals
        .map((goal) => goal.decidedOn)
        .toSorted()
        .at(-1) ?? null,
    ...standOf(goals, isLast),
    record: `/goals?unit=${goals[0]?.unit}&indicator=${indicator.id}`,
  }
}

const worse: readonly Light[] = ['none', 'green', 'yellow', 'red']

/** The worst of the years speaks for them all; a unit at the end of the chain, or in between, has nothing of its own to decompose. */
function standOf(goals: readonly Goal[], isLast: boolean): { light: Light; words: Text } {
  if (isLast) return { light: 'green', words: { zh: '已下达', en: 'given' } }
  if (goals.every((goal) => goal.how === 'sum'))
    return { light: 'green', words: { zh: '各县之和', en: 'sum of its counties' } }
  const stands = goals.map((goal) => ({ year: goal.year, ...standOfGoal(goal) }))
  const worst = stands.toSorted((a, b) => worse.indexOf(b.light) - worse.indexOf(a.light))[0]
  if (!worst) return { light: 'none', words: { zh: '未分解', en: 'not decomposed' } }
  const isAllAlike = stands.every((stand) => stand.light === worst.light && stand.words.en === worst.words.en)
  return {
    light: worst.light,
    words: isAllAlike ? worst.words : { zh: `${worst.year}年${worst.words.zh}`, en: `${worst.year} ${worst.words.en}` },
  }
}
