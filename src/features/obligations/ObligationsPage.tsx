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
  ItemLight,
  Page,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'

type Item = AnswerOf<'obligation.list'>['items'][number]

const words = {
  title: { zh: '到期与逾期', en: 'Due and late' },
  sub: {
    zh: '章程规定的每一件应办之事：谁欠、欠谁、何时到期、依哪一条。',
    en: 'Everything that the charter obliges somebody to: who owes it, by when, under which article.',
  },
  state: { zh: '哪些', en: 'Which' },
  open: { zh: '应办', en: 'Open' },
  late: { zh: '逾期', en: 'Late' },
  met: { zh: '已办结', en: 'Met' },
  all: { zh: '全部', en: 'All' },
  unit: { zh: '单位', en: 'Unit' },
  due: { zh: '期限', en: 'Due' },
  stand: { zh: '状态', en: 'Stands' },
  matter: { zh: '事项', en: 'What' },
  owes: { zh: '应办单位', en: 'Owed by' },
  ground: { zh: '依据', en: 'Ground' },
  act: { zh: '办理', en: 'Do' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  within: { zh: '范围', en: 'Within' },
}

const PAGE = 50

/** What is owed at and below a unit. */
export default function ObligationsPage() {
  const { say } = useSay()
  const session = useSession()
  const { unit = session?.actor?.unit.id ?? session?.root, state = 'open' } = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const answer = useAsk(
    'obligation.list',
    { ...(unit && { unit }), state: state as 'open', offset: list.offset, limit: PAGE },
    { enabled: unit !== undefined },
  )
  const columns: Column<Item>[] = [
    { key: 'stand', title: say(words.stand), width: 170, cell: (item) => <ItemLight item={item} /> },
    {
      key: 'matter',
      title: say(words.matter),
      head: true,
      cell: (item) => <Go to={`/obligations/${item.id}`}>{say(item.title)}</Go>,
    },
    {
      key: 'unit',
      title: say(words.unit),
      cell: (item) => <UnitLink unit={{ id: item.unit, name: item.name }} to={`/chain/${item.unit}`} />,
    },
    {
      key: 'owes',
      title: say(words.owes),
      cell: (item) => (item.owes ? <UnitLink unit={item.owes.unit} to={`/chain/${item.owes.unit.id}`} /> : '—'),
    },
    { key: 'due', title: say(words.due), cell: (item) => <DayText day={item.due_on} /> },
    ...(answer.data?.items.some((item) => item.can.some((ability) => ability.mine))
      ? [{ key: 'can', title: say(words.act), cell: (item: Item) => <Abilities can={item.can} tight /> }]
      : []),
  ]
  return (
    <Page
      title={say(words.title)}
      sub={say(words.sub)}
      aside={
        <>
          <span style={{ width: 220 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <AsOf />
        </>
      }
    >
      <Card>
        <Answer of={answer} lines={8}>
          {(data) => (
            <DataTable
              caption={say(words.title)}
              rows={data.items}
              columns={columns}
              rowKey={(item) => item.id}
              total={data.total}
              state={list}
              limit={PAGE}
              searchable={false}
              tools={
                <Choice
                  label={say(words.state)}
                  value={state}
                  options={(['open', 'late', 'met', 'all'] as const).map((value) => ({
                    value,
                    label: say(words[value]),
                  }))}
                  onChoose={(value) => setSearch({ state: value === 'open' ? undefined : value, offset: undefined })}
                />
              }
            />
          )}
        </Answer>
      </Card>
    </Page>
  )
}
