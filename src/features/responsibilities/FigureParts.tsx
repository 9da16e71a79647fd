import { lazy, Suspense, useMemo } from 'react'
import { queryString } from '#web/api.ts'
import type { FigureAnswer } from '#web/ask.ts'
import {
  Answer,
  Card,
  Choice,
  DataTable,
  Go,
  Loading,
  useFigureSeries,
  useCountedText,
  useFigureText,
  useListState,
  useParams,
  useSay,
  useSearch,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'

type Row = FigureAnswer['below'][number]

const words = {
  below: { zh: '下级单位', en: 'Units below' },
  value: { zh: '数值', en: 'Value' },
  of: { zh: '分母', en: 'Out of' },
  counter: { zh: '分子', en: 'Counted' },
  code: { zh: '代码', en: 'Code' },
  course: { zh: '历程', en: 'Over time' },
  month: { zh: '月', en: 'Months' },
  quarter: { zh: '季', en: 'Quarters' },
  every: { zh: '间隔', en: 'Steps' },
  unit: { zh: '单位', en: 'Unit' },
  year: { zh: '年', en: 'Years' },
}

const Chart = lazy(async () => ({ default: (await import('#web/parts/Chart.tsx')).Chart }))

const BARS_MAX = 34
const FEN_PER_YUAN = 100

/** A number as a downloaded table holds it: money in yuan. */
const inTable = (figure: FigureAnswer['figure'], value: number | null) =>
  value !== null && figure.money ? value / FEN_PER_YUAN : value

/** The units below as bars and as a table; each opens. */
export function Below({ answer }: { answer: FigureAnswer }) {
  const { say } = useSay()
  const text = useFigureText()
  const counted = useCountedText()
  const { name = '' } = useParams()
  const { on, year } = useSearch()
  const setSearch = useSetSearch()
  const { figure, below } = answer
  const bars = useMemo(
    () =>
      below
        .filter((row) => row.value !== null)
        .toSorted((a, b) => (b.value ?? 0) - (a.value ?? 0))
        .slice(0, BARS_MAX),
    [below],
  )
  const option = useMemo(
    () => ({
      xAxis: {
        type: 'value' as const,
        ...(figure.kind === 'sum' && { minInterval: 1 }),
        splitLine: { lineStyle: { color: '#eef0f4' } },
        axisLabel: { formatter: (value: number) => text(figure, value) },
      },
      yAxis: {
        type: 'category' as const,
        inverse: true,
        data: bars.map((row) => say(row.name)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: '#cdd3dc' } },
      },
      tooltip: {
        trigger: 'axis' as const,
        confine: true,
        valueFormatter: (value: unknown) => text(figure, Number(value)),
      },
      series: [
        { type: 'bar' as const, data: bars.map((row) => row.value), barMaxWidth: 14, itemStyle: { borderRadius: 3 } },
      ],
    }),
    // The words change with the language, and `say` and `text` with them.
    [bars, figure, say, text],
  )
  const opened = (row: Row) => `/figures/${name}${queryString({ unit: row.unit, on, year })}`
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: say(words.unit),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => <Go to={opened(row)}>{say(row.name)}</Go>,
    },
    {
      key: 'value',
      title: say(words.value),
      align: 'right',
      value: (row) => (figure.kind === 'sum' ? inTable(figure, row.value) : row.value),
      cell: (row) => text(figure, row.value),
    },
    ...(figure.kind === 'ratio'
      ? [
          {
            key: 'counted',
            title: say(words.counter),
            align: 'right' as const,
            value: (row: Row) => inTable(figure, row.counted),
            cell: (row: Row) => counted(figure, row.counted),
          },
          {
            key: 'of',
            title: say(words.of),
            align: 'right' as const,
            value: (row: Row) => inTable(figure, row.of),
            cell: (row: Row) => counted(figure, row.of ?? 0),
          },
        ]
      : []),
    {
      key: 'code',
      title: say(words.code),
      value: (row) => row.code,
      cell: (row) => <span className="faint num">{row.code ?? '—'}</span>,
    },
  ]
  return (
    <Card title={say(words.below)}>
      {bars.length > 1 && (
        <Suspense fallback={<Loading lines={6} />}>
          <Chart
            option={option}
            label={`${say(figure.title)}: ${say(words.below)}`}
            height={Math.max(140, bars.length * 19 + 40)}
            onPick={(_, at) => setSearch({ unit: bars[at]?.unit })}
          />
        </Suspense>
      )}
      <DataTable
        caption={say(words.below)}
        rows={below}
        columns={columns}
        rowKey={(row) => row.unit}
        limit={20}
        state={useListState('below')}
        csv={`${name}-below`}
      />
    </Card>
  )
}

/** The figure over time; a point opens the page as of its day. */
export function Course({ name, figure }: { name: string; figure: FigureAnswer['figure'] }) {
  const { say, day } = useSay()
  const text = useFigureText()
  const { unit, year, every = 'quarter' } = useSearch()
  const setSearch = useSetSearch()
  const series = useFigureSeries(name, { unit, year, every: every as 'month' })
  const points = series.data?.points
  const option = useMemo(
    () => ({
      xAxis: {
        type: 'category' as const,
        data: points?.map((point) => point.on) ?? [],
        boundaryGap: false,
        axisLabel: { formatter: (value: string) => value.slice(0, 7) },
      },
      yAxis: {
        type: 'value' as const,
        ...(figure.kind === 'sum' && { minInterval: 1 }),
        splitLine: { lineStyle: { color: '#eef0f4' } },
        axisLabel: { formatter: (value: number) => text(figure, value) },
      },
      tooltip: {
        trigger: 'axis' as const,
        confine: true,
        valueFormatter: (value: unknown) => text(figure, value === null ? null : Number(value)),
      },
      series: [
        {
          type: 'line' as const,
          step: 'end' as const,
          data: points?.map((point) => point.value) ?? [],
          symbolSize: 5,
          lineStyle: { width: 2 },
          areaStyle: { opacity: 0.06 },
        },
      ],
    }),
    [points, figure, text],
  )
  return (
    <Card
      title={say(words.course)}
      aside={
        <Choice
          label={say(words.every)}
          value={every}
          options={[
            { value: 'month', label: say(words.month) },
            { value: 'quarter', label: say(words.quarter) },
            { value: 'year', label: say(words.year) },
          ]}
          onChoose={(value) => setSearch({ every: value === 'quarter' ? undefined : value })}
        />
      }
    >
      <Answer of={series} lines={6}>
        {(data) => (
          <>
            <Suspense fallback={<Loading lines={6} />}>
              <Chart
                option={option}
                label={`${say(figure.title)}: ${say(words.course)}`}
                onPick={(picked) => setSearch({ on: picked })}
              />
            </Suspense>
            <details>
              <summary className="sub small">{say(words.value)}</summary>
              <table className="num small">
                <tbody>
                  {data.points.map((point) => (
                    <tr key={point.on}>
                      <td>{day(point.on)}</td>
                      <td className="right">{text(figure, point.value)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </details>
          </>
        )}
      </Answer>
    </Card>
  )
}
