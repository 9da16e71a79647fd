import type { AnswerOf } from '#web/ask.ts'
import { Card, DayText, Go, Light, useSay, Written } from '#web/parts/index.ts'
import { Taker, words } from './library-words.tsx'

type Shown = AnswerOf<'project.show'>
type Taken = Shown['steps'][number]

/** The steps from the proposal to the handing over: who took each, when, and what they said. */
export function Ladder({ project }: { project: Shown }) {
  const { say } = useSay()
  const { ladder, steps } = project
  const known = new Set(ladder.map(({ step }) => step))
  // A withdrawal may come after any step; it is the last there is.
  const others = steps.filter(({ step }) => !known.has(step))
  return (
    <Card title={say(words.ladder)}>
      <ol className="project-steps">
        {ladder.map(({ step, name, isNow }, at) => {
          const rows = steps.filter((each) => each.step === step)
          const isBack = rows.at(-1)?.outcome === 'return'
          const how = isBack ? 'returned' : isNow ? 'now' : rows.length > 0 ? 'done' : ''
          return (
            <li key={step} className={how} data-number={at + 1} aria-current={isNow ? 'step' : undefined}>
              <b>{say(name)}</b> {isNow && <span className="sub small">{say(words.now)}</span>}
              {rows.length === 0 && !isNow && <span className="faint small">{say(words.ahead)}</span>}
              <Rows rows={rows} />
            </li>
          )
        })}
        {others.map((row) => (
          <li key={row.ordinal} className="returned" data-number="×">
            <b>{say(row.stepName)}</b>
            <StepRow row={row} />
          </li>
        ))}
      </ol>
    </Card>
  )
}

const OPEN_MAX = 2

/** The latest rows of a step; what came before them stands folded. */
function Rows({ rows }: { rows: readonly Taken[] }) {
  const { say } = useSay()
  const earlier = rows.slice(0, -OPEN_MAX)
  return (
    <>
      {earlier.length > 0 && (
        <details className="small">
          <summary>{say(words.earlier, { count: earlier.length })}</summary>
          {earlier.map((row) => (
            <StepRow key={row.ordinal} row={row} />
          ))}
        </details>
      )}
      {rows.slice(-OPEN_MAX).map((row) => (
        <StepRow key={row.ordinal} row={row} />
      ))}
    </>
  )
}

function StepRow({ row }: { row: Taken }) {
  const { say } = useSay()
  return (
    <div className="small" style={{ marginTop: 3 }}>
      <DayText day={row.on} /> ·{' '}
      {row.outcome !== 'done' && (
        <>
          <Light light={row.outcome === 'return' ? 'yellow' : 'green'}>
            {say(row.outcome === 'return' ? words.returned : words.passed)}
          </Light>{' '}
          ·{' '}
        </>
      )}
      <Go to={`/journal/${row.act}`} className="entry">
        {say(words.entry)}
      </Go>
      <Taker by={row.by} />
      {row.remarks && (
        <span className="sub" style={{ display: 'block' }}>
          “<Written>{row.remarks}</Written>”
        </span>
      )}
    </div>
  )
}
