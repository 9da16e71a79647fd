import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { send, type Failure } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  actPath,
  Card,
  DayText,
  Go,
  Light,
  Page,
  Problem,
  useAsk,
  useSay,
  useSession,
} from '#web/parts/index.ts'
import { typedIn } from '#web/text.ts'
import { useDeed } from '#features/exits/deed.tsx'
import { words } from './inbox-words.tsx'
import { OutboxCard } from './OutboxCard.tsx'
import './inbox.css'

type Mine = AnswerOf<'contact.mine'>
type Delivery = { readonly mail: { readonly from: string } | null; readonly calendar: string | null }

/** How the inbox reaches its reader elsewhere: by mail, and in their own calendar. */
export default function DeliveryPage() {
  const { say } = useSay()
  const session = useSession()
  const mine = useAsk('contact.mine', {}, { on: session?.today })
  const delivery = useQuery<Delivery, Failure>({
    queryKey: ['delivery', session?.actor?.seat, mine.data?.calendar?.version],
    queryFn: ({ signal }) => send<Delivery>('GET', '/api/inbox/delivery', { signal }),
    enabled: mine.data !== undefined,
  })
  return (
    <Page title={say(words.delivery)} sub={<Go to="/inbox">{say(words.title)}</Go>}>
      <Answer of={mine} lines={6}>
        {(data) => (
          <div className="grid cols-2">
            <MailCard mine={data} mail={delivery.data?.mail} />
            <CalendarCard mine={data} address={delivery.data?.calendar ?? null} />
            <OutboxCard />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function MailCard({ mine, mail }: { mine: Mine; mail: Delivery['mail'] | undefined }) {
  const { say } = useSay()
  const { address, asked, seat } = mine
  const end = useDeed('contact.end')
  return (
    <Card title={say(words.mail)}>
      {mail === null && (
        <p>
          <Light light="yellow">{say(words.mailOff)}</Light>
        </p>
      )}
      {mail && <p className="sub">{say(words.mailFrom, { from: mail.from })}</p>}
      {address ? <Address mine={mine} /> : <p>{say(words.noAddress)}</p>}
      {asked && <Confirm unit={seat.unit} shown={asked.shown} days={mine.codeDays} />}
      {end.failure && <Problem error={end.failure} />}
      <div className="row" style={{ marginTop: 12 }}>
        <Go to={actPath('contact.set', { unit: seat.unit })} className={`btn ${address ? '' : 'primary'}`}>
          {say(address ? words.change : words.set)}
        </Go>
        {(address ?? asked) && (
          <button
            type="button"
            className="btn"
            disabled={end.isRunning}
            onClick={() => void end.run({ unit: seat.unit })}
          >
            {say(words.stop)}
          </button>
        )}
      </div>
    </Card>
  )
}

function Address({ mine: { address, kinds, seat } }: { mine: Mine }) {
  const { say, list } = useSay()
  const reveal = useDeed<{ address: string }>('contact.reveal')
  if (!address) return null
  return (
    <dl className="facts">
      <dt>{say(words.address)}</dt>
      <dd>
        {reveal.result?.address ?? address.shown}{' '}
        {!reveal.result && (
          <button type="button" className="btn plain tight" onClick={() => void reveal.run({ unit: seat.unit })}>
            {say(words.reveal)}
          </button>
        )}
        {reveal.failure && <Problem error={reveal.failure} />}
      </dd>
      <dt>{say(words.since)}</dt>
      <dd>
        <DayText day={address.confirmedOn} />
      </dd>
      <dt>{say(words.wants)}</dt>
      <dd>{list(address.wants.map((kind) => say(kinds[kind])))}</dd>
      <dt>{say(words.language)}</dt>
      <dd>{say(words[address.language ?? 'both'])}</dd>
    </dl>
  )
}

/** The code that was mailed to the address is entered here; without it, nothing more goes there. */
function Confirm({ unit, shown, days }: { unit: string; shown: string; days: number }) {
  const { say } = useSay()
  const confirm = useDeed('contact.confirm')
  return (
    <form
      style={{ marginTop: 12 }}
      onSubmit={(event) => {
        event.preventDefault()
        void confirm.run({ unit, code: typedIn(event.currentTarget, 'code') })
      }}
    >
      <p>{say(words.asked, { address: shown, days })}</p>
      <div className="row">
        <input
          name="code"
          className="field"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="\d{6}"
          maxLength={6}
          required
          aria-label={say(words.code)}
          style={{ width: '9em' }}
        />
        <button type="submit" className="btn primary" disabled={confirm.isRunning}>
          {say(words.confirm)}
        </button>
      </div>
      {confirm.failure && <Problem error={confirm.failure} />}
    </form>
  )
}

function CalendarCard({ mine: { seat }, address }: { mine: Mine; address: string | null }) {
  const { say, language } = useSay()
  const share = useDeed('calendar.share')
  const withdraw = useDeed('calendar.withdraw')
  const [isCopied, setCopied] = useState(false)
  const own = { unit: seat.unit, post: seat.post }
  const failure = share.failure ?? withdraw.failure
  return (
    <Card title={say(words.calendar)}>
      <p>{say(words.calendarWhy)}</p>
      {address ? (
        <>
          <code className="feed-address mono" data-feed>
            {address}
          </code>
          <p className="sub small">{say(words.secret)}</p>
          <h3>{say(words.how)}</h3>
          <ul>
            <li>{say(words.howPhone)}</li>
            <li>{say(words.howOutlook)}</li>
            <li>{say(words.howOther)}</li>
          </ul>
        </>
      ) : (
        <p className="sub">{say(words.calendarOff)}</p>
      )}
      {failure && <Problem error={failure} />}
      <div className="row">
        {address && 'clipboard' in navigator && (
          <button
            type="button"
            className="btn primary"
            onClick={() => void navigator.clipboard.writeText(address).then(() => setCopied(true))}
          >
            {say(isCopied ? words.copied : words.copy)}
          </button>
        )}
        <button
          type="button"
          className={`btn ${address ? '' : 'primary'}`}
          disabled={share.isRunning}
          onClick={() => {
            setCopied(false)
            void share.run({ ...own, language })
          }}
        >
          {say(address ? words.again : words.share)}
        </button>
        {address && (
          <button type="button" className="btn" disabled={withdraw.isRunning} onClick={() => void withdraw.run(own)}>
            {say(words.withdraw)}
          </button>
        )}
      </div>
    </Card>
  )
}
