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
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './words.tsx'
import { Receipt } from './Receipt.tsx'

const LIMIT = 50
const states = ['open', 'closed', 'all'] as const
const stateWords = {
  open: { zh: '公示中', en: 'Standing' },
  closed: { zh: '已结束', en: 'Ended' },
  all: { zh: '全部', en: 'All' },
}

/** The exits before the public, now and before; anyone may read them. */
export default function NoticesPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const state = states.find((each) => each === search['state']) ?? 'all'
  const notices = useAsk('notice.list', {
    state,
    ...(search['unit'] && { unit: search['unit'] }),
    ...(search['year'] && { year: Number(search['year']) }),
    ...(list.find && { search: list.find }),
    offset: list.offset,
    limit: LIMIT,
  })
  return (
    <Page title={say(words.notices)} sub={say(words.noticesSub)} aside={<AsOf />}>
      <div className="stack">
        <Card>
          <Answer of={notices} lines={8}>
            {({ total, items }) => (
              <DataTable
                caption={say(words.notices)}
                rows={items}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(item) => item.address}
                csv="notices"
                tools={
                  <Choice
                    label={say(words.notices)}
                    value={state}
                    options={states.map((value) => ({ value, label: say(stateWords[value]) }))}
                    onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
                  />
                }
                columns={[
                  {
                    key: 'county',
                    title: say(words.county),
                    head: true,
                    cell: (item) => (
                      <Go to={item.address}>{say(words.place, { above: say(item.above), name: say(item.name) })}</Go>
                    ),
                  },
                  { key: 'year', title: say(words.year), cell: (item) => item.year },
                  {
                    key: 'until',
                    title: say(words.notice),
                    cell: (item) => (
                      <>
                        <DayText day={item.from} /> — <DayText day={item.until} />
                      </>
                    ),
                  },
                  {
                    key: 'state',
                    title: say(words.became),
                    cell: (item) =>
                      item.isOpen ? (
                        <Light light="yellow">
                          {item.daysLeft ? say(words.stands, { days: item.daysLeft }) : say(words.lastDay)}
                        </Light>
                      ) : (
                        <Light light={item.became.en === 'exit approved' ? 'green' : 'none'}>{say(item.became)}</Light>
                      ),
                  },
                  {
                    key: 'objections',
                    title: say(words.objections),
                    cell: (item) =>
                      item.objections === 0 ? (
                        <span className="faint">{say(words.noneObjected)}</span>
                      ) : (
                        say(words.answered, { answered: item.answered, objections: item.objections })
                      ),
                  },
                ]}
              />
            )}
          </Answer>
        </Card>
        <Receipt />
      </div>
    </Page>
  )
}
