import { useMemo } from 'react'
import type { EChartsOption } from 'echarts'
import type { AnswerOf } from '#web/ask.ts'
import { addDays } from '#web/formats.ts'
import { Chart } from '#web/parts/Chart.tsx'
import {
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { Yuan } from './BookParts.tsx'
import { words } from './book-words.tsx'

const LIMIT = 20
const DAYS = { year: 365, three: 3 * 365, all: 12 * 365 } as const
type Span = keyof typeof DAYS
const spanWords = { year: words.oneYear, three: words.threeYears, all: words.allYears }

type Cash = AnswerOf<'funds.cash'>

/** A unit's cash over time: a picture by month, each event, and the same numbers as a table. */
export function CashCard({ unit, name }: { unit: string; name: string }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today
  const list = useListState('cash')
  const span = (Object.keys(DAYS) as Span[]).find((each) => each === search['span']) ?? 'year'
  const from = today && `${addDays(today, -DAYS[span]).slice(0, 7)}-01`
  const cash = useAsk('funds.cash', { unit, ...(from && { from }), offset: list.offset, limit: LIMIT })
  return (
    <Card
      title={say(words.cash)}
      aside={
        <Choice
          label={say(words.span)}
          value={span}
          options={(Object.keys(DAYS) as Span[]).map((value) => ({ value, label: say(spanWords[value]) }))}
          onChoose={(value) =>
            setSearch({ span: value === 'year' ? undefined : value, 'cash.offset': undefined }, true)
          }
        />
      }
    >
      <Answer of={cash} lines={6}>
        {(data) => (
          <>
            <Picture cash={data} name={name} />
            <details>
              <summary>{say(words.months)}</summary>
              <Months cash={data} />
            </details>
            <h3 style={{ marginTop: 12 }}>{say(words.events)}</h3>
            <Events cash={data} list={list} />
          </>
        )}
      </Answer>
    </Card>
  )
}

const WAN = 1_000_000
const MILLION = 100_000_000

function Picture({ cash, name }: { cash: Cash; name: string }) {
  const { say, language, amount } = useSay()
  const option = useMemo((): EChartsOption => {
    const per = language === 'zh' ? WAN : MILLION
    const scaled = (fen: string) => Number(fen) / per
    const written = (value: unknown) => amount(Math.abs(Number(value)) * per)
    const months = cash.months
    return {
      legend: { top: 0, right: 0, itemHeight: 10 },
      grid: { left: 8, right: 16, top: 42, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: { trigger: 'axis', confine: true, valueFormatter: written },
      xAxis: { type: 'category', data: months.map((each) => each.month) },
      yAxis: {
        type: 'value',
        name: language === 'zh' ? '万元' : 'm yuan',
        nameTextStyle: { align: 'left' },
        splitLine: { lineStyle: { color: '#e5e8ee' } },
      },
      series: [
        {
          name: say(words.held),
          type: 'line',
          step: 'end',
          symbol: 'none',
          areaStyle: { opacity: 0.15 },
          color: '#1f5fbf',
          data: months.map((each) => scaled(each.balanceFen)),
        },
        {
          name: say(words.in),
          type: 'bar',
          stack: 'moved',
          barMaxWidth: 14,
          color: '#1b6d45',
          data: months.map((each) => scaled(each.inFen)),
        },
        {
          name: say(words.out),
          type: 'bar',
          stack: 'moved',
          barMaxWidth: 14,
          color: '#b3261e',
          itemStyle: { decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -0.6 } },
          data: months.map((each) => -scaled(each.outFen)),
        },
      ],
    }
  }, [cash, say, language, amount])
  if (cash.months.every((each) => each.balanceFen === '0' && each.inFen === '0' && each.outFen === '0'))
    return <p className="sub">{say(words.noCash)}</p>
  const label = say(words.cashOf, { unit: name, from: cash.from, to: cash.to })
  return (
    <Chart option={option} label={`${label} · ${say(words.cashAtEnd, { amount: amount(Number(cash.closingFen)) })}`} />
  )
}

function Months({ cash }: { cash: Cash }) {
  const { say } = useSay()
  return (
    <DataTable
      caption={say(words.months)}
      rows={cash.months}
      state={{ find: '', sort: '', offset: 0, set: () => undefined }}
      limit={200}
      searchable={false}
      rowKey={(month) => month.month}
      csv={`cash-${cash.code ?? cash.unit}`}
      columns={[
        { key: 'month', title: say(words.month), head: true, cell: (row) => row.month, ...valued((row) => row.month) },
        ...(['in', 'out', 'balance'] as const).map((key) => ({
          key,
          title: say(key === 'balance' ? words.held : words[key]),
          align: 'right' as const,
          cell: (row: Cash['months'][number]) => <Yuan fen={row[`${key}Fen`]} />,
        })),
      ]}
    />
  )
}

const valued = (value: (row: Cash['months'][number]) => string) => ({ value })

function Events({ cash, list }: { cash: Cash; list: ReturnType<typeof useListState> }) {
  const { say } = useSay()
  return (
    <DataTable
      caption={say(words.events)}
      rows={cash.events}
      total={cash.total}
      state={list}
      limit={LIMIT}
      searchable={false}
      rowKey={(event) => `${event.act} ${event.kind} ${event.line}`}
      empty={say(words.noCash)}
      columns={[
        { key: 'on', title: say(words.day), cell: (event) => <DayText day={event.on} /> },
        {
          key: 'document',
          title: say(words.document),
          head: true,
          cell: (event) => <Go to={event.address}>{event.document}</Go>,
        },
        {
          key: 'what',
          title: say(words.what),
          cell: (event) => (
            <>
              {say(event.kindName)}{' '}
              {event.transfers > 1 && <span className="sub small">{say(words.count, { count: event.transfers })}</span>}
            </>
          ),
        },
        {
          key: 'line',
          title: say(words.line),
          cell: (event) => <Go to={`/funds/lines/${event.line}`}>{say(event.lineTitle)}</Go>,
        },
        {
          key: 'amount',
          title: say(words.amount),
          align: 'right',
          cell: (event) => <Yuan fen={event.amountFen} signed />,
        },
      ]}
    />
  )
}
