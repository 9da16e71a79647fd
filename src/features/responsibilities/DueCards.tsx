import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  actPath,
  Answers,
  Card,
  DayText,
  Empty,
  Go,
  ItemLight,
  Light,
  MadeUp,
  useAsk,
  useSay,
} from '#web/parts/index.ts'
import { words } from './home-words.tsx'

type Mine = AnswerOf<'responsibilities.mine'>

/** What is due and late at my seat, with the act that would meet it. */
export function DueCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const more = data.counts.due > data.items.length
  return (
    <Card
      title={say(words.due)}
      aside={
        data.counts.due > 0 && (
          <Go to={`/obligations?unit=${data.unit.id}`}>{say(words.all, { count: count(data.counts.due) })}</Go>
        )
      }
    >
      {data.ready.map((each) => (
        <div key={each.unit.id} className={`why ${each.missing.length === 0 ? 'ok' : 'warn'}`}>
          <div className="row">
            <b>{say(each.act.title)}</b>
            <Light light={each.missing.length === 0 ? 'green' : 'yellow'}>
              {each.missing.length === 0 ? say(words.ready) : say(words.missing, { count: each.missing.length })}
            </Light>
            <span className="sub">{say(each.words)}</span>
            <Go to={actPath(each.act.act, each.act.input)} className="btn primary tight push">
              {say(each.act.title)}
            </Go>
          </div>
          {each.missing.length > 0 && (
            <ul className="small">
              {each.missing.map((reason) => (
                <li key={reason.code}>{say(reason.sentence)}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
      {data.items.length === 0 ? (
        <Empty>{say(words.nothingDue)}</Empty>
      ) : (
        <table className="stacking">
          <thead>
            <tr>
              <th scope="col">{say(words.until)}</th>
              <th scope="col">{say(words.matter)}</th>
              <th scope="col">
                <span className="visually-hidden">{say(words.can)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.slice(0, 12).map((item, row) => (
              <tr key={item.id}>
                <td className="due-light">
                  <ItemLight item={item} />
                </td>
                <td>
                  <div>
                    <Go to={`/obligations/${item.id}`} style={{ color: 'inherit' }}>
                      <b>{say(item.title)}</b>
                    </Go>
                    {item.about && (
                      <>
                        {' '}
                        · <Go to={item.about.record}>{item.about.name}</Go>
                      </>
                    )}
                    {item.unit !== data.unit.id && <> · {say(item.name)}</>}
                    <br />
                    <span className="sub small">
                      {say(item.dutyTitle)}
                      {item.article && ` · ${say(words.article, { article: item.article })}`} ·{' '}
                      <DayText day={item.opened_on} style="short" /> → <DayText day={item.due_on} style="short" />
                    </span>
                  </div>
                </td>
                <td className="right">
                  <span className="row" style={{ gap: 6, justifyContent: 'flex-end' }}>
                    {item.acts.map((act, at) => (
                      <Go
                        key={act.act}
                        to={actPath(act.act, act.input)}
                        className={`btn tight ${row === 0 && at === 0 && item.light !== 'none' ? 'primary' : ''}`}
                      >
                        {say(act.title)}
                      </Go>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {more && <div className="sub small">{say(words.all, { count: count(data.counts.due) })}</div>}
    </Card>
  )
}

/** What is late at units below, and who answers for it. */
export function LateBelow({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const { total, items } = data.lateBelow
  return (
    <Card
      title={
        <>
          {say(words.late)} <Light light="red">{count(total)}</Light>
        </>
      }
      aside={<Go to={`/obligations?unit=${data.unit.id}&state=late`}>{say(words.all, { count: count(total) })}</Go>}
    >
      <table className="stacking">
        <tbody>
          {items.slice(0, 8).map((item) => (
            <tr key={item.id}>
              <td className="due-light">
                <ItemLight item={item} />
              </td>
              <td>
                <div>
                  <Go to={`/chain/${item.unit}`} style={{ color: 'inherit' }}>
                    <b>{say(item.name)}</b>
                  </Go>{' '}
                  · {say(item.title)}
                  <br />
                  <span className="sub small">{item.who && <Answers who={item.who} />}</span>
                </div>
              </td>
              <td>
                <Abilities can={item.can} tight />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

const LATELY_MAX = 6

/** The chain of my unit in a few lines: who answers at each link, and what each owes. */
export function ChainCard({ unit }: { unit: string }) {
  const { say, count } = useSay()
  const chain = useAsk('chain.of', { unit })
  if (!chain.data || chain.data.rungs.length < 2) return null
  const { rungs, stuck } = chain.data
  return (
    <Card title={say(words.chain)} aside={<Go to={`/chain/${unit}`}>{say(words.open)}</Go>}>
      <p>
        <Light light={stuck.light}>{say(stuck.words)}</Light>
      </p>
      <table>
        <tbody>
          {rungs.map((rung) => (
            <tr key={rung.unit.id}>
              <th scope="row" style={{ fontWeight: 500 }}>
                {say(rung.unit.name)}
                <br />
                <span className="sub small">{say(rung.tier.role)}</span>
              </th>
              <td>
                {rung.principals.map((principal, at) => (
                  <div key={principal.post.id}>
                    <span className="sub">{say(principal.post.name)}</span>{' '}
                    {principal.person ? say(principal.person.name) : <Light light="red">{say(words.vacant)}</Light>}{' '}
                    {at === 0 && principal.person?.madeUp && <MadeUp />}
                  </div>
                ))}
              </td>
              <td className="right num sub">
                {rung.owedTotal > 0 && say(words.owes, { count: count(rung.owedTotal) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

/** What the seats of my unit did last. */
export function LatelyCard({ unit }: { unit: string }) {
  const { say } = useSay()
  const lately = useAsk('journal.search', { by: unit, limit: LATELY_MAX })
  if (!lately.data || lately.data.entries.length === 0) return null
  return (
    <Card title={say(words.lately)} aside={<Go to={`/journal?unit=${unit}`}>{say(words.journal)}</Go>}>
      <table className="stacking">
        <tbody>
          {lately.data.entries.map((entry) => (
            <tr key={entry.id}>
              <td className="sub due-light">
                <DayText day={entry.doneOn} />
              </td>
              <td>
                <span>
                  <Go to={`/journal/${entry.id}`} style={{ color: 'inherit' }}>
                    {say(entry.title)}
                  </Go>
                  {entry.unit.id !== unit && <> · {say(entry.unit.name)}</>}
                </span>
              </td>
              <td className="sub right">{entry.seat && say(entry.seat.post.name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
