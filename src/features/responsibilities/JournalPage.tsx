import { useActs } from '#web/acts.ts'
import {
  Card,
  Choice,
  Page,
  PersonPicker,
  UnitPicker,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { Entries } from './Entries.tsx'

const words = {
  title: { zh: '日志', en: 'The journal' },
  sub: {
    zh: '谁、以什么职务、依哪项职责、对哪个单位、办了什么。只增不改。',
    en: 'Who did what, in which seat, under which duty, over which unit. It only grows.',
  },
  unit: { zh: '单位（含下级）', en: 'Unit and below' },
  person: { zh: '人员', en: 'Person' },
  act: { zh: '事项', en: 'Act' },
  anyAct: { zh: '任何事项', en: 'Any act' },
  from: { zh: '自', en: 'From' },
  to: { zh: '至', en: 'To' },
  outcome: { zh: '结果', en: 'Outcome' },
  all: { zh: '全部', en: 'All' },
  done: { zh: '已办', en: 'done' },
  refused: { zh: '未予办理', en: 'refused' },
  clear: { zh: '清除条件', en: 'Clear' },
}

export default function JournalPage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const { unit = session?.actor?.unit.id, person, duty, act, from, to, outcome } = search
  const filter = {
    ...(unit && !person && { unit }),
    ...(person && { person }),
    ...(duty && { duty }),
    ...(act && { act }),
    ...(from && { from }),
    ...(to && { to }),
    ...(outcome && { outcome: outcome as 'done' }),
  }
  return (
    <Page title={say(words.title)} sub={say(words.sub)}>
      <div className="stack">
        <Card>
          <Filter />
        </Card>
        <Card>
          <Entries key={JSON.stringify(filter)} filter={filter} />
        </Card>
      </div>
    </Page>
  )
}

function Filter() {
  const { say } = useSay()
  const { unit, person, act, from, to, outcome = 'all', duty } = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const acts = useActs()
  const isFiltered = unit ?? person ?? act ?? from ?? to ?? duty
  return (
    <div className="row" style={{ alignItems: 'flex-end' }}>
      <label style={{ flex: '1 1 200px' }}>
        <span className="sub small">{say(words.unit)}</span>
        <UnitPicker
          label={say(words.unit)}
          value={unit ?? (person ? undefined : session?.actor?.unit.id)}
          onChoose={(id) => setSearch({ unit: id, person: undefined })}
        />
      </label>
      <label style={{ flex: '1 1 160px' }}>
        <span className="sub small">{say(words.person)}</span>
        <PersonPicker
          label={say(words.person)}
          value={person}
          onChoose={(id) => setSearch({ person: id, unit: undefined })}
        />
      </label>
      <label style={{ flex: '1 1 160px' }}>
        <span className="sub small">{say(words.act)}</span>
        <select
          className="field"
          style={{ width: '100%' }}
          value={act ?? ''}
          onChange={(event) => setSearch({ act: event.target.value })}
        >
          <option value="">{say(words.anyAct)}</option>
          {acts.data?.map((each) => (
            <option key={each.name} value={each.name}>
              {say(each.title)}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span className="sub small">{say(words.from)}</span>
        <br />
        <input
          type="date"
          className="field"
          defaultValue={from}
          max={session?.today}
          onChange={(event) => setSearch({ from: event.target.value })}
        />
      </label>
      <label>
        <span className="sub small">{say(words.to)}</span>
        <br />
        <input
          type="date"
          className="field"
          defaultValue={to}
          max={session?.today}
          onChange={(event) => setSearch({ to: event.target.value })}
        />
      </label>
      <Choice
        label={say(words.outcome)}
        value={outcome}
        options={[
          { value: 'all', label: say(words.all) },
          { value: 'done', label: say(words.done) },
          { value: 'refused', label: say(words.refused) },
        ]}
        onChoose={(value) => setSearch({ outcome: value === 'all' ? undefined : value })}
      />
      {isFiltered && (
        <button
          type="button"
          className="btn plain"
          onClick={() =>
            setSearch({
              unit: undefined,
              person: undefined,
              act: undefined,
              from: undefined,
              to: undefined,
              duty: undefined,
            })
          }
        >
          {say(words.clear)}
        </button>
      )}
    </div>
  )
}
