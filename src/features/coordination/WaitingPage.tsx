import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  PersonName,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { shared } from './coordination-words.tsx'

type List = AnswerOf<'waiting.list'>
type Item = List['items'][number]

const LIMIT = 50
const lights = ['all', 'late', 'near'] as const

const words = {
  title: { zh: '在等谁', en: 'Waiting for whom' },
  sub: {
    zh: '当日在办的一切，按在等的人归集：姓名、职务、从何时起、到何时止。',
    en: 'Everything that waits on the day, gathered by the person who is waited for: name, seat, since when, until when.',
  },
  late: { zh: '逾期', en: 'Late' },
  near: { zh: '临近', en: 'Due soon' },
  people: { zh: '在等的人', en: 'Who is waited for' },
  count: { zh: '{count} 件', en: '{count} waiting' },
  lateCount: { zh: '{count} 件逾期', en: '{count} late' },
  everybody: { zh: '看全部人', en: 'Show everybody' },
  more: { zh: '共 {total} 人，显示前 {shown} 人', en: '{total} in all; the first {shown} are shown' },
  what: { zh: '事项', en: 'What' },
  about: { zh: '所涉单位', en: 'About' },
  person: { zh: '在等谁', en: 'Waiting for' },
  stands: { zh: '状态', en: 'Stands' },
  vacant: { zh: '空缺', en: 'vacant' },
  kind: { zh: '种类', en: 'Kind' },
  empty: { zh: '当日没有在等的事项。', en: 'Nothing waits on this day.' },
  light: { zh: '期限', en: 'Which' },
}

/** Everything that waits for somebody, by name. */
export default function WaitingPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const light = lights.find((each) => each === search['light']) ?? 'all'
  const isDown = list.sort.startsWith('-')
  const sort =
    ({ since: 'since', who: 'who', unit: 'unit', kind: 'kind' } as const)[list.sort.replace('-', '')] ?? 'due'
  const answer = useAsk(
    'waiting.list',
    {
      ...(unit && { unit }),
      light,
      ...(search['kind'] && { kind: search['kind'] }),
      ...(search['seat'] && { seat: search['seat'] }),
      ...(list.find && { search: list.find }),
      sort,
      descending: isDown,
      offset: list.offset,
      limit: LIMIT,
    },
    { enabled: unit !== undefined },
  )
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(shared.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined, seat: undefined })}
            />
          </span>
          <Choice
            label={say(words.light)}
            value={light}
            options={lights.map((value) => ({ value, label: say(value === 'all' ? shared.all : words[value]) }))}
            onChoose={(value) => setSearch({ light: value === 'all' ? undefined : value, offset: undefined })}
          />
          {answer.data && answer.data.kinds.length > 0 && (
            <select
              className="field"
              style={{ flex: '0 1 260px' }}
              aria-label={say(words.kind)}
              value={search['kind'] ?? ''}
              onChange={(event) => setSearch({ kind: event.target.value || undefined, offset: undefined })}
            >
              <option value="">
                {say(words.kind)}: {say(shared.all)}
              </option>
              {answer.data.kinds.map((kind) => (
                <option key={kind.id} value={kind.id}>
                  {say(kind.title)} ({kind.count})
                </option>
              ))}
            </select>
          )}
        </div>
        <Answer of={answer} lines={10}>
          {(data) => (
            <>
              <People data={data} seat={search['seat']} onSeat={(seat) => setSearch({ seat, offset: undefined })} />
              <Card>
                <DataTable
                  caption={say(words.title)}
                  rows={data.items}
                  total={data.total}
                  state={list}
                  limit={LIMIT}
                  rowKey={(item) => item.id}
                  csv="waiting"
                  empty={say(words.empty)}
                  columns={columns(say)}
                />
              </Card>
            </>
          )}
        </Answer>
      </div>
    </Page>
  )
}

const columns = (say: ReturnType<typeof useSay>['say']) => [
  {
    key: 'kind',
    title: say(words.what),
    head: true,
    value: (item: Item) => say(item.title),
    cell: (item: Item) => <Go to={item.record}>{say(item.title)}</Go>,
  },
  {
    key: 'unit',
    title: say(words.about),
    value: (item: Item) => say(item.about.name),
    cell: (item: Item) => <UnitLink unit={item.about} />,
  },
  {
    key: 'who',
    title: say(words.person),
    value: ({ waits }: Item) =>
      [waits.person && say(waits.person.name), say(waits.postName), say(waits.unit.name)].filter(Boolean).join(' · '),
    cell: ({ waits }: Item) => (
      <>
        {waits.person && <PersonName person={waits.person} />}{' '}
        <span className="sub">
          {say(waits.postName)}
          {waits.isVacant && ` (${say(words.vacant)})`} ·{' '}
          <Go to={`/chain/${waits.unit.id}`} style={{ textDecoration: 'underline' }}>
            {say(waits.unit.name)}
          </Go>
        </span>
      </>
    ),
  },
  {
    key: 'since',
    title: say(shared.since),
    value: (item: Item) => item.waits.since,
    cell: (item: Item) => <DayText day={item.waits.since} />,
  },
  {
    key: 'due',
    title: say(shared.due),
    value: (item: Item) => item.waits.due,
    cell: ({ waits }: Item) => (
      <Light light={waits.light}>{waits.light === 'none' ? <DayText day={waits.due} /> : say(waits.words)}</Light>
    ),
  },
]

/** The people who keep most waiting; choosing one shows what it is. */
function People({
  data,
  seat,
  onSeat,
}: {
  data: List
  seat: string | undefined
  onSeat: (seat: string | undefined) => void
}) {
  const { say } = useSay()
  const { total, shown } = data.people
  if (total === 0) return null
  const few = shown.slice(0, 12)
  const chosen = shown.find((each) => each.seat === seat)
  const all = chosen && !few.includes(chosen) ? [chosen, ...few] : few
  return (
    <Card
      title={say(words.people)}
      aside={<span className="sub small">{say(words.more, { total, shown: Math.min(total, few.length) })}</span>}
    >
      <div className="row" style={{ flexWrap: 'wrap', gap: 8 }}>
        {all.map((each) => (
          <button
            key={each.seat}
            type="button"
            className={`btn tight ${each.seat === seat ? 'primary' : ''}`}
            aria-pressed={each.seat === seat}
            style={{ whiteSpace: 'normal', height: 'auto', textAlign: 'start', maxWidth: '100%' }}
            onClick={() => onSeat(each.seat === seat ? undefined : each.seat)}
          >
            {each.person ? <PersonName person={each.person} /> : say(words.vacant)} · {say(each.unit.name)} ·{' '}
            {say(each.postName)} · {say(words.count, { count: each.count })}
            {each.late > 0 && ` · ${say(words.lateCount, { count: each.late })}`}
          </button>
        ))}
        {seat && (
          <button type="button" className="btn tight" onClick={() => onSeat(undefined)}>
            {say(words.everybody)}
          </button>
        )}
      </div>
    </Card>
  )
}
