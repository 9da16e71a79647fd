import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
  Written,
} from '#web/parts/index.ts'

export type Run = AnswerOf<'check.runs'>['runs'][number]
type Row = AnswerOf<'check.history'>['rows'][number]

const LIMIT = 50
const shows = ['standing', 'fresh', 'gone'] as const
const words = {
  kept: { zh: '历次运行', en: 'Kept run by run' },
  never: { zh: '尚未留存过结果；每晚自动运行。', en: 'Nothing was kept yet; it runs by itself every night.' },
  last: { zh: '最近运行', en: 'Last ran' },
  counts: { zh: '查出 {total}，新增 {fresh}，消除 {gone}', en: '{total} found, {fresh} new, {gone} gone' },
  everywhere: {
    zh: '全部单位查出 {total}，新增 {fresh}，消除 {gone}',
    en: '{total} found everywhere, {fresh} new, {gone} gone',
  },
  runs: { zh: '各次结果', en: 'Runs' },
  units: { zh: '最多的单位', en: 'Where most are' },
  standing: { zh: '现有', en: 'Standing' },
  fresh: { zh: '最近新增', en: 'New at the last run' },
  gone: { zh: '最近消除', en: 'Gone at the last run' },
  show: { zh: '显示', en: 'Show' },
  unit: { zh: '单位', en: 'Unit' },
  record: { zh: '情形', en: 'What' },
  found: { zh: '首次查出', en: 'First found' },
  goneOn: { zh: '消除', en: 'Gone' },
  finding: { zh: '问题清单', en: 'On the list' },
  listed: { zh: '已列入', en: 'listed' },
  empty: { zh: '没有。', en: 'None.' },
}

/** When a check ran last, and what came of it, in a line. */
export function LastRun({ run }: { run: Run | undefined }) {
  const { say, count } = useSay()
  if (!run) return <span className="sub small">{say(words.never)}</span>
  return (
    <span className="sub small">
      {say(words.last)} <DayText day={run.on} /> ·{' '}
      {say(words.everywhere, { total: count(run.total), fresh: count(run.fresh), gone: count(run.gone) })}
    </span>
  )
}

/** What a check found night by night: what is new, what has gone, and which of it became a finding. */
export function KeptRuns({ check }: { check: string }) {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState('kept')
  const show = shows.find((each) => each === search['show']) ?? 'standing'
  const answer = useAsk('check.history', { check, show, offset: list.offset, limit: LIMIT })
  return (
    <Card title={say(words.kept)} aside={answer.data && <Abilities can={answer.data.can} tight />}>
      <Answer of={answer} lines={4}>
        {({ runs, units, rows, total }) =>
          runs.length === 0 ? (
            <p className="sub">{say(words.never)}</p>
          ) : (
            <div className="stack">
              <dl className="facts">
                <dt>{say(words.runs)}</dt>
                <dd>
                  {runs.slice(0, 8).map((run) => (
                    <div key={run.n}>
                      <DayText day={run.on} />:{' '}
                      {say(words.counts, { total: count(run.total), fresh: count(run.fresh), gone: count(run.gone) })}
                    </div>
                  ))}
                </dd>
                {units.length > 0 && (
                  <>
                    <dt>{say(words.units)}</dt>
                    <dd>
                      {units.slice(0, 5).map((each) => (
                        <div key={each.unit}>
                          <UnitLink unit={{ id: each.unit, name: each.name }} />{' '}
                          <span className="num">{count(each.total)}</span>
                        </div>
                      ))}
                    </dd>
                  </>
                )}
              </dl>
              <DataTable
                caption={say(words.kept)}
                rows={rows}
                total={total}
                state={list}
                limit={LIMIT}
                searchable={false}
                rowKey={(row) => row.id}
                csv={`${check}-${show}`}
                empty={say(words.empty)}
                tools={
                  <Choice
                    label={say(words.show)}
                    value={show}
                    options={shows.map((value) => ({ value, label: say(words[value]) }))}
                    onChoose={(value) => setSearch({ show: value === 'standing' ? undefined : value })}
                  />
                }
                columns={[
                  {
                    key: 'unit',
                    title: say(words.unit),
                    head: true,
                    cell: (row: Row) => <UnitLink unit={{ id: row.unit, name: row.unitName }} />,
                  },
                  {
                    key: 'record',
                    title: say(words.record),
                    cell: (row: Row) =>
                      row.record ? (
                        <Go to={row.record}>
                          <Written>{say(row.label)}</Written>
                        </Go>
                      ) : (
                        <Written>{say(row.label)}</Written>
                      ),
                  },
                  { key: 'found', title: say(words.found), cell: (row: Row) => <DayText day={row.foundOn} /> },
                  show === 'gone'
                    ? { key: 'gone', title: say(words.goneOn), cell: (row: Row) => <DayText day={row.goneOn} /> }
                    : {
                        key: 'finding',
                        title: say(words.finding),
                        cell: (row: Row) =>
                          row.finding ? (
                            <Go to={`/findings/${row.finding}`}>{say(words.listed)}</Go>
                          ) : (
                            <Abilities can={row.can} tight />
                          ),
                      },
                ]}
              />
            </div>
          )
        }
      </Answer>
    </Card>
  )
}
