import { useState } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { Answer, Card, Empty, Go, useAsk, useSay, useSearch, useSetSearch } from '#web/parts/index.ts'
import { Fen } from './money-parts.tsx'
import { words } from './money-words.tsx'

type Node = AnswerOf<'funds.trace'>['root']

const TOP = 20
/** So many steps are open at first. */
const OPEN = 2

/** Follows a line from what a unit got of it down to those who were paid; asked for only when somebody wants to see it. */
export function Trace({ line }: { line: AnswerOf<'line.show'> }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const isWanted = search['trace'] === 'yes'
  const trace = useAsk(
    'funds.trace',
    { direction: 'down', line: line.line, unit: line.unit, top: TOP },
    { enabled: isWanted },
  )
  return (
    <Card title={say(words.trace)}>
      <p className="sub small">{say(words.traceWhy, { unit: say(line.name) })}</p>
      {isWanted ? (
        <Answer of={trace} lines={8}>
          {({ root, isReversed }) =>
            isReversed || root.amountFen === '0' ? (
              <Empty>{say(words.traceNothing)}</Empty>
            ) : (
              <ul className="trace">
                <Place node={root} depth={0} />
              </ul>
            )
          }
        </Answer>
      ) : (
        <button type="button" className="btn" onClick={() => setSearch({ trace: 'yes' })}>
          {say(words.traceStart)}
        </button>
      )}
    </Card>
  )
}

const whats = {
  line: words.traceLine,
  document: words.traceDocument,
  appropriation: words.appropriation,
  holder: words.holder,
  pool: words.pool,
  project: words.project,
  payee: words.payee,
  fee: words.traceFee,
} as const

/** What is called the same in both languages is written as it was entered. */
const languageOf = ({ name }: Node) => (name.zh === name.en && /\p{Script=Han}/u.test(name.zh) ? 'zh' : undefined)

function Place({ node, depth }: { node: Node; depth: number }) {
  const { say, amount, count } = useSay()
  const [isOpen, setOpen] = useState(depth < OPEN)
  const hasMore = node.children.length > 0 || node.more !== null
  const name = <span lang={languageOf(node)}>{say(node.name)}</span>
  return (
    <li>
      {hasMore ? (
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${say(words.onward)}: ${say(node.name)}`}
          {...(languageOf(node) && { lang: languageOf(node) })}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={`caret ${isOpen ? '' : 'shut'}`} aria-hidden />
        </button>
      ) : (
        <span className="leaf" aria-hidden />
      )}
      <span className="sub small">{say(whats[node.what])}</span>{' '}
      {node.address && depth > 0 ? <Go to={node.address}>{name}</Go> : name}{' '}
      <b>
        <Fen fen={node.amountFen} />
      </b>
      {hasMore && node.restsFen !== '0' && (
        <span className="sub small"> · {say(words.rests, { amount: amount(Number(node.restsFen)) })}</span>
      )}
      {hasMore && isOpen && (
        <ul>
          {node.children.map((child) => (
            <Place key={child.id} node={child} depth={depth + 1} />
          ))}
          {node.more && (
            <li className="sub small">
              {say(words.restCut, { count: count(node.more.count), amount: amount(Number(node.more.amountFen)) })}{' '}
              {node.what === 'holder' && depth > 0 && (
                <Go to={`/funds/lines/${node.line}?unit=${node.unit}&trace=yes`}>{say(words.traceFurther)}</Go>
              )}
            </li>
          )}
        </ul>
      )}
    </li>
  )
}
