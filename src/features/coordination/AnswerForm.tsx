import { useQueryClient } from '@tanstack/react-query'
import { useId, useRef, useState, type FormEvent } from 'react'
import { Failure, send } from '#web/api.ts'
import { Abilities, Card, DayText, Go, Problem, useSay, Written } from '#web/parts/index.ts'
import type { Request } from './RequestPage.tsx'
import '#web/form/form.css'
import { useValueText } from './values.tsx'

const words = {
  title: { zh: '本单位的填报表', en: 'Your unit’s form' },
  sub: {
    zh: '系统已有的已经填好，签署时按当时的数留存；只填空着的。',
    en: 'What the system holds is filled in and kept as it stands when you sign; only the empty fields are yours.',
  },
  given: { zh: '已于 {on} 填报；再次填报即为更正。', en: 'Answered on {on}; answering again corrects it.' },
  bySystem: { zh: '由系统填', en: 'filled in by the system' },
  yuan: { zh: '元', en: 'yuan' },
  reason: { zh: '更正的理由', en: 'Reason for correcting' },
  sign: { zh: '签署并填报', en: 'Sign and answer' },
  signing: { zh: '正在填报…', en: 'Answering…' },
  done: { zh: '已填报。', en: 'Answered.' },
  refused: { zh: '未予办理；什么也没有改变。', en: 'It was refused; nothing was changed.' },
}

type Form = NonNullable<Request['form']>
type State = { readonly isRunning: boolean; readonly failure?: Failure; readonly isDone?: boolean }

const MINUTE_MS = 60_000

/** The form of one's own unit, filled in as far as the system knows; how long it took is measured and sent with it. */
export function AnswerForm({ request, form }: { request: Request; form: Form }) {
  const { say, day } = useSay()
  const client = useQueryClient()
  const here = useId()
  const text = useValueText()
  const begun = useRef<number | undefined>(undefined)
  const [key, setKey] = useState(() => crypto.randomUUID())
  const [state, setState] = useState<State>({ isRunning: false })
  const [reason, setReason] = useState('')
  const typed = request.fields.filter((field) => field.kind !== 'figure')
  const [values, setValues] = useState<Readonly<Record<number, string>>>(() =>
    Object.fromEntries(form.values.map(({ n, value }) => [n, value ?? ''])),
  )
  const own = request.answers.find((answer) => answer.unit === form.unit)
  const mine = own?.can.some((ability) => ability.mine) ?? false
  if (!mine)
    return own && own.can.length > 0 ? (
      <Card title={say(words.title)}>
        <Abilities can={own.can} others />
      </Card>
    ) : null
  const put = (n: number, value: string) => {
    begun.current ??= performance.now()
    setValues((before) => ({ ...before, [n]: value }))
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setState({ isRunning: true })
    const minutes = begun.current === undefined ? undefined : (performance.now() - begun.current) / MINUTE_MS
    try {
      await send('POST', '/api/acts/request.answer', {
        body: {
          unit: form.unit,
          request: request.id,
          entered: typed.flatMap(({ n }) => (values[n] ? [{ n, value: values[n] }] : [])),
          ...(form.version > 0 && reason && { reason }),
          ...(minutes !== undefined && { minutes: Math.max(1, Math.round(minutes)) }),
        },
        headers: { 'idempotency-key': key },
      })
      setState({ isRunning: false, isDone: true })
      await client.invalidateQueries()
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      if (error.status !== 0 && error.status < 500) setKey(crypto.randomUUID())
      setState({ isRunning: false, failure: error })
    }
  }
  return (
    <Card title={say(words.title)}>
      <p className="sub">{say(words.sub)}</p>
      {form.answeredOn && <p className="why note">{say(words.given, { on: day(form.answeredOn) })}</p>}
      <form className="form answer-form" noValidate onSubmit={(event) => void submit(event)}>
        {request.fields.map((field) => {
          const id = `${here}-${field.n}`
          const held = form.values.find((value) => value.n === field.n)?.value ?? null
          if (field.kind === 'figure')
            return (
              <div className="line" key={field.n}>
                <span className="label linked">
                  {field.n}.{' '}
                  <Go to={`/figures/${field.figure}?unit=${form.unit}`}>
                    {say(field.figureTitle ?? { zh: field.title, en: field.title })}
                  </Go>
                </span>
                <span>
                  <b className="num">{text(field.shown, held)}</b>{' '}
                  {field.shown === 'whole' && field.measure && say(field.measure)}{' '}
                  <span className="sub small">— {say(words.bySystem)}</span>
                </span>
              </div>
            )
          const common = {
            id,
            className: 'field',
            value: values[field.n] ?? '',
            onChange: (event: { target: { value: string } }) => put(field.n, event.target.value),
          }
          return (
            <div className="line" key={field.n}>
              <label className="label" htmlFor={id}>
                {field.n}. <Written>{field.title}</Written>{' '}
                <span className="sub small">{field.kind === 'amount' ? say(words.yuan) : say(field.kindWords)}</span>
              </label>
              {field.kind === 'text' ? (
                <textarea {...common} />
              ) : (
                <input {...common} inputMode={field.kind === 'whole' ? 'numeric' : 'decimal'} />
              )}
            </div>
          )
        })}
        {form.version > 0 && (
          <div className="line">
            <label className="label" htmlFor={`${here}-reason`}>
              {say(words.reason)}
            </label>
            <textarea
              id={`${here}-reason`}
              className="field"
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </div>
        )}
        {state.failure && (
          <>
            {state.failure.problem.refusals && <p>{say(words.refused)}</p>}
            <Problem error={state.failure} />
          </>
        )}
        {state.isDone && (
          <p className="why ok" role="status">
            {say(words.done)} {form.answeredOn && <DayText day={form.answeredOn} />}
          </p>
        )}
        <div>
          {' '}
          <button type="submit" className="btn primary" disabled={state.isRunning}>
            {say(state.isRunning ? words.signing : words.sign)}
          </button>
        </div>
      </form>
    </Card>
  )
}
