import type { AnswerOf } from '#web/ask.ts'
import { actPath, Abilities, Answer, Answers, AsOf, Card, Clause, DayText, Empty, FigureTile, Go, ItemLight, Light, Page, Status, useAsk, useFigures, useSay, useSession } from '#web/parts/index.ts'
import SignInPage from './SignInPage.tsx'

type Mine = AnswerOf<'responsibilities.mine'>

const words = {
  title: { zh: '我的责任', en: 'My responsibilities' },
  listed: { zh: '{since} 列入贫困县名单', en: 'on the list of poor counties since {since}' },
  below: { zh: '{units} 个{tier}，其中贫困县 {designated} 个', en: '{units} × {tier}, {designated} of them poor' },
  version: { zh: '章程 {version} 版', en: 'charter {version}' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  due: { zh: '到期与逾期', en: 'Due and late' },
  nothingDue: { zh: '没有到期事项。', en: 'Nothing is due.' },
  until: { zh: '期限', en: 'When' },
  matter: { zh: '事项', en: 'What' },
  all: { zh: '全部 {count} 件', en: 'all {count}' },
  late: { zh: '下级逾期', en: 'Late below me' },
  duties: { zh: '我的{count}项职责', en: 'My {count} duties' },
  takenOver: { zh: '代无{tier}之处', en: 'where there is no {tier}' },
  can: { zh: '现在可以办', en: 'What I may do now' },
  nothingToDo: { zh: '这个职务的职责在本系统中还没有可办的事。', en: 'No act of this system stands under the duties of this seat yet.' },
  more: { zh: '另有 {count} 项可办', en: '{count} more that I may do' },
  others: { zh: '不在这里的事，不属于你的职责', en: 'What is not here is not your duty' },
  whose: { zh: '归谁', en: 'Whose it is' },
  act: { zh: '事', en: 'Act' },
  everyUnit: { zh: '{tiers}各自承担', en: 'each {tiers} for itself' },
  ready: { zh: '可以提出', en: 'may be done' },
  missing: { zh: '还差 {count} 项', en: '{count} missing' },
}

/** The home page: what I answer for, what is due, what is late below me, what I may do now. */
export default function HomePage() {
  const session = useSession()
  if (session && !session.actor) return <SignInPage />
  return <Mine />
}

function Mine() {
  const { say } = useSay()
  const mine = useAsk('responsibilities.mine')
  return mine.data ? (
    <Home data={mine.data} />
  ) : (
    <Page title={say(words.title)} aside={<AsOf />}>
      <Answer of={mine} lines={8}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Home({ data }: { data: Mine }) {
  const { say, list, day, count } = useSay()
  const [unit, ...above] = data.lineage
  const listed = data.designations[0]
  const where = [unit, ...above].map((each) => say(each.name)).join(' · ')
  const reach = data.below.map((tier) => say(words.below, { units: count(tier.units), tier: say(tier.name), designated: count(tier.designated) }))
  return (
    <Page
      title={say(words.title)}
      aside={<AsOf />}
      sub={
        <>
          {where} {listed && <>　{say(words.listed, { since: day(listed.since) })}</>}
          {reach.length > 0 && <>　{list(reach.slice(-1))}</>}
        </>
      }
    >
      {data.clause && (
        <Clause
          cite={
            <>
              {say(data.clause.source)}
              {data.clause.article && ` · ${say(words.article, { article: data.clause.article })}`}
              {data.version && ` · ${say(words.version, { version: data.version.id })}`} · {say(data.clause.title)} <Status status={data.clause.status} />
            </>
          }
        >
          {say(data.clause.quote)}
        </Clause>
      )}
      <Tiles duties={data.duties.map((duty) => duty.id)} unit={data.unit.id} />
      <div className="grid cols-wide">
        <div className="stack">
          <DueCard data={data} />
          {data.lateBelow.total > 0 && <LateBelow data={data} />}
        </div>
        <div className="stack">
          <DutiesCard data={data} />
          <CanCard data={data} />
        </div>
      </div>
    </Page>
  )
}

const TILES_MAX = 9

/** The figures that this seat answers for first, then others, up to a row of them. */
function Tiles({ duties, unit }: { duties: readonly string[]; unit: string }) {
  const { data } = useFigures()
  const rank = (duty: string) => (duties.includes(duty) ? 0 : 1)
  const chosen = (data ?? []).toSorted((a, b) => rank(a.duty) - rank(b.duty)).slice(0, TILES_MAX)
  if (chosen.length === 0) return null
  return (
    <div className="grid tiles-row">
      {chosen.map((figure) => (
        <FigureTile key={figure.name} name={figure.name} unit={unit} hidesEmpty />
      ))}
    </div>
  )
}

function DueCard({ data }: { data: Mine }) {
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

function LateBelow({ data }: { data: Mine }) {
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

const DUTIES_SHOWN = 8

function DutiesCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const ordered = data.duties.toSorted((a, b) => severity(b.light) - severity(a.light))
  const row = (duty: Mine['duties'][number]) => (
    <tr key={duty.id}>
      <td>
        <Go to={`/charter?duty=${duty.id}`} style={{ color: 'inherit' }} title={say(duty.quote)}>
          {say(duty.title)}
        </Go>
        {duty.takenOverFrom && <span className="sub small"> {say(words.takenOver, { tier: say(duty.takenOverFrom) })}</span>}
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
          <summary className="sub small">{say(words.all, { count: count(ordered.length) })}</summary>
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

function CanCard({ data }: { data: Mine }) {
  const { say, count } = useSay()
  const shown = data.can.slice(0, Math.max(ACTS_SHOWN, data.can.filter((line) => line.waiting > 0).length))
  const more = data.can.slice(shown.length)
  const button = (line: Mine['can'][number], at: number) => (
    <Go
      key={line.act}
      to={line.waiting > 1 ? `/obligations?unit=${data.unit.id}&act=${line.act}` : actPath(line.act, line.input)}
      className={`btn ${at === 0 && line.waiting > 0 ? 'primary' : ''}`}
      title={say(line.purpose)}
    >
      {say(line.title)} {line.waiting > 0 && <span className="num">({count(line.waiting)})</span>}
    </Go>
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
                <span>{line.who ? <Answers who={line.who} /> : say(words.everyUnit, { tiers: list(line.tiers.map((tier) => say(tier))) })}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
