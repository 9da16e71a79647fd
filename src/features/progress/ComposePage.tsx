import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  Choice,
  DayText,
  Empty,
  Go,
  Light,
  Page,
  Problem,
  Written,
  useAsk,
  useGo,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { actOf, useActs } from '#web/acts.ts'
import { forget, recall, remember } from '#web/memory.ts'
import { Rehearsed, useDeed, useRehearsal } from './deed.tsx'
import { useValueText, Value } from './parts.tsx'
import './reports.css'

const words = {
  title: { zh: '写报告', en: 'Compose a report' },
  sub: { zh: '{unit} · {period} · 报送{to}', en: '{unit} · {period} · to the {to}' },
  none: { zh: '这一级没有要写的报告。', en: 'This level owes no report.' },
  kind: { zh: '报告', en: 'Report' },
  period: { zh: '报告期', en: 'Period' },
  due: { zh: '期限', en: 'Due' },
  opens: { zh: '可签报自', en: 'May be signed from' },
  asOf: { zh: '数字截至', en: 'Figures as of' },
  before: { zh: '上期 {value}', en: 'last time {value}' },
  beforeText: { zh: '上期写的', en: 'What was written last time' },
  known: {
    zh: '系统已经写好 {known} 项，只有 {asked} 项要你补充。',
    en: '{known} fields are written already; {asked} are for you to add.',
  },
  needed: { zh: '必填', en: 'needed' },
  optional: { zh: '可不填', en: 'optional' },
  stands: { zh: '没有意见，保持不变', en: 'not remarked on, stands as signed' },
  remark: { zh: '意见', en: 'Remark' },
  answer: { zh: '答复', en: 'Your answer' },
  reason: { zh: '退回理由', en: 'Returned because' },
  check: { zh: '如果现在签报', en: 'If you signed now' },
  sign: { zh: '签报并送上一级', en: 'Sign and send it up' },
  signing: { zh: '正在签报…', en: 'Signing…' },
  then: { zh: '之后', en: 'What happens then' },
  keeps: {
    zh: '签报后，每个数字保持现在的值；有差错由审核单位退回后补正，新旧版本都留存。',
    en: 'Once signed, each figure keeps the value that it has now; what is wrong is returned and put right in a new version, and both stay.',
  },
  sent: { zh: '这一期已经报送。', en: 'This period was sent already.' },
  open: { zh: '打开报告', en: 'Open the report' },
  others: { zh: '由{unit}签报。', en: '{unit} signs it.' },
  past: {
    zh: '看的是过去的一天，只能看，不能签报。',
    en: 'This is a day of the past: it can be read, and not signed.',
  },
  saved: { zh: '已填的内容存在这个浏览器里。', en: 'What you typed is kept in this browser.' },
  whole: { zh: '整数', en: 'a whole number' },
  amount: { zh: '元，最多两位小数', en: 'yuan, at most two decimals' },
}

type Draft = NonNullable<AnswerOf<'report.compose'>['draft']>
type Field = Draft['sections'][number]['fields'][number]

/** What the system has written already, and the few fields that only the author can add. */
export default function ComposePage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id
  const composed = useAsk(
    'report.compose',
    {
      ...(unit && { unit }),
      ...(search['kind'] && { kind: search['kind'] }),
      ...(search['period'] && { period: search['period'] }),
    },
    { enabled: unit !== undefined },
  )
  const data = composed.data
  const sub =
    data?.draft &&
    say(words.sub, { unit: say(data.unit.name), period: say(data.draft.periodName), to: say(data.draft.kind.to) })
  return (
    <Page title={data?.draft ? say(data.draft.kind.title) : say(words.title)} sub={sub} aside={<AsOf />}>
      {unit === undefined ? (
        <Empty>{say(words.none)}</Empty>
      ) : (
        <Answer of={composed} lines={10}>
          {({ draft, kinds, unit: of }) =>
            draft === null ? (
              <Empty>{say(words.none)}</Empty>
            ) : (
              <Composing
                key={`${of.id} ${draft.kind.id} ${draft.period} ${draft.version} ${draft.state}`}
                draft={draft}
                kinds={kinds}
                unit={of.id}
              />
            )
          }
        </Answer>
      )}
    </Page>
  )
}

type Typed = Readonly<Record<string, string>>

function Composing({ draft, kinds, unit }: { draft: Draft; kinds: AnswerOf<'report.compose'>['kinds']; unit: string }) {
  const { say } = useSay()
  const go = useGo()
  const session = useSession()
  const acts = useActs()
  const memory = `report.${unit}.${draft.kind.id}.${draft.period}.${draft.version}`
  const [kept] = useState(() => recall(memory))
  const [state, setState] = useState<{ typed: Typed; answers: Typed }>(() =>
    kept ? (JSON.parse(kept) as { typed: Typed; answers: Typed }) : { typed: {}, answers: {} },
  )
  const put = (part: 'typed' | 'answers', field: string, value: string) => {
    const next = { ...state, [part]: { ...state[part], [field]: value } }
    setState(next)
    remember(memory, JSON.stringify(next))
  }
  const listed = (of: Typed) => Object.entries(of).filter(([, value]) => value.trim() !== '')
  const input = {
    unit,
    kind: draft.kind.id,
    period: draft.period,
    entered: listed(state.typed).map(([field, value]) => ({ field, value })),
    answers: listed(state.answers).map(([field, answer]) => ({ field, answer })),
  }
  const isOpen = draft.state === 'none' || draft.state === 'returned'
  const signing = draft.can.find((ability) => ability.act === draft.act)
  const search = useSearch()
  const isToday = search['on'] === undefined || search['on'] === session?.today
  const mayType = isOpen && isToday && signing?.mine === true
  const rehearsal = useRehearsal(draft.act, input, mayType)
  const deed = useDeed(draft.act ?? '')
  const act = draft.act === null ? undefined : actOf(acts.data, draft.act)
  const fields = draft.sections.flatMap((section) => section.fields)
  const asked = fields.filter((field) => field.source === 'entered')
  const sign = async () => {
    const result = (await deed.run(input)) as { report: string } | undefined
    if (!result) return
    forget(memory)
    go(`/reports/${result.report}`)
  }
  return (
    <div className="grid cols-wide">
      <form
        className="report-paper report-form"
        onSubmit={(event) => {
          event.preventDefault()
          void sign()
        }}
      >
        <Head draft={draft} kinds={kinds} />
        <p className="sub">{say(words.known, { known: fields.length - asked.length, asked: asked.length })}</p>
        {draft.reason && (
          <div className="why warn">
            <b>{say(words.reason)}</b> <Written>{draft.reason}</Written>
          </div>
        )}
        {draft.sections.map((section) => (
          <section key={section.id}>
            <h3>{say(section.title)}</h3>
            {section.fields.map((field) => (
              <div
                key={field.id}
                className={`line ${mayType && field.source === 'entered' && !field.isStanding ? 'words' : ''}`}
              >
                {mayType && field.source === 'entered' && !field.isStanding ? (
                  <Asked
                    field={field}
                    value={state.typed[field.id]}
                    onType={(value) => put('typed', field.id, value)}
                  />
                ) : (
                  <Known field={field} unit={unit} period={draft.period} />
                )}
                {field.remark && (
                  <div className="wide why warn">
                    <b>{say(words.remark)}</b> <Written>{field.remark}</Written>
                    <label style={{ display: 'block' }}>
                      <span className="label">{say(words.answer)}</span>
                      <textarea
                        className="field"
                        rows={2}
                        value={state.answers[field.id] ?? ''}
                        onChange={(event) => put('answers', field.id, event.target.value)}
                      />
                    </label>
                  </div>
                )}
              </div>
            ))}
          </section>
        ))}
        {mayType && (
          <div className="row no-print" style={{ marginTop: 20 }}>
            <button
              type="submit"
              className="btn primary"
              disabled={deed.isRunning || rehearsal.told === undefined || rehearsal.told.refusals.length > 0}
            >
              {deed.isRunning ? say(words.signing) : say(words.sign)}
            </button>
            <span className="sub small">{say(words.saved)}</span>
          </div>
        )}
        {deed.failure && <Problem error={deed.failure} />}
      </form>
      <div className="stack no-print">
        <Card title={say(words.check)}>
          {mayType ? (
            <Rehearsed rehearsal={rehearsal} />
          ) : isOpen ? (
            <div className="why note">
              {isToday ? say(words.others, { unit: signing?.unit ? say(signing.unit.name) : '—' }) : say(words.past)}
            </div>
          ) : (
            <div className="why note">
              {say(words.sent)}{' '}
              {draft.report && (
                <Go to={`/reports/${draft.report}`} style={{ textDecoration: 'underline' }}>
                  {say(words.open)}
                </Go>
              )}
            </div>
          )}
        </Card>
        <Card title={say(words.then)}>
          <p>{say(words.keeps)}</p>
          <ol>
            {act?.then.map((step) => (
              <li key={step.en}>{say(step)}</li>
            ))}
          </ol>
        </Card>
      </div>
    </div>
  )
}

function Head({ draft, kinds }: { draft: Draft; kinds: AnswerOf<'report.compose'>['kinds'] }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  return (
    <>
      <div className="row top">
        {kinds.length > 1 && (
          <Choice
            label={say(words.kind)}
            value={draft.kind.id}
            options={kinds.map((kind) => ({ value: kind.id, label: say(kind.title) }))}
            onChoose={(kind) => setSearch({ kind, period: undefined })}
          />
        )}
        <label className="row" style={{ gap: 6 }}>
          <span className="label">{say(words.period)}</span>
          <input
            className="field"
            type={draft.kind.every === 'month' ? 'month' : 'number'}
            style={{ width: 150 }}
            value={draft.period}
            onChange={(event) =>
              /^20\d\d(-\d\d)?$/.test(event.target.value) && setSearch({ period: event.target.value }, true)
            }
          />
        </label>
        <Light light={draft.state === 'returned' ? 'red' : draft.state === 'none' ? 'none' : 'green'}>
          {say(draft.stateName)}
        </Light>
      </div>
      <dl className="facts">
        <dt>{say(words.opens)}</dt>
        <dd>
          <DayText day={draft.opens} />
        </dd>
        {draft.due && (
          <>
            <dt>{say(words.due)}</dt>
            <dd>
              <DayText day={draft.due} />
            </dd>
          </>
        )}
        <dt>{say(words.asOf)}</dt>
        <dd>
          <DayText day={draft.asOf} />
        </dd>
      </dl>
    </>
  )
}

/** What the system knows, or what stands as it was signed; it opens, and says what it was last time. */
function Known({ field, unit, period }: { field: Field; unit: string; period: string }) {
  const { say } = useSay()
  const text = useValueText()
  const isText = field.shape === 'text'
  return (
    <>
      <span>
        <span title={field.about ? say(field.about) : undefined}>{say(field.title)}</span>
        {field.isStanding && <span className="faint small"> · {say(words.stands)}</span>}
      </span>
      {!isText && (
        <span className="value">
          <Value field={field} value={field.value} opening={{ unit, period, asOf: field.asOf, from: field.from }} />
          {field.before !== null && field.before !== field.value && (
            <span className="faint small" style={{ display: 'block' }}>
              {say(words.before, { value: text(field, field.before) })}
            </span>
          )}
        </span>
      )}
      {isText && field.text && (
        <div className="wide words">
          <Written>{field.text}</Written>
        </div>
      )}
    </>
  )
}

/** A field that only the author can fill in; what it says already, if the report was returned, stands there to be changed. */
function Asked({ field, value, onType }: { field: Field; value: string | undefined; onType: (value: string) => void }) {
  const { say } = useSay()
  const text = useValueText()
  const stood = field.text ?? (field.value === null ? '' : plain(field))
  const shown = value ?? stood
  const hint = field.shape === 'money' ? say(words.amount) : field.shape === 'count' ? say(words.whole) : ''
  const last = field.beforeText ?? (field.before === null ? null : text(field, field.before))
  return (
    <label>
      <span className="label" style={{ display: 'block' }}>
        <b>{say(field.title)}</b>{' '}
        <span className="faint small">
          {[say(field.required ? words.needed : words.optional), hint].filter(Boolean).join(' · ')}
        </span>
      </span>
      {field.about && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(field.about)}
        </span>
      )}
      {field.shape === 'text' ? (
        <textarea className="field" value={shown} onChange={(event) => onType(event.target.value)} />
      ) : (
        <input
          className="field"
          inputMode={field.shape === 'money' ? 'decimal' : 'numeric'}
          style={{ maxWidth: 220 }}
          value={shown}
          onChange={(event) => onType(event.target.value)}
        />
      )}
      {last !== null && last !== '' && (
        <span className="faint small" style={{ display: 'block' }}>
          {say(words.beforeText)}: <Written>{last}</Written>
        </span>
      )}
    </label>
  )
}

const FEN_PER_YUAN = 100

/** A number as it was typed: whole, or an amount in yuan. */
const plain = ({ value, shape }: Field) =>
  value === null ? '' : shape === 'money' ? (value / FEN_PER_YUAN).toFixed(2) : String(value)
