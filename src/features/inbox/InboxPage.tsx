import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  actPath,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  Problem,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { useDeed } from '#features/exits/deed.tsx'
import { words } from './inbox-words.tsx'
import './inbox.css'

type Inbox = AnswerOf<'inbox.list'>
type Event = Inbox['events'][number]
const LIMIT = 50
const lightOf = { owed: 'none', late: 'red', below: 'yellow', waiting: 'none' } as const

/** What has come to the reader's seat by a day: the newest first, with what may be done about each. */
export default function InboxPage() {
  const { say } = useSay()
  const search = useSearch()
  const state = useListState()
  const kind = kindsOf.find((each) => each === search['kind'])
  const only = search['only'] === 'unread' ? 'unread' : 'all'
  const inbox = useAsk('inbox.list', { only, ...(kind && { kind }), offset: state.offset, limit: LIMIT })
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <Card title={say(words.title)} aside={<Go to="/inbox/delivery">{say(words.delivery)}</Go>}>
        <Answer of={inbox} lines={10}>
          {(data) => <Events data={data} only={only} kind={kind} />}
        </Answer>
      </Card>
    </Page>
  )
}

const kindsOf = ['owed', 'late', 'below', 'waiting'] as const

function Events({ data, only, kind }: { data: Inbox; only: 'all' | 'unread'; kind: string | undefined }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const state = useListState()
  const reading = useReading(data)
  const tools = (
    <>
      <Choice
        label={say(words.which)}
        value={only}
        options={[
          { value: 'all', label: say(words.all) },
          { value: 'unread', label: `${say(words.unread)} ${data.unread}` },
        ]}
        onChoose={(value) => setSearch({ only: value === 'unread' ? value : undefined, offset: undefined })}
      />
      <Choice
        label={say(words.kind)}
        value={kind ?? 'every'}
        options={[
          { value: 'every', label: say(words.every) },
          ...data.kinds
            .filter((each) => each.all > 0 || each.kind === kind)
            .map((each) => ({ value: each.kind as string, label: `${say(each.title)} ${each.all}` })),
        ]}
        onChoose={(value) => setSearch({ kind: value === 'every' ? undefined : value, offset: undefined })}
      />
      {reading.can && data.unread > 0 && (
        <button type="button" className="btn tight push" disabled={reading.isRunning} onClick={reading.all}>
          {say(words.markAll)}
        </button>
      )}
    </>
  )
  return (
    <>
      {reading.failure && <Problem error={reading.failure} />}
      <DataTable
        caption={say(words.title)}
        rows={data.events}
        total={data.total}
        state={state}
        limit={LIMIT}
        searchable={false}
        tools={tools}
        empty={say(only === 'unread' ? words.noneUnread : words.none)}
        rowKey={(event) => event.key}
        columns={[
          { key: 'on', title: say(words.day), cell: (event: Event) => <When event={event} /> },
          {
            key: 'what',
            title: say(words.what),
            cell: (event: Event) => (
              <Light light={event.isRead ? 'none' : lightOf[event.kind]}>{say(event.what)}</Light>
            ),
          },
          { key: 'title', title: say(words.thing), head: true, cell: (event: Event) => <Thing event={event} /> },
          { key: 'stand', title: say(words.stand), cell: (event: Event) => <Stand event={event} /> },
          { key: 'can', title: '', cell: (event: Event) => <Doing event={event} reading={reading} /> },
        ]}
      />
    </>
  )
}

type Reading = ReturnType<typeof useReading>

/** Marks as read, for the seat that the reader sits in, and only today. */
function useReading({ seat, latest }: Inbox) {
  const { on } = useSearch()
  const session = useSession()
  const { run, isRunning, failure } = useDeed('inbox.read')
  const own = { unit: seat.unit, post: seat.post }
  return {
    can: (on === undefined || on === session?.today) && session?.actor?.delegation === undefined,
    isRunning,
    failure,
    all: () => void run({ ...own, ...(latest.upto && { upto: latest.upto }), also: latest.also }),
    upTo: (event: Event) => void run({ ...own, ...(event.act ? { upto: event.act } : { also: [event.key] }) }),
  }
}

function When({ event }: { event: Event }) {
  const { say } = useSay()
  return (
    <span className={event.isRead ? '' : 'unread'}>
      <DayText day={event.on} /> {!event.isRead && <span className="unread-word">{say(words.unread)}</span>}
    </span>
  )
}

function Thing({ event }: { event: Event }) {
  const { say } = useSay()
  return (
    <span className={event.isRead ? '' : 'unread'}>
      <Go to={event.record} className="event-link">
        {say(event.title)}
      </Go>
      {event.about && (
        <>
          {' · '}
          <Go to={event.about.record}>{event.about.name}</Go>
        </>
      )}
      {event.unit && (
        <span className="event-unit small">
          <UnitLink unit={event.unit} />
        </span>
      )}
    </span>
  )
}

function Stand({ event }: { event: Event }) {
  const { say, day } = useSay()
  if (event.stand) return <Light light={event.stand.light}>{say(event.stand.words)}</Light>
  return event.due ? <span className="sub">{say(words.due, { day: day(event.due) })}</span> : '—'
}

/** What meets it, what else may be done about it, and that it was read. */
function Doing({ event, reading }: { event: Event; reading: Reading }) {
  const { say } = useSay()
  return (
    <span className="row" style={{ gap: 6 }}>
      {reading.can &&
        event.acts.map((act, at) => (
          <Go key={act.act} to={actPath(act.act, act.input)} className={`btn tight ${at === 0 ? 'primary' : ''}`}>
            {say(act.title)}
          </Go>
        ))}
      <Abilities can={event.can} tight />
      {reading.can && !event.isRead && (
        <button
          type="button"
          className="btn plain tight"
          disabled={reading.isRunning}
          onClick={() => reading.upTo(event)}
        >
          {say(words.markHere)} <span className="visually-hidden">{say(event.title)}</span>
        </button>
      )}
    </span>
  )
}
