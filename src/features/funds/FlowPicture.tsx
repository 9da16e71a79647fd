import { lazy, Suspense, useCallback, useMemo } from 'react'
import type { EChartsOption } from 'echarts'
import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  Card,
  Choice,
  DataTable,
  Empty,
  Go,
  useAsk,
  useGo,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { Fen, yuan } from './money-parts.tsx'
import { words } from './money-words.tsx'

const Chart = lazy(async () => ({ default: (await import('#web/parts/Chart.tsx')).Chart }))

type Flow = AnswerOf<'funds.flow'>
type Node = Flow['nodes'][number]

/** How many units of each step are drawn by themselves. */
const tops = { fewer: { top: 10, deep: 2 }, more: { top: 24, deep: 3 } } as const
const NODE_PX = 20
const COLUMN_PX = 160
const LABEL_PX = 146
const GAP_PX = 13
const ROWS = 12

/** Where a year's money went, as a picture and as a table of the same streams. */
export function FlowCard({ unit, year }: { unit: string; year: number }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const detail = search['detail'] === 'more' ? 'more' : 'fewer'
  const flow = useAsk('funds.flow', { unit, year, ...tops[detail] })
  return (
    <Card
      title={say(words.flow)}
      aside={
        <Choice
          label={say(words.detail)}
          value={detail}
          options={(['fewer', 'more'] as const).map((value) => ({ value, label: say(words[value]) }))}
          onChoose={(value) => setSearch({ detail: value === 'more' ? value : undefined })}
        />
      }
    >
      <Answer of={flow} lines={10}>
        {(answer) =>
          answer.links.length === 0 ? (
            <Empty>{say(words.noFlow)}</Empty>
          ) : (
            <>
              <p className="sub small">{say(words.flowWhy)}</p>
              <div className="picture" tabIndex={0} role="region" aria-label={say(words.flow)}>
                <Suspense fallback={<div className="skeleton" style={{ height: heightOf(answer) }} />}>
                  <Picture flow={answer} />
                </Suspense>
              </div>
              <Streams flow={answer} />
            </>
          )
        }
      </Answer>
    </Card>
  )
}

/** The tallest column needs so much room that its names do not lie upon each other. */
const heightOf = ({ nodes }: Flow) =>
  Math.max(
    260,
    NODE_PX * Math.max(...[...Map.groupBy(nodes, (node) => node.column).values()].map((column) => column.length)),
  )

const colours: Readonly<Record<Node['what'], string>> = {
  source: '#5b6474',
  unit: '#1f5fbf',
  rest: '#7a93b8',
  kind: '#1b6d45',
  held: '#e08a00',
  fee: '#8b94a3',
}

function Picture({ flow }: { flow: Flow }) {
  const { say, amount, language } = useSay()
  const go = useGo()
  const { nodes, links, year } = flow
  const option = useMemo((): EChartsOption => {
    const named = new Map(nodes.map((node) => [node.id, `${say(node.name)} ${amount(Number(node.amountFen))}`]))
    const plain = new Map(nodes.map((node) => [node.id, say(node.name)]))
    const many = new Set(
      nodes.filter((node) => node.column > 1 && (node.what === 'unit' || node.what === 'rest')).map((node) => node.id),
    )
    const columns = [...new Set(nodes.map((node) => node.column))].toSorted((a, b) => a - b)
    return {
      tooltip: {
        trigger: 'item',
        confine: true,
        formatter: (item) => {
          const { data } = item as unknown as {
            data: { source?: string; target?: string; value?: number; name?: string }
          }
          return data.source === undefined
            ? (named.get(data.name ?? '') ?? '')
            : `${plain.get(data.source)} → ${plain.get(data.target ?? '')}<br>${amount(data.value ?? 0)}`
        },
      },
      series: [
        {
          type: 'sankey',
          left: 4,
          right: 150,
          top: 8,
          bottom: 8,
          nodeWidth: 12,
          nodeGap: GAP_PX,
          animation: false,
          nodeAlign: 'left',
          draggable: false,
          layoutIterations: 48,
          emphasis: { focus: 'adjacency' },
          label: {
            // Where names are long, the amounts of the many stand in the table alone.
            formatter: ({ name }) => (language === 'en' && many.has(name) ? plain : named).get(name) ?? name,
            fontSize: 12,
            color: '#1f2430',
            width: LABEL_PX,
            overflow: 'truncate',
          },
          lineStyle: { color: 'source', opacity: 0.28, curveness: 0.5 },
          data: nodes.map((node) => ({
            name: node.id,
            depth: columns.indexOf(node.column),
            itemStyle: { color: node.unit === flow.unit ? '#b3261e' : colours[node.what] },
          })),
          links: links.map((link) => ({ source: link.from, target: link.to, value: Number(link.amountFen) })),
        },
      ],
    }
  }, [nodes, links, flow.unit, say, amount, language])
  const pick = useCallback(
    (name: string, at: number, part?: string) => {
      const unit = nodes.find((node) => node.id === name)?.unit
      const address = part === 'edge' ? links[at]?.address : unit && `/funds/entries${queryString({ unit, year })}`
      if (address) go(address)
    },
    [nodes, links, year, go],
  )
  return (
    <div style={{ minWidth: COLUMN_PX * new Set(nodes.map((node) => node.column)).size }}>
      <Chart
        option={option}
        height={heightOf(flow)}
        label={say(words.flowLabel, { unit: say(flow.name), year, count: links.length })}
        onPick={pick}
      />
    </div>
  )
}

/** The same streams in words. A unit leads to its own money; an amount to its entries. */
function Streams({ flow }: { flow: Flow }) {
  const { say, percent } = useSay()
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]))
  const rows = flow.links.map((link, at) => {
    const [from, to] = [nodes.get(link.from)!, nodes.get(link.to)!]
    return { ...link, at, from, to, share: yuan(link.amountFen) / yuan(from.amountFen) }
  })
  const ordered = rows.toSorted(
    (a, b) => a.from.column - b.from.column || Number(b.amountFen) - Number(a.amountFen) || a.at - b.at,
  )
  const place = (node: Node) =>
    node.unit === null || node.unit === flow.unit ? (
      say(node.name)
    ) : (
      <Go to={`/funds${queryString({ unit: node.unit, year: flow.year })}`}>{say(node.name)}</Go>
    )
  return (
    <DataTable
      caption={say(words.flow)}
      rows={ordered}
      limit={ROWS}
      name="flow"
      rowKey={(row) => String(row.at)}
      csv={`flows-${flow.year}`}
      columns={[
        {
          key: 'from',
          title: say(words.from),
          head: true,
          value: (row) => say(row.from.name),
          cell: (row) => place(row.from),
        },
        { key: 'to', title: say(words.to), value: (row) => say(row.to.name), cell: (row) => place(row.to) },
        {
          key: 'amount',
          title: say(words.amount),
          fileTitle: say(words.inYuan, { name: say(words.amount) }),
          align: 'right',
          value: (row) => yuan(row.amountFen),
          cell: (row) => <Fen fen={row.amountFen} to={row.address} />,
        },
        {
          key: 'share',
          title: say(words.shareOf),
          fileTitle: say(words.inPercent, { name: say(words.shareOf) }),
          align: 'right',
          value: (row) => 100 * row.share,
          cell: (row) => percent(row.share),
        },
      ]}
    />
  )
}
