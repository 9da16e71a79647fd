import type { ReactNode } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { daysBetween } from '#web/formats.ts'
import {
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  Written,
} from '#web/parts/index.ts'
import { Days, words } from './library-words.tsx'

type Shown = AnswerOf<'project.show'>
type Asked = Shown['mandatory'][number]

/** What the library asks of every project, with what is missing. */
export function Fields({ project }: { project: Shown }) {
  const { say } = useSay()
  const { mandatory, content } = project
  const missing = mandatory.filter(({ isThere }) => !isThere).length
  return (
    <Card
      title={say(words.says)}
      aside={
        <Light light={missing === 0 ? 'green' : 'red'}>
          {missing === 0 ? say(words.complete) : say(words.lacks, { count: missing })}
        </Light>
      }
    >
      <dl className="facts project-facts">
        {mandatory.map((asked) => (
          <Fact key={asked.fields[0]} term={say(asked.name)}>
            <Field asked={asked} project={project} />
            {!asked.isThere && <Light light="red">{say(words.missing)}</Light>}
          </Fact>
        ))}
        {content.proposedBy && (
          <Fact term={say(words.proposedBy)}>
            <Written>{content.proposedBy}</Written>
          </Fact>
        )}
        {content.townshipOpinion && (
          <Fact term={say(words.township)}>
            <Written>{content.townshipOpinion}</Written>
          </Fact>
        )}
        {content.majorProject && <Major id={content.majorProject} />}
      </dl>
    </Card>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  )
}

/** What a project says in one of the eleven; some are told by two fields, of which either may be missing. */
function Field({ asked, project }: { asked: Asked; project: Shown }) {
  const { say, amount, count, list } = useSay()
  const { content, kindName, natureName } = project
  const [field] = asked.fields
  if (field === 'kind') return say(kindName)
  if (field === 'nature') return natureName && say(natureName)
  if (field === 'startsOn')
    return (content.startsOn ?? content.endsOn) && <Days from={content.startsOn} until={content.endsOn} />
  if (field === 'amount') {
    const parts = [content.amountFen && amount(Number(content.amountFen)), content.financing].filter(
      (part) => part !== null,
    )
    return parts.length > 0 && <Written>{list(parts)}</Written>
  }
  if (field === 'households') {
    const { households, persons } = content
    const written = (value: number | null) => (value === null ? '—' : count(value))
    if (households === null && persons === null) return null
    return say(words.benefit, { households: written(households), persons: written(persons) })
  }
  const text =
    field === undefined ? null : content[field as 'name' | 'place' | 'responsible' | 'task' | 'mechanism' | 'target']
  return text && <Written>{text}</Written>
}

function Major({ id }: { id: string }) {
  const { say } = useSay()
  const { data } = useAsk('major-project.show', { id })
  return (
    <Fact term={say(words.major)}>
      <Go to={`/projects/major/${id}`}>{data ? say(data.name) : '…'}</Go>
    </Fact>
  )
}

/** What stood before the public, at each level, from when until when. */
export function Notices({ project }: { project: Shown }) {
  const { say } = useSay()
  const { on } = useSearch()
  const session = useSession()
  const today = on ?? session?.today ?? ''
  return (
    <Card title={say(words.notices)}>
      <ul className="project-list">
        {project.notices.map(({ ordinal, level, levelName, from, until, isOpen }) => {
          const left = daysBetween(today, until)
          return (
            <li key={`${ordinal} ${level}`}>
              <b className="project-level">{say(levelName)}</b> <Days from={from} until={until} />{' '}
              <span className="sub small">{say(words.stood, { days: daysBetween(from, until) })}</span>{' '}
              <Light light={isOpen ? 'none' : 'green'}>
                {isOpen ? say(left === 0 ? words.endsToday : words.stands, { days: left }) : say(words.ended)}
              </Light>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

/** What was asked of the project when it was assigned. */
export function Task({ task }: { task: NonNullable<Shown['task']> }) {
  const { say } = useSay()
  return (
    <Card title={say(words.task)} aside={<Entry act={task.act} />}>
      <dl className="facts">
        <Fact term={say(words.assigner)}>{say(task.assignerName)}</Fact>
        <Fact term={say(words.document)}>
          <Written>{task.document}</Written>
        </Fact>
        <Fact term={say(words.day)}>
          <DayText day={task.on} />
        </Fact>
        <Fact term={say(words.tasks)}>
          <Written>{task.tasks}</Written>
        </Fact>
        <Fact term={say(words.indicator)}>
          <Written>{task.indicator}</Written>
        </Fact>
      </dl>
    </Card>
  )
}

const Entry = ({ act }: { act: string }) => {
  const { say } = useSay()
  return (
    <Go to={`/journal/${act}`} className="entry">
      {say(words.entry)}
    </Go>
  )
}

/** How it was found, each time that it was inspected. */
export function Acceptances({ project }: { project: Shown }) {
  const { say } = useSay()
  return (
    <Card title={say(words.acceptance)}>
      <ul className="project-list">
        {project.acceptances.map(({ outcome, findings, on, act }) => (
          <li key={act}>
            <DayText day={on} />{' '}
            <Light light={outcome === 'pass' ? 'green' : 'yellow'}>
              {say(outcome === 'pass' ? words.passed : words.returned)}
            </Light>{' '}
            <Written>{findings}</Written> · <Entry act={act} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** To whom it went, and who keeps it up. */
export function Handover({ handover }: { handover: NonNullable<Shown['handover']> }) {
  const { say } = useSay()
  return (
    <Card title={say(words.handover)} aside={<Entry act={handover.act} />}>
      <dl className="facts">
        <Fact term={say(words.handedTo)}>
          <Written>{handover.to}</Written>
        </Fact>
        <Fact term={say(words.day)}>
          <DayText day={handover.on} />
        </Fact>
        <Fact term={say(words.upkeep)}>
          <Written>{handover.upkeep}</Written>
        </Fact>
      </dl>
    </Card>
  )
}

/** Every version that the project had, the newest first. */
export function Versions({ project }: { project: Shown }) {
  const { say, amount } = useSay()
  return (
    <Card title={say(words.versions)}>
      <DataTable
        caption={say(words.versions)}
        rows={project.versions}
        searchable={false}
        state={useListState('versions')}
        limit={10}
        rowKey={(each) => String(each.version)}
        columns={[
          {
            key: 'version',
            title: say(words.versionNumber),
            head: true,
            cell: (each) => (
              <span>
                {say(words.version, { version: each.version })}{' '}
                {each.version === project.version && <span className="sub small">{say(words.inForce)}</span>}
                {!each.isComplete && <Light light="yellow">{say(words.incomplete)}</Light>}
              </span>
            ),
          },
          { key: 'on', title: say(words.day), cell: (each) => <DayText day={each.on} /> },
          {
            key: 'amount',
            title: say(words.amount),
            align: 'right',
            cell: (each) => (each.amountFen === null ? '—' : amount(Number(each.amountFen))),
          },
          { key: 'act', title: '', cell: (each) => <Entry act={each.act} /> },
        ]}
      />
    </Card>
  )
}
