import { Abilities, Answer, Card, DayText, Go, Light, useAsk, useListState, useSay } from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import './major.css'
import { words } from './major-words.tsx'

const LIMIT = 20
type Coordination = AnswerOf<'coordination.list'>['items'][number]

/** Cross-county projects of a unit or of one project; where there are none, nothing is shown. */
export function CrossCounty({ unit, project }: { unit?: string; project?: string }) {
  const { say } = useSay()
  const { offset } = useListState('cross')
  const list = useAsk('coordination.list', { ...(unit && { unit }), ...(project && { project }), offset, limit: LIMIT })
  if (list.data?.total === 0) return null
  return (
    <Card title={say(words.crossCounty)}>
      <Answer of={list} lines={3}>
        {({ items }) => (
          <div className="stack">
            {items.map((each) => (
              <One key={each.id} of={each} isOne={project !== undefined} />
            ))}
          </div>
        )}
      </Answer>
    </Card>
  )
}

function One({ of, isOne }: { of: Coordination; isOne: boolean }) {
  const { say, day } = useSay()
  return (
    <article>
      <h3>
        {of.name}{' '}
        {of.endedOn ? (
          <Light light="none">{say(words.ended, { day: day(of.endedOn), reason: of.reason ?? '' })}</Light>
        ) : (
          <Light light={of.isLate ? 'red' : 'none'}>
            {say(words.until, { day: day(of.until) })}
            {of.isLate && ` · ${say(words.pastDate)}`}
          </Light>
        )}
      </h3>
      <p className="sub small">
        {say(words.by, { by: say(of.byName), lead: say(of.leadName) })} · <DayText day={of.on} /> ·{' '}
        <Go to={`/journal/${of.act}`}>{say(words.entry)}</Go>
      </p>
      <p>
        {say(words.matters)}: {of.matters}
      </p>
      <ul className="major-list">
        {of.projects.map((each) => (
          <li key={each.id}>
            {say(each.unitName)}: <Go to={`/projects/${each.id}`}>{`${each.code} ${each.name}`}</Go>{' '}
            <span className="sub small">{say(each.stateName)}</span>
          </li>
        ))}
      </ul>
      <Abilities can={of.can} others={isOne} tight />
    </article>
  )
}
