import { actOf, useActs } from '#web/acts.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  actPath,
  Answer,
  AsOf,
  Card,
  DayText,
  Empty,
  Go,
  ItemLight,
  Page,
  PersonName,
  Status,
  UnitLink,
  useAsk,
  useNames,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import './obligations.css'
import { itemWords, words as listWords } from './words.tsx'

const words = { ...listWords, ...itemWords }

type Shown = AnswerOf<'obligation.show'>

export default function ObligationPage() {
  const { say, list, day } = useSay()
  const { id = '' } = useParams()
  const item = useAsk('obligation.show', { id })
  const acts = useActs()
  const names = useNames()
  const data = item.data
  return (
    <Page
      title={data ? say(data.title) : say(words.plain)}
      mark={data && <ItemLight item={data} />}
      sub={data && <UnitLink unit={{ id: data.unit, name: data.name }} />}
      aside={<AsOf />}
    >
      <Answer of={item}>
        {(each) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Card title={say(words.ladder)}>
                <Ladder item={each} />
              </Card>
              {each.isUrged || each.answers.length > 0 ? <Answered item={each} /> : null}
              {each.extensions.length > 0 && <Extensions item={each} />}
            </div>
            <div className="stack">
              <Meeting id={each.id} />
              {each.can.length > 0 && (
                <Card title={say(words.can)}>
                  <Abilities can={each.can} others />
                </Card>
              )}
              <Card>
                <dl className="facts">
                  <dt>{say(words.unit)}</dt>
                  <dd>
                    {say(each.name)} · <Go to={`/chain/${each.unit}`}>{say(words.chain)}</Go>
                  </dd>
                  <dt>{say(words.owes)}</dt>
                  <dd>{each.owes ? <UnitLink unit={each.owes.unit} to={`/chain/${each.owes.unit.id}`} /> : '—'}</dd>
                  <dt>{say(words.opened)}</dt>
                  <dd>
                    <DayText day={each.opened_on} /> · <Go to={`/journal/${each.opened_by}`}>{say(words.entry)}</Go>
                  </dd>
                  <dt>{say(words.due)}</dt>
                  <dd>
                    <DayText day={each.due_on} />
                    {each.isExtended && (
                      <span className="sub small"> {say(words.putOff, { day: day(each.first_due_on) })}</span>
                    )}
                  </dd>
                  <dt>{say(words.superior)}</dt>
                  <dd>{each.superior ? <UnitLink unit={each.superior} /> : '—'}</dd>
                  {each.met_on && (
                    <>
                      <dt>{say(words.met)}</dt>
                      <dd>
                        <DayText day={each.met_on} />{' '}
                        {each.met_by && <Go to={`/journal/${each.met_by}`}>{say(words.entry)}</Go>}
                      </dd>
                    </>
                  )}
                  {each.lapsed_on && (
                    <>
                      <dt>{say(words.lapsed)}</dt>
                      <dd>
                        <DayText day={each.lapsed_on} />{' '}
                        {each.lapsed_by && <Go to={`/journal/${each.lapsed_by}`}>{say(words.entry)}</Go>}
                      </dd>
                    </>
                  )}
                  <dt>{say(words.ground)}</dt>
                  <dd>
                    <Go to={`/charter?duty=${each.duty}`}>
                      {names?.duties[each.duty]
                        ? say(names.duties[each.duty] as { zh: string; en: string })
                        : each.duty}
                    </Go>{' '}
                    {each.article && say(words.article, { article: each.article })}{' '}
                    {each.status && <Status status={each.status} />}
                  </dd>
                  <dt>{say(words.acts)}</dt>
                  <dd>
                    {list(
                      each.acts.map((name) => {
                        const act = actOf(acts.data, name)
                        return act ? say(act.title) : name
                      }),
                    )}
                  </dd>
                </dl>
              </Card>
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** For whoever owes it: the act that meets it, with what is known filled in. */
function Meeting({ id }: { id: string }) {
  const { say } = useSay()
  const mine = useAsk('responsibilities.mine')
  const item = mine.data?.items.find((each) => each.id === id)
  if (!item) return null
  return (
    <Card title={say(words.mine)}>
      <div className="row">
        {item.acts.map((act, at) => (
          <Go key={act.act} to={actPath(act.act, act.input)} className={`btn ${at === 0 ? 'primary' : ''}`}>
            {say(act.title)}
          </Go>
        ))}
      </div>
    </Card>
  )
}

type Rung = Shown['ladder'][number]

/** The charter's steps for this one thing: what was done by which act, and what comes next on which day. */
function Ladder({ item }: { item: Shown }) {
  const { say } = useSay()
  if (item.ladder.length === 0) return <Empty>{say(words.noLadder)}</Empty>
  const next = item.ladder.find((each) => each.step === item.next?.step)
  return (
    <>
      <ol className="ladder">
        {item.ladder.map((rung) => (
          <li
            key={rung.step}
            className={`${rung.state} ${rung === next ? 'next' : ''} ${rung.afterWorkingDays < 0 ? 'early' : ''}`}
            aria-current={rung === next ? 'step' : undefined}
          >
            <b>{say(rung.title)}</b> {rung === next && <span className="sub small">{say(words.next)}</span>}
            <RungText rung={rung} />
          </li>
        ))}
      </ol>
      {!item.isCalendarPublished && <p className="sub small">{say(words.weekdays)}</p>}
      <p className="sub small">{say(words.stops)}</p>
    </>
  )
}

function RungText({ rung }: { rung: Rung }) {
  const { say, day } = useSay()
  const behalf = rung.taker && <> · {say(words.onBehalf, { unit: say(rung.taker.name) })}</>
  if (rung.state !== 'done' || !rung.done)
    return (
      <div className="small">
        {rung.state === 'spared' ? say(words.spared) : rung.dueOn && say(words.ahead, { day: day(rung.dueOn) })}
        {rung.state === 'ahead' && behalf}
      </div>
    )
  const { done } = rung
  return (
    <div className="small">
      <DayText day={done.on} /> ·{' '}
      {done.who?.person ? (
        <>
          {say(words.byHand)} · <PersonName person={done.who.person} />
        </>
      ) : (
        say(words.byClock)
      )}
      {behalf} · <Go to={`/journal/${done.act}`}>{say(words.entry)}</Go>
      {done.reason && <blockquote className="sub">“{done.reason}”</blockquote>}
    </div>
  )
}

function Answered({ item }: { item: Shown }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.answered)}>
      {item.answers.length === 0 && <Empty>{say(words.noAnswer)}</Empty>}
      {item.answers.map((each) => (
        <div key={each.ordinal} style={{ marginBottom: 10 }}>
          “{each.explanation}”
          <div className="small">
            <DayText day={each.on} /> · {each.by.person && <PersonName person={each.by.person} />} ·{' '}
            {say(words.promised, { day: day(each.promised) })} · <Go to={`/journal/${each.act}`}>{say(words.entry)}</Go>
          </div>
        </div>
      ))}
    </Card>
  )
}

function Extensions({ item }: { item: Shown }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.extensions)}>
      {item.extensions.map((each) => (
        <div key={each.ordinal} style={{ marginBottom: 10 }}>
          <b>{say(words.extended, { before: day(each.before), due: day(each.due) })}</b>
          <div className="sub">“{each.reason}”</div>
          <div className="small">
            <DayText day={each.on} /> · {each.by.person && <PersonName person={each.by.person} />} ·{' '}
            <Go to={`/journal/${each.act}`}>{say(words.entry)}</Go>
          </div>
        </div>
      ))}
    </Card>
  )
}
