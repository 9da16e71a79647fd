import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Day } from '#kernel/words.ts'

/** From when to when something holds; it goes on where no end is known. */
export type Ending = { readonly since: Day; readonly until: Day | null }

export const endedAlready = {
  'ended-already': {
    zh: '已于{until}结束。',
    en: 'It ended on {until}.',
    topic: { zh: '尚未结束', en: 'it has not ended' },
  },
  'begun-today': {
    zh: '今天才开始，最早明天结束。',
    en: 'It began today, and ends tomorrow at the earliest.',
    topic: { zh: '不是今天才开始', en: 'it did not begin today' },
  },
} as const satisfies Record<string, RefusalText>

type Code = keyof typeof endedAlready

export const isOngoing = ({ since, until }: Ending, refuse: Refuse<Code>, by: By): Line<Code>[] => [
  until === null || refuse('ended-already', { until }),
  until !== null || since < by.on || refuse('begun-today'),
]
