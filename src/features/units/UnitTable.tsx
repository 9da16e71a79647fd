import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  DataTable,
  DayText,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'
import { StateLight, stateWords } from './words.tsx'

type Row = AnswerOf<'unit.table'>['units'][number]
type Asked = Parameters<typeof useAsk<'unit.table'>>[1]

const words = {
  caption: { zh: '单位名单', en: 'Units' },
  name: { zh: '名称', en: 'Name' },
  code: { zh: '代码', en: 'Code' },
  above: { zh: '上级', en: 'Under' },
  state: { zh: '状态', en: 'State' },
  since: { zh: '起始日期', en: 'Since' },
  every: { zh: '全部状态', en: 'every state' },
  everyTier: { zh: '全部层级', en: 'every tier' },
  programme: { zh: '曾列入名单', en: 'ever listed' },
}
const states = ['poor', 'out', 'none', 'programme'] as const
const LIMIT = 50

/** All units below one, searched, filtered, sorted and paged by the server. */
export function UnitTable({ unit }: { unit: string | undefined }) {
  const { say } = useSay()
  const { state, tier } = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const programme = useAsk('unit.programme')
  const wanted = states.find((each) => each === state)
  const asked = {
    ...(unit && { unit }),
    ...(tier && { tier }),
    ...(wanted && { state: wanted }),
    search: list.find,
    sort: list.sort || 'code',
    offset: list.offset,
    limit: LIMIT,
  } as Asked
  const table = useAsk('unit.table', asked)
  const columns: Column<Row>[] = [
    {
      key: 'name',
      title: say(words.name),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => <UnitLink unit={{ id: row.unit, name: row.name }} />,
    },
    {
      key: 'code',
      title: say(words.code),
      value: (row) => row.code,
      cell: (row) => <span className="mono">{row.code ?? '—'}</span>,
    },
    {
      key: 'above',
      title: say(words.above),
      value: (row) => say(row.above.name),
      cell: (row) => <UnitLink unit={{ id: row.above.unit, name: row.above.name }} />,
    },
    {
      key: 'state',
      title: say(words.state),
      value: (row) => say(stateWords[row.state]),
      cell: (row) => <StateLight state={row.state} />,
    },
    { key: 'since', title: say(words.since), value: (row) => row.since, cell: (row) => <DayText day={row.since} /> },
  ]
  const choose = (key: string) => (event: { target: { value: string } }) =>
    setSearch({ [key]: event.target.value, offset: undefined })
  const tools = (
    <>
      <select className="field" aria-label={say(words.state)} value={wanted ?? ''} onChange={choose('state')}>
        <option value="">{say(words.every)}</option>
        {states.map((each) => (
          <option key={each} value={each}>
            {say(each === 'programme' ? words.programme : stateWords[each])}
          </option>
        ))}
      </select>
      <select className="field" aria-label={say(words.everyTier)} value={tier ?? ''} onChange={choose('tier')}>
        <option value="">{say(words.everyTier)}</option>
        {programme.data?.tiers.slice(1).map((each) => (
          <option key={each.tier} value={each.tier}>
            {say(each.name)}
          </option>
        ))}
      </select>
    </>
  )
  return (
    <Answer of={table} lines={10}>
      {({ total, units }) => (
        <DataTable
          caption={say(words.caption)}
          rows={units}
          columns={columns}
          rowKey={(row) => row.unit}
          total={total}
          state={list}
          limit={LIMIT}
          tools={tools}
        />
      )}
    </Answer>
  )
}
