import { useMemo, useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { Chart } from '#web/parts/Chart.tsx'
import { Card, Choice, type Column, DataTable, Go, Light, MadeUp, useSay } from '#web/parts/index.ts'
import { plainYuan, useYuan, words } from './formula-words.tsx'

type Data = AnswerOf<'allocation.what-if'>
type Row = Data['rows'][number]
type View = 'results' | 'values' | 'contributions'

const BARS_MAX = 20
const FEN_PER_YI = 1e10
const points = (share: number | null) => (share === null ? null : Math.round(share * 1e5) / 1e3)

/** What every unit gets, beside the current year; the values behind it, and what each factor adds. */
export function Result({ data }: { data: Data }) {
  const { say } = useSay()
  const { yuan } = useYuan()
  const [view, setView] = useState<View>('results')
  const columns = useColumns(data, view)
  const isFine = data.problems.length === 0
  return (
    <Card title={say(words.result)}>
      {data.problems.map((problem) => (
        <div key={problem.code} className="why warn" role="status">
          <b>{say(problem.sentence)}</b> {problem.remedy && say(problem.remedy)}
          {problem.missing && <Missing missing={problem.missing} data={data} />}
        </div>
      ))}
      <DataTable
        caption={say(words.result)}
        rows={data.rows}
        columns={columns}
        rowKey={(row) => row.unit}
        csv={`allocation-${data.year}-${view}`}
        limit={100}
        tools={
          <Choice
            label={say(words.view)}
            value={view}
            options={(['results', 'values', 'contributions'] as const).map((value) => ({
              value,
              label: say(words[value]),
            }))}
            onChoose={setView}
          />
        }
      />
      {isFine && (
        <>
          <p style={{ marginTop: 10 }}>
            <b>
              {say(words.sumRow, {
                fen: yuan(data.totals.fen),
                actual: yuan(data.totals.actualFen),
                last: yuan(data.totals.lastFen),
              })}
            </b>
          </p>
          <p className="sub small">
            {data.remainderFen === '0' ? say(words.noRemainder) : say(words.remainder, { fen: data.remainderFen })}{' '}
            {data.rounds > 0 && say(words.rounds, { rounds: data.rounds })}
          </p>
        </>
      )}
    </Card>
  )
}

function Missing({ missing, data }: { missing: NonNullable<Data['problems'][number]['missing']>; data: Data }) {
  const { say, list } = useSay()
  const titleOf = new Map(data.weights.map((each) => [each.factor, each.title]))
  return (
    <details>
      <summary>{say(words.missing)}</summary>
      <ul>
        {missing.map(({ unit, name, factors }) => (
          <li key={unit}>
            {say(name)}: {list(factors.map((factor) => say(titleOf.get(factor) ?? { zh: factor, en: factor })))}
          </li>
        ))}
      </ul>
    </details>
  )
}

function useColumns(data: Data, view: View): readonly Column<Row>[] {
  const { say, count } = useSay()
  const { yuan, signed } = useYuan()
  const name: Column<Row> = {
    key: 'name',
    title: say(words.name),
    head: true,
    width: '16%',
    value: (row) => say(row.name),
    cell: (row) => <Go to={`/funds/explain/${row.unit}/${data.year}`}>{say(row.name)}</Go>,
  }
  if (view !== 'results')
    return [
      name,
      ...data.weights.map(({ factor, title, weightBp }): Column<Row> => {
        const of = (row: Row) => row.factors.find((each) => each.factor === factor)
        return {
          key: factor,
          title: view === 'values' ? say(title) : `${say(title)} (${weightBp / 100} %)`,
          align: 'right',
          value: (row) => (view === 'values' ? (of(row)?.value ?? null) : points(of(row)?.contribution ?? null)),
          cell: (row) => {
            const shown = view === 'values' ? of(row)?.value : points(of(row)?.contribution ?? null)
            if (shown === undefined || shown === null) return <span className="faint">—</span>
            return (
              <>
                {view === 'values' ? count(shown) : shown.toFixed(3)}{' '}
                {view === 'values' && of(row)?.madeUp && <MadeUp />}
              </>
            )
          },
        }
      }),
    ]
  const money = (
    key: string,
    title: string,
    of: (row: Row) => string | null,
    cell?: (row: Row) => React.ReactNode,
  ): Column<Row> => ({
    key,
    title,
    align: 'right',
    value: (row) => plainYuan(of(row)),
    cell: cell ?? ((row) => yuan(of(row))),
  })
  return [
    name,
    {
      key: 'share',
      title: say(words.share),
      align: 'right',
      value: (row) => points(row.share),
      cell: (row) => points(row.share)?.toFixed(3) ?? '—',
    },
    money(
      'fen',
      say(words.byFormula),
      (row) => row.fen,
      (row) => <b>{yuan(row.fen)}</b>,
    ),
    money('actual', say(words.actual), (row) => row.actualFen),
    money(
      'difference',
      say(words.difference),
      (row) => row.differenceFen,
      (row) => signed(row.differenceFen),
    ),
    money('last', say(words.last), (row) => row.lastFen),
    {
      key: 'held',
      title: say(words.held),
      value: (row) => (row.held ? say(words[row.held]) : row.extra ? say(words.odd) : ''),
      cell: (row) =>
        row.held ? (
          <Light light="yellow">{say(words[row.held])}</Light>
        ) : row.extra ? (
          <span className="sub small">{say(words.odd)}</span>
        ) : null,
    },
  ]
}

/** The largest shares as bars, beside what was allocated this year. */
export function ResultChart({ data }: { data: Data }) {
  const { say } = useSay()
  const rows = useMemo(
    () => data.rows.toSorted((a, b) => Number(b.fen ?? 0) - Number(a.fen ?? 0)).slice(0, BARS_MAX),
    [data],
  )
  const option = useMemo(() => {
    const bars = (name: string, of: (row: Row) => string | null) => ({
      name,
      type: 'bar' as const,
      data: rows.map((row) => Number(of(row) ?? 0) / FEN_PER_YI),
    })
    return {
      color: ['#1f5fbf', '#5b6474'],
      legend: { top: 0 },
      xAxis: {
        type: 'category' as const,
        data: rows.map((row) => say(row.name)),
        axisLabel: { rotate: 45, interval: 0 },
      },
      yAxis: { type: 'value' as const },
      series: [bars(say(words.chartFormula), (row) => row.fen), bars(say(words.chartActual), (row) => row.actualFen)],
    }
  }, [rows, say])
  const label = say(words.chart, { n: rows.length })
  return (
    <Card title={label}>
      <Chart option={option} label={label} height={320} />
    </Card>
  )
}
