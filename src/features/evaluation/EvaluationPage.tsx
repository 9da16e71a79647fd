import { useState } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  languageOf,
  Go,
  Light,
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { AnswerFile } from './AnswerFile.tsx'
import { Counties } from './EvaluationCounties.tsx'
import { percent, words } from './evaluation-words.tsx'
import { type Estimate, type Evaluation, Interval, shared, stateLights } from './sample-page-words.tsx'
import './sample.css'

/** One evaluation by sample: design, seed, draw, answers, estimates, and the means to compute all of it again. */
export default function EvaluationPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('evaluation.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={stateLights[data.state]}>{say(data.stateWords)}</Light>{' '}
            {data.madeUp && <MadeUp why={say(shared.madeUp)} />}
          </>
        )
      }
      sub={
        data && (
          <span className="row">
            <UnitLink unit={{ id: data.unit, name: data.unitName }} />
            <span className="num">{data.year}</span>
            <Go to={`/evaluations?unit=${data.unit}`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(evaluation) => (
          <div className="stack">
            {evaluation.madeUp && <p className="why note">{say(shared.madeUp)}</p>}
            <div className="grid cols-2">
              <Design of={evaluation} />
              <Seed of={evaluation} />
            </div>
            {evaluation.can.length > 0 && (
              <Card title={say(words.can)}>
                <Abilities can={evaluation.can} others />
              </Card>
            )}
            {evaluation.state === 'drawn' && <AnswerFile of={evaluation} />}
            <Counties of={evaluation} />
            {evaluation.together.length > 0 && (
              <Card title={say(words.together)}>
                <Estimates of={evaluation.together} caption={say(words.together)} />
              </Card>
            )}
            {evaluation.drawnOn && <Again id={evaluation.id} isClosed={evaluation.closedOn !== null} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Design({ of }: { of: Evaluation }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.design)}>
      <dl className="facts">
        <dt>{say(words.precision)}</dt>
        <dd>{say(words.stated, { half: of.halfWidth_bp / 100, confidence: percent(of.confidence_bp) })}</dd>
        <dt>{say(words.expected)}</dt>
        <dd className="num">{percent(of.expected_bp)}</dd>
        <dt>{say(shared.villages)}</dt>
        <dd>{say(words.per, { main: of.perVillage, reserve: of.reserve })}</dd>
        <dt>{say(words.likeness)}</dt>
        <dd className="num">{percent(of.alike_bp)}</dd>
        <dt>{say(words.cost)}</dt>
        <dd className="num">{count(of.households ?? of.questionnaires)}</dd>
        <dt>{say(words.frame)}</dt>
        <dd>{say(words.frameIs)}</dd>
        <dt>{say(words.digest)}</dt>
        <dd className="mono break">{of.frameDigest}</dd>
      </dl>
    </Card>
  )
}

function Seed({ of }: { of: Evaluation }) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.seed)}>
      {of.state === 'designed' && <p className="sub">{say(words.how)}</p>}
      {of.drawnOn === null && <p className="why note">{say(words.nothing)}</p>}
      <dl className="facts">
        {of.commitment && (
          <>
            <dt>{say(words.sealed)}</dt>
            <dd>
              <DayText day={of.committedOn} /> <span className="mono break">{of.commitment}</span>
            </dd>
            <dt>{say(words.public)}</dt>
            <dd>
              <Written>{of.publicNumber ?? ''}</Written>
            </dd>
            <dt>{say(words.drawOn)}</dt>
            <dd>
              <DayText day={of.drawOn} />
            </dd>
          </>
        )}
        {of.drawnOn && (
          <>
            <dt>{say(words.revealed)}</dt>
            <dd className="mono break">{of.seed}</dd>
            <dt>{say(words.beacon)}</dt>
            <dd className="mono break">{of.beacon}</dd>
            <dt>{say(words.drawn)}</dt>
            <dd>
              <DayText day={of.drawnOn} /> ·{' '}
              {say(words.drawnWhat, {
                counties: count(of.counties ?? 0),
                villages: count(of.villages ?? 0),
                households: count(of.households ?? 0),
              })}
            </dd>
            <dt>{say(words.list)}</dt>
            <dd className="mono break">{of.sampleDigest}</dd>
          </>
        )}
      </dl>
    </Card>
  )
}

function Estimates({ of, caption }: { of: readonly Estimate[]; caption: string }) {
  const { say, count } = useSay()
  return (
    <div className="sample-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{say(words.metric)}</th>
            <th scope="col">{say(words.estimate)}</th>
            <th scope="col">{say(words.quality)}</th>
          </tr>
        </thead>
        <tbody>
          {of.map((each) => (
            <tr key={each.metric}>
              <th scope="row">{say(each.name)}</th>
              <td>
                <Interval of={each} />
              </td>
              <td className="num">
                {each.designEffect.toFixed(2)} · {count(Math.round(each.effectiveSize))}{' '}
                {each.byPlan && <span className="sub small">({say(words.byPlan)})</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The sample and the estimates computed again, for whoever doubts them. */
function Again({ id, isClosed }: { id: string; isClosed: boolean }) {
  const { say } = useSay()
  const [isAsked, setAsked] = useState(false)
  const answer = useAsk('evaluation.recompute', { id }, { enabled: isAsked })
  return (
    <Card title={say(words.recompute)}>
      <p className="sub">{say(words.recomputeWhy)}</p>
      <div className="row">
        <button type="button" className="btn primary" onClick={() => setAsked(true)}>
          {say(words.recompute)}
        </button>
        <a className="btn" href={`/api/evaluations/${id}/frame.csv`} download>
          {say(words.frameCsv)}
        </a>
        {isClosed && (
          <a className="btn" href={`/api/evaluations/${id}/answers.csv`} download>
            {say(words.answersCsv)}
          </a>
        )}
      </div>
      <div aria-live="polite">
        {isAsked && (
          <Answer of={answer} lines={4}>
            {({ lines }) => (
              <ul className="sample-lines">
                {lines.map((line) => (
                  <li key={line.what.en}>
                    <Light light={line.isSame ? 'green' : 'red'}>
                      {say(line.isSame ? words.same : words.different)}
                    </Light>{' '}
                    {say(line.what)} <span className="mono break sub">{line.found.slice(0, 16)}</span>
                  </li>
                ))}
              </ul>
            )}
          </Answer>
        )}
      </div>
    </Card>
  )
}
