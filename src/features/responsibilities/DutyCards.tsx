import type { AnswerOf } from '#web/ask.ts'
import { actPath, Answers, Card, Drop, Go, ItemLight, Light, useSay } from '#web/parts/index.ts'
import { words } from './home-words.tsx'

type Mine = AnswerOf<'responsibilities.mine'>

const DUTIES_SHOWN = 8

/** My duties, each with a light. */
export function DutiesCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const ordered = data.duties.toSorted((a, b) => severity(b.light) - severity(a.light))
  const row = (duty: Mine['duties'][number]) => (
    <tr key={duty.id}>
      <td>
        <Go to={`/charter?duty=${duty.id}`} style={{ color: 'inherit' }} title={say(duty.quote)}>
          {say(duty.title)}
        </Go>
        {duty.takenOverFrom && (
          <span className="sub small"> {say(words.takenOver, { tier: say(duty.takenOverFrom) })}</span>
        )}
      </td>
      <td className="right">
        <Light light={duty.light}>{say(duty.words)}</Light>
      </td>
    </tr>
  )
  return (
    <Card title={say(words.duties, { count: count(data.duties.length) })}>
      <table>
        <tbody>{ordered.slice(0, DUTIES_SHOWN).map(row)}</tbody>
      </table>
      {ordered.length > DUTIES_SHOWN && (
        <details>
          <summary className="sub small">{say(words.allDuties, { count: count(ordered.length) })}</summary>
          <table>
            <tbody>{ordered.slice(DUTIES_SHOWN).map(row)}</tbody>
          </table>
        </details>
      )}
    </Card>
  )
}

/** What needs looking at comes first; the rest stays in the charter's order. */
const severity = (light: string) => ['yellow', 'red'].indexOf(light)

const ACTS_SHOWN = 5

/** What I may do now, and behind it what is others’. */
export function CanCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const shown = data.can.slice(0, Math.max(ACTS_SHOWN, data.can.filter((line) => line.waiting > 0).length))
  const more = data.can.slice(shown.length)
  const button = (line: Mine['can'][number], at: number) => (
    <CanButton key={line.act} line={line} items={data.items} isFirst={at === 0} />
  )
  return (
    <Card title={say(words.can)}>
      {data.can.length === 0 && <p className="sub">{say(words.nothingToDo)}</p>}
      <div className="row" style={{ gap: 8 }}>
        {shown.map(button)}
      </div>
      {more.length > 0 && (
        <details style={{ marginTop: 8 }}>
          <summary className="sub small">{say(words.more, { count: count(more.length) })}</summary>
          <div className="row" style={{ gap: 8, marginTop: 8 }}>
            {more.map((line) => button(line, 1))}
          </div>
        </details>
      )}
      {data.others.length > 0 && <Others others={data.others} />}
    </Card>
  )
}

/** An act that I may do; where several things wait for it, they are offered by name. */
function CanButton({ line, items, isFirst }: { line: Mine['can'][number]; items: Mine['items']; isFirst: boolean }) {
  const { say, count } = useSay()
  const look = `btn ${isFirst && line.waiting > 0 ? 'primary' : ''}`
  if (line.waiting <= 1)
    return (
      <Go to={actPath(line.act, line.input)} className={look} title={say(line.purpose)}>
        {say(line.title)} {line.waiting > 0 && <span className="num">({count(line.waiting)})</span>}
      </Go>
    )
  const waiting = items.flatMap((item) => item.acts.filter((act) => act.act === line.act).map((act) => ({ item, act })))
  return (
    <Drop look={look} label={`${say(line.title)} (${count(line.waiting)})`}>
      {() => (
        <ul style={{ maxHeight: '50vh', overflowY: 'auto', listStyle: 'none', padding: 0 }}>
          {waiting.map(({ item, act }) => (
            <li key={item.id} className="row" style={{ padding: '3px 0' }}>
              <Go to={actPath(act.act, act.input)}>{say(item.name)}</Go>
              <span className="push">
                <ItemLight item={item} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Drop>
  )
}

function Others({ others }: { others: Mine['others'] }) {
  const { say, list } = useSay()
  return (
    <details style={{ marginTop: 10 }}>
      <summary className="sub small">{say(words.others)}</summary>
      <table className="stacking small">
        <thead>
          <tr>
            <th scope="col">{say(words.act)}</th>
            <th scope="col">{say(words.whose)}</th>
          </tr>
        </thead>
        <tbody>
          {others.map((line) => (
            <tr key={line.duty.id}>
              <td data-label={say(words.act)}>
                <span>
                  {list(line.acts.map((act) => say(act.title)))}
                  <br />
                  <Go to={`/charter?duty=${line.duty.id}`} className="sub">
                    {say(line.duty.title)}
                    {line.article && ` · ${say(words.article, { article: line.article })}`}
                  </Go>
                </span>
              </td>
              <td data-label={say(words.whose)}>
                <span>
                  {line.who ? (
                    <Answers who={line.who} />
                  ) : (
                    say(words.everyUnit, { tiers: list(line.tiers.map((tier) => say(tier))) })
                  )}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
