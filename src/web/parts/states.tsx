import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Failure } from '../api.ts'
import { useSay } from '../language.ts'
import { hadSeat } from '../session.ts'
import { Answers } from './basics.tsx'
import { Go } from './Go.tsx'

/** Nothing to show, said kindly; `children` may say what to do about it. */
export function Empty({ children }: { children?: ReactNode }) {
  const { t } = useSay()
  return <div className="empty">{children ?? t('nothingHere')}</div>
}

export function Loading({ lines = 4 }: { lines?: number }) {
  const { t } = useSay()
  return (
    <div role="status" className="stack" style={{ gap: 10 }}>
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <div key={line} className="skeleton" style={{ width: `${92 - ((line * 17) % 40)}%`, height: '1.3em' }} />
      ))}
    </div>
  )
}

/** What went wrong, in words, with what can be done about it. */
export function Problem({
  error,
  retry,
  isAddress = false,
}: {
  error: unknown
  retry?: () => void
  /** What was asked stands in the page's address, so that what can't be read there is no mistake of a form. */
  isAddress?: boolean
}) {
  const { t, say } = useSay()
  const problem = error instanceof Failure ? error.problem : undefined
  // Asking again changes nothing where one may not see it, or where there is no such thing.
  const isSettled = problem !== undefined && [400, 401, 403, 404].includes(problem.status)
  const told = (text: string | { zh: string; en: string } | undefined) => (typeof text === 'object' ? say(text) : text)
  return (
    <div className="problem" role="alert">
      {problem?.status === 0 && <p>{t('offline')}</p>}
      {problem?.status === 401 && (
        <p>
          {t(hadSeat() ? 'ended' : 'needsSeat')}{' '}
          <Go to="/sign-in" {...(hadSeat() && { target: '_blank' })}>
            {t('signIn')}
          </Go>
        </p>
      )}
      {problem?.status === 404 && <p>{told(problem.detail) ?? told(problem.title) ?? t('notFoundWhy')}</p>}
      {problem?.answerable && (
        <p>
          <b>{problem.duty ? t('notMineDuty', { duty: say(problem.duty.title) }) : t('notMine')}</b> · {t('answers')}
          <Answers who={problem.answerable} />
        </p>
      )}
      {problem?.refusals?.map((refusal) => (
        <p key={refusal.code}>
          <b>{say(refusal.sentence)}</b> {refusal.remedy && say(refusal.remedy)}
        </p>
      ))}
      {problem?.issues && isAddress && (
        <p>
          {t('addressUnreadable')} <Go to="/">{t('home')}</Go>
        </p>
      )}
      {!isAddress &&
        problem?.issues?.map((issue) => (
          <p key={issue.field}>
            <span className="mono">{issue.field}</span>: {say(issue.problem)}
          </p>
        ))}
      {(!problem || problem.status >= 500) && <p>{t('somethingBroke')}</p>}
      {problem?.incident && <p className="sub">{t('incident', { incident: problem.incident })}</p>}
      {problem &&
        [400, 403, 409, 413, 422, 429].includes(problem.status) &&
        !problem.refusals &&
        !problem.issues &&
        !problem.answerable && <p>{told(problem.detail) ?? told(problem.title)}</p>}
      {retry && !isSettled && (
        <button type="button" className="btn" onClick={retry}>
          {t('tryAgain')}
        </button>
      )}
    </div>
  )
}

/** Shows an answer once it is there; before that that it is being read, and else what went wrong. */
export function Answer<Data>({
  of,
  lines,
  children,
}: {
  of: UseQueryResult<Data, Failure>
  lines?: number
  children: (data: Data) => ReactNode
}) {
  if (of.data !== undefined) return children(of.data)
  if (of.error) return <Problem error={of.error} retry={() => void of.refetch()} isAddress />
  return <Loading {...(lines !== undefined && { lines })} />
}
