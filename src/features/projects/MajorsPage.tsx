import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  FigureTile,
  Go,
  MadeUp,
  Page,
  Status,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Part, useWithin, Within, words } from './major-words.tsx'

const LIMIT = 50
const own = {
  sub: {
    zh: '中央规划，各省承担份额，分解到县，由县项目落实：合计必须一致。',
    en: 'Devised by the centre, shared among provinces, divided among counties, carried out by their projects: it has to add up.',
  },
  made: { zh: '演示用的虚构项目', en: 'Made up for the demonstration' },
  name: { zh: '名称', en: 'Name' },
  none: { zh: '没有与本单位有关的重大工程项目。', en: 'No major project touches this unit.' },
} as const

type Answered = AnswerOf<'major-project.list'>
type Major = Answered['items'][number]

/** The major projects that touch a unit: its share of each, and how much of it is covered. */
export default function MajorsPage() {
  const { say } = useSay()
  const unit = useWithin()
  const search = useSearch()
  const state = useListState()
  const list = useAsk(
    'major-project.list',
    {
      unit: unit ?? '',
      ...(search['kind'] && { kind: search['kind'] as Major['kind'] }),
      ...(state.find && { search: state.find }),
      sort:
        ({ name: 'name', share: 'quantity', uncovered: 'uncovered' } as const)[state.sort.replace('-', '')] ?? 'newest',
      offset: state.offset,
      limit: LIMIT,
    },
    { enabled: unit !== undefined },
  )
  return (
    <Page
      title={say(words.majors)}
      sub={say(own.sub)}
      aside={
        <span className="row">
          {list.data && <Abilities can={list.data.can} />}
          <AsOf />
        </span>
      }
    >
      <div className="stack">
        <Within unit={unit} page="majors" />
        <div className="grid tiles">
          <FigureTile name="major-projects.divided" {...(unit && { unit })} />
          <FigureTile name="major-projects.covered" {...(unit && { unit })} />
        </div>
        <Card>
          <Answer of={list} lines={8}>
            {(data) => <Table data={data} state={state} />}
          </Answer>
        </Card>
      </div>
    </Page>
  )
}

function Table({ data, state }: { data: Answered; state: ReturnType<typeof useListState> }) {
  const { say, count } = useSay()
  return (
    <DataTable
      caption={say(words.majors)}
      rows={data.items}
      total={data.total}
      state={state}
      limit={LIMIT}
      csv="major-projects"
      rowKey={(major) => major.id}
      empty={say(own.none)}
      tools={<Kinds kinds={data.kinds} />}
      columns={[
        {
          key: 'name',
          title: say(own.name),
          head: true,
          value: (major) => say(major.name),
          cell: (major) => (
            <span>
              <Go to={`/projects/major/${major.id}`}>{say(major.name)}</Go>
              <span className="sub small" style={{ display: 'block' }}>
                {say(major.kindName)} · {major.from}–{major.to} · {major.document}{' '}
                {major.status === 'made-up' ? <MadeUp why={say(own.made)} /> : <Status status={major.status} />}
              </span>
            </span>
          ),
        },
        {
          key: 'share',
          title: say(words.share),
          align: 'right',
          value: (major) => major.share,
          cell: (major) => (
            <span className="num">
              {count(major.share)} <span className="sub small">{say(major.measure)}</span>
            </span>
          ),
        },
        {
          key: 'divided',
          title: say(words.divided),
          value: (major) => major.divided,
          cell: (major) => <Part of={major.share} part={major.divided} label={say(words.divided)} />,
        },
        {
          key: 'covered',
          title: say(words.covered),
          value: (major) => (major.counts === 'nothing' ? null : major.covered),
          cell: (major) =>
            major.counts === 'nothing' ? (
              <span className="sub small">{say(words.notCounted)}</span>
            ) : (
              <Part of={major.share} part={major.covered} label={say(words.covered)} />
            ),
        },
        {
          key: 'uncovered',
          title: say(words.uncovered),
          align: 'right',
          value: (major) => (major.counts === 'nothing' ? null : major.uncovered),
          cell: (major) => <span className="num">{major.counts === 'nothing' ? '—' : count(major.uncovered)}</span>,
        },
        {
          key: 'projects',
          title: say(words.serving),
          align: 'right',
          value: (major) => major.projects,
          cell: (major) => <span className="num">{count(major.projects)}</span>,
        },
      ]}
    />
  )
}

function Kinds({ kinds }: { kinds: Answered['kinds'] }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  return (
    <label className="row" style={{ gap: 6 }}>
      {say(words.kind)}
      <select
        className="field"
        value={useSearch()['kind'] ?? ''}
        onChange={(event) => setSearch({ kind: event.target.value || undefined, offset: undefined })}
      >
        <option value="">{say(words.everyKind)}</option>
        {kinds.map((kind) => (
          <option key={kind.id} value={kind.id}>
            {say(kind.name)}
          </option>
        ))}
      </select>
    </label>
  )
}
