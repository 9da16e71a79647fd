import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  FigureTile,
  Go,
  Light,
  Page,
  PersonName,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'

type Seat = AnswerOf<'seat.roster'>['seats'][number]
type Asked = Parameters<typeof useAsk<'seat.roster'>>[1]

const words = {
  title: { zh: '职务与人员', en: 'Seats and people' },
  sub: {
    zh: '项目范围内每一级的职务由谁担任，哪些空缺，空缺的职责由谁承接。',
    en: 'Who sits in every seat of the programme, which are vacant, and who bears their duties meanwhile.',
  },
  caption: { zh: '职务', en: 'Seats' },
  unit: { zh: '单位', en: 'Unit' },
  post: { zh: '职务', en: 'Post' },
  person: { zh: '任职者', en: 'Who sits there' },
  since: { zh: '任职日期', en: 'Since' },
  how: { zh: '情况', en: 'How it stands' },
  can: { zh: '办理', en: 'Do' },
  filled: { zh: '有无', en: 'Filled or not' },
  any: { zh: '全部职务', en: 'every seat' },
  vacant: { zh: '空缺', en: 'vacant' },
  acting: { zh: '代理', en: 'acting' },
  holder: { zh: '在任', en: 'held' },
  everyTier: { zh: '全部层级', en: 'every tier' },
  bound: { zh: '退出前保持稳定', en: 'stays until the exit' },
  excepted: { zh: '已批准例外', en: 'exception granted' },
  routed: { zh: '职责由{who}承接', en: 'duties lie with {who}' },
  nobody: { zh: '无人承接', en: 'nobody stands in' },
  delegated: { zh: '委托{who}：{duty}，至{until}', en: '{duty} delegated to {who} until {until}' },
  within: { zh: '{unit}及其下级', en: '{unit} and below' },
  all: { zh: '看全部', en: 'All units' },
}
const LIMIT = 50
const kinds = ['vacant', 'acting', 'holder'] as const

/** Every seat of the programme: who sits there, what is vacant and since when, and who stands in. */
export default function RosterPage() {
  const { say } = useSay()
  const { unit, tier, filled } = useSearch()
  const list = useListState()
  const root = useSession()?.root
  const kind = kinds.find((each) => each === filled)
  const asked = {
    ...(unit && { unit }),
    ...(tier && { tier }),
    ...(kind && { filled: kind }),
    below: true,
    search: list.find,
    sort: list.sort || 'unit',
    offset: list.offset,
    limit: LIMIT,
  } as Asked
  const roster = useAsk('seat.roster', asked)
  const columns = useColumns()
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="grid cols-2">
          <FigureTile name="seats.filled" unit={unit ?? root} />
          <FigureTile name="seats.vacant" unit={unit ?? root} />
        </div>
        <Card>
          <Answer of={roster} lines={12}>
            {({ total, seats }) => (
              <DataTable
                caption={say(words.caption)}
                rows={seats}
                columns={columns}
                rowKey={(seat) => `${seat.unit}/${seat.post}`}
                total={total}
                state={list}
                limit={LIMIT}
                tools={<Filters kind={kind} tier={tier} unit={unit} />}
              />
            )}
          </Answer>
        </Card>
      </div>
    </Page>
  )
}

function useColumns(): Column<Seat>[] {
  const { say } = useSay()
  return [
    {
      key: 'unit',
      title: say(words.unit),
      head: true,
      value: (seat) => say(seat.unitName),
      cell: (seat) => <UnitLink unit={{ id: seat.unit, name: seat.unitName }} />,
    },
    { key: 'post', title: say(words.post), value: (seat) => say(seat.postName) },
    {
      key: 'person',
      title: say(words.person),
      value: (seat) => (seat.person ? say(seat.person.name) : ''),
      cell: (seat) => <Who seat={seat} />,
    },
    {
      key: 'since',
      title: say(words.since),
      value: (seat) => seat.since,
      cell: (seat) => <DayText day={seat.since} />,
    },
    { key: 'how', title: say(words.how), cell: (seat) => <How seat={seat} /> },
    { key: 'can', title: say(words.can), cell: (seat) => <Abilities can={seat.can} tight /> },
  ]
}

function Who({ seat }: { seat: Seat }) {
  const { say } = useSay()
  if (!seat.person) return <Light light="red">{say(words.vacant)}</Light>
  return (
    <>
      <Go to={`/people/${seat.person.id}`}>
        <PersonName person={seat.person} />
      </Go>{' '}
      {seat.capacity === 'acting' && <Light light="yellow">{say(words.acting)}</Light>}
    </>
  )
}

function How({ seat }: { seat: Seat }) {
  const { say, list, day } = useSay()
  const standIns = seat.routes.map(
    (route) => `${say(route.unit.name)} · ${say(route.postName)} ${say(route.person.name)}`,
  )
  if (!seat.isBound && (seat.person || standIns.length === 0) && seat.delegations.length === 0) return <span />
  return (
    <span className="small">
      {seat.isBound && <Light light="none">{say(seat.isExcepted ? words.excepted : words.bound)}</Light>}
      {!seat.person && standIns.length > 0 && say(words.routed, { who: list(standIns) })}
      {seat.delegations.map((each) => (
        <span key={each.id} style={{ display: 'block' }}>
          {say(words.delegated, { who: say(each.delegate.name), duty: say(each.dutyTitle), until: day(each.until) })}{' '}
          <Abilities can={each.can} tight />
        </span>
      ))}
    </span>
  )
}

function Filters({
  kind,
  tier,
  unit,
}: {
  kind: string | undefined
  tier: string | undefined
  unit: string | undefined
}) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const programme = useAsk('unit.programme')
  const shown = useAsk('unit.show', { unit: unit ?? '' }, { enabled: unit !== undefined })
  const choose = (key: string) => (event: { target: { value: string } }) =>
    setSearch({ [key]: event.target.value, offset: undefined })
  return (
    <>
      <select className="field" aria-label={say(words.filled)} value={kind ?? ''} onChange={choose('filled')}>
        <option value="">{say(words.any)}</option>
        {kinds.map((each) => (
          <option key={each} value={each}>
            {say(words[each])}
          </option>
        ))}
      </select>
      <select className="field" aria-label={say(words.everyTier)} value={tier ?? ''} onChange={choose('tier')}>
        <option value="">{say(words.everyTier)}</option>
        {programme.data?.tiers.map((each) => (
          <option key={each.tier} value={each.tier}>
            {say(each.name)}
          </option>
        ))}
      </select>
      {unit && shown.data && (
        <span className="row small">
          {say(words.within, { unit: say(shown.data.name) })}
          <button type="button" className="btn tight" onClick={() => setSearch({ unit: undefined, offset: undefined })}>
            {say(words.all)}
          </button>
        </span>
      )}
    </>
  )
}
