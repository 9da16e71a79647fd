import { Outlet, useLocation } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSay } from '../language.ts'
import { Go } from '../parts/Go.tsx'
import { hadSeat, useSession } from '../session.ts'
import { Header } from './Header.tsx'
import { BottomBar, SideBar } from './Navigation.tsx'
import { Palette } from './Palette.tsx'

/** What stands around every page: the way through, the day, the seat, the find box. */
export function Shell() {
  const { t } = useSay()
  const session = useSession()
  const [isFinding, setFinding] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setFinding(true)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <a className="skip" href="#content">
        {t('skip')}
      </a>
      <div className="app">
        <SideBar />
        <div style={{ minWidth: 0 }}>
          <Header onFind={() => setFinding(true)} />
          {session?.ready && <Replaying ready={session.ready} />}
          <SessionEnded />
          <main id="content" tabIndex={-1} style={{ outline: 0 }}>
            <Outlet />
          </main>
          {session?.mode === 'demonstration' && <footer className="truth">{t('whatIsTrue')}</footer>}
        </div>
      </div>
      <BottomBar />
      {isFinding && <Palette onClose={() => setFinding(false)} />}
    </>
  )
}

type Ready = NonNullable<NonNullable<ReturnType<typeof useSession>>['ready']>

/** The history before the demonstration's day is still being replayed. */
function Replaying({ ready }: { ready: Ready }) {
  const { t, say } = useSay()
  const label = typeof ready.label === 'string' ? ready.label : say(ready.label)
  return (
    <div className="notice-bar" role="status">
      <span>
        {t('loadingHistory')} {label}
      </span>
      <progress value={ready.done} max={ready.total} aria-label={t('loadingHistory')} />
      <span className="num sub">{ready.total > 0 ? Math.floor((ready.done / ready.total) * 100) : 0}%</span>
    </div>
  )
}

/** Somebody who had taken a seat no longer has it: what is typed stays, and one can sign in again beside it. */
function SessionEnded() {
  const { t } = useSay()
  const session = useSession()
  const path = useLocation({ select: (location) => location.pathname })
  const asks = path === '/' || path === '/sign-in'
  if (!session || session.actor || asks || !hadSeat()) return null
  return (
    <div className="notice-bar" role="alert">
      <b>{t('ended')}</b>
      <Go to="/sign-in" target="_blank" className="btn tight">
        {t('signIn')}
      </Go>
    </div>
  )
}
