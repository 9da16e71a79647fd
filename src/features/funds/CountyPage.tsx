import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  Go,
  ItemLight,
  Light,
  Page,
  Share,
  useAsk,
  useListState,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './book-words.tsx'
import { CashCard } from './CashCard.tsx'
import { LinesCard } from './LinesCard.tsx'
import { Exports, Fen } from './money-parts.tsx'
import './books.css'

const DUE_MAX = 12
const PROJECTS_LIMIT = 15

/** A county's money of a year: what it holds, when it came and went, for which projects, and what is due. */
export default function CountyPage() {
  const { say } = useSay()
  const { unit = '' } = useParams()
  const search = useSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  const year = Number(search['year'] ?? today.slice(0, 4))
  const about = useAsk('find.units', { id: unit }, { enabled: unit !== '' }).data?.units[0]
  const lines = useAsk('funds.lines', { unit, year, limit: 1 })
  const isSeated = Boolean(session?.actor)
  return (
    <Page
      title={about ? say(words.county, { unit: say(about.name) }) : say(words.money)}
      sub={
        <>
          <Go to={`/chain/${unit}`}>{say(words.chain)}</Go> ·{' '}
          <Go to={`/funds/entries${queryString({ unit, year })}`}>{say(words.entries)}</Go> ·{' '}
          {isSeated && (
            <>
              <Go to={`/funds/payees${queryString({ unit })}`}>{say(words.payees)}</Go> ·{' '}
            </>
          )}
          <Go to={`/disclosures${queryString({ unit })}`}>{say(words.disclosures)}</Go>
        </>
      }
      aside={
        <>
          <YearChoice year={year} years={lines.data?.years ?? []} />
          <AsOf />
        </>
      }
    >
      <div className="stack">
        <div className="grid cols-wide">
          <Card title={say(words.ofYear, { year })} aside={<Exports unit={unit} year={year} hasSeat={isSeated} />}>
            <Answer of={lines} lines={3}>
              {(data) => <Amounts data={data} unit={unit} year={year} />}
            </Answer>
          </Card>
          {isSeated && <Due unit={unit} />}
        </div>
        <LinesCard unit={unit} year={year} spends />
        {isSeated && <CashCard unit={unit} name={about ? say(about.name) : ''} />}
        {isSeated && <Projects unit={unit} year={year} />}
      </div>
    </Page>
  )
}

function YearChoice({ year, years }: { year: number; years: readonly number[] }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  return (
    <label className="row" style={{ gap: 6 }}>
      {say(words.year)}
      <select
        className="field"
        value={year}
        onChange={(event) => setSearch({ year: event.target.value, offset: undefined })}
      >
        {[...new Set([...years, year])]
          .toSorted((a, b) => b - a)
          .map((each) => (
            <option key={each} value={each}>
              {say(words.yearOf, { year: each })}
            </option>
          ))}
      </select>
    </label>
  )
}

/** The sums of a year, each opening to its entries. */
function Amounts({ data, unit, year }: { data: AnswerOf<'funds.lines'>; unit: string; year: number }) {
  const { say } = useSay()
  const { sums, books } = data
  const owed = (BigInt(sums.committedFen) - BigInt(sums.paidFen)).toString()
  const entries = (more: Record<string, string>) => `/funds/entries${queryString({ unit, year, ...more })}`
  return (
    <>
      <dl className="amounts">
        {[
          { word: words.received, fen: sums.receivedFen, to: entries({ kind: 'available' }) },
          { word: words.available, fen: sums.idleFen, to: entries({ kind: 'available' }) },
          { word: words.committed, fen: sums.committedFen, to: entries({ flow: 'commit' }) },
          { word: words.paid, fen: sums.paidFen, to: entries({ kind: 'paid' }) },
          { word: words.owed, fen: owed, to: entries({ kind: 'committed' }) },
          { word: words.fee, fen: sums.feeFen, to: entries({ kind: 'fee' }) },
        ].map(({ word, fen, to }) => (
          <div key={word.en}>
            <dt>{say(word)}</dt>
            <dd>
              <Fen fen={fen} to={to} />
            </dd>
          </div>
        ))}
      </dl>
      {!books.isClosed && <p className="sub small">{say(books.isEmpty ? words.emptied : words.notEmptied)}</p>}
    </>
  )
}

/** What the unit owes: passing on, disclosing, and all else that the charter opens. */
function Due({ unit }: { unit: string }) {
  const { say } = useSay()
  const due = useAsk('obligation.list', { unit, state: 'open', limit: DUE_MAX })
  return (
    <Card title={say(words.due)} aside={<Go to={`/obligations${queryString({ unit })}`}>→</Go>}>
      <Answer of={due} lines={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="sub">{say(words.noneDue)}</p>
          ) : (
            <ul className="dues">
              {items.map((item) => (
                <li key={item.id}>
                  <ItemLight item={item} /> <Go to={`/obligations/${item.id}`}>{say(item.title)}</Go>{' '}
                  <span className="sub small">{say(words.since, { day: item.opened_on })}</span>{' '}
                  <Abilities can={item.can} tight />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Card>
  )
}

type Project = AnswerOf<'funds.projects'>['items'][number]

/** Projects with what is committed and paid, beside how far the work is. */
function Projects({ unit, year }: { unit: string; year: number }) {
  const { say } = useSay()
  const list = useListState('p')
  const projects = useAsk('funds.projects', {
    unit,
    year,
    search: list.find,
    offset: list.offset,
    limit: PROJECTS_LIMIT,
  })
  return (
    <Card title={say(words.projects)}>
      <Answer of={projects} lines={5}>
        {({ items, total }) => (
          <DataTable
            caption={say(words.projects)}
            rows={items}
            total={total}
            state={list}
            limit={PROJECTS_LIMIT}
            rowKey={(project) => project.id}
            empty={say(words.noProjects)}
            columns={[
              {
                key: 'project',
                title: say(words.project),
                head: true,
                cell: (project) => (
                  <span>
                    <Go to={`/projects/${project.id}`}>{project.name}</Go>
                    <span className="sub small" style={{ display: 'block' }}>
                      {project.code} · {say(project.kindName)}
                    </span>
                  </span>
                ),
              },
              {
                key: 'committed',
                title: say(words.committed),
                align: 'right',
                cell: (project) => (
                  <Fen
                    fen={project.committedFen}
                    to={`/funds/entries${queryString({ unit, year, project: project.id })}`}
                  />
                ),
              },
              {
                key: 'paid',
                title: say(words.paid),
                align: 'right',
                cell: (project) => (
                  <Fen
                    fen={project.paidFen}
                    to={`/funds/entries${queryString({ unit, year, project: project.id, kind: 'paid' })}`}
                  />
                ),
              },
              { key: 'shares', title: say(words.moneyAndWork), cell: (project) => <TwoShares project={project} /> },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

/** What is paid and what is done, one above the other, so that money that runs ahead of the work is seen. */
function TwoShares({ project }: { project: Project }) {
  const { say, percent } = useSay()
  const { paidShare, doneShare } = project
  const isAhead = paidShare > doneShare
  const rows = [
    { word: words.paidShare, share: paidShare, light: isAhead ? 'yellow' : 'green' },
    { word: words.workShare, share: doneShare, light: 'none' },
  ] as const
  return (
    <span>
      <span className="two-shares small">
        {rows.map(({ word, share, light }) => [
          <span key="word" className="sub">
            {say(word)}
          </span>,
          <Share key="share" share={share} light={light} label={`${say(word)} ${percent(share)}`} />,
          <span key="number" className="num">
            {percent(share, 0)}
          </span>,
        ])}
      </span>
      {isAhead && <Light light="yellow">{say(words.ahead)}</Light>}
    </span>
  )
}
