import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
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
  WaitingFor,
} from '#web/parts/index.ts'

const LIMIT = 50
const states = ['all', 'none', 'waiting', 'consented', 'returned'] as const
type State = Exclude<(typeof states)[number], 'all'>

const words = {
  title: { zh: '进度安排', en: 'Schedules' },
  sub: {
    zh: '县定退出年度和节点，上一级同意后生效。',
    en: 'A county sets its year of exit and its milestones; they count once the level above consents.',
  },
  within: { zh: '范围', en: 'Within' },
  county: { zh: '县', en: 'County' },
  state: { zh: '状态', en: 'State' },
  all: { zh: '全部', en: 'All' },
  none: { zh: '未制定', en: 'not set' },
  waiting: { zh: '待审核', en: 'waits for consent' },
  consented: { zh: '已同意', en: 'consented' },
  returned: { zh: '已退回', en: 'returned' },
  year: { zh: '退出年度', en: 'Year of exit' },
  counts: { zh: '有效：{year}年（第{version}版）', en: '{year} counts (version {version})' },
  next: { zh: '下一节点', en: 'Next milestone' },
  milestones: { zh: '节点', en: 'Milestones' },
  versions: { zh: '历次版本', en: 'Every version' },
  version: { zh: '第 {version} 版', en: 'Version {version}' },
  since: { zh: '报送', en: 'Set on' },
  entry: { zh: '记录', en: 'entry' },
  passed: { zh: '已过', en: 'passed' },
  empty: { zh: '没有符合条件的县。', en: 'No county fits.' },
}
const lights = { none: 'none', waiting: 'yellow', consented: 'green', returned: 'red' } as const

const Stands = ({ state }: { state: State }) => {
  const { say } = useSay()
  return <Light light={lights[state]}>{say(words[state])}</Light>
}

/** The schedules of the poor counties below a unit; a county's own with all its versions. */
export default function SchedulesPage() {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const search = useSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
        </div>
        <div className="grid tiles">
          <FigureTile name="schedules.consented" {...(unit && { unit })} />
        </div>
        {unit && <List unit={unit} />}
      </div>
    </Page>
  )
}

function List({ unit }: { unit: string }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  const state = states.find((each) => each === search['state']) ?? 'all'
  const sort = ({ year: 'year', name: 'name' } as const)[list.sort] ?? 'code'
  const schedules = useAsk('schedule.list', {
    unit,
    state,
    ...(list.find && { search: list.find }),
    sort,
    offset: list.offset,
    limit: LIMIT,
  })
  const isCounty = schedules.data?.items.some((item) => item.unit === unit)
  return (
    <>
      {isCounty && <OneCounty unit={unit} today={today} />}
      <Card>
        <Answer of={schedules} lines={8}>
          {({ total, items }) => (
            <DataTable
              caption={say(words.title)}
              rows={items}
              total={total}
              state={list}
              limit={LIMIT}
              rowKey={(item) => item.unit}
              csv="schedules"
              empty={say(words.empty)}
              tools={
                <Choice
                  label={say(words.state)}
                  value={state}
                  options={states.map((value) => ({ value, label: say(words[value]) }))}
                  onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
                />
              }
              columns={[
                {
                  key: 'name',
                  title: say(words.county),
                  head: true,
                  value: (item) => say(item.name),
                  cell: (item) => <Go to={`/schedules?unit=${item.unit}`}>{say(item.name)}</Go>,
                },
                { key: 'state', title: say(words.state), cell: (item) => <Stands state={item.state} /> },
                {
                  key: 'year',
                  title: say(words.year),
                  value: (item) => item.exitYear,
                  cell: (item) => (
                    <>
                      <span className="num">{item.exitYear ?? '—'}</span>
                      {item.counts && item.counts.version !== item.version && (
                        <span className="sub small" style={{ display: 'block' }}>
                          {say(words.counts, { year: item.counts.exitYear ?? '', version: item.counts.version })}
                        </span>
                      )}
                    </>
                  ),
                },
                {
                  key: 'next',
                  title: say(words.next),
                  cell: (item) => <Next milestones={item.milestones} today={today} />,
                },
                { key: 'can', title: '', cell: (item) => <Abilities can={item.can} tight /> },
              ]}
            />
          )}
        </Answer>
      </Card>
    </>
  )
}

type Milestones = AnswerOf<'schedule.list'>['items'][number]['milestones']

function Next({ milestones, today }: { milestones: Milestones; today: string }) {
  const { say } = useSay()
  const next = milestones?.find((milestone) => milestone.on >= today)
  if (!next) return <span className="faint">—</span>
  return (
    <>
      <DayText day={next.on} /> {say(next.title)}
    </>
  )
}

function OneCounty({ unit, today }: { unit: string; today: string }) {
  const { say } = useSay()
  const schedule = useAsk('schedule.show', { unit })
  return (
    <Answer of={schedule} lines={5}>
      {(shown) => (
        <div className="grid cols-2">
          <Card title={say(shown.name)} aside={<Stands state={shown.state} />}>
            {shown.milestones && (
              <ol>
                {shown.milestones.map((milestone) => (
                  <li key={`${milestone.on} ${milestone.title.en}`}>
                    <DayText day={milestone.on} /> {say(milestone.title)}{' '}
                    {milestone.on < today && <span className="faint small">{say(words.passed)}</span>}
                  </li>
                ))}
              </ol>
            )}
            <WaitingFor subject="schedule" unit={unit} />
            <Abilities can={shown.can} others />
          </Card>
          <Card title={say(words.versions)}>
            {shown.versions.map((version) => (
              <p key={version.version}>
                <b>{say(words.version, { version: version.version })}</b> ·{' '}
                <span className="num">{version.exitYear}</span> · <DayText day={version.on} />{' '}
                <Stands state={version.state} />{' '}
                <Go to={`/journal/${version.act}`} style={{ textDecoration: 'underline' }}>
                  {say(words.entry)}
                </Go>
                {[version.reason, version.decisionReason].map(
                  (reason) =>
                    reason && (
                      <span key={reason} className="sub small" style={{ display: 'block' }}>
                        “{reason}”
                      </span>
                    ),
                )}
              </p>
            ))}
          </Card>
        </div>
      )}
    </Answer>
  )
}
