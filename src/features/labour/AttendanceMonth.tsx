import { useState } from 'react'
import { actPath, Card, Empty, Go, useSay, useSearch, useSession, useSetSearch } from '#web/parts/index.ts'
import { type Team, WorkerName, words } from './labour-words.tsx'
import './labour.css'

type Line = Team['calendar'][number]
type Mark = keyof Team['markNames']
const order: readonly Mark[] = ['p', 'l', 'd', 'a', '-']
/** As attendance sheets on paper mark them. */
const signs: Readonly<Record<Mark, string>> = { p: '√', l: '△', d: '○', a: '×', '-': '·' }

const own = {
  enter: { zh: '登记考勤', en: 'Enter attendance' },
  go: { zh: '核对并登记（{count} 人）', en: 'Check and enter ({count} people)' },
  cancel: { zh: '放弃', en: 'Give up' },
  all: { zh: '未填的日子都记在村', en: 'All days not told: present' },
  how: {
    zh: '点一天，在村、请假、公差、缺勤、不计之间依次变换。已批准的请假已经填好。',
    en: 'Press a day to go from present to leave, duty, absence and not told. Leave that was granted is filled in.',
  },
  cell: { zh: '{name} {day}日：{mark}', en: '{name}, {day}: {mark}' },
  corrected: { zh: '更正过 {count} 次', en: 'corrected {count} times' },
}

/** The attendance of a team for one month, day by day; whoever enters it presses days, and nothing is typed. */
export function AttendanceMonth({ team }: { team: Team }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const [edited, setEdited] = useState<ReadonlyMap<string, string>>()
  const today = session?.today ?? ''
  const isPast = search['on'] !== undefined && search['on'] !== today
  const ability = team.can.find((each) => each.act === 'attendance.record' && each.mine)
  const marksOf = (line: Line) => edited?.get(line.worker) ?? line.marks ?? line.known
  const begin = () => setEdited(new Map())
  const press = (line: Line, at: number) => {
    const marks = marksOf(line)
    const next = order[(order.indexOf(marks[at] as Mark) + 1) % order.length] ?? '-'
    setEdited(new Map(edited).set(line.worker, `${marks.slice(0, at)}${next}${marks.slice(at + 1)}`))
  }
  const fill = () =>
    setEdited(
      new Map(
        team.calendar.map((line) => [
          line.worker,
          [...marksOf(line)].map((mark, at) => (mark === '-' && mayTell(team, line, at, today) ? 'p' : mark)).join(''),
        ]),
      ),
    )
  const sheets = team.calendar
    .filter((line) => edited?.has(line.worker) && edited.get(line.worker) !== line.marks)
    .map((line) => ({
      team: team.id,
      worker: line.worker,
      marks: marksOf(line),
      ...(line.entry !== null && { corrects: line.entry }),
    }))
  return (
    <Card
      title={say(words.attendance)}
      aside={
        <label className="row small no-print" style={{ gap: 6 }}>
          {say(words.month)}
          <input
            type="month"
            className="field"
            value={team.month}
            max={today.slice(0, 7)}
            onChange={(event) => event.target.value && setSearch({ month: event.target.value })}
          />
        </label>
      }
    >
      {team.calendar.length === 0 ? (
        <Empty>{say(words.nobodyServed)}</Empty>
      ) : (
        <>
          <Grid team={team} marksOf={marksOf} {...(edited && { press, today })} />
          <Legend team={team} />
          {ability && !isPast && (
            <div className="row no-print" style={{ marginTop: 10 }}>
              {edited ? (
                <>
                  <button type="button" className="btn" onClick={fill}>
                    {say(own.all)}
                  </button>
                  {sheets.length > 0 && (
                    <Go
                      to={actPath('attendance.record', { unit: team.unit, month: team.month, sheets })}
                      className="btn primary"
                    >
                      {say(own.go, { count: sheets.length })}
                    </Go>
                  )}
                  <button type="button" className="btn plain" onClick={() => setEdited(undefined)}>
                    {say(own.cancel)}
                  </button>
                  <span className="sub small">{say(own.how)}</span>
                </>
              ) : (
                <button type="button" className="btn primary" onClick={begin}>
                  {say(own.enter)}
                </button>
              )}
            </div>
          )}
        </>
      )}
    </Card>
  )
}

/** Whether a day has come and the person served on it. */
function mayTell(team: Team, line: Line, at: number, today: string): boolean {
  const day = team.days[at] ?? ''
  return (
    day <= today &&
    team.members.some(
      (each) => each.worker === line.worker && each.since <= day && (each.until === null || day < each.until),
    )
  )
}

type GridProps = {
  readonly team: Team
  readonly marksOf: (line: Line) => string
  readonly press?: (line: Line, at: number) => void
  readonly today?: string
}

function Grid({ team, marksOf, press, today = '' }: GridProps) {
  const { say } = useSay()
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is reached by keyboard
    <div className="attendance" role="region" aria-label={say(words.attendance)} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say(words.name)}</th>
            <th scope="col">{say(words.present)}</th>
            {team.days.map((day) => (
              <th key={day} scope="col" className={isWeekend(day) ? 'rest num' : 'num'}>
                {Number(day.slice(8))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {team.calendar.map((line) => (
            <tr key={line.worker}>
              <th scope="row">
                <WorkerName worker={line} />
              </th>
              <td className="num">
                {line.marks === null ? <span className="faint">{say(words.notEntered)}</span> : line.present}
                {line.corrections > 0 && (
                  <span className="sub small" style={{ display: 'block' }}>
                    {say(own.corrected, { count: line.corrections })}
                  </span>
                )}
              </td>
              {[...marksOf(line)].map((sign, at) => {
                const mark = sign as Mark
                const label = say(own.cell, { name: say(line.name), day: at + 1, mark: say(team.markNames[mark]) })
                const shown = <span aria-hidden>{signs[mark]}</span>
                return (
                  <td key={team.days[at]} className={`mark ${mark === '-' ? 'none' : mark}`}>
                    {press && mayTell(team, line, at, today) ? (
                      <button type="button" aria-label={label} onClick={() => press(line, at)}>
                        {shown}
                      </button>
                    ) : (
                      <span title={say(team.markNames[mark])}>
                        {shown}
                        <span className="visually-hidden">{say(team.markNames[mark])}</span>
                      </span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const isWeekend = (day: string) => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

function Legend({ team }: { team: Team }) {
  const { say } = useSay()
  return (
    <p className="sub small row" style={{ gap: 14 }}>
      {order.map((mark) => (
        <span key={mark}>
          <span aria-hidden>{signs[mark]}</span> {say(team.markNames[mark])}
        </span>
      ))}
    </p>
  )
}
