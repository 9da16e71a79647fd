import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
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
import { inspectionLights, shared } from './supervision-words.tsx'

type Row = AnswerOf<'inspection.list'>['inspections'][number]

const LIMIT = 50
const words = {
  title: { zh: '督查', en: 'Inspections' },
  sub: {
    zh: '先封存随机种子，到日抽取，名单到启封日才公开；谁都可以重新抽一遍。',
    en: 'A seed is committed first, the units are drawn on their day, the list is sealed until its own; anybody can draw it again.',
  },
  name: { zh: '督查', en: 'Inspection' },
  drawn: { zh: '抽取', en: 'Drawn' },
  of: { zh: '{units} / {frame} 个', en: '{units} of {frame}' },
  opens: { zh: '启封日', en: 'List opens' },
  findings: { zh: '问题（未销号）', en: 'Findings (open)' },
  empty: { zh: '没有督查。', en: 'There is no inspection.' },
}

/** Inspections by lot: those that a unit plans, and those that its units may be drawn for. */
export default function InspectionsPage() {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const answer = useAsk(
    'inspection.list',
    { ...(unit && { unit }), ...(list.find && { search: list.find }), offset: list.offset, limit: LIMIT },
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
          {answer.data && <Abilities can={answer.data.can} />}
        </div>
        <Card>
          <Answer of={answer} lines={6}>
            {({ total, inspections }) => (
              <DataTable
                caption={say(words.title)}
                rows={inspections}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(row) => row.id}
                csv="inspections"
                empty={say(words.empty)}
                columns={[
                  {
                    key: 'title',
                    title: say(words.name),
                    head: true,
                    value: (row: Row) => row.title,
                    cell: (row: Row) => (
                      <>
                        <Go to={`/inspections/${row.id}`}>
                          <Written>{row.title}</Written>
                        </Go>{' '}
                        {row.madeUp && <MadeUp why={say(shared.madeUp)} />}
                      </>
                    ),
                  },
                  {
                    key: 'by',
                    title: say(shared.inspector),
                    cell: (row: Row) => <UnitLink unit={{ id: row.unit, name: row.unitName }} />,
                  },
                  {
                    key: 'state',
                    title: say(shared.state),
                    cell: (row: Row) => <Light light={inspectionLights[row.state]}>{say(row.stateWords)}</Light>,
                  },
                  {
                    key: 'drawn',
                    title: say(words.drawn),
                    cell: (row: Row) => say(words.of, { units: count(row.units), frame: count(row.frame) }),
                  },
                  {
                    key: 'opens',
                    title: say(words.opens),
                    value: (row: Row) => row.opensOn,
                    cell: (row: Row) => <DayText day={row.opensOn} />,
                  },
                  {
                    key: 'findings',
                    title: say(words.findings),
                    align: 'right',
                    cell: (row: Row) => `${count(row.findings)} (${count(row.going)})`,
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
