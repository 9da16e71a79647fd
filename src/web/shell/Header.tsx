import { addDays } from '../formats.ts'
import { useAsk } from '../ask.ts'
import { switchLanguage, useSay } from '../language.ts'
import { remember } from '../memory.ts'
import { MadeUp } from '../parts/basics.tsx'
import { Drop } from '../parts/Drop.tsx'
import { Go } from '../parts/Go.tsx'
import { Problem } from '../parts/states.tsx'
import { typedIn } from '../text.ts'
import { useReachedDay, useSession, useSessionChange, type Session } from '../session.ts'

export function Header({ onFind }: { onFind: () => void }) {
  const { t, other } = useSay()
  const session = useSession()
  return (
    <header className="bar">
      <button type="button" className="find" onClick={onFind} aria-keyshortcuts="Control+K">
        <span>{t('find')}</span>
        <kbd aria-hidden>Ctrl K</kbd>
      </button>
      <span className="push" />
      {session?.actor && <Bell session={session} />}
      {session && <Today session={session} />}
      {session && <SeatMenu session={session} />}
      <button
        type="button"
        className="language"
        lang={other === 'zh' ? 'zh-CN' : 'en'}
        aria-label={`${t('language')}: ${t('switchLanguage')}`}
        onClick={() => switchLanguage(other)}
      >
        {t('language')}
      </button>
    </header>
  )
}

/** How much has come to the seat that nobody there has read: a number, and in words for whoever does not see the bell. */
function Bell({ session }: { session: Session }) {
  const { t, count } = useSay()
  const { data } = useAsk('inbox.unread', {}, { on: session.today })
  const unread = data?.unread ?? 0
  return (
    <Go to="/inbox" className="bell" aria-label={t('inboxUnread', { count: count(unread) })}>
      <svg width="18" height="18" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden>
        <path d="M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
      <span className="bell-word">{t('inbox')}</span>
      {unread > 0 && <b className="num">{unread > 999 ? '999+' : count(unread)}</b>}
    </Go>
  )
}

/** How far a demonstration has come on its way to a day: on each, the mechanism does what falls due. */
function Moving({ from, to }: { from: string; to: string }) {
  const { t, day } = useSay()
  const reached = useReachedDay(true) ?? from
  const part = (Date.parse(reached) - Date.parse(from)) / Math.max(1, Date.parse(to) - Date.parse(from))
  return (
    <span className="small" role="status">
      <progress aria-label={t('loading')} value={part} max={1} style={{ width: '100%' }} />
      {day(reached)} → {day(to)}
    </span>
  )
}

/** The day that it is; the demonstration's own can be moved on. */
function Today({ session }: { session: Session }) {
  const { t, day, language } = useSay()
  const { moveDay } = useSessionChange()
  const said = day(session.today, language === 'zh' ? 'weekday' : 'full')
  if (session.mode === 'production')
    return (
      <span className="sub">
        {t('today')} {said}
      </span>
    )
  const steps = [
    { word: 'nextDay', days: 1 },
    { word: 'nextWeek', days: 7 },
    { word: 'nextMonth', days: 30 },
  ] as const
  return (
    <Drop label={<span className="sub">{`${t('demonstrationDay')} ${said}`}</span>}>
      {(close) => {
        const move = (to: string) => moveDay.mutate(to, { onSuccess: close })
        return (
          <form
            className="stack"
            style={{ gap: 10 }}
            onSubmit={(event) => {
              event.preventDefault()
              move(typedIn(event.currentTarget, 'day'))
            }}
          >
            <b>{t('moveDay')}</b>
            <span className="sub small">{t('moveDayWhy')}</span>
            <div className="row">
              {steps.map(({ word, days }) => (
                <button
                  key={word}
                  type="button"
                  className="btn tight"
                  disabled={moveDay.isPending}
                  onClick={() => move(addDays(session.today, days))}
                >
                  {t(word)}
                </button>
              ))}
            </div>
            <div className="row">
              <input
                type="date"
                name="day"
                className="field"
                required
                aria-label={t('demonstrationDay')}
                min={addDays(session.today, 1)}
                defaultValue={addDays(session.today, 1)}
              />
              <button type="submit" className="btn primary" disabled={moveDay.isPending}>
                {t('move')}
              </button>
            </div>
            {moveDay.isPending && <Moving from={session.today} to={moveDay.variables} />}
            {moveDay.error && <Problem error={moveDay.error} />}
          </form>
        )
      }}
    </Drop>
  )
}

/** Whose eyes the page is seen with, and how to change them. */
function SeatMenu({ session }: { session: Session }) {
  const { t, say } = useSay()
  const { signIn, signOut } = useSessionChange()
  const { actor, seats } = session
  if (!actor)
    return (
      <span className="seat">
        {t('visitor')}{' '}
        <Go to="/sign-in" className="btn tight">
          {t('signIn')}
        </Go>
      </span>
    )
  return (
    <Drop
      label={
        <span className="seat">
          {say(actor.unit.name)} · {say(actor.postName)} <span className="holder">· {say(actor.person.name)}</span>
        </span>
      }
      mark={actor.person.madeUp && <MadeUp />}
    >
      {(close) => (
        <div className="stack" style={{ gap: 10 }}>
          <div>
            <b>{say(actor.person.name)}</b> {actor.person.madeUp && <MadeUp />}
            <br />
            <span className="sub">
              {say(actor.unit.name)} · {say(actor.postName)} {actor.delegation && `(${t('onBehalf')})`}
            </span>
          </div>
          {seats.length > 1 && (
            <div>
              <span className="sub small">{t('yourSeats')}</span>
              {seats.map((seat) => (
                <button
                  key={`${seat.seat.unit} ${seat.seat.post} ${seat.delegation ?? ''}`}
                  type="button"
                  className="btn plain"
                  onClick={() =>
                    signIn.mutate(
                      { ...seat.seat, ...(seat.delegation && { delegation: seat.delegation }) },
                      { onSuccess: close },
                    )
                  }
                >
                  {say(seat.unit.name)} · {say(seat.postName)} {seat.delegation && `(${t('onBehalf')})`}
                </button>
              ))}
            </div>
          )}
          <label className="row">
            <input
              type="checkbox"
              defaultChecked={document.documentElement.hasAttribute('data-large')}
              onChange={(event) => {
                document.documentElement.toggleAttribute('data-large', event.target.checked)
                remember('large', event.target.checked ? 'yes' : 'no')
              }}
            />
            {t('largeText')}
          </label>
          <div className="row">
            <Go to="/sign-in" className="btn" onClick={close}>
              {t('otherSeat')}
            </Go>
            <button
              type="button"
              className="btn"
              onClick={() => signOut.mutate(undefined, { onSuccess: () => location.assign('/sign-in') })}
            >
              {t('signOut')}
            </button>
          </div>
        </div>
      )}
    </Drop>
  )
}
