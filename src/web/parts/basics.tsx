import { useId, type ReactNode } from 'react'
import type { Light as LightColour } from '#kernel/link.ts'
import type { Answerable, Person, UnitFacts } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'
import { useNames } from '../ask.ts'
import { daysBetween, type DayStyle } from '../formats.ts'
import { useSay } from '../language.ts'
import { Go } from './Go.tsx'

/** A surface with a title. */
export function Card({
  title,
  aside,
  children,
  className = '',
}: {
  title?: ReactNode
  aside?: ReactNode
  children: ReactNode
  className?: string
}) {
  const id = useId()
  return (
    <section className={`card ${className}`} aria-labelledby={title ? id : undefined}>
      {title && (
        <header>
          <h2 id={id}>{title}</h2>
          {aside && <div className="push">{aside}</div>}
        </header>
      )}
      {children}
    </section>
  )
}

/** How a thing stands: always in words, the colour and the shape beside them. */
export const Light = ({ light, children }: { light: LightColour; children: ReactNode }) => (
  <span className={`light ${light}`}>{children}</span>
)

/** The light of something owed by a day, as it stands on another. */
export function DueLight({ due, on, metOn }: { due: string; on: string; metOn?: string | null }) {
  const { t, day } = useSay()
  if (metOn) return <Light light={metOn <= due ? 'green' : 'yellow'}>{day(metOn)}</Light>
  const left = daysBetween(on, due)
  if (left < 0) return <Light light="red">{t('daysLate', { days: -left })}</Light>
  if (left === 0) return <Light light="yellow">{t('dueToday')}</Light>
  return left <= 7 ? (
    <Light light="yellow">{t('daysLeft', { days: left })}</Light>
  ) : (
    <Light light="none">{day(due)}</Light>
  )
}

/** The light of an obligation as the server tells it; one without haste just says its day, as the reader writes it. */
export function ItemLight({
  item,
}: {
  item: { readonly light: LightColour; readonly words: Text; readonly due_on: string }
}) {
  const { say, day } = useSay()
  return <Light light={item.light}>{item.light === 'none' ? day(item.due_on) : say(item.words)}</Light>
}

/** A sentence of the law that stands above what is done under it. */
export const Clause = ({ children, cite }: { children: ReactNode; cite?: ReactNode }) => (
  <blockquote className="clause">
    {children}
    {cite && <cite>{cite}</cite>}
  </blockquote>
)

/** How sure we are of a quotation or a number of the law. */
export function Status({ status }: { status: string }) {
  const { t } = useSay()
  if (status === 'made-up') return <span className="made">{t('statusMadeUp')}</span>
  return <span className="faint small">{t(status === 'V' ? 'statusV' : status === 'P' ? 'statusP' : 'statusK')}</span>
}

/** Marks what the demonstration made up: a person, unless something else is said. */
export function MadeUp({ why }: { why?: string }) {
  const { t } = useSay()
  return (
    <span className="made" title={why ?? t('madeUpWhy')}>
      {t('madeUp')}
    </span>
  )
}

/** A person by name; one whom the demonstration made up says so. */
export function PersonName({ person }: { person: Person }) {
  const { say } = useSay()
  return (
    <span>
      {say(person.name)} {person.madeUp && <MadeUp />}
    </span>
  )
}

/** The language that a text is in, as far as its letters tell. */
export const languageOf = (text: string): keyof Text => (/\p{Script=Han}/u.test(text) ? 'zh' : 'en')

/** What somebody wrote stays in its own language, and says so to whoever has the page read aloud. */
export function Written({ children }: { children: string }) {
  const { language } = useSay()
  const own = languageOf(children)
  return <span {...(own !== language && { lang: own })}>{children}</span>
}

/** A unit by name, opening its page. */
export function UnitLink({ unit, to }: { unit: Pick<UnitFacts, 'id' | 'name'>; to?: string }) {
  const { say } = useSay()
  return <Go to={to ?? `/units/${unit.id}`}>{say(unit.name)}</Go>
}

export function DayText({ day, style = 'full' }: { day: string | null | undefined; style?: DayStyle }) {
  const says = useSay()
  return day ? (
    <time dateTime={day} className="num">
      {says.day(day, style)}
    </time>
  ) : (
    <span className="faint">—</span>
  )
}

/** Who answers, by post and name; or the vacancy with whoever stands in; or the gap itself. Given the duty, it tells a gap from a duty of the levels below. */
export function Answers({ who, duty }: { who: Answerable; duty?: string }) {
  const { say, t, list } = useSay()
  const names = useNames()
  const posts: Readonly<Record<string, Text>> | undefined = names?.posts
  const tiers = (duty === undefined ? [] : (names?.holders[duty] ?? [])).flatMap((tier) => names?.tiers[tier] ?? [])
  // A duty of the levels below has nobody here, and is meant to.
  if (who.kind === 'nobody' && tiers.length > 0)
    return t('eachForItself', { tiers: list(tiers.map((tier) => say(tier))) })
  if (who.kind === 'public') return t('anyone')
  if (who.kind === 'nobody') return <Light light="red">{t('nobody')}</Light>
  const named = (post: string) => (posts?.[post] ? say(posts[post]) : '')
  return (
    <span>
      {say(who.unit.name)} · {named(who.seat.post)}{' '}
      {who.kind === 'holder' ? (
        <>
          <PersonName person={who.person} /> {who.capacity === 'acting' && `(${t('acting')})`}
        </>
      ) : (
        <Light light="red">
          {who.routedTo
            ? t('vacantRouted', {
                who: `${say(who.routedTo.unit.name)} · ${named(who.routedTo.seat.post)} ${say(who.routedTo.person.name)}`,
              })
            : t('vacant')}
        </Light>
      )}
    </span>
  )
}

/** A share between 0 and 1 as a bar, with its words beside it. */
export function Share({ share, light = 'green', label }: { share: number; light?: LightColour; label: string }) {
  return (
    <span className={`share ${light}`} role="img" aria-label={label} title={label}>
      <span style={{ width: `${Math.max(0, Math.min(1, share)) * 100}%` }} />
    </span>
  )
}

/** A few values of which one is chosen. */
export function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  return (
    <span className="choice" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChoose(option.value)}
        >
          {option.label}
        </button>
      ))}
    </span>
  )
}
type ChoiceProps<Value extends string> = {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChoose: (value: Value) => void
}
