import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  Choice,
  type Column,
  DataTable,
  Go,
  Light,
  MadeUp,
  Share,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { Fen, yuan } from './money-parts.tsx'
import { words } from './money-words.tsx'

/** So many come at once and are sorted by any column here; of more than that, the server sorts and pages. */
const WHOLE_MAX = 200
const LIMIT = 25
const sources = ['central', 'provincial', 'pool'] as const
const sortable = ['document', 'received', 'idle', 'execution'] as const

type Line = AnswerOf<'funds.lines'>['items'][number]
type About = { readonly unit: string; readonly year: number; readonly spends: boolean }

export const linePath = (line: string, unit: string, year: number) =>
  `/funds/lines/${line}${queryString({ unit, year })}`

function useFilter() {
  const search = useSearch()
  const source = sources.find((each) => each === search['source'])
  return { area: search['area'] === 'true', ...(source && { source }) }
}

/** The lines in a unit's books of a year, each with its light and what may be done about it. */
export function LinesCard(about: About) {
  const { say } = useSay()
  const { unit, year } = about
  const lines = useAsk('funds.lines', { unit, year, ...useFilter(), limit: WHOLE_MAX })
  const columnsOf = useColumns(about)
  return (
    <Card title={say(words.lines)} aside={lines.data && <Books books={lines.data.books} />}>
      <Answer of={lines} lines={6}>
        {({ items, total }) =>
          total > items.length ? (
            <ManyLines {...about} />
          ) : (
            <DataTable
              caption={say(words.lines)}
              rows={items}
              limit={LIMIT}
              rowKey={(line) => line.line}
              csv={`funds-${year}`}
              empty={say(words.noLines)}
              tools={<Filter {...about} />}
              columns={columnsOf(items)}
            />
          )
        }
      </Answer>
    </Card>
  )
}

function ManyLines(about: About) {
  const { say } = useSay()
  const { unit, year } = about
  const state = useListState()
  const columnsOf = useColumns(about)
  const sort = sortable.find((each) => each === state.sort.replace('-', '')) ?? 'document'
  const search = state.find ? { search: state.find } : {}
  const filter = useFilter()
  const lines = useAsk('funds.lines', { unit, year, ...filter, ...search, sort, offset: state.offset, limit: LIMIT })
  return (
    <Answer of={lines} lines={6}>
      {({ items, total }) => (
        <DataTable
          caption={say(words.lines)}
          rows={items}
          total={total}
          state={state}
          limit={LIMIT}
          rowKey={(line) => line.line}
          empty={say(words.noLines)}
          tools={<Filter {...about} />}
          columns={columnsOf(items).map(({ value, ...column }) =>
            value && sortable.some((key) => key === column.key) ? { ...column, value } : column,
          )}
        />
      )}
    </Answer>
  )
}

/** Whether the year is closed, and what may be done about it. */
function Books({ books }: { books: AnswerOf<'funds.lines'>['books'] }) {
  const { say, day } = useSay()
  return (
    <span className="row">
      <Light light={books.isClosed ? 'green' : 'none'}>
        {books.closedOn
          ? say(words.closed, { year: books.year, day: day(books.closedOn) })
          : say(words.open, { year: books.year })}
      </Light>
      <Abilities can={books.can} tight />
    </span>
  )
}

function Filter({ spends }: About) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const { area, source } = useFilter()
  return (
    <>
      <Choice
        label={say(words.source)}
        value={source ?? 'all'}
        options={[
          { value: 'all', label: say(words.anySource) },
          ...sources.map((value) => ({ value, label: say(words[value]) })),
        ]}
        onChoose={(value) => setSearch({ source: value === 'all' ? undefined : value, offset: undefined })}
      />
      {!spends && (
        <label className="row" style={{ gap: 6 }}>
          <input
            type="checkbox"
            style={{ flex: 'none' }}
            checked={area}
            onChange={(event) => setSearch({ area: event.target.checked ? 'true' : undefined, offset: undefined })}
          />
          {say(words.linesArea)}
        </label>
      )}
    </>
  )
}

const amounts = ['received', 'passed', 'committed', 'paid', 'idle'] as const

function useColumns({ unit, year, spends }: About): (items: readonly Line[]) => readonly Column<Line>[] {
  const { say, percent } = useSay()
  /** Where an amount opens: who spends has it in its own books; else the line's page tells who has it. */
  const opens = (line: Line, amount: (typeof amounts)[number]) =>
    spends && (amount === 'committed' || amount === 'paid' || amount === 'idle')
      ? `/funds/entries${queryString({ unit, year, line: line.line, kind: amount === 'idle' ? 'available' : amount })}`
      : linePath(line.line, unit, year)
  return (items) => [
    {
      key: 'document',
      title: say(words.line),
      head: true,
      value: (line) => `${say(line.title)} ${say(line.sourceName)} ${line.document}`,
      cell: (line) => (
        <span>
          <Go to={linePath(line.line, unit, year)}>{say(line.title)}</Go>{' '}
          {line.madeUp && <MadeUp why={say(words.madeUpLine)} />}
          <span className="sub small" style={{ display: 'block' }}>
            {say(line.sourceName)} · {line.document}
            {line.earmarkName && ` · ${say(line.earmarkName)}`}
          </span>
        </span>
      ),
    },
    ...amounts
      .filter((amount) => amount !== 'passed' || !spends)
      .map((amount): Column<Line> => ({
        key: amount,
        title: say(words[amount]),
        fileTitle: say(words.inYuan, { name: say(words[amount]) }),
        align: 'right',
        value: (line) => yuan(line[`${amount}Fen`]),
        cell: (line) => <Fen fen={line[`${amount}Fen`]} to={opens(line, amount)} />,
      })),
    {
      key: 'execution',
      title: say(words.rate),
      fileTitle: say(words.inPercent, { name: say(words.rate) }),
      value: (line) => line.execution && 100 * line.execution,
      cell: (line) =>
        line.execution === null ? (
          '—'
        ) : (
          <span className="rate">
            <span className="num">{percent(line.execution)}</span>
            <Share share={line.execution} light={line.light} label={`${say(words.rate)} ${percent(line.execution)}`} />
          </span>
        ),
    },
    {
      key: 'light',
      title: say(words.stands),
      value: (line) => say(line.words),
      cell: (line) => <Light light={line.light}>{say(line.words)}</Light>,
    },
    ...(items.some((line) => line.can.some((ability) => ability.mine))
      ? [{ key: 'can', title: say(words.can), cell: (line: Line) => <Abilities can={line.can} tight /> }]
      : []),
  ]
}
