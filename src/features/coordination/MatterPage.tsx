import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  languageOf,
  Light,
  MadeUp,
  Page,
  PersonName,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  WaitedFor,
  Written,
} from '#web/parts/index.ts'
import { shared } from './coordination-words.tsx'
import { matterLights } from './MattersPage.tsx'
import './coordination.css'

type Matter = AnswerOf<'matter.show'>

const words = {
  plain: { zh: '协调事项', en: 'A matter' },
  by: { zh: '提出单位', en: 'Raised by' },
  asked: { zh: '请求', en: 'What is asked' },
  evidence: { zh: '情况和依据', en: 'Facts and evidence' },
  wished: { zh: '希望何时答复', en: 'Wished by' },
  concerns: { zh: '涉及的职责', en: 'Duty concerned' },
  way: { zh: '办理经过', en: 'Its way' },
  now: { zh: '现在', en: 'Now' },
  can: { zh: '可以办理', en: 'What may be done' },
  to: { zh: '转到 {owner}', en: 'then with {owner}' },
  parties: { zh: '涉及的单位', en: 'Units concerned' },
  silent: { zh: '尚未说明情况', en: 'has not said its part' },
  assignments: { zh: '分工', en: 'Who does what by when' },
  done: { zh: '办结：', en: 'Done:' },
  all: { zh: '全部事项', en: 'All matters' },
}
const stepWords: Readonly<Record<Matter['way'][number]['step'], { zh: string; en: string }>> = {
  raise: { zh: '提出', en: 'raised' },
  open: { zh: '发起协调', en: 'opened' },
  relay: { zh: '转办', en: 'relayed' },
  settle: { zh: '答复', en: 'settled' },
  return: { zh: '退回', en: 'returned' },
  answer: { zh: '补充再报', en: 'completed' },
  withdraw: { zh: '撤回', en: 'withdrawn' },
  reopen: { zh: '重新提出', en: 'reopened' },
  close: { zh: '确认办结', en: 'closed' },
}

/** One matter: what is asked, the way that it has come, with whom it is now. */
export default function MatterPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('matter.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={matterLights[data.state]}>{say(data.stateWords)}</Light> {data.madeUp && <MadeUp />}
          </>
        )
      }
      sub={
        data && (
          <span className="linked">
            <UnitLink unit={{ id: data.unit, name: data.unitName }} /> · <DayText day={data.raisedOn} /> ·{' '}
            <Go to={`/matters?unit=${data.unit}&state=all`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(matter) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Card title={say(words.way)}>
                <Way matter={matter} />
              </Card>
              {matter.assignments.length > 0 && <Assignments matter={matter} />}
              {matter.parties.length > 0 && <Parties matter={matter} />}
            </div>
            <div className="stack">
              <Card title={say(words.can)}>
                <p>
                  <WaitedFor waits={matter.waits} />
                </p>
                <Abilities can={matter.can} others />
              </Card>
              <Card title={say(words.asked)}>
                <p>
                  <Written>{matter.asked}</Written>
                </p>
                <dl className="facts">
                  {matter.evidence && (
                    <>
                      <dt>{say(words.evidence)}</dt>
                      <dd>
                        <Written>{matter.evidence}</Written>
                      </dd>
                    </>
                  )}
                  <dt>{say(words.concerns)}</dt>
                  <dd>
                    <Go to={`/charter?duty=${matter.concerns}`}>{say(matter.dutyTitle)}</Go>
                  </dd>
                  <dt>{say(words.wished)}</dt>
                  <dd>
                    <DayText day={matter.wished} />
                  </dd>
                </dl>
              </Card>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** Every step as it was taken: by whom, on which day, and with whom the matter was from then on. */
function Way({ matter }: { matter: Matter }) {
  const { say } = useSay()
  return (
    <ol className="matter-way">
      {matter.way.map((step) => (
        <li key={step.ordinal} className={step.state} data-number={step.ordinal}>
          <b>{say(stepWords[step.step])}</b> · <DayText day={step.on} /> ·{' '}
          <Go to={`/journal/${step.act}`} className="entry small">
            {say(shared.entry)}
          </Go>
          <div className="small">
            {step.seat && <>{say(step.seat)} ·</>} {step.postName && say(step.postName)}{' '}
            {step.person && <PersonName person={{ id: '', ...step.person }} />}
          </div>
          {step.note && (
            <div className="sub">
              “<Written>{step.note}</Written>”
            </div>
          )}
          {step.owner && step.ownerPostName && (
            <div className="sub small">
              → {say(words.to, { owner: `${say(step.owner)} ${say(step.ownerPostName)}` })}
            </div>
          )}
        </li>
      ))}
      {matter.waits && (
        <li className="now" data-number="…" aria-current="step">
          <b>{say(words.now)}</b>
          <div>
            {say(shared.who)} <WaitedFor waits={matter.waits} />
          </div>
        </li>
      )}
    </ol>
  )
}

function Assignments({ matter }: { matter: Matter }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.assignments)}>
      <ul className="plain linked">
        {matter.assignments.map((each) => (
          <li key={each.id} style={{ marginBottom: 10 }}>
            <UnitLink unit={{ id: each.unit, name: each.name }} />: <Written>{each.task}</Written>{' '}
            <Light light={each.light}>{each.light === 'none' ? day(each.due) : say(each.words)}</Light>
            {each.result && (
              <div className="sub small">
                {say(words.done)} <DayText day={each.doneOn} /> “<Written>{each.result}</Written>”
              </div>
            )}
            <Abilities can={each.can} tight />
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Parties({ matter }: { matter: Matter }) {
  const { say } = useSay()
  return (
    <Card title={say(words.parties)}>
      <ul className="plain linked">
        {matter.parties.map((party) => (
          <li key={party.unit} style={{ marginBottom: 10 }}>
            <UnitLink unit={{ id: party.unit, name: party.name }} />
            {party.statements.length === 0 && <span className="sub"> — {say(words.silent)}</span>}
            {party.statements.map((each) => (
              <div key={each.act} className="sub">
                <DayText day={each.on} /> {each.person && <PersonName person={{ id: '', ...each.person }} />} “
                <Written>{each.statement}</Written>”
              </div>
            ))}
            <Abilities can={party.can} tight />
          </li>
        ))}
      </ul>
    </Card>
  )
}
