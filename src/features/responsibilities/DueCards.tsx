import type { AnswerOf } from '#web/ask.ts'
import { Abilities, actPath, Answers, Card, DayText, Empty, Go, ItemLight, Light, useSay } from '#web/parts/index.ts'
import { words } from './home-words.tsx'

type Mine = AnswerOf<'responsibilities.mine'>

/** What is due and late at my seat, with the act that would meet it. */
export function DueCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const more = data.counts.due > data.items.length
  return (
    <Card
      title={say(words.due)}
      aside={data.counts.due > 0 && <Go to={`/obligations?unit=${data.unit.id}`}>{say(words.all, { count: count(data.counts.due) })}</Go>}
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
              <th scope="col" style={{ width: 150 }}>
                {say(words.until)}
              </th>
              <th scope="col">{say(words.matter)}</th>
              <th scope="col">
                <span className="visually-hidden">{say(words.can)}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.items.slice(0, 12).map((item) => (
              <tr key={item.id}>
                <td>
                  <ItemLight item={item} />
                </td>
                <td>
                  <div>
                    <Go to={`/obligations/${item.id}`} style={{ color: 'inherit' }}>
                      <b>{say(item.title)}</b>
                    </Go>
                    {item.unit !== data.unit.id && <> · {say(item.name)}</>}
                    <br />
                    <span className="sub small">
                      {say(item.dutyTitle)}
                      {item.article && ` · ${say(words.article, { article: item.article })}`} · <DayText day={item.opened_on} style="short" /> → <DayText day={item.due_on} />
                    </span>
                  </div>
                </td>
                <td className="right">
                  <span className="row" style={{ gap: 6, justifyContent: 'flex-end' }}>
                    {item.acts.map((act, at) => (
                      <Go key={act.act} to={actPath(act.act, act.input)} className={`btn tight ${at === 0 && item.light !== 'none' ? 'primary' : ''}`}>
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
              <td style={{ width: 150 }}>
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
