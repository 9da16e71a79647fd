import type { AnswerOf } from '#web/ask.ts'
import { Answer, Card, DayText, Go, Light, MadeUp, Page, useAsk, useParams, useSay } from '#web/parts/index.ts'
import { words } from './disclosure-words.tsx'

type Disclosure = AnswerOf<'disclosure.show'>
type Received = Extract<Disclosure, { kind: 'received' }>['content']
type Allocation = Extract<Disclosure, { kind: 'allocation' }>['content']

/** One announcement of money at its permanent address, word for word as it was made. */
export default function DisclosurePage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const disclosure = useAsk('disclosure.show', { id })
  const data = disclosure.data
  return (
    <Page
      title={data ? say(words.heading, { unit: say(data.name), line: say(data.lineName) }) : say(words.title)}
      mark={
        data && (
          <Light light={data.isNewest ? 'green' : 'none'}>{say(data.isNewest ? words.newest : words.earlier)}</Light>
        )
      }
      sub={<Go to="/disclosures">{say(words.title)}</Go>}
    >
      <Answer of={disclosure} lines={12}>
        {(told) => (
          <div className="stack">
            <Card title={say(words[told.kind])}>
              <Head told={told} />
              {told.note && <p>{told.note}</p>}
            </Card>
            {told.kind === 'received' ? <ReceivedCards content={told.content} /> : <Shares content={told.content} />}
            {told.others.length > 0 && (
              <Card title={say(words.others)}>
                <ul>
                  {told.others.map((other) => (
                    <li key={other.id}>
                      <Go to={other.address}>
                        <DayText day={other.on} />
                      </Go>
                    </li>
                  ))}
                </ul>
              </Card>
            )}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Head({ told }: { told: Disclosure }) {
  const { say, amount } = useSay()
  const { line, totalFen, heldFen } = told.content
  return (
    <p>
      {say(words.document)} {told.document} · {say(words.year)} {line.year} · {say(words.on)} <DayText day={told.on} />
      {line.madeUp && <MadeUp />}
      {line.earmark && ` · ${say(words.earmark)} ${say(line.earmark)}`}
      <br />
      <strong>
        {say(words.total)} {amount(Number(totalFen))}
      </strong>{' '}
      · {say(words.held)} {amount(Number(heldFen))}
      {told.kind === 'received' &&
        (['committed', 'paid', 'fee'] as const).map((key) => (
          <span key={key}>
            {' '}
            · {say(words[key])} {amount(Number(told.content[`${key}Fen`]))}
          </span>
        ))}
    </p>
  )
}

function ReceivedCards({ content }: { content: Received }) {
  const { say, amount } = useSay()
  return (
    <>
      <Card title={say(words.sources)}>
        <ul>
          {content.sources.map((source) => (
            <li key={`${source.document} ${source.on} ${source.line.zh}`}>
              {say(source.unit)} · {say(source.line)} · {source.document} · <DayText day={source.on} /> ·{' '}
              {amount(Number(source.amountFen))}
            </li>
          ))}
        </ul>
      </Card>
      <Card title={say(words.projects)}>
        {content.projects.length === 0 && <p>{say(words.noProjects)}</p>}
        {content.projects.map((project) => (
          <Project key={project.project} project={project} />
        ))}
      </Card>
    </>
  )
}

function Project({ project }: { project: Received['projects'][number] }) {
  const { say, amount } = useSay()
  const rows = [
    [words.place, project.place],
    [words.task, project.task],
    [
      words.term,
      <span key="term">
        <DayText day={project.startsOn} /> — <DayText day={project.endsOn} />
      </span>,
    ],
    [words.responsible, project.responsible],
    [words.target, project.target],
    [
      words.beneficiaries,
      say(words.households, { households: project.households ?? 0, persons: project.persons ?? 0 }),
    ],
    [words.scale, project.amountFen && amount(Number(project.amountFen))],
    [words.committed, amount(Number(project.committedFen))],
    [words.paid, amount(Number(project.paidFen))],
  ] as const
  return (
    <section aria-label={project.name}>
      <h3>
        {project.code} {project.name} · {say(project.kindName)}
      </h3>
      <ul>
        {rows.map(([label, value]) => (
          <li key={label.en}>
            {say(label)}
            {say(words.colon)}
            {value}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Shares({ content }: { content: Allocation }) {
  const { say, amount } = useSay()
  return (
    <Card title={say(words.shares)}>
      <ul>
        {content.shares.map((share) => (
          <li key={share.unit}>
            {say(share.name)} · {amount(Number(share.amountFen))}
          </li>
        ))}
      </ul>
    </Card>
  )
}
