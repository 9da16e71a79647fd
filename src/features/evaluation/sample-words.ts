import type { RefusalText } from '#kernel/act.ts'
import type { MetricName } from '#features/exits/index.ts'
import type { Text } from '#kernel/words.ts'

export const metricWords: Readonly<Record<MetricName, Text>> = {
  headcount: { zh: '综合贫困发生率', en: 'Composite headcount' },
  wrongExit: { zh: '错退率', en: 'Wrong exits' },
  miss: { zh: '漏评率', en: 'Misses' },
  approval: { zh: '群众认可度', en: 'Public approval' },
}

/** How far an evaluation has come. */
export const states = ['designed', 'committed', 'drawn', 'closed'] as const
export type SampleState = (typeof states)[number]
export const stateWords: Readonly<Record<SampleState, Text>> = {
  designed: { zh: '已设计', en: 'designed' },
  committed: { zh: '种子已封存', en: 'seed committed' },
  drawn: { zh: '已抽样，调查中', en: 'drawn, being surveyed' },
  closed: { zh: '已结束', en: 'closed' },
}

/** What every act about an evaluation refuses in the same words. */
export const samplingRefusals = {
  'unknown-evaluation': {
    zh: '本单位没有这项评估。',
    en: 'This unit has no such evaluation.',
    topic: { zh: '评估存在', en: 'the evaluation exists' },
  },
  'not-its-turn': {
    zh: '“{title}”{standing}，现在不能办这一步。',
    en: '«{title}» is {standing}; this step is not its turn.',
    topic: { zh: '轮到这一步', en: 'it is the turn of this step' },
    notJudgedWith: ['unknown-evaluation'],
  },
} as const satisfies Record<string, RefusalText>
