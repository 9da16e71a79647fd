import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  Light,
  Page,
  PersonName,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import './exits.css'
import { Basis, Metrics, Notices, Sealed } from './ExitEvidence.tsx'
import { Objections } from './Objections.tsx'
import { outcomes, stepNames, Waits, words } from './words.tsx'

export type ExitShown = AnswerOf<'exit.show'>
type Row = ExitShown['earlier'][number]

/** One county's exit: its seven steps, on what it stands, and what comes next. */
export default function ExitPage() {
  const { say } = useSay()
  const { unit = '', year = '' } = useParams()
  const exit = useAsk('exit.show', { unit, year: Number(year) })
  const data = exit.data
  return (
    <Page
      title={data ? say(words.title, { county: say(data.name), year }) : say(words.exits)}
      mark={
        data && (
          <Light light={data.state === 'approved' ? 'green' : (data.waiting?.light ?? 'none')}>
            {say(data.stateName)}
          </Light>
        )
      }
      sub={
        data && (
          <>
            {data.above.map((each) => (
              <span key={each.id}>
                <UnitLink unit={each} /> ·{' '}
              </span>
            ))}
            <UnitLink unit={{ id: data.unit, name: data.name }} /> ·{' '}
            <Go to={`/chain/${data.unit}`}>{say(words.chain)}</Go> ·{' '}
            <Go to={`/exits?year=${year}`}>{say(words.board)}</Go> ·{' '}
            <Go to={`/forecast?unit=${data.unit}&year=${year}`}>{say(words.forecast)}</Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={exit} lines={10}>
        {(each) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Card title={say(words.steps)} aside={each.round > 1 && say(words.round, { round: each.round })}>
                <Steps exit={each} />
              </Card>
              <Objections exit={each} />
              {each.earlier.length > 0 && <Earlier rows={each.earlier} />}
            </div>
            <div className="stack">
              <Card title={say(words.can)}>
                {each.state !== 'none' && (
                  <p>
                    <Waits waiting={each.waiting} />
                  </p>
                )}
                {/* What undoes an exit that is over is no button to press first. */}
                <Abilities can={each.can} others plain={each.waiting === null} />
              </Card>
              <Basis exit={each} />
              <Metrics exit={each} />
              <Notices exit={each} />
              {each.sealed && <Sealed exit={each} sealed={each.sealed} />}
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** The seven steps of the present round: who took each, when, and what they said. */
function Steps({ exit }: { exit: ExitShown }) {
  const { say } = useSay()
  const isReleased = exit.steps.some((step) => step.rows.some((row) => row.outcome === 'released'))
  return (
    <ol className="exit-steps">
      {exit.steps.map((step, at) => {
        const last = step.rows.at(-1)
        const isNow = exit.stage === step.stage && exit.state !== 'none'
        const how = last?.outcome === 'return' ? 'returned' : isNow ? 'now' : last ? 'done' : ''
        return (
          <li key={step.stage} className={how} data-number={at + 1} aria-current={isNow ? 'step' : undefined}>
            <b>{say(step.name)}</b> {isNow && <span className="sub small">{say(words.now)}</span>}
            {!last && !isNow && (
              <span className="faint small">
                {say(step.stage === 'evaluate' && isReleased ? words.skipped : words.ahead)}
              </span>
            )}
            {step.rows.map((row) => (
              <StepRow key={row.ordinal} row={row} />
            ))}
          </li>
        )
      })}
    </ol>
  )
}

function StepRow({ row }: { row: Row }) {
  const { say } = useSay()
  const outcome = outcomes[row.outcome]
  return (
    <div className="small" style={{ marginTop: 3 }}>
      <DayText day={row.on} /> · {stepNames[row.step] && say(stepNames[row.step]!)}
      {outcome && (
        <>
          {' '}
          <Light light={row.outcome === 'return' ? 'yellow' : row.outcome === 'pass' ? 'green' : 'none'}>
            {say(outcome)}
          </Light>
        </>
      )}{' '}
      ·{' '}
      <Go to={`/journal/${row.act}`} className="entry">
        {say(words.entry)}
      </Go>
      {row.by && (
        <span style={{ display: 'block' }}>
          {say(row.by.unitName)} · {say(row.by.postName)} {row.by.person && <PersonName person={row.by.person} />}
        </span>
      )}
      {row.remarks && (
        <span className="sub" style={{ display: 'block' }}>
          “{row.remarks}”
        </span>
      )}
    </div>
  )
}

function Earlier({ rows }: { rows: readonly Row[] }) {
  const { say } = useSay()
  const rounds = [...new Set(rows.map((row) => row.round))].toSorted((a, b) => b - a)
  return (
    <Card title={say(words.earlier)}>
      {rounds.map((round) => (
        <details key={round}>
          <summary>{say(words.round, { round })}</summary>
          {rows
            .filter((row) => row.round === round)
            .map((row) => (
              <StepRow key={row.ordinal} row={row} />
            ))}
        </details>
      ))}
    </Card>
  )
}
