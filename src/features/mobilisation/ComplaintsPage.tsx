import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  FigureTile,
  Go,
  Light,
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './complaint-page-words.tsx'

type Complaint = AnswerOf<'complaint.list'>['complaints'][number]

const LIMIT = 50
const states = ['open', 'late', 'answered', 'all'] as const

/** Complaints that a unit and those below it handle, with the day by which each is answered. */
export default function ComplaintsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = session?.actor?.unit.id
  const state = states.find((each) => each === search['state']) ?? 'open'
  const sort = ({ due: 'due', received: 'newest', handler: 'unit' } as const)[list.sort] ?? 'due'
  const answer = useAsk('complaint.list', {
    state,
    ...(list.find && { search: list.find }),
    sort,
    offset: list.offset,
    limit: LIMIT,
  })
  return (
    <Page
      title={say(words.title)}
      sub={
        <>
          {say(words.sub)} <a href="/public/complaints">{say(words.public)}</a>
        </>
      }
      aside={<AsOf />}
    >
      <div className="stack">
        <div className="grid tiles">
          <FigureTile name="complaints.open" {...(unit && { unit })} />
          <FigureTile name="complaints.in-time" {...(unit && { unit })} />
        </div>
        <Card>
          <Answer of={answer} lines={8}>
            {({ total, complaints }) => (
              <DataTable
                caption={say(words.title)}
                rows={complaints}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(complaint) => complaint.id}
                csv="complaints"
                empty={say(words.empty)}
                tools={
                  <Choice
                    label={say(words.state)}
                    value={state}
                    options={states.map((value) => ({ value, label: say(words[value]) }))}
                    onChoose={(value) => setSearch({ state: value === 'open' ? undefined : value, offset: undefined })}
                  />
                }
                columns={[
                  {
                    key: 'kind',
                    title: say(words.kind),
                    head: true,
                    cell: (complaint: Complaint) => (
                      <>
                        <Go to={`/complaints/${complaint.id}`}>{say(complaint.kindName)}</Go>{' '}
                        {complaint.madeUp && <MadeUp />}
                      </>
                    ),
                  },
                  {
                    key: 'about',
                    title: say(words.about),
                    cell: (complaint: Complaint) => (
                      <UnitLink unit={{ id: complaint.about, name: complaint.aboutName }} />
                    ),
                  },
                  {
                    key: 'handler',
                    title: say(words.handler),
                    value: (complaint: Complaint) => say(complaint.name),
                    cell: (complaint: Complaint) => <UnitLink unit={{ id: complaint.unit, name: complaint.name }} />,
                  },
                  {
                    key: 'state',
                    title: say(words.state),
                    cell: (complaint: Complaint) => <Light light={complaint.light}>{say(complaint.words)}</Light>,
                  },
                  {
                    key: 'due',
                    title: say(words.due),
                    value: (complaint: Complaint) => complaint.due,
                    cell: (complaint: Complaint) => <DayText day={complaint.due} />,
                  },
                  {
                    key: 'received',
                    title: say(words.received),
                    value: (complaint: Complaint) => complaint.on,
                    cell: (complaint: Complaint) => <DayText day={complaint.on} />,
                  },
                ]}
              />
            )}
          </Answer>
        </Card>
      </div>
    </Page>
  )
}
