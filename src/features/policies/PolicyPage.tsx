import type { ReactNode } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Clause,
  DataTable,
  DayText,
  Empty,
  Go,
  Page,
  PersonName,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  WaitingFor,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Receipts } from './Receipts.tsx'
import { Force, Origin, words } from './words.tsx'

const own = {
  supersededBy: { zh: '已于 {on} 被取代：', en: 'Superseded on {on} by' },
  reason: { zh: '理由', en: 'Reason' },
  replaces: { zh: '本文件取代了', en: 'It replaced' },
  carriesOut: { zh: '所落实的文件', en: 'Carries out' },
  source: { zh: '出处', en: 'Source' },
  division: { zh: '分工方案', en: 'Division of labour' },
  divisionSub: { zh: '第 {version} 版，{on}', en: 'version {version}, {on}' },
  undivided: { zh: '还没有分工到部门。', en: 'It has not been divided among departments.' },
  measure: { zh: '举措', en: 'Measure' },
  lead: { zh: '牵头', en: 'Lead' },
  supporting: { zh: '配合', en: 'Supporting' },
  due: { zh: '时限', en: 'Due' },
  localisations: { zh: '本地措施', en: 'How it was localised' },
  notLocalised: { zh: '还没有单位据此制定本地措施。', en: 'Nobody has issued measures of their own under it yet.' },
  record: { zh: '办理记录', en: 'The act on record' },
  openRecord: { zh: '看这条记录', en: 'See the entry' },
}

type Policy = AnswerOf<'policy.show'>

/** One document: what it says, how it was divided, who received it, what became of it. */
export default function PolicyPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('policy.show', { id })
  return (
    <Answer of={answer} lines={10}>
      {(policy) => (
        <Page
          title={say(policy.title)}
          mark={<Force isInForce={policy.isInForce} />}
          sub={
            <span className="row" style={{ gap: '4px 12px' }}>
              <span>{policy.number ?? say(words.unnumbered)}</span>
              <span>{say(words[policy.kind])}</span>
              <UnitLink unit={{ id: policy.unit, name: policy.unitName }} />
              <DayText day={policy.issuedOn} />
              <Origin status={policy.status} />
            </span>
          }
          aside={<AsOf />}
        >
          <div className="stack">
            <Superseded policy={policy} />
            <Body policy={policy} />
            <Division policy={policy} />
            <div className="grid cols-wide">
              <Receipts policy={policy} />
              <Localisations policy={policy} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Superseded({ policy: { supersession } }: { policy: Policy }) {
  const { say, day } = useSay()
  if (!supersession) return null
  return (
    <div className="why warn">
      <b>{say(own.supersededBy, { on: day(supersession.on) })}</b>{' '}
      <Go to={`/policies/${supersession.by}`}>
        {say(supersession.title)} {supersession.number}
      </Go>
      <p style={{ margin: '4px 0 0' }}>
        {say(own.reason)}: {supersession.reason}
      </p>
    </div>
  )
}

function Body({ policy }: { policy: Policy }) {
  const { say } = useSay()
  const facts: [string, ReactNode][] = [
    ...(policy.localises
      ? [[say(own.carriesOut), <Title key="of" policy={policy.localises} />] satisfies [string, ReactNode]]
      : []),
    ...policy.replaces.map((each): [string, ReactNode] => [say(own.replaces), <Title key={each.id} policy={each} />]),
    ...(policy.source ? [[say(own.source), policy.source] satisfies [string, ReactNode]] : []),
    [
      say(own.record),
      <Go key="act" to={`/journal/${policy.act}`}>
        {say(own.openRecord)}
      </Go>,
    ],
  ]
  return (
    <Card>
      <Clause>{say(policy.summary)}</Clause>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div style={{ marginTop: 12 }}>
        <WaitingFor subject={policy.id} />
        <Abilities can={policy.can} others />
      </div>
    </Card>
  )
}

const Title = ({ policy }: { policy: { id: string; title: Policy['title']; number: string | null } }) => {
  const { say } = useSay()
  return (
    <Go to={`/policies/${policy.id}`}>
      {say(policy.title)} {policy.number}
    </Go>
  )
}

function Division({ policy: { division } }: { policy: Policy }) {
  const { say, day, list } = useSay()
  if (!division)
    return (
      <Card title={say(own.division)}>
        <Empty>{say(own.undivided)}</Empty>
      </Card>
    )
  return (
    <Card
      title={say(own.division)}
      aside={
        <span className="sub">{say(own.divisionSub, { version: division.version, on: day(division.dividedOn) })}</span>
      }
    >
      <DataTable
        caption={say(own.division)}
        rows={division.measures}
        rowKey={(measure) => String(measure.position)}
        csv="division"
        columns={[
          { key: 'position', title: '#', value: (measure) => measure.position, align: 'right', width: 40 },
          { key: 'text', title: say(own.measure), head: true, value: (measure) => say(measure.text) },
          {
            key: 'lead',
            title: say(own.lead),
            value: (measure) => (measure.lead ? say(measure.lead.name) : null),
            cell: (measure) =>
              measure.lead && (
                <>
                  {say(measure.lead.name)}
                  <span className="sub small" style={{ display: 'block' }}>
                    {measure.lead.head ? <PersonName person={measure.lead.head} /> : '—'}
                  </span>
                </>
              ),
          },
          {
            key: 'supporting',
            title: say(own.supporting),
            value: (measure) => list(measure.supporting.map((each) => say(each.name))),
          },
          {
            key: 'due',
            title: say(own.due),
            value: (measure) => measure.due,
            cell: (measure) => <DayText day={measure.due} />,
          },
        ]}
      />
    </Card>
  )
}

function Localisations({ policy: { localisations } }: { policy: Policy }) {
  const { say } = useSay()
  return (
    <Card title={say(own.localisations)}>
      {localisations.length === 0 ? (
        <Empty>{say(own.notLocalised)}</Empty>
      ) : (
        <ul>
          {localisations.map((each) => (
            <li key={each.id}>
              <Title policy={each} />
              <span className="sub small" style={{ display: 'block' }}>
                {say(each.unitName)} · <DayText day={each.issuedOn} /> {each.madeUp && <Origin status={each.status} />}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
