import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  Empty,
  Go,
  Light,
  MadeUp,
  Page,
  Share,
  Status,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { LimitsList } from './FormulaPage.tsx'
import { useYuan, words } from './formula-words.tsx'
import './formula.css'

type Why = AnswerOf<'allocation.explain'>

/** Why a unit gets its share, in sentences and numbers; for itself and those above it. */
export default function FormulaExplainPage() {
  const { unit = '', year = '' } = useParams()
  const { say } = useSay()
  const why = useAsk('allocation.explain', { unit, year: Number(year) })
  const title = why.data ? say(words.explainTitle, { unit: say(why.data.unit.name), year }) : say(words.title)
  return (
    <Page
      title={title}
      sub={why.data && say(words.explainSub, { giver: say(why.data.giver.name), n: why.data.receivers })}
      aside={<AsOf />}
    >
      <Answer of={why} lines={8}>
        {(data) => (
          <div className="stack">
            <div className="why note">{say(data.notOfficial)}</div>
            <Card
              title={say(words.inWords)}
              aside={data.formula && <Go to={`/funds/formula/${data.formula.id}`}>{say(words.toFormula)}</Go>}
            >
              <ol className="sentences">
                {data.sentences.map((sentence, at) => (
                  <li key={at}>{say(sentence)}</li>
                ))}
              </ol>
            </Card>
            {data.factors.length > 0 && <Factors factors={data.factors} />}
            <Lines lines={data.lines} />
            {data.limits && (
              <Card title={say(words.limits)}>
                <LimitsList limits={data.limits} />
              </Card>
            )}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Factors({ factors }: { factors: Why['factors'] }) {
  const { say, count } = useSay()
  const most = Math.max(...factors.map((each) => each.contribution ?? 0))
  return (
    <Card title={say(words.contributions)}>
      <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.contributions)}>
        <table className="stacking">
          <caption className="visually-hidden">{say(words.contributions)}</caption>
          <thead>
            <tr>
              <th scope="col">{say(words.factor)}</th>
              <th scope="col" className="right">
                {say(words.value)}
              </th>
              <th scope="col" className="right">
                {say(words.average)}
              </th>
              <th scope="col" className="right">
                {say(words.part)}
              </th>
              <th scope="col" className="right">
                {say(words.weight)}
              </th>
              <th scope="col" className="right">
                {say(words.contribution)}
              </th>
              <th scope="col">{say(words.source)}</th>
            </tr>
          </thead>
          <tbody>
            {factors.map((each) => (
              <tr key={each.factor}>
                <th scope="row" data-label="">
                  <span>
                    {say(each.title)}
                    {each.direction === 'less' && <span className="sub small"> · {say(words.lessIsMore)}</span>}
                  </span>
                </th>
                <td className="right num" data-label={say(words.value)}>
                  <span>
                    {each.value === null ? '—' : count(each.value)}{' '}
                    <span className="sub small">{say(each.measure)}</span>
                  </span>
                </td>
                <td className="right num" data-label={say(words.average)}>
                  {each.average === null ? '—' : count(each.average)}
                </td>
                <td className="right num" data-label={say(words.part)}>
                  {each.part === null ? '—' : `${(each.part * 100).toFixed(3)} %`}
                </td>
                <td className="right num" data-label={say(words.weight)}>
                  {each.weightBp / 100} %
                </td>
                <td className="right num" data-label={say(words.contribution)}>
                  <span>
                    {each.contribution === null ? '—' : (each.contribution * 100).toFixed(3)}
                    {each.contribution !== null && most > 0 && (
                      <Share share={each.contribution / most} label={`${(each.contribution * 100).toFixed(3)} %`} />
                    )}
                  </span>
                </td>
                <td data-label={say(words.source)}>
                  <span>
                    {each.source ?? '—'} {each.madeUp ? <MadeUp /> : each.status && <Status status={each.status} />}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Lines({ lines }: { lines: Why['lines'] }) {
  const { say } = useSay()
  const { yuan, signed } = useYuan()
  return (
    <Card title={say(words.perLine)}>
      {lines.length === 0 ? (
        <Empty>{say(words.noMoney)}</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={say(words.perLine)}>
          <table className="stacking">
            <caption className="visually-hidden">{say(words.perLine)}</caption>
            <thead>
              <tr>
                <th scope="col">{say(words.line)}</th>
                <th scope="col" className="right">
                  {say(words.total)}
                </th>
                <th scope="col" className="right">
                  {say(words.raw)}
                </th>
                <th scope="col" className="right">
                  {say(words.byFormula)}
                </th>
                <th scope="col" className="right">
                  {say(words.got)}
                </th>
                <th scope="col" className="right">
                  {say(words.difference)}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.map((each) => (
                <tr key={each.line}>
                  <th scope="row" data-label="">
                    <span>
                      {say(each.name)} {each.madeUp && <MadeUp />}
                      <span className="sub small" style={{ display: 'block' }}>
                        {each.document}
                      </span>
                    </span>
                  </th>
                  <td className="right num" data-label={say(words.total)}>
                    {yuan(each.totalFen)}
                  </td>
                  <td className="right num" data-label={say(words.raw)}>
                    {yuan(each.rawFen)}
                  </td>
                  <td className="right num" data-label={say(words.byFormula)}>
                    <span>
                      <b>{yuan(each.fen)}</b> {each.held && <Light light="yellow">{say(words[each.held])}</Light>}
                      {each.extra && <span className="sub small"> {say(words.odd)}</span>}
                    </span>
                  </td>
                  <td className="right num" data-label={say(words.got)}>
                    {each.isShared ? yuan(each.actualFen) : '—'}
                  </td>
                  <td className="right num" data-label={say(words.difference)}>
                    {each.isShared ? signed(each.differenceFen) : '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  )
}
