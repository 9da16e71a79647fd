import {
  Card,
  Choice,
  type Column,
  DataTable,
  Go,
  Light,
  MadeUp,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { isChanged } from './PlanMap.tsx'
import { type Ready, words } from './plan-words.tsx'

type Change = Ready['changes'][number]
type Village = Ready['villages'][number]

/** What the present deployment, the proposal and the difference come to, part by part, and how it was found. */
export function PlanParts({ plan }: { plan: Ready }) {
  const { say, count, percent } = useSay()
  const keys = ['served', 'servedWeight', 'matched', 'km', 'moved', 'worth'] as const
  const signed = (value: number) => (value > 0 ? `+${count(value)}` : count(value))
  const { search } = plan
  const cut =
    { time: words.cutTime, nodes: words.cutNodes, memory: words.cutMemory }[search.cutBy ?? 'time'] ?? words.cutTime
  return (
    <Card title={say(words.parts)}>
      <table className="plan-parts">
        <thead>
          <tr>
            <th scope="col">{say(words.part)}</th>
            <th scope="col" className="right">
              {say(words.now)}
            </th>
            <th scope="col" className="right">
              {say(words.proposed)}
            </th>
            <th scope="col" className="right">
              {say(words.difference)}
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{say(words[key])}</th>
              <td className="right num">{count(plan.present[key])}</td>
              <td className="right num">{count(plan.proposal[key])}</td>
              <td className="right num">{signed(plan.proposal[key] - plan.present[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sub small">
        {say(words.method, {
          arcs: count(search.arcs),
          all: count(search.arcsAll),
          gap: search.gap === null ? say(words.gapUnknown) : percent(search.gap),
          wanted: percent(search.limits.gap),
          seconds: (search.ms / 1000).toFixed(1),
          version: search.solver,
          seed: search.limits.seed,
        })}{' '}
        {plan.clerk.worth <= plan.proposal.worth && say(words.clerk, { worth: count(plan.clerk.worth) })}
      </p>
      {!search.isWithinGap && <div className="why warn">{say(words.beyondGap, { limit: say(cut) })}</div>}
    </Card>
  )
}

/** Each change with its reasons, to be accepted or left. */
export function PlanChanges({ plan, asked }: { plan: Ready; asked: object }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const left = new Set((search['left'] ?? '').split(',').filter(Boolean))
  const put = (ids: ReadonlySet<string>) => setSearch({ left: [...ids].join(',') || undefined }, true)
  const toggle = (id: string) =>
    put(left.has(id) ? new Set([...left].filter((each) => each !== id)) : new Set([...left, id]))
  const accepted = plan.changes.filter(({ id }) => !left.has(id)).length
  const to = (act: 'decide' | 'reject') =>
    `/act/deployment.${act}?${new URLSearchParams({
      ask: 'deployment.plan',
      with: JSON.stringify({ ...asked, act, left_out: act === 'decide' ? [...left] : [] }),
    }).toString()}`
  const placeOf = (place: Change['from'], none: { zh: string; en: string }) => (place ? say(place.name) : say(none))
  const columns: Column<Change>[] = [
    {
      key: 'accept',
      title: say(words.accept),
      width: 64,
      cell: (row) => (
        <input
          type="checkbox"
          className="plan-tick"
          checked={!left.has(row.id)}
          aria-label={say(words.acceptThis, { who: say(row.name) })}
          onChange={() => toggle(row.id)}
        />
      ),
    },
    {
      key: 'who',
      title: say(words.who),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => (
        <>
          {say(row.name)}{' '}
          {row.isTeam ? (
            <span className="sub small">{say(words.peopleCount, { count: row.people.length })}</span>
          ) : (
            row.people.some((person) => person.madeUp) && <MadeUp />
          )}
        </>
      ),
    },
    { key: 'from', title: say(words.from), value: (row) => placeOf(row.from, words.free) },
    { key: 'to', title: say(words.to), value: (row) => placeOf(row.to, words.withdrawn) },
    {
      key: 'why',
      title: say(words.why),
      width: '46%',
      value: (row) => row.why.map((each) => say(each)).join(' '),
      cell: (row) => (
        <ul className="plan-why">
          {row.why.map((each) => (
            <li key={each.en}>{say(each)}</li>
          ))}
        </ul>
      ),
    },
  ]
  return (
    <Card title={say(words.changes, { count: plan.changes.length })}>
      {plan.changes.length === 0 ? (
        <p>{say(words.noChanges)}</p>
      ) : (
        <>
          <p className="sub">{say(words.changesSub)}</p>
          <DataTable
            caption={say(words.changes, { count: plan.changes.length })}
            name="c"
            rows={plan.changes}
            columns={columns}
            rowKey={(row) => row.id}
            csv="deployment-changes"
            tools={
              <span className="row">
                <button type="button" className="btn tight" onClick={() => put(new Set())}>
                  {say(words.all)}
                </button>
                <button
                  type="button"
                  className="btn tight"
                  onClick={() => put(new Set(plan.changes.map(({ id }) => id)))}
                >
                  {say(words.noneOf)}
                </button>
              </span>
            }
          />
          {plan.fill ? (
            <div className="row no-print" style={{ marginTop: 12 }}>
              {accepted > 0 && (
                <Go to={to('decide')} className="btn primary">
                  {say(words.decide, { count: accepted })}
                </Go>
              )}
              <Go to={to('reject')} className="btn">
                {say(words.reject)}
              </Go>
            </div>
          ) : (
            <p className="sub">{say(words.notToday)}</p>
          )}
        </>
      )}
    </Card>
  )
}

const shows = {
  all: () => true,
  gained: (village: Village) => !village.before.isServed && village.after.isServed,
  lost: (village: Village) => village.before.isServed && !village.after.isServed,
  changed: isChanged,
  without: (village: Village) => !village.after.isServed,
} as const
const showWords = {
  all: words.showAll,
  gained: words.showGained,
  lost: words.showLost,
  changed: words.showChanged,
  without: words.showWithout,
} as const
type Show = keyof typeof shows

/** Every village: what it asks for, who serves it now, and who would. */
export function PlanVillages({ plan }: { plan: Ready }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const show: Show = search['show'] !== undefined && search['show'] in shows ? (search['show'] as Show) : 'all'
  const coverage = (village: Village, when: 'before' | 'after') => {
    const { movers, people, isServed, matched } = village[when]
    if (movers.length === 0) return <Light light="red">{say(words.nobody)}</Light>
    return (
      <>
        <Light light={isServed ? 'green' : 'yellow'}>
          {isServed ? say(words.coverage, { people, matched, asked: village.asked }) : say(words.notCounted)}
        </Light>
        <br />
        <span className="sub small">{movers.map((mover) => say(mover.name)).join('、')}</span>
      </>
    )
  }
  const columns: Column<Village>[] = [
    {
      key: 'village',
      title: say(words.village),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => (
        <>
          <Go to={`/labour/villages/${row.id}`}>{say(row.name)}</Go>{' '}
          {row.madeUp && <MadeUp why={say(words.madeUpVillage)} />}
        </>
      ),
    },
    { key: 'township', title: say(words.township), value: (row) => say(row.township) },
    { key: 'weight', title: say(words.weight), align: 'right', value: (row) => row.weight },
    {
      key: 'asked',
      title: say(words.asked),
      value: (row) => say(words.askedOf, { people: row.people, skills: row.asked }),
    },
    { key: 'before', title: say(words.now), value: (row) => row.before.people, cell: (row) => coverage(row, 'before') },
    {
      key: 'after',
      title: say(words.proposed),
      value: (row) => row.after.people,
      cell: (row) => coverage(row, 'after'),
    },
  ]
  const options = (Object.keys(shows) as Show[]).map((value) => ({
    value,
    label: `${say(showWords[value])} ${plan.villages.filter((village) => shows[value](village)).length}`,
  }))
  return (
    <Card title={say(words.villages)}>
      <DataTable
        caption={say(words.villages)}
        name="v"
        rows={plan.villages.filter((village) => shows[show](village))}
        columns={columns}
        rowKey={(row) => row.id}
        csv="deployment-villages"
        tools={
          <Choice
            label={say(words.show)}
            value={show}
            options={options}
            onChoose={(value) => setSearch({ show: value === 'all' ? undefined : value, 'v.offset': undefined }, true)}
          />
        }
      />
    </Card>
  )
}

/** Teams and people that serve now; whoever is ticked stays. */
export function PlanStaying({
  plan,
  fixed,
  onFix,
}: {
  plan: Ready
  fixed: ReadonlySet<string>
  onFix: (ids: readonly string[]) => void
}) {
  const { say } = useSay()
  type Row = Ready['staying'][number]
  const toggle = (id: string) => onFix(fixed.has(id) ? [...fixed].filter((each) => each !== id) : [...fixed, id])
  const columns: Column<Row>[] = [
    {
      key: 'stay',
      title: say(words.stay),
      width: 90,
      cell: (row) => (
        <input
          type="checkbox"
          className="plan-tick"
          checked={fixed.has(row.id)}
          aria-label={say(words.stayThis, { who: say(row.name) })}
          onChange={() => toggle(row.id)}
        />
      ),
    },
    { key: 'who', title: say(words.who), head: true, value: (row) => say(row.name) },
    { key: 'people', title: say(words.people), align: 'right', value: (row) => row.people },
    { key: 'village', title: say(words.village), value: (row) => say(row.village) },
    {
      key: 'against',
      title: say(words.against),
      value: (row) => row.limits.map((each) => say(each)).join('、') || '—',
    },
  ]
  return (
    <Card title={say(words.stay)}>
      <p className="sub">{say(words.staySub)}</p>
      <DataTable
        caption={say(words.stay)}
        name="s"
        rows={plan.staying}
        columns={columns}
        rowKey={(row) => row.id}
        limit={10}
      />
    </Card>
  )
}
