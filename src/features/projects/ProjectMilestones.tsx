import type { AnswerOf } from '#web/ask.ts'
import { daysBetween } from '#web/formats.ts'
import { Card, DayText, Go, Light, Share, useSay, useSearch, useSession, Written } from '#web/parts/index.ts'
import { words } from './library-words.tsx'

type Shown = AnswerOf<'project.show'>
type Milestone = Shown['milestones'][number]
type Scale = { readonly today: string; readonly at: (day: string) => string }

/** When each milestone was to be done and when it was, one below the other on one scale of days. */
export function Milestones({ project }: { project: Shown }) {
  const { say, percent } = useSay()
  const scale = useScale(project)
  const share = project.doneBp / 10_000
  return (
    <Card
      title={say(words.milestones)}
      aside={
        <span className="row" style={{ gap: 6 }}>
          <Share share={share} light={project.light} label={`${say(words.work)} ${percent(share)}`} />
          {say(words.work)} {percent(share, 0)}
        </span>
      }
    >
      <p className="project-key sub small" aria-hidden>
        <span className="mark planned" /> {say(words.planned)} <span className="mark actual" /> {say(words.actual)}{' '}
        <span className="mark today" /> {say(words.today)}
      </p>
      <ol className="project-milestones">
        {project.milestones.map((milestone) => (
          <One key={milestone.n} milestone={milestone} scale={scale} />
        ))}
      </ol>
    </Card>
  )
}

/** From the start of the work, or the first day that anything was planned for, to the last. */
function useScale({ steps, milestones }: Shown): Scale {
  const { on } = useSearch()
  const session = useSession()
  const today = on ?? session?.today ?? ''
  const started = steps.find(({ step }) => step === 'start')?.on
  const days = [started, today, ...milestones.flatMap(({ due, doneOn }) => [due, doneOn])]
    .flatMap((day) => (day ? [day] : []))
    .toSorted()
  const [first = today] = days
  const whole = Math.max(1, daysBetween(first, days.at(-1) ?? first))
  return { today, at: (day) => `${(daysBetween(first, day) / whole) * 100}%` }
}

function One({ milestone, scale }: { milestone: Milestone; scale: Scale }) {
  const { say, percent } = useSay()
  const { n, name, due, doneOn, shareBp, doneBp, light } = milestone
  return (
    <li>
      <div className="row" style={{ gap: '2px 10px' }}>
        <b>
          {n}. <Written>{name}</Written>
        </b>
        <Light light={light}>{say(milestone.words)}</Light>
        <span className="push sub small">
          {say(words.share, { share: percent(shareBp / 10_000, 0) })} ·{' '}
          {say(words.done, { done: percent(doneBp / 10_000, 0) })}
        </span>
      </div>
      <Track milestone={milestone} scale={scale} />
      <div className="small sub">
        {say(words.planned)} <DayText day={due} /> · {say(words.actual)} <DayText day={doneOn} />
      </div>
      <Reports milestone={milestone} />
    </li>
  )
}

/** The picture of what the words beside it say. */
function Track({ milestone, scale }: { milestone: Milestone; scale: Scale }) {
  const { due, doneOn, slipDays, light } = milestone
  const until = doneOn ?? scale.today
  return (
    <div className="project-track" aria-hidden>
      {slipDays > 0 && (
        <span className={`slip ${light}`} style={{ left: scale.at(due), right: `calc(100% - ${scale.at(until)})` }} />
      )}
      <span className="mark today" style={{ left: scale.at(scale.today) }} />
      <span className="mark planned" style={{ left: scale.at(due) }} />
      {doneOn && <span className="mark actual" style={{ left: scale.at(doneOn) }} />}
    </div>
  )
}

function Reports({ milestone }: { milestone: Milestone }) {
  const { say, percent } = useSay()
  const { reports } = milestone
  if (reports.length === 0) return <span className="faint small">{say(words.noReports)}</span>
  return (
    <details className="small">
      <summary>{say(words.reports, { count: reports.length })}</summary>
      <ul>
        {reports.map((report) => (
          <li key={`${report.act} ${report.doneBp}`}>
            <DayText day={report.on} /> · {say(words.done, { done: percent(report.doneBp / 10_000, 0) })} ·{' '}
            {say(words.evidence)}: <Written>{report.evidence}</Written>
            {report.reason && (
              <>
                {' '}
                · {say(words.reason)}: <Written>{report.reason}</Written>
              </>
            )}{' '}
            ·{' '}
            <Go to={`/journal/${report.act}`} className="entry">
              {say(words.entry)}
            </Go>
          </li>
        ))}
      </ul>
    </details>
  )
}
