import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { goalsOf } from '#features/goals/index.ts'
import { isLetterComplete } from '#features/letters/index.ts'
import { isPoor, type Milestone, type ScheduleVersion, versionsOf } from './books.ts'

/** What a schedule is judged by, set or revised. */
export type ScheduleFacts = {
  readonly poor: boolean
  readonly versions: readonly ScheduleVersion[]
  /** Whether its letter of responsibility is signed by everybody. */
  readonly letter: boolean
  /** The year in which the county was set the goal to be out, if there is one. */
  readonly goalYear: number | null
}

export async function readScheduleFacts(tx: Tx, unit: string, by: By): Promise<ScheduleFacts> {
  const [poor, versions, goals, letter] = await Promise.all([
    isPoor(tx, unit, by.on),
    versionsOf(tx, unit),
    goalsOf(tx, unit, by.on),
    isLetterComplete(tx, unit, by.on),
  ])
  const goal = goals.find(({ indicator, target }) => indicator === 'counties-out' && target > 0)
  return { poor, versions, letter, goalYear: goal?.year ?? null }
}

/** The reasons that setting and revising share. */
export const sharedRefusals = {
  'not-a-poor-county': {
    zh: '{unit}不在当日的贫困县名单上，无需安排退出进度。',
    en: '{unit} is not on the list of poor counties that day and needs no schedule of exit.',
    topic: { zh: '在贫困县名单上', en: 'on the list of poor counties' },
  },
  'letter-incomplete': {
    zh: '{unit}的责任书尚未签署齐全，进度安排要以责任书为据。',
    en: 'The letter of responsibility of {unit} is not signed by everybody yet; a schedule stands on it.',
    topic: { zh: '责任书已签署', en: 'the letter of responsibility is signed' },
    remedy: { zh: '双方党政正职先签署责任书。', en: 'Have it signed by the principals of both sides.' },
    cites: 'duty:sign-letters',
  },
  'exit-year-past': {
    zh: '退出年度{year}已经过去。',
    en: 'The exit year {year} has passed.',
    topic: { zh: '退出年度未过', en: 'the exit year has not passed' },
    remedy: { zh: '选择当年或以后的年度。', en: 'Choose this year or a later one.' },
  },
  'later-than-goal': {
    zh: '下达给{unit}的目标是{goal}年退出，进度安排却是{year}年。',
    en: '{unit} was set the goal to be out in {goal}; this schedule says {year}.',
    topic: { zh: '不晚于下达的目标', en: 'not later than the goal' },
    remedy: {
      zh: '提前退出年度，或请上级先调整目标。',
      en: 'Plan for that year, or ask the level above to change the goal first.',
    },
    cites: 'duty:set-goals',
  },
  'milestones-not-ordered': {
    zh: '节点没有按日期先后排列：{day}排在更晚的节点之后。',
    en: 'The milestones are not in the order of their days: {day} stands after a later one.',
    topic: { zh: '节点有先后', en: 'milestones in order' },
    remedy: { zh: '按日期重新排列。', en: 'Put them in order.' },
  },
  'milestone-outside': {
    zh: '节点{days}不在{from}至{until}之间。',
    en: 'These milestones do not lie between {from} and {until}: {days}.',
    topic: { zh: '节点在计划期内', en: 'milestones within the programme' },
    remedy: {
      zh: '节点须在项目开始之后、退出年度结束之前。',
      en: 'Keep them after the programme’s beginning and before the exit year ends.',
    },
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof sharedRefusals

export function sharedRule(
  { poor, letter, goalYear }: ScheduleFacts,
  { exitYear, milestones }: { readonly exitYear: number; readonly milestones: readonly Milestone[] },
  refuse: Refuse<Code>,
  by: By,
): readonly Line<Code>[] {
  const from = by.charter.text.versions[0]?.from ?? by.on
  const until = `${exitYear}-12-31`
  const outside = milestones.filter(({ on }) => on < from || on > until).map(({ on }) => on)
  const early = milestones.find(({ on }, at) => at > 0 && on < (milestones[at - 1]?.on ?? on))
  return [
    poor || refuse('not-a-poor-county', { unit: by.lineage[0].name }),
    letter || refuse('letter-incomplete', { unit: by.lineage[0].name }),
    String(exitYear) >= by.on.slice(0, 4) || refuse('exit-year-past', { year: exitYear }),
    goalYear === null ||
      exitYear <= goalYear ||
      refuse('later-than-goal', { unit: by.lineage[0].name, goal: goalYear, year: exitYear }),
    early === undefined || refuse('milestones-not-ordered', { day: early.on }),
    outside.length === 0 || refuse('milestone-outside', { days: outside.join('、'), from, until }),
  ]
}
