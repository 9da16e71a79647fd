import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  DayText,
  Drop,
  Go,
  ItemLight,
  Light,
  MadeUp,
  Page,
  UnitPicker,
  useAsk,
  useGo,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import './chain.css'

type Chain = AnswerOf<'chain.of'>
type Rung = Chain['rungs'][number]
type Link = Chain['links'][number]

const words = {
  title: { zh: '{unit}的责任链', en: 'The chain of {unit}' },
  plain: { zh: '责任链', en: 'The chain' },
  sub: {
    zh: '左边是交下来的，右边是答上去的。点任何一处，看记录、经手人和条文。',
    en: 'On the left what was handed down, on the right what was answered up. Everything opens to its record, its people and its article.',
  },
  down: { zh: '交下 ↓', en: 'Handed down ↓' },
  up: { zh: '↑ 答上', en: '↑ Answered up' },
  last: { zh: '最近：', en: 'Last: ' },
  nothingYet: { zh: '还没有办过与此链有关的事', en: 'nothing yet on this chain' },
  owes: { zh: '应办：', en: 'Owes: ' },
  nothingOwed: { zh: '无', en: 'nothing' },
  more: { zh: '等 {count} 件', en: '{count} in all' },
  vacant: { zh: '空缺', en: 'vacant' },
  acting: { zh: '（代理）', en: ' (acting)' },
  since: { zh: '{day} 起任职', en: 'since {day}' },
  other: { zh: '另一个单位', en: 'Another unit' },
  find: { zh: '找单位', en: 'Find a unit' },
  compare: { zh: '对比', en: 'Compare' },
  compareWith: { zh: '与哪一天对比', en: 'Compare with the day' },
  comparing: {
    zh: '与 {day} 对比；有变化处加蓝框，并列出当时的情形。',
    en: 'Compared with {day}: what differs is framed in blue, with how it was then.',
  },
  stop: { zh: '不再对比', en: 'Stop comparing' },
  before: { zh: '{day}：', en: '{day}: ' },
  over: { zh: '对{unit}', en: 'over {unit}' },
}

/** The column from the centre to a unit; one look says where it is stuck. Without a unit: the reader's own. */
export default function ChainPage() {
  const { say } = useSay()
  const session = useSession()
  const go = useGo()
  const { unit = session?.actor?.unit.id ?? session?.root } = useParams()
  const { versus, on } = useSearch()
  const chain = useAsk('chain.of', unit ? { unit } : {}, { enabled: unit !== undefined })
  const then = useAsk('chain.of', unit ? { unit } : {}, {
    enabled: unit !== undefined && versus !== undefined,
    on: versus,
  })
  const data = chain.data
  return (
    <Page
      title={data ? say(words.title, { unit: say(data.unit.name) }) : say(words.plain)}
      mark={
        data && (
          <Light light={data.stuck.light}>
            {data.stuck.record ? (
              <Go to={data.stuck.record} style={{ color: 'inherit' }}>
                {say(data.stuck.words)}
              </Go>
            ) : (
              say(data.stuck.words)
            )}
          </Light>
        )
      }
      sub={versus ? say(words.comparing, { day: versus }) : say(words.sub)}
      aside={
        <>
          <Drop label={say(words.other)}>
            {(close) => (
              <UnitPicker
                label={say(words.find)}
                value={undefined}
                onChoose={(id) => {
                  close()
                  go(`/chain/${id}${on ? `?on=${on}` : ''}`)
                }}
              />
            )}
          </Drop>
          <AsOf />
          <Compare />
        </>
      }
    >
      <Answer of={chain} lines={10}>
        {(answer) => <Ladder chain={answer} then={versus ? then.data : undefined} />}
      </Answer>
    </Page>
  )
}

function Compare() {
  const { say, day } = useSay()
  const { versus } = useSearch()
  const setSearch = useSetSearch()
  const today = useSession()?.today
  const [chosen, choose] = useState('')
  return (
    <Drop label={versus ? `${say(words.compare)} ${day(versus)}` : `${say(words.compare)}…`}>
      {(close) => (
        <form
          className="stack"
          style={{ gap: 10 }}
          onSubmit={(event) => {
            event.preventDefault()
            setSearch({ versus: chosen })
            close()
          }}
        >
          <label>
            {say(words.compareWith)}
            <input
              type="date"
              className="field"
              required
              max={today}
              onChange={(event) => choose(event.target.value)}
            />
          </label>
          <div className="row">
            <button type="submit" className="btn primary">
              {say(words.compare)}
            </button>
            {versus && (
              <button type="button" className="btn" onClick={() => setSearch({ versus: undefined })}>
                {say(words.stop)}
              </button>
            )}
          </div>
        </form>
      )}
    </Drop>
  )
}

function Ladder({ chain, then }: { chain: Chain; then: Chain | undefined }) {
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
            <span key={item.id} style={{ marginRight: 8 }}>
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
