import {
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Page,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { words } from './disclosure-words.tsx'

const LIMIT = 50
const kinds = ['received', 'allocation', 'all'] as const

/** What each level told the public of its money; anyone may read it. */
export default function DisclosuresPage() {
  const { say, amount } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const kind = kinds.find((each) => each === search['kind']) ?? 'all'
  const disclosures = useAsk('disclosure.list', {
    kind,
    ...(search['unit'] && { unit: search['unit'] }),
    ...(search['year'] && { year: Number(search['year']) }),
    ...(list.find && { search: list.find }),
    offset: list.offset,
    limit: LIMIT,
  })
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <Card>
        <Answer of={disclosures} lines={8}>
          {({ total, items }) => (
            <DataTable
              caption={say(words.title)}
              rows={items}
              total={total}
              state={list}
              limit={LIMIT}
              rowKey={(item) => item.id}
              csv="disclosures"
              tools={
                <Choice
                  label={say(words.kind)}
                  value={kind}
                  options={kinds.map((value) => ({ value, label: say(words[value]) }))}
                  onChoose={(value) => setSearch({ kind: value === 'all' ? undefined : value, offset: undefined })}
                />
              }
              columns={[
                {
                  key: 'unit',
                  title: say(words.unit),
                  head: true,
                  cell: (item) => (
                    <Go to={item.address}>
                      {item.above && say(item.above)} {say(item.name)}
                    </Go>
                  ),
                },
                { key: 'line', title: say(words.line), cell: (item) => say(item.lineName) },
                { key: 'document', title: say(words.document), cell: (item) => item.document },
                { key: 'kind', title: say(words.kind), cell: (item) => say(words[item.kind]) },
                {
                  key: 'total',
                  title: say(words.total),
                  align: 'right',
                  cell: (item) => <span className="num">{amount(Number(item.totalFen))}</span>,
                },
                { key: 'on', title: say(words.on), cell: (item) => <DayText day={item.on} /> },
              ]}
            />
          )}
        </Answer>
      </Card>
    </Page>
  )
}
