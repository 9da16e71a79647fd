import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  type Column,
  DataTable,
  DayText,
  Empty,
  Go,
  Light,
  Page,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { Unpublished, useItemColumns } from './columns.tsx'
import { StepFilter } from './ObligationsPage.tsx'
import { words } from './words.tsx'

type Urging = AnswerOf<'obligation.urging'>
type Below = Urging['units'][number]
const PAGE = 30

/** For a superior: what is late below, by unit and step; who has answered what; and the next step, if one will not wait. */
export default function UrgingPage() {
  const { say } = useSay()
  const session = useSession()
  const { unit = session?.actor?.unit.id ?? session?.root } = useSearch()
  const setSearch = useSetSearch()
  const urging = useAsk('obligation.urging', unit ? { unit } : undefined, { enabled: unit !== undefined })
  return (
    <Page
      title={say(words.urging)}
      sub={say(words.urgingSub)}
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <Go to={`/obligations${unit ? `?unit=${unit}` : ''}`} className="btn">
            {say(words.toList)}
          </Go>
          <AsOf />
        </>
      }
    >
      <Answer of={urging} lines={10}>
        {(data) => (
          <div className="stack">
            <div className="grid cols-wide">
              <Card title={say(words.byUnit)}>
                <ByUnit data={data} />
              </Card>
              <div className="stack">
                <Card title={say(words.consequences)}>
                  <Consequences data={data} />
                </Card>
                <Card title={say(words.answers)}>
                  <AnswersOf data={data} />
                </Card>
              </div>
            </div>
            <LateItems unit={data.unit} steps={data.steps} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** How many are late in each unit below, and how many of them stand at each step. */
function ByUnit({ data }: { data: Urging }) {
  const { say } = useSay()
  const shown = data.steps.filter(({ step }) => data.units.some((each) => each.steps[step]))
  const columns: Column<Below>[] = [
    {
      key: 'unit',
      title: say(words.unit),
      head: true,
      value: (each) => say(each.name),
      cell: (each) => (
        <>
          <UnitLink unit={{ id: each.unit, name: each.name }} to={`/urging?unit=${each.unit}`} />{' '}
          {each.isOwn && <span className="sub small">{say(words.own)}</span>}
        </>
      ),
    },
    {
      key: 'late',
      title: say(words.lateBelow),
      align: 'right',
      value: (each) => each.late,
      cell: (each) => (
        <Go to={`/obligations?unit=${each.unit}&state=late`} className="num">
          {each.late}
        </Go>
      ),
    },
    ...shown.map(({ step, title }): Column<Below> => ({
      key: step,
      title: say(title),
      align: 'right',
      value: (each) => each.steps[step] ?? 0,
      cell: (each) =>
        each.steps[step] ? (
          <Go to={`/obligations?unit=${each.unit}&state=late&step=${step}`} className="num">
            {each.steps[step]}
          </Go>
        ) : (
          <span className="faint">0</span>
        ),
    })),
    { key: 'answered', title: say(words.answered), align: 'right', value: (each) => each.answered },
  ]
  return (
    <DataTable
      caption={say(words.byUnit)}
      rows={data.units}
      columns={columns}
      rowKey={(each) => each.unit}
      name="units"
      csv="urging"
      limit={40}
      empty={say(words.nothingLate)}
    />
  )
}

/** The ladder in words: what comes on which working day, by whom. */
function Consequences({ data }: { data: Urging }) {
  const { say } = useSay()
  const by = { mechanism: words.mechanism, superior: words.bySuperior, 'superior-of-superior': words.bySuperiors }
  return (
    <ol style={{ margin: 0, paddingLeft: 20 }}>
      {data.steps.map((each) => (
        <li key={each.step} className="small">
          {say(each.afterWorkingDays < 0 ? words.before : words.consequence, {
            days: Math.abs(each.afterWorkingDays),
            step: say(each.title),
            by: say(by[each.by]),
          })}
        </li>
      ))}
    </ol>
  )
}

function AnswersOf({ data }: { data: Urging }) {
  const { say, day } = useSay()
  if (data.answers.length === 0) return <Empty>{say(words.noAnswers)}</Empty>
  return (
    <ul className="plain">
      {data.answers.map((each) => (
        <li key={each.item} style={{ marginBottom: 10 }}>
          <Go to={`/obligations/${each.item}`}>{say(each.title)}</Go> ·{' '}
          <UnitLink unit={{ id: each.unit, name: each.name }} />
          <span className="sub small" style={{ display: 'block' }}>
            “{each.explanation}”
          </span>
          <span className="small">
            <DayText day={each.on} /> ·{' '}
            <Light light={each.isBroken ? 'red' : 'yellow'}>
              {say(words.promised, { day: day(each.promised) })}
              {each.isBroken && ` · ${say(words.broken)}`}
            </Light>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Each late thing, with the next step for whoever will not wait for its day. */
function LateItems({ unit, steps }: { unit: string; steps: Urging['steps'] }) {
  const { say } = useSay()
  const { step } = useSearch()
  const list = useListState('late')
  const answer = useAsk('obligation.list', {
    unit,
    state: 'late',
    ...(step && { step: step as 'late' }),
    text: list.find,
    sort: list.sort === '' ? 'due' : list.sort,
    offset: list.offset,
    limit: PAGE,
  })
  const columns = useItemColumns(answer.data?.items)
  return (
    <Card title={say(words.items)}>
      <Answer of={answer} lines={6}>
        {(data) => (
          <>
            <DataTable
              caption={say(words.items)}
              rows={data.items}
              columns={columns}
              rowKey={(item) => item.id}
              total={data.total}
              state={list}
              limit={PAGE}
              csv="late"
              tools={<StepFilter steps={steps} />}
              empty={say(words.nothingLate)}
            />
            <Unpublished items={data.items} />
          </>
        )}
      </Answer>
    </Card>
  )
}
