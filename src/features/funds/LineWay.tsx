import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import { Go, Light, useNames, useSay } from '#web/parts/index.ts'
import { linePath } from './LinesCard.tsx'
import { Fen } from './money-parts.tsx'
import { words } from './money-words.tsx'

type Line = AnswerOf<'line.show'>
type Rung = Line['ladder'][number]

/** The way of a line from whoever appropriated it down to a unit: how much came to each rung, and how long it stayed there. */
export function Way({ line }: { line: Line }) {
  return (
    <ol className="way">
      {line.ladder.map((rung, at) => (
        <Step key={rung.unit} rung={rung} line={line} isLast={at === line.ladder.length - 1} />
      ))}
    </ol>
  )
}

function Step({ rung, line, isLast }: { rung: Rung; line: Line; isLast: boolean }) {
  const { say, day } = useSay()
  const tier = useNames()?.tiers[rung.tier]
  const isThrough = rung.receivedOn === null && !isLast
  return (
    <li className={isLast ? 'me' : isThrough ? 'through' : ''}>
      <span>
        <b>
          <Go to={linePath(line.line, rung.unit, line.year)}>{say(rung.name)}</Go>
        </b>
        {tier && say(tier) !== say(rung.name) && (
          <span className="sub small" style={{ display: 'block' }}>
            {say(tier)}
          </span>
        )}
      </span>
      {rung.receivedOn === null ? (
        <span className="sub">{say(isLast ? words.notYet : words.through)}</span>
      ) : (
        <span>
          <span className="row">
            <b>
              <Fen
                fen={rung.receivedFen}
                to={`/funds/entries${queryString({ unit: rung.unit, line: line.line, year: line.year, kind: 'available' })}`}
              />
            </b>
            <span className="sub">{say(words.gotOn, { day: day(rung.receivedOn) })}</span>
            {rung.dueOn && <Light light={rung.light}>{say(rung.words)}</Light>}
          </span>
          <Passed rung={rung} isLast={isLast} />
        </span>
      )}
    </li>
  )
}

/** What a rung passed on, after how many days, and what it still holds against its limit. */
function Passed({ rung, isLast }: { rung: Rung; isLast: boolean }) {
  const { say, amount, day } = useSay()
  const isHeld = rung.heldFen !== '0'
  const [here, all] = [amount(Number(rung.passedHereFen)), amount(Number(rung.passedFen))]
  const passed =
    isLast || rung.passedHereFen === '0' || here === all
      ? say(words.passedAll, { all })
      : say(words.passedHere, { here, all })
  const told = [
    ...(rung.passedFen === '0' ? [] : [passed]),
    ...(rung.days !== null && !isHeld && rung.passedOn
      ? [rung.days === 0 ? say(words.sameDay) : say(words.after, { days: rung.days })]
      : []),
    ...(isHeld ? [say(words.held, { amount: amount(Number(rung.heldFen)) })] : []),
    ...(isHeld && rung.days !== null ? [say(words.heldFor, { days: rung.days })] : []),
    ...(rung.limitDays === null ? [] : [say(words.limit, { days: rung.limitDays })]),
    ...(isHeld && rung.dueOn ? [say(words.due, { day: day(rung.dueOn) })] : []),
  ]
  return told.length === 0 ? null : <span className="sub small">{told.join(' · ')}</span>
}
