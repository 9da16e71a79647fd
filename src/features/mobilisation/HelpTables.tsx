import {
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Share,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
  Written,
} from '#web/parts/index.ts'
import {
  Name,
  type Need,
  needLights,
  type Pledge,
  PledgeDeeds,
  pledgeLights,
  plainQuantity,
  shared,
  Quantity,
} from './help-parts.tsx'

const LIMIT = 50
const needStates = ['all', 'open', 'matched', 'met', 'closed'] as const
const pledgeStates = [
  'all',
  'going',
  'made',
  'matched',
  'delivered',
  'disputed',
  'confirmed',
  'declined',
  'withdrawn',
] as const
type Props = { readonly unit: string | undefined }

const words = {
  need: { zh: '需求', en: 'Need' },
  needed: { zh: '需要', en: 'Needed' },
  neededFile: { zh: '需要（元或件、人）', en: 'Needed (yuan, pieces or people)' },
  met: { zh: '已收到', en: 'Received' },
  metFile: { zh: '已收到（元或件、人）', en: 'Received (yuan, pieces or people)' },
  wanted: { zh: '何时要', en: 'Wanted by' },
  published: { zh: '发布', en: 'Published' },
  open: { zh: '待对接', en: 'Open' },
  matched: { zh: '已对接', en: 'Matched' },
  closed: { zh: '已关闭', en: 'Closed' },
  going: { zh: '在办', en: 'Going on' },
  made: { zh: '待答复', en: 'Waiting for an answer' },
  delivered: { zh: '待核实', en: 'To be confirmed' },
  disputed: { zh: '有异议', en: 'Disputed' },
  confirmed: { zh: '已核实', en: 'Confirmed' },
  declined: { zh: '未采纳', en: 'Declined' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  wholly: { zh: '已满足', en: 'Met' },
  code: { zh: '编号', en: 'Code' },
  by: { zh: '认捐方', en: 'By' },
  forNeed: { zh: '针对', en: 'For' },
  general: { zh: '未指定', en: 'no need named' },
  due: { zh: '兑现期限', en: 'Deliver by' },
  noNeeds: { zh: '没有符合条件的需求。', en: 'No need fits.' },
  noPledges: { zh: '没有符合条件的认捐。', en: 'No pledge fits.' },
}

const paged = (unit: string | undefined, list: { find: string; sort: string; offset: number }) => ({
  ...(unit && { unit }),
  ...(list.find && { search: list.find }),
  ...(list.sort && { sort: list.sort }),
  offset: list.offset,
  limit: LIMIT,
})

export function NeedTable({ unit }: Props) {
  const { say, percent } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const state = needStates.find((each) => each === search['state']) ?? 'all'
  const answer = useAsk('need.list', { ...paged(unit, list), state }, { enabled: unit !== undefined })
  return (
    <Card>
      <Answer of={answer} lines={8}>
        {({ total, needs }) => (
          <DataTable
            caption={say(shared.needs)}
            rows={needs}
            total={total}
            state={list}
            limit={LIMIT}
            rowKey={(need) => need.id}
            csv="needs"
            empty={say(words.noNeeds)}
            tools={
              <Choice
                label={say(shared.state)}
                value={state}
                options={needStates.map((value) => ({
                  value,
                  label: say(value === 'all' ? shared.all : value === 'met' ? words.wholly : words[value]),
                }))}
                onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
              />
            }
            columns={[
              {
                key: 'need',
                title: say(words.need),
                head: true,
                value: (need: Need) => need.title,
                cell: (need: Need) => (
                  <>
                    <Go to={`/mobilisation/needs/${need.id}`}>
                      <Written>{need.title}</Written>
                    </Go>{' '}
                    {need.madeUp && <MadeUp />}
                  </>
                ),
              },
              {
                key: 'county',
                title: say(shared.county),
                value: (need: Need) => say(need.unitName),
                cell: (need: Need) => <UnitLink unit={{ id: need.unit, name: need.unitName }} />,
              },
              { key: 'kind', title: say(shared.kind), value: (need: Need) => say(need.kindWords) },
              {
                key: 'needed',
                title: say(words.needed),
                fileTitle: say(words.neededFile),
                align: 'right',
                value: (need: Need) => plainQuantity(need, need.quantity),
                cell: (need: Need) => <Quantity of={need} quantity={need.quantity} />,
              },
              {
                key: 'met',
                title: say(words.met),
                fileTitle: say(words.metFile),
                value: (need: Need) => plainQuantity(need, need.confirmed),
                cell: (need: Need) => (
                  <>
                    <Share share={Math.min(1, need.confirmed / need.quantity)} label={say(words.met)} />
                    <span className="num small">{percent(Math.min(1, need.confirmed / need.quantity), 0)}</span>
                  </>
                ),
              },
              {
                key: 'state',
                title: say(shared.state),
                value: (need: Need) => say(need.stateWords),
                cell: (need: Need) => <Light light={needLights[need.state]}>{say(need.stateWords)}</Light>,
              },
              {
                key: 'wanted',
                title: say(words.wanted),
                value: (need: Need) => need.wanted,
                cell: (need: Need) => <DayText day={need.wanted} />,
              },
              {
                key: 'published',
                title: say(words.published),
                value: (need: Need) => need.on,
                cell: (need: Need) => <DayText day={need.on} />,
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

export function PledgeTable({ unit }: Props) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const state = pledgeStates.find((each) => each === search['state']) ?? 'all'
  const answer = useAsk('pledge.list', { ...paged(unit, list), state }, { enabled: unit !== undefined })
  return (
    <Card>
      <Answer of={answer} lines={8}>
        {({ total, pledges }) => (
          <DataTable
            caption={say(shared.pledges)}
            rows={pledges}
            total={total}
            state={list}
            limit={LIMIT}
            rowKey={(pledge) => pledge.id}
            csv="pledges"
            empty={say(words.noPledges)}
            tools={
              <Choice
                label={say(shared.state)}
                value={state}
                options={pledgeStates.map((value) => ({
                  value,
                  label: say(value === 'all' ? shared.all : words[value]),
                }))}
                onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
              />
            }
            columns={[
              {
                key: 'code',
                title: say(words.code),
                head: true,
                value: (pledge: Pledge) => pledge.code,
                cell: (pledge: Pledge) => (
                  <>
                    <span className="mono">{pledge.code}</span> {pledge.madeUp && <MadeUp />}
                  </>
                ),
              },
              { key: 'by', title: say(words.by), cell: (pledge: Pledge) => <Name name={pledge.pledger} /> },
              {
                key: 'county',
                title: say(shared.county),
                value: (pledge: Pledge) => say(pledge.unitName),
                cell: (pledge: Pledge) => <UnitLink unit={{ id: pledge.unit, name: pledge.unitName }} />,
              },
              {
                key: 'for',
                title: say(words.forNeed),
                cell: (pledge: Pledge) => <ForNeed pledge={pledge} />,
              },
              { key: 'kind', title: say(shared.kind), value: (pledge: Pledge) => say(pledge.kindWords) },
              {
                key: 'quantity',
                title: say(shared.quantity),
                fileTitle: say(words.neededFile),
                align: 'right',
                value: (pledge: Pledge) => plainQuantity(pledge, pledge.quantity),
                cell: (pledge: Pledge) => <Quantity of={pledge} quantity={pledge.quantity} />,
              },
              {
                key: 'state',
                title: say(shared.state),
                value: (pledge: Pledge) => say(pledge.stateWords),
                cell: (pledge: Pledge) => (
                  <>
                    <Light light={pledge.late ? 'red' : pledgeLights[pledge.state]}>{say(pledge.stateWords)}</Light>{' '}
                    {pledge.late && <span className="small">{say(pledge.late)}</span>}
                    <PledgeDeeds can={pledge.can} />
                  </>
                ),
              },
              {
                key: 'due',
                title: say(words.due),
                value: (pledge: Pledge) => pledge.by,
                cell: (pledge: Pledge) => <DayText day={pledge.by} />,
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

function ForNeed({ pledge }: { pledge: Pledge }) {
  const { say } = useSay()
  const need = pledge.matchedNeed ?? pledge.need
  if (need === null || pledge.needTitle === null) return <span className="sub">{say(words.general)}</span>
  return (
    <Go to={`/mobilisation/needs/${need}`}>
      <Written>{pledge.needTitle}</Written>
    </Go>
  )
}
