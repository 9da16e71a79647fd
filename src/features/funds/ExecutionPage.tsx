import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  type Column,
  DataTable,
  Empty,
  Go,
  Light,
  Page,
  Share,
  useAsk,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { linePath } from './LinesCard.tsx'
import { BooksChoice, Exports, Fen, Trail, useBooks, WhoAnswers, yuan } from './money-parts.tsx'
import { words } from './money-words.tsx'
import './money.css'

const WHOLE_MAX = 200

type Execution = AnswerOf<'funds.execution'>
type Row = Execution['items'][number]

/** How far a year's money has come, unit by unit below one: of all of it, or of one line. */
export default function ExecutionPage() {
  const { say } = useSay()
  const books = useBooks()
  const { unit, year } = books
  const { line } = useSearch()
  const known = unit !== undefined
  const shown = useAsk('unit.show', known ? { unit } : {}, { enabled: known })
  const execution = useAsk(
    'funds.execution',
    { ...(known && { unit }), year, ...(line && { line }), limit: WHOLE_MAX },
    { enabled: known },
  )
  const about = shown.data
  return (
    <Page
      title={about ? say(words.executionTitle, { unit: say(about.name), year }) : say(words.execution)}
      sub={
        about && about.above.length > 0 ? (
          <Trail above={about.above} page="/funds/execution" year={year} />
        ) : (
          say(words.executionSub)
        )
      }
      aside={
        <>
          {unit && <Exports {...books} unit={unit} />}
          <AsOf />
        </>
      }
    >
      <div className="stack">
        <Filter {...books} line={line} />
        <Answer of={execution} lines={10}>
          {(answer) => (
            <>
              <Whole execution={answer} />
              <Below execution={answer} />
            </>
          )}
        </Answer>
      </div>
    </Page>
  )
}

function Filter({ unit, year, thisYear, line }: ReturnType<typeof useBooks> & { line: string | undefined }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const lines = useAsk(
    'funds.lines',
    { ...(unit && { unit }), year, limit: WHOLE_MAX },
    { enabled: unit !== undefined },
  )
  return (
    <div className="row">
      <BooksChoice unit={unit} year={year} years={[thisYear, ...(lines.data?.years ?? [])]} />
      <label className="row" style={{ gap: 6, minWidth: 0 }}>
        {say(words.line)}
        <select
          className="field"
          value={line ?? ''}
          onChange={(event) => setSearch({ line: event.target.value || undefined, offset: undefined })}
        >
          <option value="">{say(words.anyLine)}</option>
          {lines.data?.items.map((each) => (
            <option key={each.line} value={each.line}>
              {say(each.title)}
            </option>
          ))}
        </select>
      </label>
      <span className="push">
        <Go to={`/funds${queryString({ unit, year })}`}>{say(words.toLines)}</Go>
      </span>
    </div>
  )
}

const amounts = ['received', 'passed', 'committed', 'paid', 'owed', 'idle'] as const
type Amount = (typeof amounts)[number]
const figures: Readonly<Record<Amount, string>> = {
  received: 'funds.received',
  passed: 'funds.passed-on',
  committed: 'funds.committed',
  paid: 'funds.paid',
  owed: 'funds.committed',
  idle: 'funds.idle',
}

/** Where an amount opens: of one line, at the line's page; else at the records that it is the sum of. */
function opens({ unit }: { unit: string }, { year, line }: Pick<Execution, 'year' | 'line'>, amount: Amount): string {
  if (line) return linePath(line, unit, year)
  if (amount === 'passed') return `/funds/entries${queryString({ unit, year, flow: 'allocate' })}`
  return `/figures/${figures[amount]}${queryString({ unit, year })}`
}

function Whole({ execution }: { execution: Execution }) {
  const { say, percent } = useSay()
  const { sums } = execution
  return (
    <Card
      title={say(words.ofArea, { unit: say(execution.name) })}
      aside={<Light light={sums.light}>{say(sums.words)}</Light>}
    >
      <dl className="sums">
        {amounts
          .filter((amount) => amount !== 'passed' || sums.passedFen !== '0')
          .map((amount) => (
            <div key={amount}>
              <dt>{say(words[amount])}</dt>
              <dd>
                <Fen fen={sums[`${amount}Fen`]} to={opens(execution, execution, amount)} />
              </dd>
            </div>
          ))}
        <div>
          <dt>{say(words.rate)}</dt>
          <dd className="num">{sums.execution === null ? '—' : percent(sums.execution)}</dd>
        </div>
      </dl>
      <p className="sub small" style={{ margin: '10px 0 0' }}>
        {say(words.answers)}: <WhoAnswers unit={execution.unit} tier={execution.tier} />
      </p>
    </Card>
  )
}

function Below({ execution }: { execution: Execution }) {
  const { say } = useSay()
  const { items, total, year } = execution
  const columns = useColumns(execution)
  if (total === 0)
    return (
      <Empty>
        <p>{say(words.noBelow)}</p>
        <Go to={`/funds${queryString({ unit: execution.unit, year })}`}>{say(words.toLines)}</Go>
      </Empty>
    )
  return (
    <Card title={say(words.belowUnits)}>
      {total > items.length && <p className="why warn">{say(words.tooMany, { shown: items.length, total })}</p>}
      <DataTable
        caption={say(words.belowUnits)}
        rows={items}
        rowKey={(row) => row.unit}
        csv={`execution-${year}`}
        columns={columns}
      />
    </Card>
  )
}

function useColumns(execution: Execution): readonly Column<Row>[] {
  const { say, percent } = useSay()
  const { year } = execution
  const daysLeft: Column<Row> = {
    key: 'left',
    title: say(words.daysLeft),
    align: 'right',
    value: (row) => row.daysLeft,
    cell: (row) => (row.daysLeft === null ? '—' : say(words.days, { days: row.daysLeft })),
  }
  const passes = execution.items.some((row) => row.passedFen !== '0')
  return [
    {
      key: 'unit',
      title: say(words.unit),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => <Go to={`/funds/execution${queryString({ unit: row.unit, year })}`}>{say(row.name)}</Go>,
    },
    ...amounts
      .filter((amount) => amount !== 'owed' && (amount !== 'passed' || passes))
      .map((amount): Column<Row> => ({
        key: amount,
        title: say(words[amount]),
        fileTitle: say(words.inYuan, { name: say(words[amount]) }),
        align: 'right',
        value: (row) => yuan(row[`${amount}Fen`]),
        cell: (row) => <Fen fen={row[`${amount}Fen`]} to={opens(row, execution, amount)} />,
      })),
    {
      key: 'rate',
      title: say(words.rate),
      fileTitle: say(words.inPercent, { name: say(words.rate) }),
      value: (row) => row.execution && 100 * row.execution,
      cell: (row) =>
        row.execution === null ? (
          '—'
        ) : (
          <Go to={`/figures/funds.execution-rate${queryString({ unit: row.unit, year })}`} className="rate">
            <span className="num">{percent(row.execution)}</span>
            <Share share={row.execution} light={row.light} label={`${say(words.rate)} ${percent(row.execution)}`} />
          </Go>
        ),
    },
    ...(execution.items.some((row) => row.daysLeft !== null) ? [daysLeft] : []),
    {
      key: 'light',
      title: say(words.stands),
      value: (row) => say(row.words),
      cell: (row) => <Light light={row.light}>{say(row.words)}</Light>,
    },
  ]
}
