import { useState, type ReactNode } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { useActs } from '#web/acts.ts'
import { momentText } from '#web/formats.ts'
import {
  Card,
  Choice,
  DayText,
  Empty,
  Go,
  Light,
  Loading,
  Page,
  PersonName,
  PersonPicker,
  Problem,
  UnitLink,
  UnitPicker,
  useAsk,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'

export type Entry = AnswerOf<'journal.search'>['entries'][number]

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
  doneOn: { zh: '办理日', en: 'Done on' },
  recorded: { zh: '记录于', en: 'Recorded' },
  who: { zh: '经办', en: 'By' },
  over: { zh: '对象', en: 'Over' },
  duty: { zh: '职责', en: 'Duty' },
  more: { zh: '更早的', en: 'Older ones' },
  nothing: { zh: '没有符合的记录。', en: 'No entry matches.' },
  clear: { zh: '清除条件', en: 'Clear' },
  public: { zh: '公众', en: 'the public' },
  mechanism: { zh: '机制的时钟', en: 'the mechanism’s clock' },
  behalf: { zh: '受 {principal} 委托', en: 'for {principal}, by delegation' },
  inVacancy: { zh: '代行空缺', en: 'standing in for a vacancy' },
}

/** Who did an entry, in which seat, and in whose name. */
export function By({ entry }: { entry: Entry }) {
  const { say } = useSay()
  if (entry.kind !== 'person') return say(entry.kind === 'public' ? words.public : words.mechanism)
  return (
    <span>
      {entry.seat && (
        <>
          {say(entry.seat.unit.name)} · {say(entry.seat.post.name)}{' '}
        </>
      )}
      {entry.person && <PersonName person={entry.person} />}
      {entry.ground === 'delegation' && entry.principal && (
        <span className="sub small"> {say(words.behalf, { principal: say(entry.principal.name) })}</span>
      )}
      {entry.ground === 'vacancy' && <span className="sub small"> {say(words.inVacancy)}</span>}
    </span>
  )
}

export const OutcomeLight = ({ outcome }: { outcome: Entry['outcome'] }) => {
  const { say } = useSay()
  return (
    <Light light={outcome === 'done' ? 'green' : 'red'}>{say(outcome === 'done' ? words.done : words.refused)}</Light>
  )
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

type FilterInput = NonNullable<Parameters<typeof useAsk<'journal.search'>>[1]>

/** Entries, the newest first; older ones are fetched when they are asked for. */
function Entries({ filter }: { filter: FilterInput }) {
  const { say } = useSay()
  return (
    <table className="stacking">
      <thead>
        <tr>
          <th scope="col">{say(words.doneOn)}</th>
          <th scope="col">{say(words.act)}</th>
          <th scope="col">{say(words.over)}</th>
          <th scope="col">{say(words.who)}</th>
          <th scope="col">{say(words.duty)}</th>
          <th scope="col">{say(words.outcome)}</th>
        </tr>
      </thead>
      <tbody>
        <Rows filter={filter} />
      </tbody>
    </table>
  )
}

const Whole = ({ children }: { children: ReactNode }) => (
  <tr>
    <td colSpan={6}>{children}</td>
  </tr>
)

/** One page of entries, and below it, once it is asked for, the page before. */
function Rows({ filter, after }: { filter: FilterInput; after?: string }) {
  const { say } = useSay()
  const [isOpen, open] = useState(false)
  const { data, error, refetch } = useAsk('journal.search', { ...filter, ...(after !== undefined && { after }) })
  if (error)
    return (
      <Whole>
        <Problem error={error} retry={() => void refetch()} />
      </Whole>
    )
  if (!data)
    return (
      <Whole>
        <Loading lines={8} />
      </Whole>
    )
  if (data.entries.length === 0)
    return (
      <Whole>
        <Empty>{say(words.nothing)}</Empty>
      </Whole>
    )
  return (
    <>
      {data.entries.map((entry) => (
        <EntryRow key={entry.id} entry={entry} />
      ))}
      {data.next !== null &&
        (isOpen ? (
          <Rows filter={filter} after={data.next} />
        ) : (
          <Whole>
            <button type="button" className="btn" onClick={() => open(true)}>
              {say(words.more)}
            </button>
          </Whole>
        ))}
    </>
  )
}

function EntryRow({ entry }: { entry: Entry }) {
  const { say, language } = useSay()
  return (
    <tr>
      <td data-label={say(words.doneOn)} title={`${say(words.recorded)} ${momentText(language, entry.recordedAt)}`}>
        <DayText day={entry.doneOn} />
      </td>
      <td>
        <Go to={`/journal/${entry.id}`}>
          <b>{say(entry.title)}</b>
        </Go>
      </td>
      <td data-label={say(words.over)}>
        <UnitLink unit={entry.unit} to={`/chain/${entry.unit.id}`} />
      </td>
      <td data-label={say(words.who)}>
        <By entry={entry} />
      </td>
      <td data-label={say(words.duty)} className="sub">
        {say(entry.duty.title)}
      </td>
      <td data-label={say(words.outcome)}>
        <span>
          <OutcomeLight outcome={entry.outcome} />
          {entry.refusals.slice(0, 1).map((refusal) => (
            <div key={refusal.code} className="sub small">
              {say(refusal.sentence)}
            </div>
          ))}
        </span>
      </td>
    </tr>
  )
}
