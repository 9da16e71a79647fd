import type { AnswerOf } from '#web/ask.ts'
import { Card, Light, useSay } from '#web/parts/index.ts'
import { words } from './formula-words.tsx'

export type Catalogue = AnswerOf<'formula.list'>['catalogue']
/** Weights in percent by factor. */
export type Draft = Readonly<Record<string, number>>

export const sumOf = (draft: Draft) => Math.round(Object.values(draft).reduce((sum, each) => sum + each, 0) * 100) / 100

type Props = {
  readonly catalogue: Catalogue
  readonly draft: Draft
  readonly onChange: (draft: Draft) => void
  readonly basis: string
  readonly reset: string
  readonly onReset: () => void
}

/** The weights, each by slider and number, with their sum told. */
export function Weights({ catalogue, draft, onChange, basis, reset, onReset }: Props) {
  const { say } = useSay()
  const sum = sumOf(draft)
  const rest = Math.round(Math.abs(100 - sum) * 100) / 100
  const put = (factor: string, percent: number) =>
    onChange({ ...draft, [factor]: Math.min(100, Math.max(0, Math.round(percent * 100) / 100 || 0)) })
  return (
    <Card title={say(words.weights)} aside={<span className="sub">{basis}</span>}>
      <div className="why note">{say(catalogue.notOfficial)}</div>
      <div className="weight-groups">
        {(Object.keys(catalogue.groups) as (keyof Catalogue['groups'])[]).map((group) => (
          <fieldset key={group} className="weights">
            <legend>{say(catalogue.groups[group])}</legend>
            {catalogue.factors
              .filter((each) => each.group === group)
              .map((each) => (
                <div key={each.factor} className="weight">
                  <span className="called">
                    {say(each.title)}
                    {each.direction === 'less' && <span className="sub small"> · {say(words.lessIsMore)}</span>}
                  </span>
                  <input
                    type="range"
                    min={0}
                    max={100}
                    step={1}
                    value={draft[each.factor] ?? 0}
                    aria-label={say(words.slide, { factor: say(each.title) })}
                    onChange={(event) => put(each.factor, event.target.valueAsNumber)}
                  />
                  <span className="with-unit">
                    <input
                      type="number"
                      className="field"
                      inputMode="decimal"
                      min={0}
                      max={100}
                      step={0.01}
                      value={draft[each.factor] ?? 0}
                      aria-label={say(words.weightOf, { factor: say(each.title) })}
                      onChange={(event) => put(each.factor, event.target.valueAsNumber)}
                    />{' '}
                    %
                  </span>
                </div>
              ))}
          </fieldset>
        ))}
      </div>
      <div className="row" style={{ marginTop: 10 }}>
        <span aria-live="polite">
          <Light light={sum === 100 ? 'green' : 'yellow'}>
            {sum === 100 ? say(words.sumFine) : say(sum < 100 ? words.sumShort : words.sumOver, { sum, rest })}
          </Light>
        </span>
        {sum !== 100 && sum > 0 && (
          <button type="button" className="btn tight" onClick={() => onChange(toHundred(draft))}>
            {say(words.scale)}
          </button>
        )}
        <button type="button" className="btn tight push" onClick={onReset}>
          {reset}
        </button>
      </div>
    </Card>
  )
}

/** The same proportions at 100 % together; what rounding leaves goes to the heaviest. */
function toHundred(draft: Draft): Draft {
  const sum = sumOf(draft)
  const scaled = Object.entries(draft).map(
    ([factor, each]) => [factor, Math.floor((each / sum) * 10_000) / 100] as const,
  )
  const [heaviest] = scaled.toSorted(([, a], [, b]) => b - a)
  const left = 100 - sumOf(Object.fromEntries(scaled))
  return Object.fromEntries(
    scaled.map(([factor, each]) => [factor, Math.round((factor === heaviest?.[0] ? each + left : each) * 100) / 100]),
  )
}
