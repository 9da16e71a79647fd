import type { Ability } from '#kernel/abilities.ts'
import { useSay } from '../language.ts'
import { actPath, useSearch } from '../route.ts'
import { useSession } from '../session.ts'
import { Go } from './Go.tsx'

type Props = {
  readonly can: readonly Ability[]
  /** Also says what is offered but is somebody else's duty, and whose. */
  readonly others?: boolean
  /** None of them is what the reader is waited for to do. */
  readonly plain?: boolean
  /** Smaller buttons, for rows of a table. */
  readonly tight?: boolean
}

/** What may be done about a thing: a button for what is the reader's duty, a word for what is others'. */
export function Abilities({ can, others = false, plain = false, tight = false }: Props) {
  const { say, t, day, list } = useSay()
  const { on } = useSearch()
  const session = useSession()
  const isPast = on !== undefined && on !== session?.today
  const mine = isPast ? [] : can.filter((ability) => ability.mine)
  const theirs = others ? can.filter((ability) => !ability.mine) : []
  if (isPast) return others ? <p className="sub small">{t('pastDay', { day: day(on) })}</p> : null
  return (
    <>
      {mine.length > 0 && (
        <span className="row" style={{ gap: 6 }}>
          {mine.map((ability, at) => (
            <Go
              key={ability.act}
              to={actPath(ability.act, ability.input)}
              className={`btn ${at === 0 && !plain ? 'primary' : ''} ${tight ? 'tight' : ''}`}
            >
              {say(ability.title)}
            </Go>
          ))}
        </span>
      )}
      {theirs.length > 0 && (
        <p className="sub small" style={{ margin: mine.length > 0 ? '8px 0 0' : 0 }}>
          {list(
            theirs.map((ability) => `${say(ability.title)} — ${ability.unit ? say(ability.unit.name) : t('nobody')}`),
          )}
        </p>
      )}
    </>
  )
}
