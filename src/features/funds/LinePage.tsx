import type { AnswerOf } from '#web/ask.ts'
import { queryString } from '#web/api.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { linePath } from './LinesCard.tsx'
import { Way } from './LineWay.tsx'
import { Fen, WhoAnswers, yuan } from './money-parts.tsx'
import { words } from './money-words.tsx'
import { Trace } from './Trace.tsx'
import './money.css'

const LIMIT = 20

type Line = AnswerOf<'line.show'>

/** One line of money: its paper, its way down, what each unit below got, its postings, and to whom it went in the end. */
export default function LinePage() {
  const { say } = useSay()
  const { line = '' } = useParams()
  const { unit, year } = useSearch()
  const setSearch = useSetSearch()
  const state = useListState('posting')
  const shown = useAsk('line.show', {
    line,
    ...(unit && { unit }),
    ...(year && { year: Number(year) }),
    offset: state.offset,
    limit: LIMIT,
  })
  const data = shown.data
  return (
    <Page
      title={data ? say(data.title) : say(words.line)}
      mark={
        data && (
          <>
            {data.madeUp && <MadeUp why={say(words.madeUpLine)} />}
            <Light light={data.light}>{say(data.words)}</Light>
          </>
        )
      }
      sub={
        data && (
          <>
            <Go to={`/funds${queryString({ unit: data.unit, year: data.year })}`}>
              {say(words.titleOf, { unit: say(data.name), year: data.year })}
            </Go>{' '}
            · {data.document}
          </>
        )
      }
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.inBooksOf)}
              value={data?.unit ?? unit}
              onChoose={(id) => setSearch({ unit: id, 'posting.offset': undefined })}
            />
          </span>
          <AsOf />
        </>
      }
    >
      <Answer of={shown} lines={12}>
        {(answer) => (
          <div className="stack">
            <Known line={answer} />
            <div className="grid cols-wide">
              <div className="stack">
                <Card title={say(words.ladder)}>
                  <Way line={answer} />
                </Card>
                {answer.below.length > 0 && <Below line={answer} />}
              </div>
              <Facts line={answer} />
            </div>
            <Postings line={answer} />
            <Trace line={answer} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** In the demonstration: what of this line is a published fact, and what is made up or modelled. */
function Known({ line }: { line: Line }) {
  const { say } = useSay()
  const session = useSession()
  const told = [
    ...(line.madeUp ? [words.madeUpLine] : []),
    ...(!line.madeUp && line.document.includes('未核实') ? [words.unverified] : []),
    ...(!line.madeUp && line.source === 'central' ? [words.modelShares] : []),
  ]
  if (session?.mode !== 'demonstration' || told.length === 0) return null
  return (
    <div className="why note">
      <b>{say(words.known)}</b> {told.map((each) => say(each)).join(' ')}
    </div>
  )
}

const amounts = ['received', 'passed', 'committed', 'paid', 'owed', 'idle'] as const

function Facts({ line }: { line: Line }) {
  const { say, percent } = useSay()
  return (
    <Card title={say(words.amountAt, { unit: say(line.name) })} aside={<Abilities can={line.can} />}>
      <dl className="facts">
        {amounts
          .filter((amount) => amount !== 'passed' || line.below.length > 0)
          .map((amount) => (
            <Amount key={amount} name={say(words[amount])} fen={line[`${amount}Fen`]} to={opens(line, amount)} />
          ))}
        <dt>{say(words.rate)}</dt>
        <dd className="num">{line.execution === null ? '—' : percent(line.execution)}</dd>
      </dl>
      <hr />
      <dl className="facts">
        <dt>{say(words.document)}</dt>
        <dd>{line.document}</dd>
        <dt>{say(words.source)}</dt>
        <dd>{say(line.sourceName)}</dd>
        <dt>{say(words.owner)}</dt>
        <dd>
          <Go to={linePath(line.line, line.owner.unit, line.lineYear)}>{say(line.owner.name)}</Go>
        </dd>
        <dt>{say(words.year)}</dt>
        <dd>{line.lineYear}</dd>
        <dt>{say(words.earmark)}</dt>
        <dd>{line.earmarkName ? say(words.earmarked, { kind: say(line.earmarkName) }) : say(words.block)}</dd>
        <dt>{say(words.appropriatedOn)}</dt>
        <dd>
          <DayText day={line.on} /> · <Go to={`/funds/postings/${line.act}`}>{say(words.postings)}</Go> ·{' '}
          <Go to={`/journal/${line.act}`}>{say(words.entered)}</Go>
        </dd>
        <dt>{say(words.answers)}</dt>
        <dd>
          <WhoAnswers unit={line.unit} tier={line.tier} />
        </dd>
      </dl>
    </Card>
  )
}

const inBooks = { committed: 'committed', paid: 'paid', owed: 'committed', idle: 'available' } as const

/** Where an amount opens: at the entries of the unit's own books, or unit by unit where it stands in those of units below. */
function opens({ line, unit, year, owner, below }: Line, amount: (typeof amounts)[number]): string {
  if (amount === 'received' || amount === 'passed') {
    const flow = amount === 'received' && unit === owner.unit ? 'appropriate' : 'allocate'
    return `/funds/entries${queryString({ unit, line, year, flow })}`
  }
  if (below.length > 0) return `/funds/execution${queryString({ unit, year, line })}`
  return `/funds/entries${queryString({ unit, line, year, kind: inBooks[amount] })}`
}

const Amount = ({ name, fen, to }: { name: string; fen: string; to: string }) => (
  <>
    <dt>{name}</dt>
    <dd>
      <Fen fen={fen} to={to} />
    </dd>
  </>
)

function Below({ line }: { line: Line }) {
  const { say } = useSay()
  return (
    <Card title={say(words.below)}>
      <DataTable
        caption={say(words.below)}
        rows={line.below}
        limit={LIMIT}
        name="below"
        rowKey={(row) => row.unit}
        csv={`shares-${line.lineYear}`}
        columns={[
          {
            key: 'unit',
            title: say(words.unit),
            head: true,
            value: (row) => say(row.name),
            cell: (row) => <Go to={linePath(line.line, row.unit, line.year)}>{say(row.name)}</Go>,
          },
          {
            key: 'received',
            title: say(words.received),
            fileTitle: say(words.inYuan, { name: say(words.received) }),
            align: 'right',
            value: (row) => yuan(row.receivedFen),
            cell: (row) => <Fen fen={row.receivedFen} to={linePath(line.line, row.unit, line.year)} />,
          },
          {
            key: 'last',
            title: say(words.lastOn),
            value: (row) => row.lastOn,
            cell: (row) => <DayText day={row.lastOn} />,
          },
        ]}
      />
    </Card>
  )
}

function Postings({ line }: { line: Line }) {
  const { say, list, count } = useSay()
  const state = useListState('posting')
  const { total, items } = line.postings
  return (
    <Card
      title={say(words.postingsOf, { unit: say(line.name) })}
      aside={
        <Go to={`/funds/entries${queryString({ unit: line.unit, line: line.line, year: line.year })}`}>
          {say(words.entries)}
        </Go>
      }
    >
      <DataTable
        caption={say(words.postings)}
        rows={items}
        total={total}
        state={state}
        limit={LIMIT}
        searchable={false}
        rowKey={(row) => row.act}
        empty={say(words.noPostings)}
        columns={[
          {
            key: 'document',
            title: say(words.document),
            head: true,
            cell: (row) => (
              <span>
                <Go to={row.address}>{row.document}</Go>
                {row.note && (
                  <span className="sub small" style={{ display: 'block' }}>
                    {row.note}
                  </span>
                )}
              </span>
            ),
          },
          { key: 'day', title: say(words.day), cell: (row) => <DayText day={row.on} /> },
          { key: 'what', title: say(words.what), cell: (row) => list(row.kindNames.map((kind) => say(kind))) },
          { key: 'by', title: say(words.by), cell: (row) => say(row.unitName) },
          { key: 'transfers', title: say(words.transfers), align: 'right', cell: (row) => count(row.transfers) },
          {
            key: 'amount',
            title: say(words.sum),
            align: 'right',
            cell: (row) => <Fen fen={row.amountFen} to={row.address} />,
          },
        ]}
      />
    </Card>
  )
}
