import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  type Column,
  DataTable,
  DayText,
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
import { LIMIT, type Worker, words } from './labour-words.tsx'

type Asked = InputOf<'worker.list'>

/** The people who can be sent: what they can do, where they serve, whose term ends. Contacts are not shown. */
export default function PeoplePage() {
  const { say, count } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const state = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root ?? ''
  const people = useAsk('worker.list', {
    unit,
    ...(search['state'] && { state: search['state'] as NonNullable<Asked['state']> }),
    ...(search['skill'] && { skill: search['skill'] }),
    ...(state.find && { text: state.find }),
    offset: state.offset,
    limit: LIMIT,
  })
  const columns = useColumns()
  return (
    <Page title={say(words.peopleList)} sub={say(words.peopleSub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 260px', minWidth: 0 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit || undefined}
              onChoose={(id) => setSearch({ unit: id, offset: undefined })}
            />
          </span>
          <Go to={`/labour?unit=${unit}`} className="btn push">
            {say(words.labour)}
          </Go>
        </div>
        <Card title={say(words.peopleList)} aside={people.data && <Abilities can={people.data.can} tight />}>
          <Answer of={people} lines={8}>
            {(data) => (
              <DataTable
                caption={say(words.peopleList)}
                rows={data.items}
                total={data.total}
                state={state}
                limit={LIMIT}
                csv="people"
                rowKey={(each) => each.id}
                empty={say(words.noPeople)}
                columns={columns}
                tools={
                  <>
                    <Choice
                      label={say(words.state)}
                      value={search['state'] ?? ''}
                      options={[
                        {
                          value: '',
                          label: `${say(words.every)} ${count(data.states.reduce((sum, each) => sum + each.people, 0))}`,
                        },
                        ...data.states
                          .filter((each) => each.people > 0 || each.state === search['state'])
                          .map((each) => ({
                            value: each.state as string,
                            label: `${say(each.name)} ${count(each.people)}`,
                          })),
                      ]}
                      onChoose={(value) => setSearch({ state: value || undefined, offset: undefined })}
                    />
                    <label className="row no-print" style={{ gap: 6 }}>
                      {say(words.skill)}
                      <select
                        className="field"
                        value={search['skill'] ?? ''}
                        onChange={(event) => setSearch({ skill: event.target.value || undefined, offset: undefined })}
                      >
                        <option value="">{say(words.anySkill)}</option>
                        {data.skills.map((skill) => (
                          <option key={skill.id} value={skill.id}>
                            {say(skill.name)}
                          </option>
                        ))}
                      </select>
                    </label>
                  </>
                }
              />
            )}
          </Answer>
        </Card>
      </div>
    </Page>
  )
}

function useColumns(): readonly Column<Worker>[] {
  const { say, list } = useSay()
  return [
    {
      key: 'name',
      title: say(words.name),
      head: true,
      value: (each) => say(each.name),
      cell: (each) => (
        <span>
          <Go to={`/labour/people/${each.id}`}>{say(each.name)}</Go> {each.madeUp && <MadeUp />}
          <span className="sub small" style={{ display: 'block' }}>
            {say(each.employer)}
          </span>
        </span>
      ),
    },
    {
      key: 'skills',
      title: say(words.skills),
      value: (each) => list(each.skillNames.map((name) => say(name))),
      cell: (each) => list(each.skillNames.map((name) => say(name))) || '—',
    },
    {
      key: 'state',
      title: say(words.state),
      value: (each) => say(each.stateName),
      cell: (each) => <Light light={lights[each.state]}>{say(each.stateName)}</Light>,
    },
    {
      key: 'serves',
      title: say(words.serves),
      value: (each) => (each.villageName ? say(each.villageName) : ''),
      cell: (each) =>
        each.villageName && each.team ? (
          <span>
            <Go to={`/labour/teams/${each.team}`}>{say(each.villageName)}</Go>
            <span className="sub small" style={{ display: 'block' }}>
              {each.roleName && say(each.roleName)}
              {each.firstSecretary && ` · ${say(words.firstSecretary)}`}
            </span>
          </span>
        ) : (
          '—'
        ),
    },
    {
      key: 'term',
      title: say(words.term),
      value: (each) => each.termUntil,
      cell: (each) => <DayText day={each.termUntil} />,
    },
    { key: 'helps', title: say(words.helps), align: 'right', value: (each) => each.helps },
    {
      key: 'can',
      title: '',
      cell: (each) => <Abilities can={each.can.filter((can) => can.act === 'worker.relieve')} tight />,
    },
  ]
}

const lights = {
  serving: 'green',
  'term-ending': 'yellow',
  'term-over': 'red',
  free: 'none',
  unavailable: 'none',
} as const
