import type { Light as LightColour } from '#kernel/link.ts'
import type { Person, UnitFacts } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { useAsk } from '../ask.ts'
import { useSay } from '../language.ts'
import { useSession } from '../session.ts'
import { Light, PersonName } from './basics.tsx'
import { Go } from './Go.tsx'

const words = {
  waiting: { zh: '在等', en: 'Waiting for' },
  nobody: { zh: '不在等任何人', en: 'waiting for nobody' },
  vacant: { zh: '职位空缺', en: 'seat vacant' },
  since: { zh: '自{since}起', en: 'since {since}' },
  until: { zh: '自{since}起，到{due}止', en: 'since {since} until {due}' },
  more: { zh: '另有 {count} 处', en: 'and {count} more' },
}

export type Waited = {
  readonly unit: Pick<UnitFacts, 'id' | 'name'>
  readonly postName: Text
  readonly person: Person | null
  readonly isVacant: boolean
  readonly since: string
  readonly due: string | null
  readonly light: LightColour
  readonly words: Text
}

/** Somebody who is waited for: by name, with the seat, since when and until when. */
export function WaitedFor({ waits }: { waits: Waited | null }) {
  const { say, day } = useSay()
  if (!waits) return <span className="faint">{say(words.nobody)}</span>
  return (
    <span>
      {waits.person && (
        <>
          <PersonName person={waits.person} />{' '}
        </>
      )}
      <span className="sub">
        {say(waits.postName)}
        {waits.isVacant && ` (${say(words.vacant)})`} ·{' '}
        <Go to={`/chain/${waits.unit.id}`} style={{ textDecoration: 'underline' }}>
          {say(waits.unit.name)}
        </Go>
      </span>{' '}
      <span className="sub small" style={{ display: 'block' }}>
        {waits.due
          ? say(words.until, { since: day(waits.since), due: day(waits.due) })
          : say(words.since, { since: day(waits.since) })}{' '}
        {(waits.light === 'red' || waits.light === 'yellow') && <Light light={waits.light}>{say(waits.words)}</Light>}
      </span>
    </span>
  )
}

const SHOWN = 5

/** Who a thing waits for, by the name that its obligations know it under; nothing, where it waits for nobody. */
export function WaitingFor({ subject, unit }: { subject: string; unit?: string | undefined }) {
  const { say } = useSay()
  const isSeated = Boolean(useSession()?.actor)
  const { data } = useAsk('waiting.about', { subject, ...(unit && { unit }), limit: SHOWN }, { enabled: isSeated })
  if (!data || data.total === 0) return null
  return (
    <div className="why note" role="note">
      <b>{say(words.waiting)}</b>
      {data.items.map((item) => (
        <div key={item.id}>
          <Go to={item.record}>{say(item.title)}</Go>: <WaitedFor waits={item.waits} />
        </div>
      ))}
      {data.total > data.items.length && (
        <Go to="/waiting">{say(words.more, { count: data.total - data.items.length })}</Go>
      )}
    </div>
  )
}
