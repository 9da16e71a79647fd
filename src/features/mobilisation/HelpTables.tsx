import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Light,
  MadeUp,
  Share,
  Status,
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
type Partner = AnswerOf<'partner.list'>['items'][number]
type Campaign = AnswerOf<'campaign.list'>['items'][number]
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
  partner: { zh: '帮扶方', en: 'Partner' },
  status: { zh: '依据', en: 'Ground' },
  stated: { zh: '自行报名', en: 'joined of itself' },
  pledged: { zh: '认捐', en: 'Pledged' },
  received: { zh: '其中已核实', en: 'Confirmed' },
  until: { zh: '至', en: 'until' },
  campaign: { zh: '活动', en: 'Campaign' },
  area: { zh: '地区', en: 'Area' },
  days: { zh: '起止', en: 'Days' },
  noNeeds: { zh: '没有符合条件的需求。', en: 'No need fits.' },
  noPledges: { zh: '没有符合条件的认捐。', en: 'No pledge fits.' },
  noPartners: { zh: '没有符合条件的帮扶方。', en: 'No partner fits.' },
  noCampaigns: { zh: '没有活动。', en: 'There is no campaign.' },
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

/** So many partners and campaigns of an area stand on one page; the table searches and sorts them. */
const ALL = 200

export function PartnerTable({ unit }: Props) {
  const { say, count } = useSay()
  const answer = useAsk('partner.list', { ...(unit && { unit }), limit: ALL }, { enabled: unit !== undefined })
  return (
    <Card>
      <Answer of={answer} lines={8}>
        {({ items }) => (
          <DataTable
            caption={say(shared.partners)}
            rows={items}
            rowKey={(partner) => partner.id}
            csv="partners"
            empty={say(words.noPartners)}
            columns={[
              {
                key: 'partner',
                title: say(words.partner),
                head: true,
                value: (partner: Partner) => say(partner.name),
                cell: (partner: Partner) => (
                  <>
                    <Name name={partner.name} /> {partner.madeUp && <MadeUp />}
                  </>
                ),
              },
              { key: 'kind', title: say(shared.kind), value: (partner: Partner) => say(partner.kindWords) },
              {
                key: 'county',
                title: say(shared.county),
                value: (partner: Partner) => say(partner.unitName),
                cell: (partner: Partner) => <UnitLink unit={{ id: partner.unit, name: partner.unitName }} />,
              },
              {
                key: 'since',
                title: say(shared.since),
                value: (partner: Partner) => partner.since,
                cell: (partner: Partner) => (
                  <>
                    <DayText day={partner.since} />{' '}
                    {partner.until && (
                      <span className="sub">
                        {say(words.until)} <DayText day={partner.until} />
                      </span>
                    )}
                  </>
                ),
              },
              {
                key: 'status',
                title: say(words.status),
                cell: (partner: Partner) =>
                  partner.status === 'stated' ? say(words.stated) : <Status status={partner.status} />,
              },
              {
                key: 'pledged',
                title: say(words.pledged),
                align: 'right',
                value: (partner: Partner) => partner.pledges,
                cell: (partner: Partner) => <span className="num">{count(partner.pledges)}</span>,
              },
              {
                key: 'received',
                title: say(words.received),
                align: 'right',
                value: (partner: Partner) => partner.confirmed,
                cell: (partner: Partner) => <span className="num">{count(partner.confirmed)}</span>,
              },
              {
                key: 'state',
                title: say(shared.state),
                value: (partner: Partner) => say(partner.stateWords),
                cell: (partner: Partner) => (
                  <>
                    <Light
                      light={partner.state === 'helping' ? 'green' : partner.state === 'asking' ? 'yellow' : 'none'}
                    >
                      {say(partner.stateWords)}
                    </Light>{' '}
                    <Abilities can={partner.can} tight />
                  </>
                ),
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

export function CampaignTable({ unit }: Props) {
  const { say, count } = useSay()
  const answer = useAsk('campaign.list', { ...(unit && { unit }), limit: ALL }, { enabled: unit !== undefined })
  return (
    <Card>
      <Answer of={answer} lines={8}>
        {({ items }) => (
          <DataTable
            caption={say(shared.campaigns)}
            rows={items}
            rowKey={(campaign) => campaign.id}
            csv="campaigns"
            empty={say(words.noCampaigns)}
            columns={[
              {
                key: 'campaign',
                title: say(words.campaign),
                head: true,
                value: (campaign: Campaign) => campaign.title,
                cell: (campaign: Campaign) => (
                  <>
                    <Written>{campaign.title}</Written> {campaign.madeUp && <MadeUp />}
                    <div className="sub small">
                      <Written>{campaign.purpose}</Written>
                    </div>
                  </>
                ),
              },
              {
                key: 'area',
                title: say(words.area),
                value: (campaign: Campaign) => say(campaign.unitName),
                cell: (campaign: Campaign) => <UnitLink unit={{ id: campaign.unit, name: campaign.unitName }} />,
              },
              {
                key: 'days',
                title: say(words.days),
                value: (campaign: Campaign) => campaign.from,
                cell: (campaign: Campaign) => (
                  <>
                    <DayText day={campaign.from} /> – <DayText day={campaign.until} />
                  </>
                ),
              },
              {
                key: 'needs',
                title: say(shared.needs),
                align: 'right',
                value: (campaign: Campaign) => campaign.needs,
                cell: (campaign: Campaign) => <span className="num">{count(campaign.needs)}</span>,
              },
              {
                key: 'pledges',
                title: say(shared.pledges),
                align: 'right',
                value: (campaign: Campaign) => campaign.pledges,
                cell: (campaign: Campaign) => <span className="num">{count(campaign.pledges)}</span>,
              },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}
