import { useState } from 'react'
import { Failure, send } from '#web/api.ts'
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
  Problem,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  Written,
} from '#web/parts/index.ts'
import { words } from './labour-words.tsx'

type Worker = AnswerOf<'worker.show'>

/** One person who can be sent: record, service, leave, attendance, the households they help. */
export default function WorkerPage() {
  const { say } = useSay()
  const { worker = '' } = useParams()
  const shown = useAsk('worker.show', { worker })
  const { data } = shown
  return (
    <Page
      title={data ? say(data.name) : say(words.peopleList)}
      mark={
        data && (
          <>
            {data.madeUp && <MadeUp />} <Light light={data.isTermOver ? 'red' : 'none'}>{say(data.stateName)}</Light>
          </>
        )
      }
      sub={
        data && (
          <>
            {data.above.toReversed().map((each) => (
              <span key={each.id}>
                <UnitLink unit={each} /> ·{' '}
              </span>
            ))}
            <Go to={`/labour/people?unit=${data.unit}`}>{say(words.peopleList)}</Go>
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
                <Abilities can={each.can.filter((can) => can.act !== 'worker.reveal')} others />
              </Card>
              <Service worker={each} />
              <Months worker={each} />
            </div>
            <div className="stack">
              <Known worker={each} />
              <Leave worker={each} />
              <Households worker={each} />
            </div>
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Known({ worker }: { worker: Worker }) {
  const { say, list } = useSay()
  const limits = [
    ...(worker.travelKmMax === null ? [] : [say(words.travel, { km: worker.travelKmMax })]),
    ...(worker.noNight ? [say(words.noNight)] : []),
  ]
  const reveal = worker.can.find((each) => each.act === 'worker.reveal' && each.mine)
  return (
    <Card title={say(words.record)}>
      <dl className="facts">
        <dt>{say(words.employer)}</dt>
        <dd>{say(worker.employer)}</dd>
        <dt>{say(words.skills)}</dt>
        <dd>{list(worker.skillNames.map((name) => say(name))) || '—'}</dd>
        <dt>{say(words.home)}</dt>
        <dd>
          {worker.homeName ? say(worker.homeName) : '—'}{' '}
          {worker.homeTownship && <Written>{worker.homeTownship}</Written>}
          {worker.homeAllowed && ` · ${say(words.homeAllowed)}`}
        </dd>
        <dt>{say(words.limits)}</dt>
        <dd>{list(limits) || say(words.noLimits)}</dd>
        <dt>{say(words.contact)}</dt>
        <dd>{reveal ? <Contact unit={worker.unit} worker={worker.id} /> : '••••'}</dd>
      </dl>
    </Card>
  )
}

/** Shows telephone and ID number on this screen and nowhere else; that somebody looked is journalled. */
function Contact({ unit, worker }: { unit: string; worker: string }) {
  const { say } = useSay()
  const [shown, setShown] = useState<{ phone: string; idNumber: string }>()
  const [failure, setFailure] = useState<Failure>()
  const look = async () => {
    try {
      const { result } = await send<{ result: { phone: string; idNumber: string } }>(
        'POST',
        '/api/acts/worker.reveal',
        {
          body: { unit, worker },
          headers: { 'idempotency-key': crypto.randomUUID() },
        },
      )
      setShown(result)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      setFailure(error)
    }
  }
  if (shown) return <span role="status">{say(words.phoneIs, shown)}</span>
  return (
    <span>
      ••••{' '}
      <button type="button" className="btn tight no-print" title={say(words.revealWhy)} onClick={() => void look()}>
        {say(words.reveal)}
      </button>
      {failure && <Problem error={failure} />}
    </span>
  )
}

function Service({ worker }: { worker: Worker }) {
  const { say } = useSay()
  return (
    <Card title={say(words.service)}>
      <DataTable
        caption={say(words.service)}
        name="service"
        rows={worker.terms}
        rowKey={(each) => `${each.team} ${each.since}`}
        empty={say(words.noService)}
        columns={[
          {
            key: 'village',
            title: say(words.village),
            head: true,
            value: (each) => say(each.villageName),
            cell: (each) => <Go to={`/labour/teams/${each.team}`}>{say(each.villageName)}</Go>,
          },
          {
            key: 'role',
            title: say(words.role),
            value: (each) => say(each.roleName),
            cell: (each) => `${say(each.roleName)}${each.firstSecretary ? ` · ${say(words.firstSecretary)}` : ''}`,
          },
          {
            key: 'since',
            title: say(words.since),
            value: (each) => each.since,
            cell: (each) => <DayText day={each.since} />,
          },
          {
            key: 'until',
            title: say(words.term),
            value: (each) => each.until ?? each.termUntil,
            cell: (each) => (
              <span>
                <DayText day={each.until ?? each.termUntil} />{' '}
                <span className="sub small">
                  {each.whyName && say(each.whyName)} {each.note && <Written>{each.note}</Written>}
                </span>
              </span>
            ),
          },
        ]}
      />
    </Card>
  )
}

function Months({ worker }: { worker: Worker }) {
  const { say } = useSay()
  return (
    <Card title={say(words.months)}>
      <DataTable
        caption={say(words.months)}
        name="months"
        rows={worker.months}
        csv="attendance"
        rowKey={(each) => `${each.team} ${each.month}`}
        empty={say(words.noMonths)}
        columns={[
          {
            key: 'month',
            title: say(words.month),
            head: true,
            value: (each) => each.month,
            cell: (each) => <Go to={`/labour/teams/${each.team}?month=${each.month}`}>{each.month}</Go>,
          },
          {
            key: 'present',
            title: say(words.present),
            align: 'right',
            value: (each) => each.present,
            cell: (each) => say(words.presentShare, each),
          },
        ]}
      />
    </Card>
  )
}

function Leave({ worker }: { worker: Worker }) {
  const { say, day } = useSay()
  return (
    <Card title={say(words.leave)}>
      {worker.leave.length === 0 && <Empty>{say(words.noLeave)}</Empty>}
      {worker.leave.map((each) => (
        <p key={each.id}>
          {say(each.kindName)} · {day(each.from)} – {day(each.to)} · {say(words.daysOf, { days: each.days })} ·{' '}
          {say(words[each.outcome ?? 'waiting'])}
        </p>
      ))}
    </Card>
  )
}

function Households({ worker }: { worker: Worker }) {
  const { say } = useSay()
  const byVillage = [...Map.groupBy(worker.households, (each) => each.village)]
  return (
    <Card title={say(words.helps)}>
      {byVillage.length === 0 && <Empty>{say(words.helpsNobody)}</Empty>}
      {byVillage.map(([village, households]) => (
        <p key={village}>
          <Go to={`/labour/villages/${village}`}>{households[0] && say(households[0].villageName)}</Go>{' '}
          <span className="mono small">{households.map((each) => each.household).join(' ')}</span>
        </p>
      ))}
    </Card>
  )
}
