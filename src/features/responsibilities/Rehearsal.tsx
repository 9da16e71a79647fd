import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Text } from '#kernel/words.ts'
import type { Rehearsal as Told, Told as Reason } from '#kernel/outcome.ts'
import type { ActCard } from '#web/acts.ts'
import { type Failure, send } from '#web/api.ts'
import type { Issue } from '#web/form/notes.tsx'
import { hasValue, labelAt, missingIn, type Values } from '#web/form/values.ts'
import { Answers, Card, Go, Problem, useNames, useSay } from '#web/parts/index.ts'
import type { Session } from '#web/session.ts'

const words = {
  title: { zh: '如果现在签署', en: 'If you signed now' },
  how: { zh: '边填边查，什么也没有提交', en: 'checked as you type, nothing is sent' },
  checking: { zh: '正在核对…', en: 'Checking…' },
  refused: { zh: '会被退回：', en: 'Would be refused: ' },
  advice: { zh: '可以办，但你应知道：', en: 'Allowed, but you should know: ' },
  fine: { zh: '无问题：', en: 'Fine: ' },
  allFine: { zh: '可以办理。', en: 'It can be done.' },
  incomplete: { zh: '还要填：', en: 'Still to be filled in: ' },
  unreadable: { zh: '要改：', en: 'To put right: ' },
  needed: { zh: '必填。', en: 'This is needed.' },
  notMine: { zh: '不属于你的职责：{duty}', en: 'Not your duty: {duty}' },
  whose: { zh: '由谁负责：', en: 'Who answers for it: ' },
  charter: { zh: '看章程', en: 'See the charter' },
}

const DEBOUNCE_MS = 350

export type RehearsalState = {
  readonly told?: Told
  readonly failure?: Failure
  /** Fields that can't be read yet. */
  readonly issues?: readonly Issue[]
  readonly isChecking: boolean
  /** Whether nothing known speaks against doing it. */
  readonly mayGoOn: boolean
}

/** What would happen if the form were sent as it stands; asked a moment after the last keystroke. */
export function useRehearsal(act: ActCard, sent: Values, session: Session): RehearsalState {
  const body = JSON.stringify(sent)
  const settled = useSettled(body)
  const missing = missingIn(act.form, sent)
  const { data, error, isFetching } = useQuery<Told, Failure>({
    queryKey: ['rehearsal', act.name, settled, session.today, session.actor?.seat],
    queryFn: ({ signal }) => send<Told>('POST', `/api/acts/${act.name}?dry-run`, { body: JSON.parse(settled), signal }),
    enabled: (act.public || session.actor !== null) && missing.length === 0,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
  const isChecking = isFetching || settled !== body
  if (missing.length > 0)
    return { issues: missing.map((field) => ({ field, problem: words.needed })), isChecking: false, mayGoOn: false }
  if (error?.problem.issues) return { issues: error.problem.issues, isChecking, mayGoOn: false }
  // Where the rehearsal itself fails, the person may still try: the deed says what is wrong.
  if (error) return { failure: error, isChecking, mayGoOn: error.status >= 500 }
  return { ...(data && { told: data }), isChecking, mayGoOn: data?.refusals.length === 0 }
}

/** A text once it has stood still for a moment. */
function useSettled(text: string): string {
  const [settled, settle] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => settle(text), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}

/** The dry run beside the form: what would be refused, what one should know, what is fine. */
export function Rehearsal({ act, rehearsal, values }: { act: ActCard; rehearsal: RehearsalState; values: Values }) {
  const { say, list } = useSay()
  const { told, failure, issues, isChecking } = rehearsal
  const labelled = (which: readonly Issue[]) =>
    list([...new Set(which.map((issue) => say(labelAt(act.form, issue.field))))])
  const missing = (issues ?? []).filter((issue) => !hasValue(values, issue.field))
  const wrong = (issues ?? []).filter((issue) => hasValue(values, issue.field))
  return (
    <Card
      title={
        <>
          {say(words.title)}{' '}
          <span className="sub" style={{ fontWeight: 400 }}>
            — {say(words.how)}
          </span>
        </>
      }
    >
      <div aria-live="polite" aria-busy={isChecking} style={{ opacity: isChecking ? 0.65 : 1 }}>
        {!told && !failure && !issues && <p className="sub">{say(words.checking)}</p>}
        {missing.length > 0 && (
          <div className="why note">
            <b>{say(words.incomplete)}</b>
            {labelled(missing)}
          </div>
        )}
        {wrong.length > 0 && (
          <div className="why no">
            <b>{say(words.unreadable)}</b>
            {labelled(wrong)}
          </div>
        )}
        {failure && <NotMine failure={failure} />}
        {told?.refusals.map((reason) => (
          <ReasonLine key={reason.code} act={act} reason={reason} head={say(words.refused)} className="no" />
        ))}
        {told?.advice.map((reason) => (
          <ReasonLine key={reason.code} act={act} reason={reason} head={say(words.advice)} className="warn" />
        ))}
        {told && (told.fine.length > 0 || told.refusals.length === 0) && (
          <div className="why ok">
            <b>{told.refusals.length === 0 ? say(words.allFine) : say(words.fine)}</b>{' '}
            {list(told.fine.map((topic) => say(topic)))}
          </div>
        )}
      </div>
    </Card>
  )
}

function ReasonLine({
  act,
  reason,
  head,
  className,
}: {
  act: ActCard
  reason: Reason
  head: string
  className: string
}) {
  const { say } = useSay()
  const names = useNames()
  const cited = /^(parameter|duty|obligation):(.+)$/.exec(reason.cites ?? '')
  const named: Readonly<Record<string, Readonly<Record<string, Text>> | undefined>> = {
    parameter: names?.parameters,
    duty: names?.duties,
    obligation: names?.obligations,
  }
  const name = named[cited?.[1] ?? '']?.[cited?.[2] ?? '']
  const page =
    cited?.[1] === 'parameter'
      ? `/charter?view=numbers#${cited[2]}`
      : cited?.[1] === 'duty'
        ? `/charter?duty=${cited[2]}`
        : '/charter'
  return (
    <div className={`why ${className}`}>
      <b>
        {head}
        {say(reason.sentence)}
      </b>
      {reason.remedy && <div>{say(reason.remedy)}</div>}
      <span className="sub small" style={{ display: 'block' }}>
        {act.name} · {reason.code}{' '}
        {cited && (
          <>
            ·{' '}
            <Go to={page}>
              {say(words.charter)} § {name ? say(name) : cited[2]}
            </Go>
          </>
        )}
      </span>
    </div>
  )
}

function NotMine({ failure }: { failure: Failure }) {
  const { say } = useSay()
  const { duty, answerable } = failure.problem
  if (failure.status !== 403 || !answerable) return <Problem error={failure} />
  return (
    <div className="why no">
      <b>{say(words.notMine, { duty: duty ? say(duty.title) : '' })}</b>
      <div>
        {say(words.whose)}
        <Answers who={answerable} />
      </div>
      {duty && (
        <Go to={`/charter?duty=${duty.id}`} className="small">
          {say(words.charter)}
        </Go>
      )}
    </div>
  )
}
