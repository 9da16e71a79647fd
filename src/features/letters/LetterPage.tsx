import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Go,
  Light,
  MadeUp,
  Page,
  useAsk,
  useParams,
  useSay,
  useSearch,
  WaitingFor,
} from '#web/parts/index.ts'
import { Paper } from './Paper.tsx'

const words = {
  state: { zh: '当日状态', en: 'As it stands' },
  todo: { zh: '可以办理', en: 'What may be done' },
  pdf: { zh: '下载 PDF', en: 'Download as PDF' },
  pdfBoth: { zh: '中英对照 PDF', en: 'PDF, both languages' },
  code: { zh: '验证码', en: 'Verification code' },
  genuine: { zh: '内容与验证码相符', en: 'the content matches its code' },
  tampered: { zh: '内容与验证码不符', en: 'the content does not match its code' },
  changed: { zh: '签订之后目标有变', en: 'Goals have changed since' },
  changedLine: { zh: '{year} 年：书上 {was}，现为 {is}', en: '{year}: {was} in the letter, now {is}' },
  removed: { zh: '无', en: 'none' },
  declined: { zh: '{on} 退回，理由：', en: 'Declined on {on}:' },
  goals: { zh: '看这一单位的目标', en: 'The goals of this unit' },
  record: { zh: '看办理记录', en: 'See the act on record' },
}

type Letter = AnswerOf<'letter.show'>

/** One letter, as it looks on paper, with what may be done about it beside it. */
export default function LetterPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const answer = useAsk('letter.show', { id })
  return (
    <Answer of={answer} lines={12}>
      {(letter) => (
        <Page
          title={say(letter.number)}
          mark={
            <>
              <Light light={letter.light}>{say(letter.words)}</Light> {letter.madeUp && <MadeUp />}
            </>
          }
          sub={
            <>
              <Go to={`/units/${letter.from}`}>{say(letter.fromUnit.name)}</Go> →{' '}
              <Go to={`/units/${letter.to}`}>{say(letter.toUnit.name)}</Go>
            </>
          }
          aside={<AsOf />}
        >
          <div className="grid cols-wide">
            <Paper letter={letter} />
            <div className="stack no-print">
              <WaitingFor subject={letter.id} />
              <Todo letter={letter} />
              <Changed letter={letter} />
              <Proof letter={letter} />
            </div>
          </div>
        </Page>
      )}
    </Answer>
  )
}

function Todo({ letter }: { letter: Letter }) {
  const { say, day } = useSay()
  const hasSides = letter.sides.some((side) => side.can.length > 0)
  if (!hasSides && !letter.declined) return null
  return (
    <Card title={say(letter.declined ? words.state : words.todo)}>
      {letter.declined && (
        <div className="why no">
          <b>{say(words.declined, { on: day(letter.declined.on) })}</b> {letter.declined.reason}
        </div>
      )}
      <div className="stack" style={{ gap: 10 }}>
        {letter.sides
          .filter((side) => side.can.length > 0)
          .map((side) => (
            <div key={side.unit}>
              <Abilities can={side.can} others />
            </div>
          ))}
      </div>
    </Card>
  )
}

function Changed({ letter: { changedSince, targets, to } }: { letter: Letter }) {
  const { say, count } = useSay()
  if (changedSince.length === 0) return null
  const titleOf = (indicator: string) =>
    targets.find((target) => target.indicator === indicator)?.title ?? { zh: indicator, en: indicator }
  return (
    <Card title={say(words.changed)}>
      <ul>
        {changedSince.map((each) => (
          <li key={`${each.indicator} ${each.year}`}>
            {say(titleOf(each.indicator))} ·{' '}
            {say(words.changedLine, {
              year: each.year,
              was: count(each.was),
              is: each.is === null ? say(words.removed) : count(each.is),
            })}
          </li>
        ))}
      </ul>
      <Go to={`/goals?unit=${to}`}>{say(words.goals)}</Go>
    </Card>
  )
}

function Proof({ letter }: { letter: Letter }) {
  const { say, language } = useSay()
  const { on } = useSearch()
  const pdf = (lang: string) => `/api/letters/${letter.id}.pdf?lang=${lang}${on ? `&on=${on}` : ''}`
  return (
    <Card title={say(words.code)}>
      <p>
        <b className="mono" style={{ fontSize: '1.1rem' }}>
          {letter.code}
        </b>{' '}
        <Light light={letter.isGenuine ? 'green' : 'red'}>
          {say(letter.isGenuine ? words.genuine : words.tampered)}
        </Light>
      </p>
      <p className="row">
        <a className="btn primary" href={pdf(language)} target="_blank" rel="noreferrer">
          {say(words.pdf)}
        </a>
        <a className="btn" href={pdf('both')} target="_blank" rel="noreferrer">
          {say(words.pdfBoth)}
        </a>
      </p>
      <p className="sub small" style={{ margin: 0 }}>
        <Go to={`/journal/${letter.act}`}>{say(words.record)}</Go>
      </p>
    </Card>
  )
}
