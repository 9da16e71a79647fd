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
  MadeUp,
  Page,
  Share,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  Written,
} from '#web/parts/index.ts'
import { shared } from './coordination-words.tsx'

type Request = AnswerOf<'request.list'>['requests'][number]

const LIMIT = 50
const states = ['all', 'open', 'answered', 'withdrawn'] as const

const words = {
  title: { zh: '章程以外的报送要求', en: 'Requests for reports' },
  sub: {
    zh: '章程没有规定的材料，要了就要说明理由、占用额度、记入负担；系统已有的由系统填。',
    en: 'What the charter does not ask costs a reason, a place in a yearly budget, and counts as burden; what the system holds it fills in.',
  },
  open: { zh: '待填报', en: 'Waiting for answers' },
  answered: { zh: '都已填报', en: 'All answered' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  request: { zh: '要求', en: 'Request' },
  by: { zh: '谁要的', en: 'Asked by' },
  asked: { zh: '提出日期', en: 'Asked on' },
  done: { zh: '已填报', en: 'Answered' },
  fields: { zh: '要填／系统填', en: 'Typed / filled in' },
  minutes: { zh: '已用分钟', en: 'Minutes so far' },
  budget: { zh: '{unit} {year} 年额度', en: 'Budget of {unit} for {year}' },
  used: { zh: '已用 {used} / {budget}', en: '{used} of {budget} used' },
  nothing: { zh: '今年还没有人要过。', en: 'Nobody has asked this year.' },
  empty: { zh: '没有符合条件的要求。', en: 'No request fits.' },
  burden: { zh: '看负担', en: 'See the burden' },
}

/** Who asked which units for what, and what it cost them. */
export default function RequestsPage() {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const state = states.find((each) => each === search['state']) ?? 'all'
  const sort = ({ due: 'due', minutes: 'minutes', asked: 'oldest' } as const)[list.sort.replace('-', '')] ?? 'newest'
  const answer = useAsk(
    'request.list',
    { ...(unit && { unit }), state, ...(list.find && { search: list.find }), sort, offset: list.offset, limit: LIMIT },
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
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <Go to={`/burden${unit ? `?unit=${unit}` : ''}`}>{say(words.burden)}</Go>
          {answer.data && <Abilities can={answer.data.can} />}
        </div>
        <div className="grid tiles">
          <FigureTile name="requests.received" {...(unit && { unit })} />
          <FigureTile name="burden.minutes" {...(unit && { unit })} />
        </div>
        {unit && <Budget unit={unit} />}
        <Card>
          <Answer of={answer} lines={8}>
            {({ total, requests }) => (
              <DataTable
                caption={say(words.title)}
                rows={requests}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(request) => request.id}
                csv="requests"
                empty={say(words.empty)}
                tools={
                  <Choice
                    label={say(shared.state)}
                    value={state}
                    options={states.map((value) => ({
                      value,
                      label: say(value === 'all' ? shared.all : words[value]),
                    }))}
                    onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
                  />
                }
                columns={[
                  {
                    key: 'title',
                    title: say(words.request),
                    head: true,
                    cell: (request: Request) => (
                      <>
                        <Go to={`/requests/${request.id}`}>
                          <Written>{request.title}</Written>
                        </Go>{' '}
                        {request.madeUp && <MadeUp />}
                      </>
                    ),
                  },
                  {
                    key: 'by',
                    title: say(words.by),
                    cell: (request: Request) => (
                      <>
                        <UnitLink unit={{ id: request.unit, name: request.unitName }} />{' '}
                        <span className="sub small">· {say(request.postName)}</span>
                      </>
                    ),
                  },
                  {
                    key: 'asked',
                    title: say(words.asked),
                    value: (request: Request) => request.askedOn,
                    cell: (request: Request) => <DayText day={request.askedOn} />,
                  },
                  {
                    key: 'due',
                    title: say(shared.due),
                    value: (request: Request) => request.due,
                    cell: (request: Request) => (
                      <Light light={request.light}>
                        {request.light === 'none' && request.withdrawnOn === null ? (
                          <DayText day={request.due} />
                        ) : (
                          say(request.words)
                        )}
                      </Light>
                    ),
                  },
                  {
                    key: 'done',
                    title: say(words.done),
                    align: 'right',
                    cell: (request: Request) => `${request.answered} / ${request.receivers}`,
                  },
                  {
                    key: 'fields',
                    title: say(words.fields),
                    align: 'right',
                    cell: (request: Request) => `${request.typed} / ${request.held}`,
                  },
                  {
                    key: 'minutes',
                    title: say(words.minutes),
                    align: 'right',
                    value: (request: Request) => request.minutes,
                    cell: (request: Request) => count(request.minutes),
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

/** How much of a unit's budget of the year is used, and by whom; only where the unit was or may be asked. */
function Budget({ unit }: { unit: string }) {
  const { say, percent } = useSay()
  const names = useAsk('find.units', { id: unit })
  const budget = useAsk('request.budget', { unit })
  const found = names.data?.units[0]
  if (!budget.data || !found) return null
  const { budget: whole, uses, year } = budget.data
  const used = say(words.used, { used: uses.length, budget: whole })
  const share = whole === 0 ? 1 : uses.length / whole
  return (
    <Card title={say(words.budget, { unit: say(found.name), year })} aside={<b className="num">{used}</b>}>
      <Share
        share={share}
        light={share >= 1 ? 'red' : share >= 0.8 ? 'yellow' : 'green'}
        label={`${used} · ${percent(share)}`}
      />
      <span className="sub small">{say(shared.setting)}</span>
      {uses.length === 0 ? (
        <p className="sub">{say(words.nothing)}</p>
      ) : (
        <details>
          <summary>{say(words.by)}</summary>
          <ul>
            {uses.map((use) => (
              <li key={use.slot}>
                <DayText day={use.on} /> · {say(use.by)} · {say(use.postName)} ·{' '}
                <Go to={`/requests/${use.request}`}>
                  <Written>{use.title}</Written>
                </Go>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Card>
  )
}
