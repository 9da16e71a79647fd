import { useDeed } from '#features/exits/deed.tsx'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  Light,
  MadeUp,
  Page,
  Problem,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { words } from './complaint-page-words.tsx'

type Complaint = AnswerOf<'complaint.show'>
type Said = {
  readonly ordinal: number
  readonly step: string
  readonly on: string
  readonly words: string
  readonly file: string | null
}

/** One complaint: its way, until when it is answered, and what whoever handles it may read of it. */
export default function ComplaintPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('complaint.show', { id })
  const { data } = answer
  return (
    <Page
      title={data ? `${say(words.one)}: ${say(data.kindName)}` : say(words.one)}
      mark={
        data && (
          <>
            <Light light={data.light}>{say(data.words)}</Light> {data.madeUp && <MadeUp />}
          </>
        )
      }
      sub={<Go to="/complaints">{say(words.title)}</Go>}
      aside={<AsOf />}
    >
      <Answer of={answer} lines={8}>
        {(complaint) => (
          <div className="grid cols-wide">
            <div className="stack">
              <SaidCard complaint={complaint} />
              <Card title={say(words.way)}>
                <Way complaint={complaint} />
              </Card>
            </div>
            <div className="stack">
              <Card title={say(words.can)}>
                <Abilities can={complaint.can.filter(({ act }) => !looks.has(act))} others />
              </Card>
              <Card>
                <Facts complaint={complaint} />
              </Card>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** What is done in the page itself. */
const looks = new Set(['complaint.read', 'complaint.reveal'])

function Facts({ complaint }: { complaint: Complaint }) {
  const { say } = useSay()
  return (
    <dl className="facts">
      <dt>{say(words.about)}</dt>
      <dd>
        <UnitLink unit={{ id: complaint.about, name: complaint.aboutName }} />
      </dd>
      <dt>{say(words.against)}</dt>
      <dd>{say(complaint.againstName)}</dd>
      <dt>{say(words.handler)}</dt>
      <dd>
        <UnitLink unit={{ id: complaint.unit, name: complaint.name }} />
      </dd>
      {complaint.post && (
        <>
          <dt>{say(words.post)}</dt>
          <dd>{say(complaint.post)}</dd>
        </>
      )}
      <dt>{say(words.received)}</dt>
      <dd>
        <DayText day={complaint.on} />
      </dd>
      {complaint.due && (
        <>
          <dt>{say(words.due)}</dt>
          <dd>
            <DayText day={complaint.due} /> <span className="sub small">{say(words.setting)}</span>
          </dd>
        </>
      )}
      {complaint.outcomeName && (
        <>
          <dt>{say(words.outcome)}</dt>
          <dd>{say(complaint.outcomeName)}</dd>
        </>
      )}
    </dl>
  )
}

function Way({ complaint }: { complaint: Complaint }) {
  const { say } = useSay()
  return (
    <ol className="linked">
      {complaint.way.map((step) => (
        <li key={step.ordinal}>
          <b>{say(step.stepName)}</b> · <DayText day={step.on} /> · {say(step.handlerName)} ·{' '}
          <Go to={`/journal/${step.act}`} className="entry small">
            {say(words.entry)}
          </Go>
        </li>
      ))}
    </ol>
  )
}

/** What was said opens only for whose duty it is, and that it was opened is journalled. */
function SaidCard({ complaint }: { complaint: Complaint }) {
  const { say } = useSay()
  const read = useDeed<{ said: readonly Said[] }>('complaint.read')
  const reveal = useDeed<{ contact: string }>('complaint.reveal')
  const isMine = complaint.can.some(({ act, mine }) => act === 'complaint.read' && mine)
  const of = { unit: complaint.unit, complaint: complaint.id }
  const stepName = (ordinal: number) => complaint.way.find((step) => step.ordinal === ordinal)?.stepName
  return (
    <Card title={say(words.said)}>
      <p className="sub">{say(words.readWhy)}</p>
      {isMine && (
        <div className="row">
          {!read.result && (
            <button type="button" className="btn" disabled={read.isRunning} onClick={() => void read.run(of)}>
              {say(words.read)}
            </button>
          )}
          {!reveal.result && (
            <button type="button" className="btn" disabled={reveal.isRunning} onClick={() => void reveal.run(of)}>
              {say(words.reveal)}
            </button>
          )}
        </div>
      )}
      {read.failure && <Problem error={read.failure} />}
      {reveal.failure && <Problem error={reveal.failure} />}
      {reveal.result && (
        <p>
          {say(words.contact)}: <b>{reveal.result.contact}</b>
        </p>
      )}
      {read.result?.said.map((each) => (
        <div key={each.ordinal} style={{ marginTop: 12 }}>
          <div className="sub small">
            {say(stepName(each.ordinal) ?? words.said)} · <DayText day={each.on} />
          </div>
          <div style={{ whiteSpace: 'pre-line' }}>
            <Written>{each.words}</Written>
          </div>
          {each.file && <Enclosed of={{ ...of, ordinal: each.ordinal }} name={each.file} />}
        </div>
      ))}
    </Card>
  )
}

function Enclosed({ of, name }: { of: { unit: string; complaint: string; ordinal: number }; name: string }) {
  const { say } = useSay()
  const open = useDeed<{ name: string; type: string; content: string }>('complaint.open-file')
  if (open.result)
    return (
      <a
        className="btn tight"
        download={open.result.name}
        href={`data:${open.result.type};base64,${open.result.content}`}
      >
        {open.result.name}
      </a>
    )
  return (
    <>
      <button type="button" className="btn plain tight" disabled={open.isRunning} onClick={() => void open.run(of)}>
        {say(words.file, { name })}
      </button>
      {open.failure && <Problem error={open.failure} />}
    </>
  )
}
