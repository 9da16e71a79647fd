import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Go,
  Light,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  useSearch,
  Written,
} from '#web/parts/index.ts'
import { AttendanceMonth } from './AttendanceMonth.tsx'
import { LeaveTable } from './LeaveTable.tsx'
import { Members } from './Members.tsx'
import { type Team, words } from './labour-words.tsx'

/** One resident team: its people with their terms, their leave, the attendance of a month. */
export default function TeamPage() {
  const { say } = useSay()
  const { team = '' } = useParams()
  const { month } = useSearch()
  const shown = useAsk('team.show', { team, ...(month && { month }) })
  const { data } = shown
  return (
    <Page
      title={data ? `${say(data.villageName)} · ${say(words.team)}` : say(words.team)}
      mark={data && <Stand team={data} />}
      sub={
        data && (
          <>
            {data.above.toReversed().map((each) => (
              <span key={each.id}>
                <UnitLink unit={each} /> ·{' '}
              </span>
            ))}
            <Go to={`/labour/villages/${data.village}`}>{say(data.villageName)}</Go> ·{' '}
            <Go to={`/labour?unit=${data.unit}`}>{say(words.labour)}</Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={shown} lines={8}>
        {(each) => (
          <div className="stack">
            <Card title={say(words.can)}>
              {each.note && (
                <p>
                  <Written>{each.note}</Written>
                </p>
              )}
              <Owed team={each} />
              <Abilities can={each.can.filter((can) => can.act !== 'attendance.record')} others />
            </Card>
            <Card title={say(words.members)}>
              <Members members={each.members} />
            </Card>
            <AttendanceMonth key={each.month} team={each} />
            <Card title={say(words.leave)}>
              <LeaveTable leave={each.leave} empty={say(words.noLeave)} />
            </Card>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Stand({ team }: { team: Team }) {
  const { say, day } = useSay()
  if (team.until) return <Light light="none">{say(words.dissolved, { day: day(team.until) })}</Light>
  return team.isShort ? (
    <Light light="red">{say(words.short, { people: team.people, min: team.min })}</Light>
  ) : (
    <Light light="green">{say(words.complete, { people: team.people })}</Light>
  )
}

/** What must be done about the team by when. */
function Owed({ team }: { team: Team }) {
  const { say, day } = useSay()
  return team.owed.map((item) => (
    <p key={item.id} className="why warn">
      <Go to={`/obligations/${item.id}`}>
        {say(item.obligation === 'complete-team' ? words.completeTeam : words.replaceRecalled, { day: day(item.due) })}
      </Go>
    </p>
  ))
}
