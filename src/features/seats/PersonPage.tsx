import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Empty,
  Go,
  Light,
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  type Column,
} from '#web/parts/index.ts'

type Person = AnswerOf<'person.show'>
type Deed = Person['acts'][number]
type Delegation = Person['given'][number]

const words = {
  person: { zh: '人员', en: 'A person' },
  terms: { zh: '任职', en: 'Posts' },
  noTerms: { zh: '当日及以前没有任职。', en: 'No post on this day or before.' },
  acting: { zh: '代理', en: 'acting' },
  now: { zh: '现任', en: 'now' },
  ended: { zh: '已离任', en: 'ended' },
  delegations: { zh: '当日有效的委托', en: 'Delegations in force' },
  noDelegations: { zh: '没有委托他人，也没有受托。', en: 'Nothing is delegated, to or by them.' },
  given: { zh: '委托{who}办理“{duty}”，至{until}', en: '«{duty}» delegated to {who} until {until}' },
  received: { zh: '受{who}委托办理“{duty}”，至{until}', en: '«{duty}» received from {who} until {until}' },
  scope: { zh: '仅限{unit}', en: 'only over {unit}' },
  acts: { zh: '最近办理', en: 'Done last' },
  on: { zh: '日期', en: 'Day' },
  what: { zh: '事项', en: 'What' },
  over: { zh: '对象', en: 'Over' },
  duty: { zh: '依据的职责', en: 'Under the duty' },
  refused: { zh: '被拒', en: 'refused' },
  byDelegate: { zh: '由受托人办理', en: 'done by a delegate' },
  asDelegate: { zh: '受托办理', en: 'done as a delegate' },
  standIn: { zh: '代行空缺', en: 'standing in for a vacancy' },
  journal: { zh: '看全部日志', en: 'The whole journal' },
}

/** One official: the posts held over time, what is delegated, and what they did last. */
export default function PersonPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const person = useAsk('person.show', { person: id })
  if (person.data) return <Shown data={person.data} />
  return (
    <Page title={say(words.person)} aside={<AsOf />}>
      <Answer of={person} lines={8}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Shown({ data }: { data: Person }) {
  const { say, list } = useSay()
  const { person, terms, given, received, acts } = data
  const now = terms.filter((term) => term.to === null).map((term) => `${say(term.unitName)} · ${say(term.postName)}`)
  return (
    <Page title={say(person.name)} sub={list(now)} mark={person.madeUp && <MadeUp />} aside={<AsOf />}>
      <div className="grid cols-wide">
        <Card title={say(words.acts)} aside={<Go to={`/journal?person=${person.id}`}>{say(words.journal)}</Go>}>
          <DataTable
            caption={say(words.acts)}
            rows={acts}
            columns={useColumns()}
            rowKey={(deed) => deed.id}
            csv="acts"
          />
        </Card>
        <div className="stack">
          <Terms terms={terms} />
          <Card title={say(words.delegations)}>
            {given.length + received.length === 0 ? (
              <Empty>{say(words.noDelegations)}</Empty>
            ) : (
              <ul>
                {given.map((each) => (
                  <One key={each.id} delegation={each} text={words.given} who={each.delegate} />
                ))}
                {received.map((each) => (
                  <One key={each.id} delegation={each} text={words.received} who={each.principal} />
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
    </Page>
  )
}

function Terms({ terms }: { terms: Person['terms'] }) {
  const { say } = useSay()
  return (
    <Card title={say(words.terms)}>
      {terms.length === 0 && <Empty>{say(words.noTerms)}</Empty>}
      {terms.map((term) => (
        <p key={`${term.unit} ${term.post} ${term.from}`} className="row">
          <span>
            <UnitLink unit={{ id: term.unit, name: term.unitName }} /> · {say(term.postName)}
          </span>
          {term.capacity === 'acting' && <Light light="yellow">{say(words.acting)}</Light>}
          <span className="sub small">
            <DayText day={term.from} /> – {term.to ? <DayText day={term.to} /> : say(words.now)}
          </span>
        </p>
      ))}
    </Card>
  )
}

function One({
  delegation,
  text,
  who,
}: {
  delegation: Delegation
  text: typeof words.given
  who: Delegation['delegate']
}) {
  const { say, day } = useSay()
  return (
    <li>
      {say(text, { who: say(who.name), duty: say(delegation.dutyTitle), until: day(delegation.until) })}{' '}
      {who.madeUp && <MadeUp />}{' '}
      {delegation.over && <span className="sub">{say(words.scope, { unit: say(delegation.over.name) })}</span>}{' '}
      <Abilities can={delegation.can} tight />
    </li>
  )
}

function useColumns(): Column<Deed>[] {
  const { say } = useSay()
  const how = (deed: Deed) =>
    deed.as_principal
      ? words.byDelegate
      : deed.ground === 'delegation'
        ? words.asDelegate
        : deed.ground === 'vacancy'
          ? words.standIn
          : undefined
  return [
    { key: 'on', title: say(words.on), value: (deed) => deed.on, cell: (deed) => <DayText day={deed.on} /> },
    {
      key: 'what',
      title: say(words.what),
      head: true,
      value: (deed) => say(deed.title),
      cell: (deed) => {
        const note = how(deed)
        return (
          <>
            <Go to={`/journal/${deed.id}`}>{say(deed.title)}</Go>{' '}
            {deed.outcome === 'refused' && <Light light="red">{say(words.refused)}</Light>}{' '}
            {note && <span className="sub small">{say(note)}</span>}
          </>
        )
      },
    },
    {
      key: 'over',
      title: say(words.over),
      value: (deed) => say(deed.unitName),
      cell: (deed) => <UnitLink unit={{ id: deed.unit, name: deed.unitName }} />,
    },
    { key: 'duty', title: say(words.duty), value: (deed) => say(deed.dutyTitle) },
  ]
}
