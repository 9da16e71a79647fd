import { useCallback, type ReactNode } from 'react'
import type { Light as LightColour } from '#kernel/link.ts'
import { queryString } from '../api.ts'
import { useFigure, type FigureCard, type FigureQuery } from '../ask.ts'
import { useSay } from '../language.ts'
import { Answers, Light } from './basics.tsx'
import { Go } from './Go.tsx'

type Props = {
  readonly title: ReactNode
  readonly value: ReactNode
  /** What the number is a number of. */
  readonly measure?: ReactNode
  readonly light?: LightColour
  /** How it stands, in words. */
  readonly words?: ReactNode
  /** What exactly is counted. */
  readonly said?: ReactNode
  /** Who answers for it, or where it comes from. */
  readonly who?: ReactNode
  readonly to?: string
}

/** One number with what it means and who answers for it; it opens. */
export function Tile({ title, value, measure, light = 'none', words, said, who, to }: Props) {
  const inner = (
    <>
      <span className="title">{title}</span>
      <b>
        {value}
        {measure && <span className="measure">{measure}</span>}
      </b>
      {words && <Light light={light}>{words}</Light>}
      {said && <span className="said">{said}</span>}
      {who && <span className="who">{who}</span>}
    </>
  )
  return to ? (
    <Go to={to} className="card tile">
      {inner}
    </Go>
  ) : (
    <div className="card tile">{inner}</div>
  )
}

type Written = Pick<FigureCard, 'kind' | 'money'>

/** How a figure's value is written: a share as a percentage, money as an amount, a count as a number. */
export function useFigureText() {
  const { percent } = useSay()
  const counted = useCountedText()
  return useCallback(
    (figure: Written, value: number | null) =>
      figure.kind === 'ratio' && value !== null ? percent(value) : counted(figure, value),
    [counted, percent],
  )
}

/** How what a figure counts is written, also above and below the line of a share. */
export function useCountedText() {
  const { count, amount } = useSay()
  return useCallback(
    (figure: Pick<Written, 'money'>, value: number | null) =>
      value === null ? '—' : figure.money ? amount(value) : count(value),
    [amount, count],
  )
}

/** A figure as a tile, read for a unit; where it has nothing to count it may stay away. */
export function FigureTile({
  name,
  hidesEmpty = false,
  ...query
}: { name: string; hidesEmpty?: boolean } & FigureQuery) {
  const { say, t, measure } = useSay()
  const text = useFigureText()
  const counted = useCountedText()
  const { data, error } = useFigure(name, query)
  if (!data)
    return (
      <div className="card tile">
        {error ? (
          <span className="sub">{name}</span>
        ) : (
          <div className="skeleton" style={{ height: 90, width: '100%' }} />
        )}
      </div>
    )
  const { figure, reading, answerable } = data
  if (hidesEmpty && reading.value === null) return null
  return (
    <Tile
      title={say(figure.title)}
      value={text(figure, reading.value)}
      measure={
        figure.kind === 'ratio'
          ? `${counted(figure, reading.counted)} / ${counted(figure, reading.of ?? 0)}`
          : !figure.money && measure(reading.value, figure.measure)
      }
      said={say(figure.definition)}
      who={
        <>
          {t('answers')}
          <Answers who={answerable} duty={figure.duty} />
        </>
      }
      to={`/figures/${name}${queryString({ unit: query.unit, year: query.year })}`}
    />
  )
}
