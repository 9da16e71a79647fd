import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  MadeUp,
  Page,
  Status,
  UnitLink,
  UnitPicker,
  useAsk,
  useSay,
  useSearch,
  useSetSearch,
  Written,
} from '#web/parts/index.ts'
import { shared } from './help-parts.tsx'

type Pair = AnswerOf<'pairing.list'>['items'][number]
type Assistant = AnswerOf<'partner.list'>['items'][number]

const ALL = 200
const states = ['standing', 'ended', 'all'] as const

const words = {
  title: { zh: '东西部扶贫协作', en: 'Pairs of east and west' },
  sub: {
    zh: '哪个东部单位帮扶哪个西部单位。每对注明核实程度；已知未核的不作定论。',
    en: 'Which eastern unit helps which western one, each with how sure that is; what is not verified is not claimed.',
  },
  pairs: { zh: '结对关系', en: 'Pairs' },
  east: { zh: '东部', en: 'East' },
  west: { zh: '西部', en: 'West' },
  status: { zh: '核实程度', en: 'How sure' },
  source: { zh: '依据', en: 'Source' },
  since: { zh: '起', en: 'Since' },
  until: { zh: '止', en: 'Until' },
  pledges: { zh: '认捐', en: 'Pledges' },
  standing: { zh: '有效', en: 'Standing' },
  ended: { zh: '已结束', en: 'Ended' },
  assistants: { zh: '定点帮扶', en: 'Designated assistance' },
  body: { zh: '帮扶单位', en: 'Central body' },
  noPairs: { zh: '没有符合条件的结对关系。', en: 'No pair fits.' },
  noAssistants: { zh: '没有定点帮扶关系。', en: 'No central body assists here.' },
}

/** The pairs of east and west and the central bodies that assist a county, for anyone to read. */
export default function PairingsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const unit = search['unit']
  const state = states.find((each) => each === search['state']) ?? 'standing'
  const within = unit === undefined ? {} : { unit }
  const pairs = useAsk('pairing.list', { ...within, state, limit: ALL })
  const assistants = useAsk('partner.list', { ...within, kind: 'assistant', limit: ALL })
  return (
    <Page
      title={say(words.title)}
      sub={
        <span className="linked">
          {say(words.sub)} <Go to="/mobilisation">{say(shared.needs)}</Go>
        </span>
      }
      aside={<AsOf />}
    >
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker label={say(shared.within)} value={unit} onChoose={(id) => setSearch({ unit: id })} />
          </span>
          {pairs.data && <Abilities can={pairs.data.can.filter((ability) => ability.act === 'pairing.set')} />}
        </div>
        <Card title={say(words.pairs)}>
          <Answer of={pairs} lines={8}>
            {({ items }) => (
              <DataTable
                caption={say(words.pairs)}
                rows={items}
                rowKey={(pair) => pair.id}
                csv="pairs"
                empty={say(words.noPairs)}
                tools={
                  <Choice
                    label={say(shared.state)}
                    value={state}
                    options={states.map((value) => ({
                      value,
                      label: say(value === 'all' ? shared.all : words[value]),
                    }))}
                    onChoose={(value) => setSearch({ state: value === 'standing' ? undefined : value })}
                  />
                }
                columns={pairColumns(say)}
              />
            )}
          </Answer>
        </Card>
        <Card title={say(words.assistants)}>
          <Answer of={assistants} lines={4}>
            {({ items }) => (
              <DataTable
                caption={say(words.assistants)}
                name="assistants"
                rows={items}
                rowKey={(each) => each.id}
                csv="designated-assistance"
                empty={say(words.noAssistants)}
                columns={assistantColumns(say)}
              />
            )}
          </Answer>
        </Card>
      </div>
    </Page>
  )
}

type Say = ReturnType<typeof useSay>['say']

const pairColumns = (say: Say) => [
  {
    key: 'east',
    title: say(words.east),
    head: true,
    value: (pair: Pair) => say(pair.east),
    cell: (pair: Pair) => <UnitLink unit={{ id: pair.unit, name: pair.east }} />,
  },
  {
    key: 'west',
    title: say(words.west),
    value: (pair: Pair) => say(pair.west),
    cell: (pair: Pair) => <UnitLink unit={{ id: pair.westUnit, name: pair.west }} />,
  },
  {
    key: 'status',
    title: say(words.status),
    value: (pair: Pair) => pair.status,
    cell: (pair: Pair) => <Status status={pair.status} />,
  },
  {
    key: 'source',
    title: say(words.source),
    value: (pair: Pair) => pair.source,
    cell: (pair: Pair) => (
      <span className="small">
        <Written>{pair.source}</Written>
      </span>
    ),
  },
  {
    key: 'since',
    title: say(words.since),
    value: (pair: Pair) => pair.since,
    cell: (pair: Pair) => (
      <>
        <DayText day={pair.since} />
        {pair.until && (
          <span className="sub">
            {' '}
            – <DayText day={pair.until} />
          </span>
        )}
      </>
    ),
  },
  {
    key: 'pledges',
    title: say(words.pledges),
    align: 'right' as const,
    value: (pair: Pair) => pair.pledges,
    cell: (pair: Pair) => (
      <>
        <span className="num">{pair.pledges}</span> <Abilities can={pair.can} tight />
      </>
    ),
  },
]

const assistantColumns = (say: Say) => [
  {
    key: 'body',
    title: say(words.body),
    head: true,
    value: (each: Assistant) => say(each.name),
    cell: (each: Assistant) => (
      <>
        {say(each.name)} {each.madeUp && <MadeUp />}
      </>
    ),
  },
  {
    key: 'county',
    title: say(shared.county),
    value: (each: Assistant) => say(each.unitName),
    cell: (each: Assistant) => <UnitLink unit={{ id: each.unit, name: each.unitName }} />,
  },
  { key: 'ground', title: say(words.status), cell: (each: Assistant) => <Status status={each.status} /> },
  {
    key: 'from',
    title: say(words.since),
    value: (each: Assistant) => each.since,
    cell: (each: Assistant) => <DayText day={each.since} />,
  },
  {
    key: 'until',
    title: say(words.until),
    value: (each: Assistant) => each.until,
    cell: (each: Assistant) => <DayText day={each.until} />,
  },
  {
    key: 'pledged',
    title: say(words.pledges),
    align: 'right' as const,
    value: (each: Assistant) => each.pledges,
    cell: (each: Assistant) => (
      <>
        <span className="num">{each.pledges}</span> <Abilities can={each.can} tight />
      </>
    ),
  },
]
