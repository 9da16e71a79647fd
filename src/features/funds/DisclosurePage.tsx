import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { Yuan, yuanWord } from './BookParts.tsx'
import { words } from './disclosure-words.tsx'
import './books.css'

/** A document of record is shown whole, so that it can be printed. */
const WHOLE = 200

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
      aside={
        <button type="button" className="btn no-print" onClick={() => window.print()}>
          {say(words.print)}
        </button>
      }
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
  const { say } = useSay()
  const { line, totalFen, heldFen } = told.content
  return (
    <>
      <dl className="facts">
        <dt>{say(words.document)}</dt>
        <dd>
          {told.document} {line.madeUp && <MadeUp />}
        </dd>
        <dt>{say(words.year)}</dt>
        <dd>{line.year}</dd>
        {line.earmark && (
          <>
            <dt>{say(words.earmark)}</dt>
            <dd>{say(line.earmark)}</dd>
          </>
        )}
        <dt>{say(words.on)}</dt>
        <dd>
          <DayText day={told.on} />
        </dd>
      </dl>
      <dl className="amounts" style={{ marginTop: 12 }}>
        {[
          { word: words.total, fen: totalFen },
          { word: words.held, fen: heldFen },
          ...(told.kind === 'received'
            ? (['committed', 'paid', 'fee'] as const).map((key) => ({
                word: words[key],
                fen: told.content[`${key}Fen`],
              }))
            : []),
        ].map(({ word, fen }) => (
          <div key={word.en}>
            <dt>{say(word)}</dt>
            <dd>
              <Exact fen={fen} />
            </dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** To the fen, as a document of record says it, with its size in words beneath. */
function Exact({ fen }: { fen: string }) {
  const { say, amount } = useSay()
  return (
    <>
      <Yuan fen={fen} /> {say(yuanWord)} <span className="sub">{fen === '0' ? '' : amount(Number(fen))}</span>
    </>
  )
}

function ReceivedCards({ content }: { content: Received }) {
  const { say } = useSay()
  return (
    <>
      <Card title={say(words.sources)}>
        <DataTable
          caption={say(words.sources)}
          rows={content.sources}
          name="sources"
          searchable={false}
          limit={WHOLE}
          rowKey={(source) => `${source.document} ${source.on} ${source.line.zh} ${source.amountFen}`}
          columns={[
            { key: 'unit', title: say(words.unit), head: true, cell: (source) => say(source.unit) },
            { key: 'line', title: say(words.line), cell: (source) => say(source.line) },
            { key: 'document', title: say(words.document), cell: (source) => source.document },
            { key: 'on', title: say(words.came), cell: (source) => <DayText day={source.on} /> },
            {
              key: 'amount',
              title: say(words.amount),
              align: 'right',
              cell: (source) => <Yuan fen={source.amountFen} />,
            },
          ]}
        />
      </Card>
      <Card title={say(words.projects)}>
        {content.projects.length === 0 && <p>{say(words.noProjects)}</p>}
        <div className="told-projects">
          {content.projects.map((project) => (
            <Project key={project.project} project={project} />
          ))}
        </div>
      </Card>
    </>
  )
}

function Project({ project }: { project: Received['projects'][number] }) {
  const { say } = useSay()
  const money = (fen: string) => (
    <>
      <Yuan fen={fen} /> {say(yuanWord)}
    </>
  )
  const rows = [
    { word: words.place, value: project.place },
    { word: words.task, value: project.task },
    {
      word: words.term,
      value: (
        <>
          <DayText day={project.startsOn} /> — <DayText day={project.endsOn} />
        </>
      ),
    },
    { word: words.responsible, value: project.responsible },
    { word: words.target, value: project.target },
    {
      word: words.beneficiaries,
      value: say(words.households, { households: project.households ?? 0, persons: project.persons ?? 0 }),
    },
    { word: words.scale, value: project.amountFen && money(project.amountFen) },
    { word: words.committed, value: money(project.committedFen) },
    { word: words.paid, value: money(project.paidFen) },
  ]
  return (
    <section aria-label={project.name}>
      <h3>
        {project.code} {project.name} <span className="sub small">{say(project.kindName)}</span>
      </h3>
      <dl className="facts">
        {rows.map(({ word, value }) => [
          <dt key={`${word.en} word`}>{say(word)}</dt>,
          <dd key={word.en}>{value ?? '—'}</dd>,
        ])}
      </dl>
    </section>
  )
}

function Shares({ content }: { content: Allocation }) {
  const { say } = useSay()
  return (
    <Card title={say(words.shares)}>
      <DataTable
        caption={say(words.shares)}
        rows={content.shares}
        name="shares"
        limit={WHOLE}
        csv="shares"
        rowKey={(share) => share.unit}
        columns={[
          {
            key: 'unit',
            title: say(words.unit),
            head: true,
            value: (share) => say(share.name),
            cell: (share) => <Go to={`/disclosures?unit=${share.unit}`}>{say(share.name)}</Go>,
          },
          {
            key: 'amount',
            title: say(words.amount),
            align: 'right',
            value: (share) => Number(share.amountFen) / 100,
            cell: (share) => <Yuan fen={share.amountFen} />,
          },
        ]}
      />
    </Card>
  )
}
