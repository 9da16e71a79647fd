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
  WaitingFor,
  Written,
} from '#web/parts/index.ts'
import { findingLights, shared } from './supervision-words.tsx'
import './supervision.css'

type Finding = AnswerOf<'finding.show'>

const words = {
  plain: { zh: '一个问题', en: 'A finding' },
  all: { zh: '问题清单', en: 'All findings' },
  way: { zh: '办理经过', en: 'Its way' },
  facts: { zh: '问题', en: 'What is wrong' },
  severity: { zh: '严重程度', en: 'Severity' },
  concerns: { zh: '涉及的职责', en: 'Duty concerned' },
  check: { zh: '由核查查出', en: 'Found by a check' },
  inspection: { zh: '所属督查', en: 'Found in' },
  foundIn: { zh: '查出时的单位', en: 'Found in the unit' },
  carriedOn: { zh: '{unit}（已撤并，由接续单位整改）', en: '{unit} (closed; whoever carries it on puts it right)' },
  until: { zh: '整改期限 {day}', en: 'to be put right by {day}' },
  recurrences: { zh: '反复出现', en: 'It comes back' },
  before: { zh: '此前', en: 'before' },
  after: { zh: '此后', en: 'afterwards' },
  foundOn: { zh: '{day}查出', en: 'found on {day}' },
  closedOn: { zh: '{day}销号', en: 'closed on {day}' },
  interviews: { zh: '约谈', en: 'Interviews' },
  handover: { zh: '移交纪检机关', en: 'Handed over to discipline' },
  pending: { zh: '尚无结论', en: 'not concluded yet' },
}
const stepWords: Readonly<Record<Finding['way'][number]['step'], { zh: string; en: string }>> = {
  record: { zh: '记入清单', en: 'recorded' },
  explain: { zh: '说明原因', en: 'cause said' },
  rectify: { zh: '报告整改', en: 'reported put right' },
  close: { zh: '核验销号', en: 'verified and closed' },
  return: { zh: '退回重改', en: 'sent back' },
  withdraw: { zh: '撤销', en: 'withdrawn' },
}

/** One finding: what is wrong, its way step by step, what it comes back from, and what may be done. */
export default function FindingPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('finding.show', { id })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={findingLights[data.state]}>{say(data.stateWords)}</Light>{' '}
            {data.stand.light !== 'none' && data.state !== 'closed' && (
              <Light light={data.stand.light}>{say(data.stand.words)}</Light>
            )}{' '}
            {data.madeUp && <MadeUp why={say(shared.madeUp)} />}
          </>
        )
      }
      sub={
        data && (
          <span className="row supervision">
            <UnitLink unit={{ id: data.unit, name: data.unitName }} />
            <DayText day={data.on} />
            <Go to={`/findings?unit=${data.unit}&state=all`}>{say(words.all)}</Go>
          </span>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(finding) => (
          <div className="grid cols-wide supervision">
            <div className="stack">
              <Card title={say(words.way)}>
                <Way of={finding} />
              </Card>
              {finding.interviews.length > 0 && <Interviews of={finding} />}
              {finding.handover && <Handover of={finding} />}
            </div>
            <div className="stack">
              <Card title={say(shared.can)}>
                <WaitingFor subject={finding.id} />
                <Abilities can={finding.can} others />
              </Card>
              <Facts of={finding} />
              {finding.recurrences.length > 0 && <Recurrences of={finding} />}
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Facts({ of }: { of: Finding }) {
  const { say } = useSay()
  return (
    <Card title={say(words.facts)}>
      <p>
        <Written>{of.facts}</Written>
      </p>
      <dl className="facts">
        <dt>{say(shared.unit)}</dt>
        <dd>
          <UnitLink unit={{ id: of.unit, name: of.unitName }} />
        </dd>
        {of.foundIn && (
          <>
            <dt>{say(words.foundIn)}</dt>
            <dd>{say(words.carriedOn, { unit: say(of.foundIn) })}</dd>
          </>
        )}
        <dt>{say(shared.due)}</dt>
        <dd>
          <DayText day={of.due} />
        </dd>
        <dt>{say(words.severity)}</dt>
        <dd>{say(of.severityWords)}</dd>
        <dt>{say(words.concerns)}</dt>
        <dd>
          <Go to={`/charter?duty=${of.duty}`}>{say(of.dutyTitle)}</Go>
        </dd>
        <dt>{say(shared.inspector)}</dt>
        <dd>
          <UnitLink unit={{ id: of.inspector, name: of.inspectorName }} />
        </dd>
        {of.subject !== of.duty && (
          <>
            <dt>{say(words.check)}</dt>
            <dd>
              <Go to={`/checks/${of.subject}`}>{of.checkTitle ? say(of.checkTitle) : of.subject}</Go>
            </dd>
          </>
        )}
        {of.inspection && (
          <>
            <dt>{say(words.inspection)}</dt>
            <dd>
              <Go to={`/inspections/${of.inspection}`}>
                <Written>{of.inspectionTitle ?? ''}</Written>
              </Go>
            </dd>
          </>
        )}
      </dl>
    </Card>
  )
}

/** Every step as it was taken: by whom, on which day, in which words. */
function Way({ of }: { of: Finding }) {
  const { say, day } = useSay()
  return (
    <ol className="finding-way">
      {of.way.map((step) => (
        <li key={step.ordinal} className={step.step} data-number={step.ordinal}>
          <b>{say(stepWords[step.step])}</b> · <DayText day={step.on} /> ·{' '}
          <Go to={`/journal/${step.act}`} className="entry small">
            {say(shared.entry)}
          </Go>
          <div className="small">
            {say(step.unitName)} · {step.postName && say(step.postName)} <PersonName person={step.person} />
          </div>
          <div className="sub">
            “<Written>{step.note}</Written>”
          </div>
          {(step.step === 'record' || step.step === 'return') && (
            <div className="sub small">→ {say(words.until, { day: day(step.due) })}</div>
          )}
        </li>
      ))}
    </ol>
  )
}

function Interviews({ of }: { of: Finding }) {
  const { say } = useSay()
  return (
    <Card title={say(words.interviews)}>
      {of.interviews.map((each) => (
        <p key={each.n}>
          <DayText day={each.on} /> · {each.postName && say(each.postName)} <PersonName person={each.person} /> ·{' '}
          <Go to={`/journal/${each.act}`}>{say(shared.entry)}</Go>
          <br />
          <span className="sub">
            “<Written>{each.words}</Written>”
          </span>
        </p>
      ))}
    </Card>
  )
}

function Handover({ of }: { of: Finding }) {
  const { say } = useSay()
  return (
    <Card title={say(words.handover)}>
      <p>
        <DayText day={of.handedOn} /> · <Go to={`/journal/${of.handover?.act}`}>{say(shared.entry)}</Go>
        <br />
        <span className="sub">
          “<Written>{of.handover?.grounds ?? ''}</Written>”
        </span>
      </p>
      {of.discipline && of.outcomeWords ? (
        <p>
          <DayText day={of.discipline.on} /> · <b>{say(of.outcomeWords)}</b> ·{' '}
          <Go to={`/journal/${of.discipline.act}`}>{say(shared.entry)}</Go>
          <br />
          <span className="sub">
            “<Written>{of.discipline.words}</Written>”
          </span>
        </p>
      ) : (
        <Light light="yellow">{say(words.pending)}</Light>
      )}
    </Card>
  )
}

function Recurrences({ of }: { of: Finding }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.recurrences)}>
      <ul className="supervision-list" style={{ columns: 'auto' }}>
        {of.recurrences.map((each) => (
          <li key={each.id}>
            <span className="sub">{say(each.direction === 'before' ? words.before : words.after)}</span>{' '}
            <Go to={`/findings/${each.id}`}>
              <Written>{each.title}</Written>
            </Go>{' '}
            {say(each.unitName)}
            <div className="sub small">
              {say(words.foundOn, { day: day(each.on) })}
              {each.closedOn && ` · ${say(words.closedOn, { day: day(each.closedOn) })}`}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
