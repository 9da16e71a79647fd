import type { AnswerOf } from '#web/ask.ts'
import { Light, useSay } from '#web/parts/index.ts'

export type Evaluation = AnswerOf<'evaluation.show'>
export type Estimate = Evaluation['together'][number]

export const shared = {
  county: { zh: '县', en: 'County' },
  year: { zh: '年度', en: 'Year' },
  state: { zh: '进度', en: 'State' },
  questionnaires: { zh: '问卷（份）', en: 'Questionnaires' },
  villages: { zh: '村', en: 'Villages' },
  households: { zh: '户', en: 'Households' },
  madeUp: { zh: '抽样框和答卷均为虚构，仅供演示。', en: 'The frame and the answers are made up, for showing only.' },
} as const

export const stateLights = { designed: 'none', committed: 'yellow', drawn: 'yellow', closed: 'green' } as const

const verdicts = {
  met: { light: 'green', words: { zh: '达标', en: 'met' } },
  'not-met': { light: 'red', words: { zh: '未达标', en: 'not met' } },
  'cannot-tell': { light: 'yellow', words: { zh: '无法判断', en: 'can’t tell' } },
  'no-limit': { light: 'none', words: { zh: '不比限值', en: 'no limit' } },
} as const

/** Whether a limit is kept, told only where the whole interval lies on one side of it. */
export function Verdict({ of }: { of: Estimate['verdict'] }) {
  const { say } = useSay()
  const { light, words } = verdicts[of]
  return <Light light={light}>{say(words)}</Light>
}

/** A share in percent with two decimals, as limits of two in a hundred need it. */
export const points = (share: number): string => `${(share * 100).toFixed(2)}%`

/** An estimate with its interval. */
export const Interval = ({ of }: { of: Pick<Estimate, 'value' | 'low' | 'high'> }) => (
  <span className="num">
    <b>{points(of.value)}</b>{' '}
    <span className="sub small">
      {points(of.low)}–{points(of.high)}
    </span>
  </span>
)
