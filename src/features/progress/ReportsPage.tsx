import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Empty,
  FigureTile,
  Go,
  Light,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import './reports.css'

const LIMIT = 50
const LIST_LIMIT = 20
const shows = ['all', 'waiting', 'returned', 'late'] as const

const words = {
  title: { zh: '报告', en: 'Reports' },
  sub: {
    zh: '数字和办过的事项由系统写成，写报告的人只补上没人录入过的；上一级逐栏审核。',
    en: 'Figures and what was done write themselves; the author adds only what nobody has entered; the level above looks through it field by field.',
  },
  within: { zh: '范围', en: 'Within' },
  kind: { zh: '报告', en: 'Report' },
  year: { zh: '年度', en: 'Year' },
  show: { zh: '只看', en: 'Show' },
  all: { zh: '全部', en: 'all' },
  waiting: { zh: '待审核', en: 'waiting for scrutiny' },
  returned: { zh: '已退回', en: 'returned' },
  late: { zh: '逾期未报', en: 'late' },
  board: { zh: '一年的报告', en: 'The year at a glance' },
  unit: { zh: '单位', en: 'Unit' },
  none: { zh: '没有要报送的，也没有报送过的。', en: 'Nothing is owed and nothing was sent.' },
  compose: { zh: '写一份报告', en: 'Compose a report' },
  find: { zh: '查找单位', en: 'Find a unit' },
  counted: { zh: '{word} {n} 份', en: '{n} {word}' },
  more: { zh: '第 {from}–{to} 个单位，共 {total} 个', en: 'units {from}–{to} of {total}' },
  next: { zh: '下一页', en: 'Next' },
  before: { zh: '上一页', en: 'Previous' },
  list: { zh: '报送过的', en: 'What was sent' },
  period: { zh: '报告期', en: 'Period' },
  state: { zh: '状态', en: 'Standing' },
  version: { zh: '版本', en: 'Version' },
  since: { zh: '状态日期', en: 'Since' },
}
/** A cell has little room: the state in a word. */
const short = {
  owed: { zh: '待报', en: 'owed' },
  late: { zh: '逾期', en: 'late' },
  none: { zh: '—', en: '—' },
  sent: { zh: '已报', en: 'sent' },
  returned: { zh: '退回', en: 'returned' },
  passed: { zh: '通过', en: 'passed' },
} as const

type Board = AnswerOf<'report.board'>

/** Every unit's reports of a year as lights; each opens. */
export default function ReportsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const own = session?.actor?.unit
  const unit = search['unit'] ?? own?.id ?? session?.root
  const show = shows.find((each) => each === search['show']) ?? 'all'
  const board = useAsk(
    'report.board',
    {
      ...(unit && { unit }),
      ...(search['kind'] && { kind: search['kind'] }),
      ...(search['year'] && { year: Number(search['year']) }),
      show,
      search: search['find-unit'] ?? '',
      offset: Number(search['from'] ?? 0),
      limit: LIMIT,
    },
    { enabled: unit !== undefined },
  )
  const composes = own && board.data?.kinds.some((kind) => kind.tier === own.tier)
  return (
    <Page
      title={say(words.title)}
      sub={say(words.sub)}
      aside={
        <span className="row">
          {composes && (
            <Go to={`/reports/compose?unit=${own.id}`} className="btn primary">
              {say(words.compose)}
            </Go>
          )}
          <AsOf />
        </span>
      }
    >
      <div className="stack">
        <div className="grid tiles">
          {['reports.sent', 'reports.waiting', 'reports.returned'].map((name) => (
            <FigureTile key={name} name={name} {...(unit && { unit })} />
          ))}
        </div>
        <Card title={say(words.board)}>
          <Answer of={board} lines={8}>
            {(data) => (
              <>
                <div className="row top table-tools">
                  <span style={{ flex: '0 1 260px', minWidth: 0 }}>
                    <UnitPicker
                      label={say(words.within)}
                      value={unit}
                      onChoose={(id) => setSearch({ unit: id, from: undefined })}
                    />
                  </span>
                  <Choice
                    label={say(words.kind)}
                    value={data.kind ?? ''}
                    options={data.kinds.map((kind) => ({ value: kind.id, label: say(kind.title) }))}
                    onChoose={(kind) => setSearch({ kind, from: undefined })}
                  />
                  <YearField year={data.year} />
                  <Choice
                    label={say(words.show)}
                    value={show}
                    options={shows.map((value) => ({ value, label: say(words[value]) }))}
                    onChoose={(value) => setSearch({ show: value === 'all' ? undefined : value, from: undefined })}
                  />
                </div>
                <Counts data={data} />
                {data.rows.length === 0 ? <Empty>{say(words.none)}</Empty> : <Matrix data={data} own={own?.id} />}
                <Pages data={data} offset={Number(search['from'] ?? 0)} />
              </>
            )}
          </Answer>
        </Card>
        {unit && <List key={`${unit} ${list.find}`} unit={unit} />}
      </div>
    </Page>
  )
}

function YearField({ year }: { year: number }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const [typed, setTyped] = useState(String(year))
  return (
    <label className="row" style={{ gap: 6, flexWrap: 'nowrap' }}>
      <span className="sub" style={{ whiteSpace: 'nowrap' }}>
        {say(words.year)}
      </span>
      <input
        type="number"
        className="field"
        style={{ width: 96 }}
        min={2000}
        max={2100}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          if (/^20\d\d$/.test(event.target.value)) setSearch({ year: event.target.value, from: undefined }, true)
        }}
      />
    </label>
  )
}

const countLights = { owed: 'none', late: 'red', sent: 'yellow', returned: 'red', passed: 'green' } as const

function Counts({ data }: { data: Board }) {
  const { say, count } = useSay()
  return (
    <p className="row" style={{ gap: 10 }}>
      {data.counts
        .filter((each) => each.n > 0)
        .map((each) => (
          <Light key={each.state} light={countLights[each.state]}>
            {say(words.counted, { word: say(short[each.state]), n: count(each.n) })}
          </Light>
        ))}
    </p>
  )
}

/** Units downwards, periods across; it scrolls sideways within itself, also by keyboard. */
function Matrix({ data, own }: { data: Board; own: string | undefined }) {
  const { say, language } = useSay()
  const heading = (period: string, name: { zh: string; en: string }) =>
    period.length === 4 ? say(name) : language === 'zh' ? `${Number(period.slice(5))}月` : name.en.slice(0, 3)
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard
    <div className="report-matrix" role="region" aria-label={say(words.board)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.unit)}</th>
            {data.periods.map(({ period, name }) => (
              <th scope="col" key={period} title={say(name)}>
                {heading(period, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.rows.map((row) => (
            <tr key={row.unit}>
              <th scope="row">
                <Go to={`/reports?unit=${row.unit}&year=${data.year}`}>{say(row.name)}</Go>
              </th>
              {data.periods.map(({ period }) => {
                const cell = row.cells.find((each) => each.period === period)
                return (
                  <td key={period}>
                    {cell ? (
                      <Cell cell={cell} unit={row.unit} kind={data.kind} isOwn={row.unit === own} />
                    ) : (
                      <span className="faint" aria-hidden="true">
                        ·
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

type CellData = Board['rows'][number]['cells'][number]

function Cell({ cell, unit, kind, isOwn }: { cell: CellData; unit: string; kind: string | null; isOwn: boolean }) {
  const { say } = useSay()
  const light = (
    <Light light={cell.light}>
      <span title={say(cell.words)}>{say(short[cell.state])}</span>
    </Light>
  )
  if (cell.report) return <Go to={`/reports/${cell.report}`}>{light}</Go>
  return isOwn ? <Go to={`/reports/compose?unit=${unit}&kind=${kind ?? ''}&period=${cell.period}`}>{light}</Go> : light
}

function Pages({ data, offset }: { data: Board; offset: number }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  if (data.total <= LIMIT) return null
  return (
    <p className="row">
      <span className="sub small">
        {say(words.more, { from: offset + 1, to: offset + data.rows.length, total: data.total })}
      </span>
      <button
        type="button"
        className="btn tight"
        disabled={offset === 0}
        onClick={() => setSearch({ from: Math.max(0, offset - LIMIT) || undefined })}
      >
        {say(words.before)}
      </button>
      <button
        type="button"
        className="btn tight"
        disabled={offset + LIMIT >= data.total}
        onClick={() => setSearch({ from: offset + LIMIT })}
      >
        {say(words.next)}
      </button>
    </p>
  )
}

const lights = { none: 'none', sent: 'yellow', returned: 'red', passed: 'green' } as const

function List({ unit }: { unit: string }) {
  const { say } = useSay()
  const search = useSearch()
  const list = useListState()
  const state = search['show'] === 'waiting' ? 'waiting' : search['show'] === 'returned' ? 'returned' : 'all'
  const sort = ({ period: 'period', name: 'name' } as const)[list.sort] ?? 'since'
  const reports = useAsk('report.list', {
    unit,
    state,
    ...(search['kind'] && { kind: search['kind'] }),
    ...(list.find && { search: list.find }),
    sort,
    offset: list.offset,
    limit: LIST_LIMIT,
  })
  return (
    <Card title={say(words.list)}>
      <Answer of={reports} lines={6}>
        {({ total, items }) => (
          <DataTable
            caption={say(words.list)}
            rows={items}
            total={total}
            state={list}
            limit={LIST_LIMIT}
            rowKey={(item) => item.id}
            csv="reports"
            empty={say(words.none)}
            columns={[
              {
                key: 'name',
                title: say(words.unit),
                head: true,
                value: (item) => say(item.name),
                cell: (item) => <Go to={`/reports/${item.id}`}>{say(item.name)}</Go>,
              },
              { key: 'kind', title: say(words.kind), value: (item) => say(item.title) },
              { key: 'period', title: say(words.period), value: (item) => say(item.periodName) },
              {
                key: 'state',
                title: say(words.state),
                value: (item) => say(item.stateName),
                cell: (item) => (
                  <Light light={item.scrutinised || item.state !== 'sent' ? lights[item.state] : 'green'}>
                    {say(item.stateName)}
                  </Light>
                ),
              },
              { key: 'version', title: say(words.version), align: 'right', value: (item) => item.version },
              {
                key: 'since',
                title: say(words.since),
                value: (item) => item.since,
                cell: (item) => <DayText day={item.since} />,
              },
              { key: 'can', title: '', cell: (item) => <Abilities can={item.can.slice(0, 1)} tight /> },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
