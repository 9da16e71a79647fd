import type { Text } from '#kernel/words.ts'
import type { FigureAnswer } from '#web/ask.ts'
import {
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  UnitLink,
  useCountedText,
  useFigureRecords,
  useListState,
  useNames,
  useSay,
  useSearch,
  useSetSearch,
  type Column,
} from '#web/parts/index.ts'

const words = {
  value: { zh: '数值', en: 'Value' },
  records: { zh: '打开到记录', en: 'The records behind it' },
  record: { zh: '记录', en: 'Record' },
  since: { zh: '起始日期', en: 'Since' },
  act: { zh: '办理记录', en: 'Entry' },
  open: { zh: '看', en: 'open' },
  counts: { zh: '计入分子的', en: 'Counted' },
  whole: { zh: '计入分母的', en: 'Out of' },
  unit: { zh: '单位', en: 'Unit' },
}

const PAGE = 25

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What is owed is known by its obligation and what it is about; it is told by the obligation's name, and without another record's id. */
function useLabel() {
  const { say } = useSay()
  const names: Readonly<Record<string, Text>> | undefined = useNames()?.obligations
  return (label: Text) => {
    const [obligation = '', ...subject] = say(label).split(' · ')
    const name = names?.[obligation]
    return name ? [say(name), ...subject.filter((part) => !ID.test(part))].join(' · ') : say(label)
  }
}

/** The records behind the number, with the act that made each. */
export function Records({ name, figure }: { name: string; figure: FigureAnswer['figure'] }) {
  const { say } = useSay()
  const counted = useCountedText()
  const labelled = useLabel()
  const { unit, year, side = 'counted' } = useSearch()
  const setSearch = useSetSearch()
  const state = useListState('records')
  const records = useFigureRecords(name, { unit, year, side: side as 'of', offset: state.offset, limit: PAGE })
  type Record_ = NonNullable<typeof records.data>['records'][number]
  const columns: Column<Record_>[] = [
    {
      key: 'label',
      title: say(words.record),
      head: true,
      cell: (row) => (row.record ? <Go to={row.record}>{labelled(row.label)}</Go> : labelled(row.label)),
    },
    { key: 'unit', title: say(words.unit), cell: (row) => <UnitLink unit={{ id: row.unit, name: row.name }} /> },
    { key: 'value', title: say(words.value), align: 'right', cell: (row) => counted(figure, row.value) },
    { key: 'since', title: say(words.since), cell: (row) => <DayText day={row.since} /> },
    {
      key: 'act',
      title: say(words.act),
      cell: (row) => (row.act ? <Go to={`/journal/${row.act}`}>{say(words.open)}</Go> : '—'),
    },
  ]
  return (
    <Card
      title={say(words.records)}
      aside={
        figure.kind === 'ratio' && (
          <Choice
            label={say(words.records)}
            value={side}
            options={[
              { value: 'counted', label: say(words.counts) },
              { value: 'of', label: say(words.whole) },
            ]}
            onChoose={(value) =>
              setSearch({ side: value === 'counted' ? undefined : value, 'records.offset': undefined })
            }
          />
        )
      }
    >
      <Answer of={records}>
        {(data) => (
          <DataTable
            caption={say(words.records)}
            rows={data.records}
            columns={columns}
            rowKey={(row) => `${row.record} ${row.unit} ${row.label.en} ${row.since}`}
            total={data.total}
            state={state}
            limit={PAGE}
            searchable={false}
          />
        )}
      </Answer>
    </Card>
  )
}
