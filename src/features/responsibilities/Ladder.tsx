import type { AnswerOf } from '#web/ask.ts'
import { DayText, Go, ItemLight, Light, MadeUp, useSay } from '#web/parts/index.ts'
import './chain.css'

type Chain = AnswerOf<'chain.of'>

type Rung = Chain['rungs'][number]

type Link = Chain['links'][number]

const words = {
  down: { zh: '交下 ↓', en: 'Handed down ↓' },
  up: { zh: '↑ 答上', en: '↑ Answered up' },
  last: { zh: '最近：', en: 'Last: ' },
  nothingYet: { zh: '还没有办过与此链有关的事', en: 'nothing yet on this chain' },
  owes: { zh: '应办：', en: 'Owes: ' },
  nothingOwed: { zh: '无', en: 'nothing' },
  more: { zh: '等 {count} 件', en: '{count} in all' },
  vacant: { zh: '空缺', en: 'vacant' },
  acting: { zh: '（代理）', en: ' (acting)' },
  before: { zh: '{day}：', en: '{day}: ' },
}

export function Ladder({ chain, then }: { chain: Chain; then: Chain | undefined }) {
  const { say } = useSay()
  return (
    <div className="rungs">
      <div className="head down">{say(words.down)}</div>
      <div />
      <div className="head">{say(words.up)}</div>
      {chain.rungs.map((rung, at) => {
        const lower = chain.rungs[at + 1]
        return (
          <div key={rung.unit.id} style={{ display: 'contents' }}>
            <RungCard
              rung={rung}
              before={then?.rungs.find((each) => each.unit.id === rung.unit.id)}
              isStuck={chain.stuck.unit === rung.unit.id && chain.stuck.light !== 'green'}
              isLast={!lower}
              then={then?.on}
            />
            {lower && (
              <Between
                links={chain.links.filter(
                  (link) =>
                    link.lower === lower.unit.id ||
                    (link.upper === rung.unit.id && !chain.rungs.some((each) => each.unit.id === link.lower)),
                )}
                before={then?.links.filter((link) => link.lower === lower.unit.id)}
              />
            )}
          </div>
        )
      })}
    </div>
  )
}

function RungCard({
  rung,
  before,
  isStuck,
  isLast,
  then,
}: {
  rung: Rung
  before: Rung | undefined
  isStuck: boolean
  isLast: boolean
  then: string | undefined
}) {
  const { say, day } = useSay()
  const names = (of: Rung) =>
    of.principals.map((each) => (each.person ? say(each.person.name) : say(words.vacant))).join(' · ')
  const hasChanged =
    before !== undefined &&
    (names(before) !== names(rung) || before.last?.id !== rung.last?.id || before.owedTotal !== rung.owedTotal)
  return (
    <section
      className={`rung ${isLast ? 'me' : ''} ${isStuck ? 'stuck' : ''} ${hasChanged ? 'changed' : ''}`}
      aria-label={say(rung.unit.name)}
    >
      <h2>
        <Go to={`/units/${rung.unit.id}`} style={{ color: 'inherit' }}>
          {say(rung.unit.name)}
        </Go>
        <small>{say(rung.tier.role)}</small>
      </h2>
      <div>
        <div>
          {rung.principals.map((principal, at) => (
            <span key={principal.post.id}>
              {at > 0 && ' · '}
              <b>{say(principal.post.name)}</b>{' '}
              {principal.person ? (
                <Go to={`/journal?person=${principal.person.id}`} style={{ color: 'inherit' }}>
                  {say(principal.person.name)}
                </Go>
              ) : (
                <Light light="red">{say(words.vacant)}</Light>
              )}
              {principal.capacity === 'acting' && say(words.acting)}
            </span>
          ))}{' '}
          {rung.principals.some((principal) => principal.person?.madeUp) && <MadeUp />}
          {rung.tenure && <span className="sub small">　{say(rung.tenure)}</span>}
        </div>
        <div>
          <span className="sub">{say(words.last)}</span>
          {rung.last ? (
            <Go to={`/journal/${rung.last.id}`} style={{ color: 'inherit' }}>
              <DayText day={rung.last.on} /> {say(rung.last.title)} · {say(rung.last.over)}
            </Go>
          ) : (
            <span className="faint">{say(words.nothingYet)}</span>
          )}
        </div>
        <div>
          <span className="sub">{say(words.owes)}</span>
          {rung.owed.length === 0 && <span className="faint">{say(words.nothingOwed)}</span>}
          {rung.owed.map((item) => (
            <span key={item.id} className="owed">
              <Go to={`/obligations/${item.id}`} style={{ color: 'inherit' }}>
                {say(item.title)}
              </Go>{' '}
              <ItemLight item={item} />
            </span>
          ))}
          {rung.owedTotal > rung.owed.length && (
            <span className="sub small">{say(words.more, { count: rung.owedTotal })}</span>
          )}
        </div>
        {hasChanged && (
          <div className="small" style={{ color: 'var(--blue)' }}>
            {say(words.before, { day: then ?? '' })}
            {names(before)} · {before.last ? `${day(before.last.on)} ${say(before.last.title)}` : say(words.nothingYet)}{' '}
            · {say(words.owes)}
            {before.owedTotal}
          </div>
        )}
      </div>
    </section>
  )
}

const worst = (links: readonly Link[]) =>
  links.some((link) => link.light === 'red')
    ? 'red'
    : links.some((link) => link.light === 'yellow')
      ? 'yellow'
      : 'green'

function Between({ links, before }: { links: readonly Link[]; before: readonly Link[] | undefined }) {
  const { say } = useSay()
  const down = links.filter((link) => link.direction === 'down')
  const up = links.filter((link) => link.direction === 'up')
  return (
    <div className="between">
      <ul className="down" data-head={say(words.down)}>
        {down.map((link) => (
          <LinkLine key={`${link.record} ${link.label.en}`} link={link} before={before} />
        ))}
      </ul>
      <div className="arrows" aria-hidden>
        <span className={`arrow goes-down ${worst(down)}`} />
        <span className={`arrow goes-up ${worst(up)}`} />
      </div>
      <ul className="up" data-head={say(words.up)}>
        {up.map((link) => (
          <LinkLine key={`${link.record} ${link.label.en}`} link={link} before={before} />
        ))}
      </ul>
    </div>
  )
}

function LinkLine({ link, before }: { link: Link; before: readonly Link[] | undefined }) {
  const { say } = useSay()
  const earlier = before?.find((each) => each.record === link.record && each.direction === link.direction)
  const hasChanged = before !== undefined && (earlier?.light !== link.light || say(earlier.words) !== say(link.words))
  const light = (
    <>
      <Light light={link.light}>{say(link.words)}</Light>{' '}
    </>
  )
  const mark = link.light === 'red' ? 'is-late' : link.light === 'yellow' ? 'is-waiting' : ''
  return (
    <li className={`${mark} ${hasChanged ? 'changed' : ''}`}>
      {link.direction === 'up' && light}
      <Go to={link.record} style={{ color: 'inherit' }}>
        {say(link.label)}
      </Go>{' '}
      {link.on && (
        <span className="sub">
          <DayText day={link.on} />
        </span>
      )}{' '}
      {link.direction === 'down' && light}
    </li>
  )
}
