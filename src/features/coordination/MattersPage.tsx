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
  WaitedFor,
  Written,
} from '#web/parts/index.ts'
import { shared } from './coordination-words.tsx'

type Matter = AnswerOf<'matter.list'>['matters'][number]

const LIMIT = 50
const states = ['going', 'open', 'returned', 'settled', 'closed', 'withdrawn', 'all'] as const
export const matterLights = {
  open: 'yellow',
  returned: 'red',
  settled: 'green',
  closed: 'green',
  withdrawn: 'none',
} as const

const words = {
  title: { zh: '协调事项', en: 'Matters' },
  sub: {
    zh: '下级解决不了的向上提，跨县的由上一级协调；每件事在谁手里、到哪一天，都写明。',
    en: 'What a level cannot settle goes up; what lies between counties is settled above them. Each says with whom it is, and until when.',
  },
  going: { zh: '在办', en: 'Going on' },
  open: { zh: '办理中', en: 'Being handled' },
  returned: { zh: '已退回', en: 'Returned' },
  settled: { zh: '已答复', en: 'Settled' },
  closed: { zh: '已办结', en: 'Closed' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  matter: { zh: '事项', en: 'Matter' },
  by: { zh: '提出', en: 'Raised by' },
  concerns: { zh: '涉及职责', en: 'Duty' },
  raised: { zh: '提出日期', en: 'Raised on' },
  joint: { zh: '跨单位', en: 'among units' },
  here: { zh: '只看在本单位手里的', en: 'Only what is with this unit' },
  empty: { zh: '没有符合条件的事项。', en: 'No matter fits.' },
}

/** Matters raised upward and matters among units, with whom they are. */
export default function MattersPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const state = states.find((each) => each === search['state']) ?? 'going'
  const here = search['here'] === 'yes'
  const sort = ({ due: 'due', title: 'title', raised: 'oldest' } as const)[list.sort] ?? 'newest'
  const answer = useAsk(
    'matter.list',
    {
      ...(unit && { unit }),
      state,
      here,
      ...(list.find && { search: list.find }),
      sort,
      offset: list.offset,
      limit: LIMIT,
    },
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
          <label className="row">
            <input
              type="checkbox"
              checked={here}
              onChange={(event) => setSearch({ here: event.target.checked ? 'yes' : undefined, offset: undefined })}
            />{' '}
            {say(words.here)}
          </label>
          {answer.data && <Abilities can={answer.data.can} />}
        </div>
        <div className="grid tiles">
          <FigureTile name="matters.open" {...(unit && { unit })} />
        </div>
        <Card>
          <Answer of={answer} lines={8}>
            {({ total, matters }) => (
              <DataTable
                caption={say(words.title)}
                rows={matters}
                total={total}
                state={list}
                limit={LIMIT}
                rowKey={(matter) => matter.id}
                csv="matters"
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
                    title: say(words.matter),
                    head: true,
                    value: (matter: Matter) => matter.title,
                    cell: (matter: Matter) => (
                      <>
                        <Go to={`/matters/${matter.id}`}>
                          <Written>{matter.title}</Written>
                        </Go>{' '}
                        {matter.kind === 'joint' && <span className="sub small">{say(words.joint)}</span>}{' '}
                        {matter.madeUp && <MadeUp />}
                      </>
                    ),
                  },
                  {
                    key: 'by',
                    title: say(words.by),
                    cell: (matter: Matter) => <UnitLink unit={{ id: matter.unit, name: matter.unitName }} />,
                  },
                  {
                    key: 'state',
                    title: say(shared.state),
                    cell: (matter: Matter) => (
                      <Light light={matterLights[matter.state]}>{say(matter.stateWords)}</Light>
                    ),
                  },
                  { key: 'who', title: say(shared.who), cell: (matter: Matter) => <WaitedFor waits={matter.waits} /> },
                  {
                    key: 'due',
                    title: say(shared.due),
                    value: (matter: Matter) => matter.due,
                    cell: (matter: Matter) => <DayText day={matter.due} />,
                  },
                  {
                    key: 'raised',
                    title: say(words.raised),
                    value: (matter: Matter) => matter.raisedOn,
                    cell: (matter: Matter) => <DayText day={matter.raisedOn} />,
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
