import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Empty,
  Go,
  Light,
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { Members } from './Members.tsx'
import { WorkerName, words } from './labour-words.tsx'

type Village = AnswerOf<'village.show'>

/** One village: what it needs, who is there, who was there, who helps its households. */
export default function VillagePage() {
  const { say } = useSay()
  const { village = '' } = useParams()
  const shown = useAsk('village.show', { village })
  const { data } = shown
  return (
    <Page
      title={data ? say(data.name) : say(words.village)}
      mark={
        data && (
          <>
            <Light light={data.light}>{say(data.stateName)}</Light>
            {data.madeUp && <MadeUp why={say(words.villageMadeUp)} />}
          </>
        )
      }
      sub={
        data && (
          <>
            {data.above
              .slice(0, -1)
              .toReversed()
              .map((each) => (
                <span key={each.id}>
                  <UnitLink unit={each} /> ·{' '}
                </span>
              ))}
            {say(data.township)} · <Go to={`/labour?unit=${data.unit}`}>{say(words.labour)}</Go>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={shown} lines={8}>
        {(each) => (
          <div className="grid cols-wide">
            <div className="stack">
              <Card title={say(words.can)}>
                <Abilities can={each.can} others />
              </Card>
              <Card
                title={say(words.team)}
                aside={each.team && <Go to={`/labour/teams/${each.team}`}>{say(words.attendance)}</Go>}
              >
                {each.team ? <Members members={each.members} /> : <Empty>{say(words.noTeam)}</Empty>}
              </Card>
              <Helpers village={each} />
            </div>
            <div className="stack">
              <Needs village={each} />
              <Teams village={each} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

/** What was stated last, and how much of it is there. */
function Needs({ village }: { village: Village }) {
  const { say, day } = useSay()
  const [latest] = village.statements
  return (
    <Card
      title={say(words.needs)}
      aside={latest && <span className="sub small">{say(words.stated, { day: day(latest.on) })}</span>}
    >
      {latest === undefined && <Empty>{say(words.notStated)}</Empty>}
      {latest && (
        <dl className="facts">
          <dt>{say(words.people)}</dt>
          <dd>
            <Light light={village.people >= village.needed ? 'green' : 'yellow'}>
              {say(words.peopleOf, { people: village.people, needed: village.needed })}
            </Light>
          </dd>
          {village.needs.map((need) => (
            <div key={need.skill} style={{ display: 'contents' }}>
              <dt>{say(need.name)}</dt>
              <dd>
                <Light light={need.has >= need.people ? 'green' : 'yellow'}>
                  {say(words.peopleOf, { people: need.has, needed: need.people })}
                </Light>
              </dd>
            </div>
          ))}
          <dt>{say(words.households)}</dt>
          <dd>{say(words.helpedOf, { helped: village.helped, households: village.households })}</dd>
        </dl>
      )}
    </Card>
  )
}

function Teams({ village }: { village: Village }) {
  const { say } = useSay()
  return (
    <Card title={say(words.formerTeams)}>
      {village.teams.length === 0 && <Empty>{say(words.noTeam)}</Empty>}
      {village.teams.map((team) => (
        <p key={team.team}>
          <Go to={`/labour/teams/${team.team}`}>{say(words.complete, { people: team.people })}</Go>{' '}
          <span className="sub small">
            <DayText day={team.since} /> – {team.until ? <DayText day={team.until} /> : ''}
          </span>{' '}
          {team.note && <Written>{team.note}</Written>}
        </p>
      ))}
    </Card>
  )
}

function Helpers({ village }: { village: Village }) {
  const { say } = useSay()
  return (
    <Card title={say(words.helpers)}>
      <DataTable
        caption={say(words.helpers)}
        name="helpers"
        rows={village.helpers}
        csv="helpers"
        rowKey={(each) => each.household}
        empty={say(words.noHelpers)}
        columns={[
          { key: 'household', title: say(words.household), head: true, value: (each) => each.household },
          {
            key: 'helper',
            title: say(words.helper),
            value: (each) => say(each.name),
            cell: (each) => <WorkerName worker={each} />,
          },
          {
            key: 'since',
            title: say(words.since),
            value: (each) => each.since,
            cell: (each) => <DayText day={each.since} />,
          },
        ]}
      />
    </Card>
  )
}
