import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  type Column,
  DataTable,
  FigureTile,
  Go,
  Light,
  MadeUp,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import type { InputOf } from '#web/ask.ts'
import { LeaveTable } from './LeaveTable.tsx'
import { LIMIT, type Village, words } from './labour-words.tsx'

type Asked = InputOf<'village.list'>
const sorts = ['name', 'people', 'needed', 'missing', 'households'] as const
const tiles = [
  'labour.villages-with-team',
  'labour.needs-covered',
  'labour.attendance',
  'labour.households-helped',
  'labour.first-secretaries',
  'labour.people-serving',
  'labour.terms-over',
] as const

/** Labour at and below a unit: which villages have a team, whose needs are covered, which leave waits. */
export default function LabourPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  return (
    <Page title={say(words.labour)} sub={say(words.labourSub)} aside={<AsOf />}>
      {unit && (
        <div className="stack">
          <div className="row">
            <span style={{ flex: '0 1 260px', minWidth: 0 }}>
              <UnitPicker
                label={say(words.within)}
                value={unit}
                onChoose={(id) => setSearch({ unit: id, offset: undefined })}
              />
            </span>
            <Go to={`/labour/plan?unit=${unit}`} className="btn push">
              {say(words.plan)}
            </Go>
            <Go to={`/labour/people?unit=${unit}`} className="btn">
              {say(words.peopleList)}
            </Go>
          </div>
          <div className="grid tiles-row">
            {tiles.slice(0, 4).map((name) => (
              <FigureTile key={name} name={name} unit={unit} />
            ))}
          </div>
          <Villages key={unit} unit={unit} />
          <Waiting unit={unit} />
          <div className="grid tiles-row">
            {tiles.slice(4).map((name) => (
              <FigureTile key={name} name={name} unit={unit} />
            ))}
          </div>
        </div>
      )}
    </Page>
  )
}

function Villages({ unit }: { unit: string }) {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const state = useListState()
  const columns = useColumns()
  const key = state.sort.replace(/^-/, '')
  const asked: Asked = {
    unit,
    ...(search['state'] && { state: search['state'] as NonNullable<Asked['state']> }),
    ...(state.find && { text: state.find }),
    sort: sorts.find((each) => each === key) ?? 'name',
    descending: state.sort.startsWith('-'),
    offset: state.offset,
    limit: LIMIT,
  }
  const list = useAsk('village.list', asked)
  return (
    <Card title={say(words.villages)} aside={list.data && <Abilities can={list.data.can} tight />}>
      <Answer of={list} lines={8}>
        {(data) => (
          <DataTable
            caption={say(words.villages)}
            rows={data.items}
            total={data.total}
            state={state}
            limit={LIMIT}
            csv="villages"
            rowKey={(village) => village.id}
            empty={say(words.noVillages)}
            columns={data.items.some((each) => next(each).length > 0) ? [...columns, acting] : columns}
            tools={
              <Choice
                label={say(words.state)}
                value={search['state'] ?? ''}
                options={[
                  {
                    value: '',
                    label: `${say(words.every)} ${count(data.states.reduce((sum, each) => sum + each.villages, 0))}`,
                  },
                  ...data.states
                    .filter((each) => each.villages > 0 || each.state === search['state'])
                    .map((each) => ({
                      value: each.state as string,
                      label: `${say(each.name)} ${count(each.villages)}`,
                    })),
                ]}
                onChoose={(value) => setSearch({ state: value || undefined, offset: undefined })}
              />
            }
          />
        )}
      </Answer>
    </Card>
  )
}

function useColumns(): readonly Column<Village>[] {
  const { say, list } = useSay()
  return [
    {
      key: 'name',
      title: say(words.village),
      head: true,
      value: (village) => say(village.name),
      cell: (village) => (
        <span>
          <Go to={`/labour/villages/${village.id}`}>{say(village.name)}</Go>{' '}
          {village.madeUp && <MadeUp why={say(words.villageMadeUp)} />}
          <span className="sub small" style={{ display: 'block' }}>
            {say(village.unitName)} · {say(village.township)}
          </span>
        </span>
      ),
    },
    {
      key: 'state',
      title: say(words.state),
      value: (village) => say(village.stateName),
      cell: (village) => <Light light={village.light}>{say(village.stateName)}</Light>,
    },
    {
      key: 'people',
      title: say(words.people),
      value: (village) => village.people,
      cell: (village) =>
        village.team ? (
          <Go to={`/labour/teams/${village.team}`}>
            {say(words.peopleOf, { people: village.people, needed: village.needed })}
          </Go>
        ) : (
          <span className="faint">{say(words.noTeam)}</span>
        ),
    },
    {
      key: 'missing',
      title: say(words.missing),
      value: (village) => village.missing + Math.max(0, village.needed - village.people),
      cell: (village) => list(missingOf(village).map(([word, count]) => say(word, { count }))) || '—',
    },
    {
      key: 'households',
      title: say(words.households),
      align: 'right',
      value: (village) => village.helped,
      cell: (village) => say(words.helpedOf, { helped: village.helped, households: village.households }),
    },
  ]
}

const acting: Column<Village> = {
  key: 'can',
  title: '',
  cell: (village) => <Abilities can={next(village)} tight />,
}

/** What a village lacks of what it stated. */
function missingOf({ needed, people, missing }: Village) {
  const short = Math.max(0, needed - people)
  return [
    ...(short > 0 ? [[words.missingPeople, short] as const] : []),
    ...(missing > 0 ? [[words.missingSkills, missing] as const] : []),
  ]
}

/** In the list only what the village waits for; the rest stands on its own page. */
const next = ({ can, state }: Village) => can.filter((each) => each.act === 'team.form' && state === 'no-team')

function Waiting({ unit }: { unit: string }) {
  const { say } = useSay()
  const leave = useAsk('leave.list', { unit, state: 'waiting', limit: LIMIT })
  return (
    <Card title={say(words.leaveWaiting)}>
      <Answer of={leave} lines={3}>
        {({ items }) => <LeaveTable leave={items} empty={say(words.noLeaveWaiting)} isWithPlace />}
      </Answer>
    </Card>
  )
}
