import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  Card,
  DataTable,
  DayText,
  Light,
  MadeUp,
  Status,
  UnitLink,
  useAsk,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { Name, shared } from './help-parts.tsx'

type Partner = AnswerOf<'partner.list'>['items'][number]
type Campaign = AnswerOf<'campaign.list'>['items'][number]
type Props = { readonly unit: string | undefined }

const words = {
  partner: { zh: '帮扶方', en: 'Partner' },
  status: { zh: '依据', en: 'Ground' },
  stated: { zh: '自行报名', en: 'joined of itself' },
  pledged: { zh: '认捐', en: 'Pledged' },
  received: { zh: '其中已核实', en: 'Confirmed' },
  until: { zh: '至', en: 'until' },
  campaign: { zh: '活动', en: 'Campaign' },
  area: { zh: '地区', en: 'Area' },
  days: { zh: '起止', en: 'Days' },
  noPartners: { zh: '没有符合条件的帮扶方。', en: 'No partner fits.' },
  noCampaigns: { zh: '没有活动。', en: 'There is no campaign.' },
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
