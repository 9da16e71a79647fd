import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Empty,
  Go,
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { Papers, words } from './formula-words.tsx'
import './formula.css'

type Shown = AnswerOf<'formula.show'>

/** One formula: its factors with weights and papers, floors and caps, versions, values, and who used it. */
export default function FormulaPage() {
  const { id = '' } = useParams()
  const formula = useAsk('formula.show', { id })
  return <Answer of={formula}>{(data) => <Formula data={data} />}</Answer>
}

function Formula({ data }: { data: Shown }) {
  const { say, day } = useSay()
  const unit = data.unitFacts
  return (
    <Page
      title={data.title}
      sub={say(words.formulaSub, {
        unit: unit ? say(unit.name) : '',
        year: data.year,
        version: data.version,
        day: day(data.on),
      })}
      aside={<AsOf />}
    >
      <div className="stack">
        <div className="why note">{say(data.catalogue.notOfficial)}</div>
        <div className="row">
          <Go to={`/funds/formula?unit=${data.unit}&year=${data.year}&formula=${data.id}`} className="btn primary">
            {say(words.tryIt)}
          </Go>
          <Abilities can={data.can} />
          <Go to={`/journal/${data.act}`} className="push">
            {say(words.entry)}
          </Go>
        </div>
        <Factors data={data} />
        <div className="grid cols-2">
          <LimitsCard data={data} />
          <Versions data={data} />
        </div>
        <Card title={say(words.used)}>
          {data.used.length === 0 ? (
            <Empty>{say(words.unused)}</Empty>
          ) : (
            <ul className="formulas">
              {data.used.map((each) => (
                <li key={each.act}>
                  <Go to={`/journal/${each.act}`}>{each.document ?? each.act}</Go> · <DayText day={each.on} />
                </li>
              ))}
            </ul>
          )}
        </Card>
        {unit && (
          <p className="sub small">
            <UnitLink unit={unit} />
          </p>
        )}
      </div>
    </Page>
  )
}

function Factors({ data }: { data: Shown }) {
  const { say, list } = useSay()
  return (
    <Card title={say(words.weights)}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.weights)}>
        <table className="stacking">
          <caption className="visually-hidden">{say(words.weights)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.factor)}</th>
              <th scope="col" className="right">
                {say(words.weight)}
              </th>
              <th scope="col">{say(words.measure)}</th>
              <th scope="col">{say(words.paper)}</th>
              <th scope="col">{say(words.coverage)}</th>
              <th scope="col">{say(words.source)}</th>
            </tr>
          </thead>
          <tbody>
            {data.weights.map((each) => {
              const entered = data.coverage.find(({ factor }) => factor === each.factor)
              return (
                <tr key={each.factor}>
                  <th scope="row" data-label="">
                    <span>
                      {say(each.title)}
                      {each.direction === 'less' && <span className="sub small"> · {say(words.lessIsMore)}</span>}
                      {each.scale && (
                        <span className="sub small" style={{ display: 'block' }}>
                          {say(each.scale)}
                        </span>
                      )}
                    </span>
                  </th>
                  <td className="right num" data-label={say(words.weight)}>
                    {each.weightBp / 100} %
                  </td>
                  <td data-label={say(words.measure)}>{say(each.measure)}</td>
                  <td data-label={say(words.paper)}>
                    <Papers papers={each.papers} of={data.catalogue.papers} />
                  </td>
                  <td data-label={say(words.coverage)}>
                    <span>
                      {say(words.of, { n: entered?.entered ?? 0, all: data.receivers })}{' '}
                      {(entered?.madeUp ?? 0) > 0 && <MadeUp />}
                    </span>
                  </td>
                  <td data-label={say(words.source)}>{list(entered?.sources ?? []) || '—'}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

export function LimitsList({ limits }: { limits: Shown['limits'] }) {
  const { say } = useSay()
  const rows = [
    [words.floorTotal, limits.floorTotalBp],
    [words.capTotal, limits.capTotalBp],
    [words.floorLast, limits.floorLastBp],
    [words.capLast, limits.capLastBp],
  ] as const
  return (
    <dl className="facts">
      {rows.map(([word, bp]) => (
        <div key={word.en} style={{ display: 'contents' }}>
          <dt>{say(word)}</dt>
          <dd className="num">{bp === null ? '—' : `${bp / 100} %`}</dd>
        </div>
      ))}
    </dl>
  )
}

function LimitsCard({ data }: { data: Shown }) {
  const { say } = useSay()
  return (
    <Card title={say(words.limits)}>
      <LimitsList limits={data.limits} />
      {data.note && (
        <p className="sub">
          {say(words.note)}: {data.note}
        </p>
      )}
    </Card>
  )
}

function Versions({ data }: { data: Shown }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.versions)}>
      <ul className="formulas">
        {data.versions.map((each) => (
          <li key={each.id}>
            {each.id === data.id ? (
              <b>{say(words.version, { version: each.version })}</b>
            ) : (
              <Go to={`/funds/formula/${each.id}`}>{say(words.version, { version: each.version })}</Go>
            )}{' '}
            · {each.title} · {day(each.on)} · {say(each.isStanding ? words.standing : words.replaced)}
          </li>
        ))}
      </ul>
    </Card>
  )
}
