import type { EChartsOption } from 'echarts'
import { useMemo } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { Chart } from '#web/parts/Chart.tsx'
import {
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  FigureTile,
  Go,
  Page,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  Written,
  type Column,
} from '#web/parts/index.ts'
import { shared } from './coordination-words.tsx'

type Burden = AnswerOf<'burden.table'>
type Row = Burden['rows'][number]

const LIMIT = 50
const FIRST_YEAR = 2015

const words = {
  title: { zh: '填报负担', en: 'Burden of reporting' },
  sub: {
    zh: '由人填写的每一项，记在要它的人名下；系统填的不计。',
    en: 'Every field that somebody typed, in the name of whoever wanted it; what the system fills in does not count.',
  },
  setting: {
    zh: '按设定折算：文字每项 {text} 分钟，数字每项 {number} 分钟；无文件依据。',
    en: 'By the setting: {text} minutes for words, {number} for a number; no document gives these.',
  },
  month: { zh: '月份', en: 'Month' },
  unit: { zh: '填报单位', en: 'Who typed' },
  asker: { zh: '谁要的', en: 'For whom' },
  fields: { zh: '项数', en: 'Fields' },
  minutes: { zh: '分钟（折算）', en: 'Minutes (setting)' },
  measured: { zh: '分钟（实测）', en: 'Minutes (measured)' },
  chart: { zh: '各月填报用时（分钟）', en: 'Minutes of typing by month' },
  most: { zh: '谁要得最多', en: 'Who asks most' },
  everybody: { zh: '全部', en: 'Everybody' },
  units: { zh: '{units} 个单位', en: 'units: {units}' },
  twice: { zh: '重复要的', en: 'Asked more than once' },
  never: { zh: '今年没有重复要的。', en: 'Nothing was asked twice this year.' },
  table: { zh: '按单位、月份和要求者', en: 'By unit, month and whoever wanted it' },
  empty: { zh: '这一年没有人填过什么。', en: 'Nobody typed anything in this year.' },
  records: { zh: '看每一项', en: 'See every field' },
}

/** What reporting costs, by unit, month and whoever wanted it. */
export default function BurdenPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const thisYear = Number((search['on'] ?? session?.today ?? '2020').slice(0, 4))
  const year = Number(search['year'] ?? thisYear)
  const sort = ({ unit: 'unit', fields: 'fields', minutes: 'minutes' } as const)[list.sort.replace('-', '')] ?? 'month'
  const answer = useAsk(
    'burden.table',
    {
      unit: unit ?? '',
      year,
      ...(search['asker'] && { asker: search['asker'] }),
      ...(list.find && { search: list.find }),
      sort,
      offset: list.offset,
      limit: LIMIT,
    },
    { enabled: unit !== undefined },
  )
  const years = Array.from({ length: thisYear - FIRST_YEAR + 1 }, (_, at) => thisYear - at)
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(shared.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined, asker: undefined })}
            />
          </span>
          <select
            className="field"
            style={{ flex: '0 0 110px' }}
            aria-label={say(shared.year)}
            value={year}
            onChange={(event) => setSearch({ year: event.target.value, offset: undefined })}
          >
            {years.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
          {unit && <Go to={`/figures/burden.fields?unit=${unit}&year=${year}`}>{say(words.records)}</Go>}
        </div>
        <div className="grid tiles">
          <FigureTile name="burden.fields" year={year} {...(unit && { unit })} />
          <FigureTile name="burden.minutes" year={year} {...(unit && { unit })} />
          <FigureTile name="requests.received" year={year} {...(unit && { unit })} />
        </div>
        <Answer of={answer} lines={8}>
          {(data) => (
            <>
              <p className="sub small">
                {say(words.setting, { text: data.settings.text, number: data.settings.number })}
              </p>
              <div className="grid cols-2">
                <Card title={say(words.chart)}>
                  <Months data={data} />
                </Card>
                <Askers
                  data={data}
                  chosen={search['asker']}
                  onChoose={(asker) => setSearch({ asker, offset: undefined })}
                />
              </div>
              <Card title={say(words.table)}>
                <DataTable
                  caption={say(words.table)}
                  rows={data.rows}
                  total={data.total}
                  state={list}
                  limit={LIMIT}
                  rowKey={(row) => `${row.unit} ${row.month} ${row.asker}`}
                  csv="burden"
                  empty={say(words.empty)}
                  columns={columns(say)}
                />
              </Card>
              <Twice data={data} />
            </>
          )}
        </Answer>
      </div>
    </Page>
  )
}

const columns = (say: ReturnType<typeof useSay>['say']): readonly Column<Row>[] => [
  { key: 'month', title: say(words.month), head: true, value: (row) => row.month },
  {
    key: 'unit',
    title: say(words.unit),
    value: (row) => say(row.name),
    cell: (row) => <UnitLink unit={{ id: row.unit, name: row.name }} />,
  },
  {
    key: 'asker',
    title: say(words.asker),
    cell: (row) => (row.asker ? <UnitLink unit={{ id: row.asker, name: row.askerName }} /> : say(row.askerName)),
  },
  { key: 'fields', title: say(words.fields), align: 'right', value: (row) => row.fields },
  { key: 'minutes', title: say(words.minutes), align: 'right', value: (row) => row.minutes },
  {
    key: 'measured',
    title: say(words.measured),
    align: 'right',
    cell: (row) => row.measured ?? '—',
  },
]

function Months({ data }: { data: Burden }) {
  const { say } = useSay()
  const { months } = data
  const option = useMemo(
    (): EChartsOption => ({
      xAxis: { type: 'category', data: months.map((month) => month.key) },
      yAxis: { type: 'value' },
      series: [{ type: 'bar', name: say(words.minutes), data: months.map((month) => month.minutes), barMaxWidth: 36 }],
    }),
    [months, say],
  )
  if (months.length === 0) return <p className="sub">{say(words.empty)}</p>
  const said = months.map((month) => `${month.key}: ${month.minutes}`).join(', ')
  return <Chart option={option} label={`${say(words.chart)} — ${said}`} height={220} />
}

function Askers({
  data,
  chosen,
  onChoose,
}: {
  data: Burden
  chosen: string | undefined
  onChoose: (asker: string | undefined) => void
}) {
  const { say, count } = useSay()
  return (
    <Card title={say(words.most)}>
      {data.askers.length === 0 && <p className="sub">{say(words.empty)}</p>}
      <ul className="plain" style={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {data.askers.slice(0, 8).map((asker) => (
          <li key={asker.key} style={{ marginBottom: 6 }}>
            <button
              type="button"
              className={`btn tight ${asker.key === chosen ? 'primary' : ''}`}
              aria-pressed={asker.key === chosen}
              onClick={() => onChoose(asker.key === chosen ? undefined : asker.key)}
            >
              {say(asker.name)}
            </button>{' '}
            <span className="num">{count(asker.minutes)}</span> {say({ zh: '分钟', en: 'minutes' })} ·{' '}
            <span className="num">{count(asker.fields)}</span> {say({ zh: '项', en: 'fields' })} ·{' '}
            <span className="sub small">{say(words.units, { units: asker.units })}</span>
          </li>
        ))}
      </ul>
      {chosen && (
        <button type="button" className="btn tight" onClick={() => onChoose(undefined)}>
          {say(words.everybody)}
        </button>
      )}
    </Card>
  )
}

function Twice({ data }: { data: Burden }) {
  const { say } = useSay()
  return (
    <Card title={say(words.twice)}>
      {data.twice.length === 0 && <p className="sub">{say(words.never)}</p>}
      <ul>
        {data.twice.map((each) => (
          <li key={each.key}>
            <UnitLink unit={{ id: each.unit, name: each.name }} />: <Written>{each.title}</Written>
            {each.requests.map((request) => (
              <div key={request.id} className="sub small">
                <DayText day={request.on} /> · {say(request.by)} ·{' '}
                <Go to={`/requests/${request.id}`}>
                  <Written>{request.title}</Written>
                </Go>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}
