import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  MadeUp,
  Page,
  Status,
  UnitLink,
  useAsk,
  useListState,
  useParams,
  useSay,
  useSession,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import './major.css'
import { Part, words } from './major-words.tsx'
import { Counties, Shares } from './MajorShares.tsx'

const LIMIT = 50
const own = {
  major: { zh: '重大工程项目', en: 'A major project' },
  made: { zh: '演示用的虚构项目', en: 'Made up for the demonstration' },
  target: { zh: '目标', en: 'Target' },
  document: { zh: '文号', en: 'Document' },
  source: { zh: '出处', en: 'Source' },
  counts: { zh: '县项目中计入', en: 'What of a project counts' },
  devised: { zh: '规划单位', en: 'Devised by' },
  since: { zh: '现版起于', en: 'This version since' },
  can: { zh: '可以办理', en: 'What may be done' },
  projects: { zh: '所属县项目', en: 'Projects that serve it' },
  project: { zh: '项目', en: 'Project' },
  state: { zh: '状态', en: 'State' },
  counted: { zh: '计入', en: 'Counts' },
  noProjects: { zh: '还没有县项目注明属于它。', en: 'No project of a county names it yet.' },
  versions: { zh: '历次修订', en: 'Versions' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
} as const

type Major = AnswerOf<'major-project.show'>

/** One major project: its target, its shares down to the counties, and how much of each is covered. */
export default function MajorPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const major = useAsk('major-project.show', { id })
  const session = useSession()
  const data = major.data
  return (
    <Page
      title={data ? say(data.name) : say(own.major)}
      mark={data && (data.madeUp ? <MadeUp why={say(own.made)} /> : <Status status={data.status} />)}
      sub={
        data && (
          <>
            {say(data.kindName)} · {data.from}–{data.to} ·{' '}
            <Go to="/projects/major" className="among-words">
              {say(words.majors)}
            </Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={major} lines={10}>
        {(each) => (
          <div className="stack">
            <div className="grid cols-wide">
              <Card title={say(own.target)}>
                <Target major={each} />
              </Card>
              <div className="stack">
                <Card title={say(own.can)}>
                  <Abilities can={each.can} others />
                </Card>
                <Versions major={each} />
              </div>
            </div>
            <Shares major={each} />
            <Counties major={each} />
            {session?.actor && <Serving major={each} />}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Target({ major }: { major: Major }) {
  const { say, count } = useSay()
  return (
    <>
      <p style={{ fontSize: '1.2rem' }}>
        <b className="num">{count(major.quantity)}</b> {say(major.measure)}
      </p>
      <dl className="facts">
        <dt>{say(words.divided)}</dt>
        <dd>
          <Part of={major.quantity} part={major.divided} label={say(words.divided)} />
        </dd>
        {major.counts !== 'nothing' && (
          <>
            <dt>{say(words.covered)}</dt>
            <dd>
              <Part of={major.quantity} part={major.covered} label={say(words.covered)} />
            </dd>
            <dt>{say(words.coming)}</dt>
            <dd className="num">{count(major.coming)}</dd>
            <dt>{say(words.uncovered)}</dt>
            <dd className="num">{count(major.uncovered)}</dd>
          </>
        )}
        <dt>{say(own.counts)}</dt>
        <dd>{say(major.countsName)}</dd>
        <dt>{say(own.document)}</dt>
        <dd>{major.document}</dd>
        {major.source && (
          <>
            <dt>{say(own.source)}</dt>
            <dd>{major.source}</dd>
          </>
        )}
        {major.deviser && (
          <>
            <dt>{say(own.devised)}</dt>
            <dd>
              <UnitLink unit={major.deviser} />
            </dd>
          </>
        )}
        <dt>{say(own.since)}</dt>
        <dd>
          <DayText day={major.on} /> · <Go to={`/journal/${major.act}`}>{say(words.entry)}</Go>
        </dd>
      </dl>
    </>
  )
}

function Versions({ major }: { major: Major }) {
  const { say, count } = useSay()
  if (major.versions.length < 2) return null
  return (
    <Card title={say(own.versions)}>
      <ul className="major-list">
        {major.versions.map((each) => (
          <li key={each.version}>
            <Go to={`/journal/${each.act}`}>{say(own.version, { version: each.version })}</Go> ·{' '}
            <DayText day={each.on} /> · <span className="num">{count(each.quantity)}</span> · {each.document}
            {each.reason && (
              <span className="sub small" style={{ display: 'block' }}>
                “{each.reason}”
              </span>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Serving({ major }: { major: Major }) {
  const { say, count } = useSay()
  const state = useListState('serving')
  const list = useAsk('major-project.projects', {
    id: major.id,
    ...(state.find && { search: state.find }),
    offset: state.offset,
    limit: LIMIT,
  })
  return (
    <Card title={say(own.projects)}>
      <Answer of={list} lines={4}>
        {({ items, total }) => (
          <DataTable
            caption={say(own.projects)}
            rows={items}
            total={total}
            state={state}
            limit={LIMIT}
            rowKey={(item) => item.project}
            empty={say(own.noProjects)}
            columns={[
              {
                key: 'project',
                title: say(own.project),
                head: true,
                cell: (item) => <Go to={`/projects/${item.project}`}>{`${item.code} ${item.name}`}</Go>,
              },
              {
                key: 'county',
                title: say(words.county),
                cell: (item) => <UnitLink unit={{ id: item.unit, name: item.unitName }} />,
              },
              {
                key: 'state',
                title: say(own.state),
                cell: (item) => (
                  <span>
                    {say(item.stateName)}{' '}
                    <span className="sub small">
                      <DayText day={item.since} />
                    </span>
                  </span>
                ),
              },
              {
                key: 'quantity',
                title: say(own.counted),
                align: 'right',
                cell: (item) => <span className="num">{count(item.quantity)}</span>,
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
