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
import { Precision } from './Precision.tsx'
import { shared, stateLights, Verdict } from './sample-page-words.tsx'

type Row = AnswerOf<'evaluation.list'>['evaluations'][number]

const LIMIT = 50
const words = {
  title: { zh: '抽样评估', en: 'Evaluations by sample' },
  sub: {
    zh: '第三方评估：先定设计和精度，再封存种子，到日当众抽样；谁都可以重算。',
    en: 'Third-party evaluation: design and precision first, then a sealed seed, then a draw in public on its day; anybody can compute it again.',
  },
  within: { zh: '范围', en: 'Within' },
  name: { zh: '评估', en: 'Evaluation' },
  by: { zh: '组织单位', en: 'Commissioned by' },
  counties: { zh: '县（个）', en: 'Counties' },
  answered: { zh: '已有结果', en: 'Entered' },
  result: { zh: '结果（项）', en: 'Result (metrics)' },
  empty: { zh: '没有抽样评估。', en: 'There is no evaluation by sample.' },
}

/** Evaluations by sample, and what a sample of which precision costs. */
export default function EvaluationsPage() {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const sort = ({ title: 'title', on: 'oldest' } as const)[list.sort] ?? 'newest'
  const answer = useAsk(
    'evaluation.list',
    { unit: unit ?? '', ...(list.find && { search: list.find }), sort, offset: list.offset, limit: LIMIT },
    { enabled: unit !== undefined },
  )
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          {answer.data && <Abilities can={answer.data.can} />}
        </div>
        <Card>
          <Answer of={answer} lines={6}>
            {({ total, evaluations }) => (
              <DataTable
                caption={say(words.title)}
                rows={evaluations}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(row) => row.id}
                csv="evaluations"
                empty={say(words.empty)}
                columns={[
                  {
                    key: 'title',
                    title: say(words.name),
                    head: true,
                    value: (row: Row) => row.title,
                    cell: (row: Row) => (
                      <>
                        <Go to={`/evaluations/${row.id}`}>
                          <Written>{row.title}</Written>
                        </Go>{' '}
                        {row.madeUp && <MadeUp why={say(shared.madeUp)} />}
                      </>
                    ),
                  },
                  {
                    key: 'by',
                    title: say(words.by),
                    cell: (row: Row) => <UnitLink unit={{ id: row.unit, name: row.unitName }} />,
                  },
                  {
                    key: 'state',
                    title: say(shared.state),
                    cell: (row: Row) => (
                      <>
                        <Light light={stateLights[row.state]}>{say(row.stateWords)}</Light>{' '}
                        <DayText day={row.closedOn ?? row.drawnOn ?? row.drawOn ?? row.on} />
                      </>
                    ),
                  },
                  { key: 'counties', title: say(words.counties), cell: (row: Row) => count(row.counted) },
                  {
                    key: 'sought',
                    title: say(shared.questionnaires),
                    cell: (row: Row) => count(row.households ?? row.sought),
                  },
                  { key: 'answered', title: say(words.answered), cell: (row: Row) => count(row.answered) },
                  {
                    key: 'result',
                    title: say(words.result),
                    cell: (row: Row) =>
                      row.state === 'closed' ? (
                        <span className="row" style={{ gap: '2px 10px' }}>
                          {(
                            [
                              ['met', row.met],
                              ['not-met', row.notMet],
                              ['cannot-tell', row.cannotTell],
                            ] as const
                          ).map(
                            ([verdict, n]) =>
                              n > 0 && (
                                <span key={verdict} className="num">
                                  <Verdict of={verdict} /> {n}
                                </span>
                              ),
                          )}
                        </span>
                      ) : (
                        '—'
                      ),
                  },
                ]}
              />
            )}
          </Answer>
        </Card>
        <Precision {...(unit && { unit })} year={Number((session?.today ?? '2018').slice(0, 4))} />
      </div>
    </Page>
  )
}
