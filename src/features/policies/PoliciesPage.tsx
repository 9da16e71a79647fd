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
  Page,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { useSession } from '#web/session.ts'
import { Acknowledged, Force, Origin, words } from './words.tsx'

const kinds = ['principle', 'strategy', 'measure', 'localisation'] as const
const states = ['in-force', 'superseded'] as const
const LIMIT = 50

/** Every document handed down, and what of it waits for the reader's own unit. */
export default function PoliciesPage() {
  const { say } = useSay()
  const list = useList()
  // Documents are the higher levels' to issue: a county's own number would say nothing about the list below it.
  const root = useSession()?.root
  return (
    <Page
      title={say(words.title)}
      sub={say(words.sub)}
      aside={
        <span className="row">
          {list.answer.data && <Abilities can={list.answer.data.can} />}
          <AsOf />
        </span>
      }
    >
      <div className="stack">
        <div className="grid tiles">
          <FigureTile name="policies.in-force" unit={root} />
          <FigureTile name="policies.acknowledged" unit={root} />
        </div>
        <Waiting />
        <Card>
          <List {...list} />
        </Card>
      </div>
    </Page>
  )
}

function useList() {
  const search = useSearch()
  const state = useListState()
  const kind = kinds.find((each) => each === search['kind'])
  const force = states.find((each) => each === search['state'])
  const sort = ({ '-issuedOn': 'newest', issuedOn: 'oldest', number: 'number' } as const)[state.sort] ?? 'newest'
  const answer = useAsk('policy.list', {
    ...(kind && { kind }),
    state: force ?? 'all',
    ...(state.find && { search: state.find }),
    ...(search['unit'] && { unit: search['unit'] }),
    sort,
    offset: state.offset,
    limit: LIMIT,
  })
  return { answer, state, kind, force }
}

function List({ answer, state, kind, force }: ReturnType<typeof useList>) {
  const { say, day } = useSay()
  const setSearch = useSetSearch()
  const tools = (
    <>
      <Choice
        label={say(words.kind)}
        value={kind ?? 'all'}
        options={(['all', ...kinds] as const).map((value) => ({ value, label: say(words[value]) }))}
        onChoose={(value) => setSearch({ kind: value === 'all' ? undefined : value, offset: undefined })}
      />
      <Choice
        label={say(words.state)}
        value={force ?? 'all'}
        options={(['all', ...states] as const).map((value) => ({ value, label: say(words[value]) }))}
        onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
      />
    </>
  )
  return (
    <Answer of={answer} lines={8}>
      {({ total, policies }) => (
        <DataTable
          caption={say(words.title)}
          rows={policies}
          total={total}
          state={state}
          limit={LIMIT}
          rowKey={(policy) => policy.id}
          csv="policies"
          tools={tools}
          empty={say(words.none)}
          columns={[
            {
              key: 'title',
              title: say(words.name),
              head: true,
              cell: (policy) => (
                <>
                  <Go to={`/policies/${policy.id}`}>{say(policy.title)}</Go>{' '}
                  {policy.madeUp && <Origin status={policy.status} />}
                  <span className="sub small" style={{ display: 'block' }}>
                    {say(words[policy.kind])}
                    {policy.isDivided && ` · ${say(words.divided)}`}
                    {policy.localised > 0 && ` · ${say(words.localised, { count: policy.localised })}`}
                  </span>
                </>
              ),
            },
            {
              key: 'number',
              title: say(words.number),
              value: (policy) => policy.number,
              cell: (policy) => policy.number ?? say(words.unnumbered),
            },
            {
              key: 'unit',
              title: say(words.issuer),
              cell: (policy) => <UnitLink unit={{ id: policy.unit, name: policy.unitName }} />,
            },
            {
              key: 'issuedOn',
              title: say(words.issuedOn),
              value: (policy) => day(policy.issuedOn),
              cell: (policy) => <DayText day={policy.issuedOn} />,
            },
            { key: 'acknowledged', title: say(words.acknowledged), cell: (policy) => <Acknowledged {...policy} /> },
            { key: 'force', title: say(words.state), cell: (policy) => <Force isInForce={policy.isInForce} /> },
          ]}
        />
      )}
    </Answer>
  )
}

/** What the reader's own unit has received and not acknowledged. */
function Waiting() {
  const { say } = useSay()
  const unit = useSession()?.actor?.unit.id
  const { data } = useAsk(
    'policy.receipts',
    { ...(unit && { receiver: unit }), state: 'missing' },
    { enabled: unit !== undefined },
  )
  if (!unit || !data || data.total === 0) return null
  return (
    <Card title={say(words.waiting)}>
      <DataTable
        caption={say(words.waiting)}
        rows={data.receipts}
        rowKey={(receipt) => receipt.policy}
        searchable={false}
        columns={[
          {
            key: 'title',
            title: say(words.name),
            head: true,
            cell: (receipt) => <Go to={`/policies/${receipt.policy}`}>{say(receipt.title)}</Go>,
          },
          { key: 'number', title: say(words.number), cell: (receipt) => receipt.number ?? say(words.unnumbered) },
          {
            key: 'light',
            title: say(words.acknowledged),
            cell: (receipt) => <Light light={receipt.light}>{say(receipt.words)}</Light>,
          },
          { key: 'can', title: '', cell: (receipt) => <Abilities can={receipt.can} tight /> },
        ]}
      />
    </Card>
  )
}
