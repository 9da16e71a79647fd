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
import { findingLights, shared } from './supervision-words.tsx'

type Row = AnswerOf<'finding.list'>['findings'][number]

const LIMIT = 50
const states = ['going', 'overdue', 'open', 'explained', 'rectified', 'returned', 'closed', 'withdrawn', 'all'] as const

export const findingStateWords = {
  open: { zh: '待说明原因', en: 'Waiting for its cause' },
  explained: { zh: '整改中', en: 'Being put right' },
  rectified: { zh: '待核验', en: 'Waiting to be verified' },
  returned: { zh: '退回重改', en: 'Sent back' },
  closed: { zh: '已销号', en: 'Closed' },
  withdrawn: { zh: '已撤销', en: 'Withdrawn' },
}
const words = {
  title: { zh: '问题清单', en: 'Findings' },
  sub: {
    zh: '问题、责任单位、期限、销号：由别人核验才销号，不答复不等于办结。',
    en: 'What was found, whose it is, by when: closed only when somebody else has verified it. Silence closes nothing.',
  },
  going: { zh: '未销号', en: 'Not closed' },
  overdue: { zh: '逾期', en: 'Overdue' },
  finding: { zh: '问题', en: 'Finding' },
  found: { zh: '发现日期', en: 'Found on' },
  recurs: { zh: '反复出现', en: 'has come back' },
  empty: { zh: '没有符合条件的问题。', en: 'No finding fits.' },
  ...findingStateWords,
}

/** The list of problems of an area, what is overdue first. */
export default function FindingsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const state = states.find((each) => each === search['state']) ?? 'going'
  const sort = ({ title: 'title', on: 'oldest' } as const)[list.sort] ?? 'due'
  const answer = useAsk(
    'finding.list',
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
          {answer.data && <Abilities can={answer.data.can} />}
        </div>
        <div className="grid tiles">
          <FigureTile name="findings.open" {...(unit && { unit })} />
          <FigureTile name="findings.overdue" {...(unit && { unit })} />
          <FigureTile name="findings.in-time" {...(unit && { unit })} />
        </div>
        <Card>
          <Answer of={answer} lines={8}>
            {({ total, findings }) => (
              <DataTable
                caption={say(words.title)}
                rows={findings}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(row) => row.id}
                csv="findings"
                empty={say(words.empty)}
                tools={
                  <Choice
                    label={say(shared.state)}
                    value={state}
                    options={states.map((value) => ({
                      value,
                      label: say(value === 'all' ? shared.all : words[value]),
                    }))}
                    onChoose={(value) => setSearch({ state: value === 'going' ? undefined : value, offset: undefined })}
                  />
                }
                columns={[
                  {
                    key: 'title',
                    title: say(words.finding),
                    head: true,
                    value: (row: Row) => row.title,
                    cell: (row: Row) => (
                      <>
                        <Go to={`/findings/${row.id}`}>
                          <Written>{row.title}</Written>
                        </Go>{' '}
                        <span className="sub small">
                          {say(row.severityWords)}
                          {row.recurrenceOf && ` · ${say(words.recurs)}`}
                        </span>{' '}
                        {row.madeUp && <MadeUp why={say(shared.madeUp)} />}
                      </>
                    ),
                  },
                  {
                    key: 'unit',
                    title: say(shared.unit),
                    value: (row: Row) => say(row.unitName),
                    cell: (row: Row) => <UnitLink unit={{ id: row.unit, name: row.unitName }} />,
                  },
                  {
                    key: 'by',
                    title: say(shared.inspector),
                    value: (row: Row) => say(row.inspectorName),
                  },
                  {
                    key: 'state',
                    title: say(shared.state),
                    value: (row: Row) => say(row.stateWords),
                    cell: (row: Row) => <Light light={findingLights[row.state]}>{say(row.stateWords)}</Light>,
                  },
                  {
                    key: 'due',
                    title: say(shared.due),
                    value: (row: Row) => row.due,
                    cell: (row: Row) => (
                      <>
                        <DayText day={row.due} />{' '}
                        {row.stand.light !== 'none' && <Light light={row.stand.light}>{say(row.stand.words)}</Light>}
                      </>
                    ),
                  },
                  {
                    key: 'on',
                    title: say(words.found),
                    value: (row: Row) => row.on,
                    cell: (row: Row) => <DayText day={row.on} />,
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
