import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { actOf, useActs } from '#web/acts.ts'
import {
  Answer,
  AsOf,
  Card,
  DayText,
  Go,
  Light,
  Page,
  Problem,
  useAsk,
  useParams,
  useSay,
  useSession,
} from '#web/parts/index.ts'
import { useDeed } from './deed.tsx'
import './exits.css'
import { Receipt } from './Receipt.tsx'
import { DemonstrationMark, words } from './words.tsx'

type Notice = AnswerOf<'notice.show'>

const own = {
  heading: { zh: '关于{county}拟退出贫困县的公示', en: 'Public notice of the exit of {county} from poverty' },
  body: {
    zh: '{above}{county}拟于{year}年度退出贫困县。经县级提出、逐级审核，现向社会公示。截至{asOf}，该县剩余贫困人口{poor}人，农村人口{rural}人，贫困发生率{rate}（上限{limit}）；贫困村{villages}个，已退出{out}个。',
    en: 'It is proposed that {county}, {above}, leaves poverty with the year {year}. The county has proposed it and every level has looked it through; it is now put before the public. As of {asOf} the county has {poor} poor people among {rural} rural people: a headcount of {rate} (limit {limit}); {out} of its {villages} poor villages are out.',
  },
  period: {
    zh: '公示期自{from}至{until}。公示期内，任何人都可以提出异议。',
    en: 'The notice stands from {from} to {until}. While it stands, anyone may object.',
  },
  object: { zh: '提出异议', en: 'Object' },
  sending: { zh: '正在提交…', en: 'Sending…' },
  optional: { zh: '可不填', en: 'optional' },
  private: {
    zh: '姓名和联系方式只有受理单位可以查看，每次查看都有记录。',
    en: 'Name and contact are seen only by the unit that handles it, and each time somebody looks it is recorded.',
  },
  thanks: { zh: '异议已受理，回执编号：', en: 'Your objection is received. Your receipt:' },
  keep: { zh: '请记下编号，凭它查询答复。', en: 'Keep it: with it you see the answer.' },
  list: { zh: '收到的异议', en: 'Objections received' },
  exit: { zh: '看退出的七个步骤', en: 'See the seven steps' },
  all: { zh: '全部公示', en: 'All notices' },
}

/** One notice at its permanent address, as the public reads it and objects to it. */
export default function NoticePage() {
  const { say } = useSay()
  const { unit = '', year = '', round = '' } = useParams()
  const session = useSession()
  const notice = useAsk('notice.show', { unit, year: Number(year), round: Number(round) })
  const data = notice.data
  return (
    <Page
      title={data ? say(own.heading, { county: say(data.name) }) : say(words.notice)}
      mark={
        data &&
        (data.isOpen ? (
          <Light light="yellow">{say(words.stands, { days: data.daysLeft ?? 0 })}</Light>
        ) : (
          <Light light="none">{say(words.ended)}</Light>
        ))
      }
      sub={
        <>
          <Go to="/notices">{say(own.all)}</Go>
          {session?.actor && (
            <>
              {' '}
              · <Go to={`/exits/${unit}/${year}`}>{say(own.exit)}</Go>
            </>
          )}
        </>
      }
      aside={<AsOf />}
    >
      <Answer of={notice} lines={8}>
        {(each) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Paper notice={each} />
              <Received notice={each} />
            </div>
            <div className="stack">
              {each.isOpen && <ObjectionForm notice={each} />}
              <Receipt />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Paper({ notice }: { notice: Notice }) {
  const { say, day, count } = useSay()
  const { basis } = notice
  return (
    <article className="notice-paper">
      <h2>{say(own.heading, { county: say(notice.name) })}</h2>
      {basis && (
        <p>
          {say(own.body, {
            county: say(notice.name),
            above: say(notice.above),
            year: notice.year,
            asOf: day(basis.asOf),
            poor: count(basis.poorPersons),
            rural: count(basis.ruralPersons),
            rate: basis.rate,
            limit: basis.limit,
            villages: basis.villages,
            out: basis.villagesOut,
          })}{' '}
          <DemonstrationMark />
        </p>
      )}
      <p>{say(own.period, { from: day(notice.from), until: day(notice.until) })}</p>
      <p className="signature">
        {say(notice.above)}
        <br />
        {day(notice.from)}
      </p>
    </article>
  )
}

function Received({ notice }: { notice: Notice }) {
  const { say } = useSay()
  return (
    <Card
      title={say(own.list)}
      aside={notice.objections > 0 && say(words.answered, { answered: notice.answered, objections: notice.objections })}
    >
      {notice.list.length === 0 ? (
        <span className="sub">{say(words.noObjections)}</span>
      ) : (
        <ol>
          {notice.list.map((objection, at) => (
            // oxlint-disable-next-line react/no-array-index-key -- the public list names no objection; its order never changes
            <li key={at}>
              <DayText day={objection.on} /> · {say(objection.outcome ? words[objection.outcome] : words.unanswered)}{' '}
              {objection.answeredOn && <DayText day={objection.answeredOn} />}
            </li>
          ))}
        </ol>
      )}
    </Card>
  )
}

/** The act's own form without what the notice knows already; the receipt appears here and nowhere else. */
function ObjectionForm({ notice }: { notice: Notice }) {
  const { say } = useSay()
  const act = actOf(useActs().data, 'notice.object')
  const deed = useDeed<{ receipt: string }>('notice.object')
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  if (deed.result)
    return (
      <Card title={say(own.object)}>
        <div className="why ok" role="status">
          {say(own.thanks)} <b className="mono">{deed.result.receipt}</b>
          <p>{say(own.keep)}</p>
        </div>
      </Card>
    )
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ''))
  return (
    <Card title={say(own.object)}>
      <form
        className="notice-form"
        onSubmit={(event) => {
          event.preventDefault()
          void deed.run({ unit: notice.unit, year: notice.year, ...given })
        }}
      >
        {act?.form
          .filter((field) => field.key !== 'unit' && field.key !== 'year')
          .map((field) => {
            const common = {
              className: 'field',
              required: field.required,
              value: values[field.key] ?? '',
              onChange: (event: { target: { value: string } }) =>
                setValues({ ...values, [field.key]: event.target.value }),
            }
            return (
              <label key={field.key}>
                {say(field.label)}
                {field.widget === 'prose' ? (
                  <textarea {...common} maxLength={2000} />
                ) : (
                  <input {...common} maxLength={200} />
                )}
                {field.hint && <span className="sub small">{say(field.hint)}</span>}
              </label>
            )
          })}
        <p className="sub small">{say(own.private)}</p>
        {deed.failure && <Problem error={deed.failure} />}
        <div>
          <button type="submit" className="btn primary" disabled={deed.isRunning || !given['statement']}>
            {say(deed.isRunning ? own.sending : own.object)}
          </button>
        </div>
      </form>
    </Card>
  )
}
