import { useState } from 'react'
import type { Text } from '#kernel/words.ts'
import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import { grouped } from '#web/form/money.ts'
import { Answer, DayText, Go, useAsk, useSay } from '#web/parts/index.ts'
import { words } from './book-words.tsx'
import './books.css'

/** Whole fen as yuan to the fen, thousands apart: −1,250,000.50. */
export function exactYuan(fen: string): string {
  const digits = fen.replace('-', '').padStart(3, '0')
  return `${fen.startsWith('-') ? '−' : ''}${grouped(`${digits.slice(0, -2)}.${digits.slice(-2)}`)}`
}

/** An amount to the fen, as books show it. */
export const Yuan = ({ fen, signed = false }: { fen: string; signed?: boolean }) => (
  <span className="num">
    {signed && !fen.startsWith('-') && fen !== '0' ? '+' : ''}
    {exactYuan(fen)}
  </span>
)

export type Account = AnswerOf<'posting.show'>['transfers'][number]['from']

/** An account in people's words: whose books, which money, for which project; it opens to its entries. Beside another, only where they differ. */
export function AccountName({ account, beside }: { account: Account; beside?: Partial<Account> | undefined }) {
  const { say } = useSay()
  const { unit, line, year, kind, project } = account
  const isSameLine = beside?.line === line && beside.year === year
  const isSameProject = beside?.project?.id === project?.id
  return (
    <span className="account">
      {beside?.unit !== unit && <>{say(account.unitName)} · </>}
      <Go to={`/funds/entries${queryString({ unit, line, year, kind, project: project?.id })}`}>
        {say(account.kindName)}
      </Go>
      {!isSameLine && (
        <span className="sub small" style={{ display: 'block' }}>
          <Go to={`/funds/lines/${line}${queryString({ unit, year })}`}>{say(account.lineTitle)}</Go> ·{' '}
          {say(words.yearOf, { year })}
        </span>
      )}
      {project && !isSameProject && (
        <span className="sub small" style={{ display: 'block' }}>
          <Go to={`/projects/${project.id}`}>
            {project.code} {say(project.name)}
          </Go>
        </span>
      )}
    </span>
  )
}

type Origins = AnswerOf<'funds.trace'>['origins']

/** The papers with which money began, each with what it gives. */
export function Origins({ origins }: { origins: Origins }) {
  const { say } = useSay()
  return (
    <ul className="origins">
      {origins.map((origin) => (
        <li key={`${origin.act} ${origin.n}`}>
          <Go to={origin.address}>{origin.document}</Go> · {say(origin.owner.name)} · {say(origin.title)} ·{' '}
          <DayText day={origin.on} /> · <Yuan fen={origin.amountFen} /> {say(yuanWord)}
        </li>
      ))}
    </ul>
  )
}

export const yuanWord: Text = { zh: '元', en: 'yuan' }

type Place = AnswerOf<'funds.trace'>['root']

/** Follows one transfer up to the papers it comes from, or down to those who were paid; asked only when somebody wants it. */
export function Way({ act, n, direction }: { act: string; n: number; direction: 'up' | 'down' }) {
  const { say } = useSay()
  const [isOpen, setOpen] = useState(direction === 'up')
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say(words[direction])}</summary>
      {isOpen && <Followed act={act} n={n} direction={direction} />}
    </details>
  )
}

function Followed({ act, n, direction }: { act: string; n: number; direction: 'up' | 'down' }) {
  const { say } = useSay()
  const trace = useAsk('funds.trace', { act, n, direction, top: 12 })
  return (
    <Answer of={trace} lines={3}>
      {({ isReversed, root, origins }) =>
        isReversed ? (
          <p className="sub">{say(words.nothingToFollow)}</p>
        ) : (
          <>
            <p className="sub small">{say(words.followWhy)}</p>
            <ul className="way">
              {root.children.map((place) => (
                <Step key={place.id} place={place} />
              ))}
            </ul>
            {direction === 'up' && origins.length > 0 && (
              <>
                <b className="small">{say(words.origins)}</b>
                <Origins origins={origins} />
              </>
            )}
          </>
        )
      }
    </Answer>
  )
}

function Step({ place }: { place: Place }) {
  const { say, amount, count } = useSay()
  const { name, address, children, more, amountFen, restsFen } = place
  return (
    <li>
      {address ? <Go to={address}>{say(name)}</Go> : say(name)} · <Yuan fen={amountFen} />
      {restsFen !== '0' && restsFen !== amountFen && (
        <span className="sub small"> · {say(words.rests, { amount: amount(Number(restsFen)) })}</span>
      )}
      {(children.length > 0 || more) && (
        <ul>
          {children.map((child) => (
            <Step key={child.id} place={child} />
          ))}
          {more && (
            <li className="sub">
              {say(words.more, { count: count(more.count), amount: amount(Number(more.amountFen)) })}
            </li>
          )}
        </ul>
      )}
    </li>
  )
}
