import type { AnswerOf } from '#web/ask.ts'
import { Go, Light, MadeUp, Status, useCountedText, useFigures, useSay } from '#web/parts/index.ts'

export type Shown = AnswerOf<'assessment.show'>
export type Item = Shown['blocks'][number]['indicators'][number]
export type Board = AnswerOf<'assessment.board'>

export const assess = {
  score: { zh: '得分', en: 'Score' },
  grade: { zh: '等次', en: 'Grade' },
  state: { zh: '进度', en: 'State' },
  year: { zh: '年度', en: 'Year' },
  by: { zh: '考核单位', en: 'Assessed by' },
  indicator: { zh: '指标', en: 'Indicator' },
  weight: { zh: '权重', en: 'Weight' },
  points: { zh: '得分', en: 'Points' },
  notOfficial: {
    zh: '公开的表只有指标，没有权重；这里的权重由考核单位确定，等次分数线是本系统的设定，都不是官方数值。',
    en: 'The published table has indicators and no weights: those used here are the assessor’s own, the bounds of grades a setting of this system. Neither is official.',
  },
  madeUpWeights: { zh: '权重为演示而虚构', en: 'Weights made up for a demonstration' },
  blank: {
    zh: '没有确定权重：只核定和签发数值，不计分、不定等次、不排名。',
    en: 'No weights are adopted: values are verified and signed; nothing is scored, graded or ranked.',
  },
} as const

export const stateLights = {
  opened: 'none',
  reported: 'yellow',
  returned: 'red',
  verified: 'yellow',
  signed: 'green',
  appealed: 'yellow',
} as const

const trimmed = (value: number, digits: number) => (value / 100).toFixed(digits).replace(/\.?0+$/, '')

/** A number kept in hundredths, written without needless zeros. */
export const written = (value: number | null): string => (value === null ? '—' : trimmed(value, 2))

/** Points always with both decimals, so that a column of them adds up before the reader's eyes. */
export const inPoints = (value: number | null): string => (value === null ? '—' : (value / 100).toFixed(2))

export const signed = (value: number): string => `${value > 0 ? '+' : value < 0 ? '−' : ''}${inPoints(Math.abs(value))}`

const basisWords = {
  figure: { zh: '本系统', en: 'this system:' },
  sample: { zh: '抽样评估', en: 'evaluation by sample' },
  counted: { zh: '{counted} / {whole}', en: '{counted} of {whole}' },
  asOf: { zh: '截至 {day}', en: 'as of {day}' },
  madeUp: { zh: '抽样框和答卷为虚构', en: 'Frame and answers of the sample are made up' },
  interval: { zh: '区间 {low}–{high}', en: 'interval {low}–{high}' },
}

/** Where a value of the system comes from; it opens. */
export function BasisText({ of, unit, year }: { of: Item['basis']; unit: string; year: number }) {
  const { say, day } = useSay()
  const figures = useFigures().data
  const text = useCountedText()
  if (of === null) return null
  const asOf = say(basisWords.asOf, { day: day(of.asOf) })
  if (of.kind === 'sample')
    return (
      <span className="small sub">
        <Go to={`/evaluations/${of.sampling}`}>{say(basisWords.sample)}</Go> · {asOf} ·{' '}
        {say(basisWords.interval, { low: written(of.low), high: written(of.high) })}{' '}
        {of.madeUp && <MadeUp why={say(basisWords.madeUp)} />}
      </span>
    )
  const figure = figures?.find((each) => each.name === of.figure)
  const against = of.of === undefined ? figure : figures?.find((each) => each.name === of.of)
  return (
    <span className="small sub">
      {say(basisWords.figure)}{' '}
      <Go to={`/figures/${of.figure}?unit=${unit}&year=${year}`}>{figure ? say(figure.title) : of.figure}</Go> · {asOf}{' '}
      ·{' '}
      <span className="num">
        {say(basisWords.counted, { counted: text(figure ?? {}, of.counted), whole: text(against ?? {}, of.whole) })}
      </span>
    </span>
  )
}

/** A grade with how sure we are of its bound. */
export function Grade({ title, status }: { title: { zh: string; en: string } | null; status?: string | null }) {
  const { say } = useSay()
  if (title === null) return <span className="faint">—</span>
  return (
    <>
      <b>{say(title)}</b> {status && <Status status={status} />}
    </>
  )
}

export const StateLight = ({
  of,
}: {
  of: { state: keyof typeof stateLights; stateWords: { zh: string; en: string } }
}) => {
  const { say } = useSay()
  return <Light light={stateLights[of.state]}>{say(of.stateWords)}</Light>
}
