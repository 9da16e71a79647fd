import type { AnswerOf } from '#web/ask.ts'
import { Abilities, Answer, Card, DayText, Go, Light, PersonName, useAsk, useSay, useSearch } from '#web/parts/index.ts'

type Seat = AnswerOf<'seat.roster'>['seats'][number]

const words = {
  title: { zh: '职务', en: 'Seats' },
  since: { zh: '自', en: 'since' },
  vacant: { zh: '空缺', en: 'vacant' },
  acting: { zh: '代理', en: 'acting' },
  bound: { zh: '退出前保持稳定', en: 'stays until the exit' },
  excepted: { zh: '已批准例外', en: 'exception granted' },
  routed: { zh: '职责由{who}承接', en: 'duties lie with {who}' },
}

/** Who sits in the seats of one unit, what is vacant, and who stands in. */
export function UnitSeats({ unit }: { unit: string }) {
  const { say } = useSay()
  const { post } = useSearch()
  const roster = useAsk('seat.roster', { unit })
  return (
    <Card title={say(words.title)}>
      <Answer of={roster}>
        {({ seats }) => (
          <ul style={{ listStyle: 'none', padding: 0, margin: 0 }} className="stack">
            {seats.map((seat) => (
              <li
                key={seat.post}
                style={
                  seat.post === post
                    ? { outline: '2px solid var(--blue)', outlineOffset: 4, borderRadius: 6 }
                    : undefined
                }
              >
                <One seat={seat} />
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </Card>
  )
}

function One({ seat }: { seat: Seat }) {
  const { say, list } = useSay()
  const standIns = seat.routes.map(
    (route) => `${say(route.unit.name)} · ${say(route.postName)} ${say(route.person.name)}`,
  )
  return (
    <>
      <div className="row">
        <b>{say(seat.postName)}</b>
        <span className="sub small">{say(seat.bodyName)}</span>
        <span className="push">
          <Abilities can={seat.can} tight />
        </span>
      </div>
      <div className="row small">
        {seat.person ? (
          <>
            <Go to={`/people/${seat.person.id}`}>
              <PersonName person={seat.person} />
            </Go>
            {seat.capacity === 'acting' && <Light light="yellow">{say(words.acting)}</Light>}
          </>
        ) : (
          <Light light="red">{say(words.vacant)}</Light>
        )}
        <span className="sub">
          {say(words.since)} <DayText day={seat.since} />
        </span>
        {seat.isBound && <Light light="none">{say(seat.isExcepted ? words.excepted : words.bound)}</Light>}
        {standIns.length > 0 && <span className="sub">{say(words.routed, { who: list(standIns) })}</span>}
      </div>
    </>
  )
}
