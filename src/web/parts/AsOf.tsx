import { useState } from 'react'
import { useSay } from '../language.ts'
import { useSearch, useSetSearch } from '../route.ts'
import { useSession } from '../session.ts'
import { Drop } from './Drop.tsx'

/** The day that the page is looked at as of, and how to choose another; it lives in the address as `?on=`. */
export function AsOf() {
  const { t, day } = useSay()
  const { on } = useSearch()
  const setSearch = useSetSearch()
  const today = useSession()?.today ?? ''
  const [chosen, choose] = useState<string>()
  return (
    <Drop label={`${t('asOf')} ${day(on ?? today)}`}>
      {(close) => (
        <form
          className="stack"
          style={{ gap: 10 }}
          onSubmit={(event) => {
            event.preventDefault()
            setSearch({ on: chosen === today ? undefined : chosen })
            close()
          }}
        >
          <label>
            <span className="sub">{t('asOfWhy')}</span>
            <input
              type="date"
              className="field"
              style={{ width: '100%', marginTop: 6 }}
              required
              max={today}
              defaultValue={on ?? today}
              onChange={(event) => choose(event.target.value)}
            />
          </label>
          <div className="row">
            <button type="submit" className="btn primary">
              {t('show')}
            </button>
            {on && (
              <button
                type="button"
                className="btn"
                onClick={() => {
                  setSearch({ on: undefined })
                  close()
                }}
              >
                {t('backToToday')}
              </button>
            )}
          </div>
        </form>
      )}
    </Drop>
  )
}
