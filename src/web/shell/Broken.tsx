import { useMemo } from 'react'
import { Failure } from '../api.ts'
import { useSay } from '../language.ts'
import { Go } from '../parts/Go.tsx'
import { Page } from '../parts/Page.tsx'

/** A page that broke: says so with a number that is also in the browser's log, and leaves the rest of the app standing. */
export function Broken({ error }: { error: unknown }) {
  const { t } = useSay()
  const incident = useMemo(() => {
    if (error instanceof Failure && error.status === 0) return undefined
    if (error instanceof Failure && error.problem.incident) return error.problem.incident
    const number = `W-${crypto.randomUUID().slice(0, 8)}`
    console.error(number, error)
    return number
  }, [error])
  return (
    <Page title={t(incident ? 'somethingBroke' : 'unreachable')}>
      <div className="problem" role="alert">
        <p>{incident ? t('incident', { incident }) : t('offline')}</p>
        <div className="row">
          <button type="button" className="btn" onClick={() => location.reload()}>
            {t('tryAgain')}
          </button>
          <Go to="/" className="btn">
            {t('toHome')}
          </Go>
        </div>
      </div>
    </Page>
  )
}

export function NotFoundPage() {
  const { t } = useSay()
  return (
    <Page title={t('notFound')}>
      <p>{t('notFoundWhy')}</p>
      <Go to="/" className="btn">
        {t('toHome')}
      </Go>
    </Page>
  )
}
