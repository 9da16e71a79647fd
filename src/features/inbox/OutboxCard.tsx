import {
  Abilities,
  Card,
  Choice,
  DataTable,
  DayText,
  PersonName,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './inbox-words.tsx'

const states = ['failed', 'deferred', 'queued', 'sending', 'sent', 'dropped'] as const
const LIMIT = 20

/** For whoever keeps the program running: how mail goes, and what no server would take. */
export function OutboxCard() {
  const { say, count } = useSay()
  const session = useSession()
  const search = useSearch()
  const setSearch = useSetSearch()
  const state = useListState()
  const chosen = states.find((each) => each === search['state']) ?? 'failed'
  const { data } = useAsk('mail.outbox', { state: chosen, offset: state.offset, limit: LIMIT }, { on: session?.today })
  if (!data?.isKeeper) return null
  return (
    <Card title={say(words.outbox)} aside={<Abilities can={data.can} tight />}>
      <DataTable
        caption={say(words.outbox)}
        rows={data.mails}
        total={data.total}
        state={state}
        limit={LIMIT}
        searchable={false}
        empty={say(words.noneFailed)}
        rowKey={(mail) => mail.id}
        tools={
          <Choice
            label={say(words.outbox)}
            value={chosen}
            options={states.map((value) => ({ value, label: `${say(words[value])} ${count(data.counts[value])}` }))}
            onChoose={(value) => setSearch({ state: value, offset: undefined })}
          />
        }
        columns={[
          { key: 'person', title: say(words.person), head: true, cell: (mail) => <PersonName person={mail.person} /> },
          { key: 'day', title: say(words.day), cell: (mail) => <DayText day={mail.of_day} /> },
          { key: 'tries', title: say(words.tries), cell: (mail) => count(mail.tries) },
          { key: 'said', title: say(words.said), cell: (mail) => <span className="mono">{mail.said ?? '—'}</span> },
        ]}
      />
    </Card>
  )
}
