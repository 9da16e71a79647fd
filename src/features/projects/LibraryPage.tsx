import { useState } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  FigureTile,
  Go,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useNames,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import type { InputOf } from '#web/ask.ts'
import { CrossCounty } from './CrossCounty.tsx'
import { FileOfAll } from './LibraryFile.tsx'
import { LibraryTable } from './LibraryTable.tsx'
import { LibraryUpdates } from './LibraryUpdates.tsx'
import { type Library, LIMIT, type Project, words } from './library-words.tsx'

type Asked = InputOf<'project.list'>
const sorts = ['code', 'name', 'amount', 'since', 'due'] as const

const tiles = [
  'projects.in-library',
  'projects.to-assign',
  'projects.to-start',
  'projects.started',
  'projects.milestones-slipped',
  'projects.accepted',
  'projects.proposed',
  'projects.returned',
] as const

/** The projects at and below a unit: where each stands, who is waited for, what is late. */
export default function LibraryPage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  return (
    <Page title={say(words.library)} sub={say(words.librarySub)} aside={<AsOf />}>
      {unit && (
        <div className="stack">
          <Where unit={unit} />
          <div className="grid tiles-row">
            {tiles.slice(0, 4).map((name) => (
              <FigureTile key={name} name={name} unit={unit} />
            ))}
          </div>
          <List key={unit} unit={unit} />
          {session?.actor && (
            <>
              <CrossCounty unit={unit} />
              <LibraryUpdates unit={unit} />
            </>
          )}
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

/** Whose projects; whoever proposes for a county also finds the way to its file. */
function Where({ unit }: { unit: string }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const session = useSession()
  const names = useNames()
  const tier = session?.actor?.unit.tier
  const proposes = tier !== undefined && names?.holders['propose-projects']?.includes(tier)
  return (
    <div className="row">
      <span style={{ flex: '0 1 260px', minWidth: 0 }}>
        <UnitPicker
          label={say(words.within)}
          value={unit}
          onChoose={(id) => setSearch({ unit: id, offset: undefined })}
        />
      </span>
      {proposes && (
        <Go to="/projects/import" className="btn push no-print">
          {say(words.importFile)}
        </Go>
      )}
    </div>
  )
}

function List({ unit }: { unit: string }) {
  const { say } = useSay()
  const search = useSearch()
  const state = useListState()
  const [chosen, setChosen] = useState<ReadonlyMap<string, Project>>(new Map())
  const key = state.sort.replace(/^-/, '')
  const asked: Asked = {
    unit,
    ...(search['state'] && { state: search['state'] as NonNullable<Asked['state']> }),
    ...(search['kind'] && { kind: search['kind'] as NonNullable<Asked['kind']> }),
    ...(state.find && { text: state.find }),
    late: search['late'] === 'true',
    sort: sorts.find((each) => each === key) ?? 'code',
    descending: state.sort.startsWith('-'),
  }
  const list = useAsk('project.list', { ...asked, offset: state.offset, limit: LIMIT })
  return (
    <Card title={say(words.library)} aside={list.data && <Abilities can={list.data.can} tight />}>
      <Answer of={list} lines={8}>
        {(data) => (
          <div className="stack" style={{ gap: 12 }}>
            <States data={data} />
            <Narrow data={data} />
            <LibraryTable
              data={data}
              state={state}
              chosen={chosen}
              onChoose={setChosen}
              tools={<FileOfAll asked={asked} total={data.total} />}
            />
          </div>
        )}
      </Answer>
    </Card>
  )
}

/** Where projects stand, each state with how many and how much; only those in which there are any. */
function States({ data }: { data: Library }) {
  const { say, count, amount } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const shown = data.states.filter((each) => each.projects > 0 || each.state === search['state'])
  const written = (projects: number, fen: string) =>
    `${count(projects)}${fen === '0' ? '' : ` · ${amount(Number(fen))}`}`
  const all = shown.reduce((sum, each) => ({ n: sum.n + each.projects, fen: sum.fen + BigInt(each.amountFen) }), {
    n: 0,
    fen: 0n,
  })
  return (
    <Choice
      label={say(words.state)}
      value={search['state'] ?? ''}
      options={[
        { value: '', label: `${say(words.everyState)} ${written(all.n, all.fen.toString())}` },
        ...shown.map((each) => ({
          value: each.state,
          label: `${say(each.name)} ${written(each.projects, each.amountFen)}`,
        })),
      ]}
      onChoose={(state) => setSearch({ state, offset: undefined })}
    />
  )
}

/** Narrows the list to a kind, and to what is late. */
function Narrow({ data }: { data: Library }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  return (
    <div className="row no-print">
      <label className="row" style={{ gap: 6 }}>
        {say(words.kind)}
        <select
          className="field"
          value={search['kind'] ?? ''}
          onChange={(event) => setSearch({ kind: event.target.value, offset: undefined })}
        >
          <option value="">{say(words.everyKind)}</option>
          {data.kinds.map((kind) => (
            <option key={kind.id} value={kind.id}>
              {say(kind.name)}
            </option>
          ))}
        </select>
      </label>
      <label className="row" style={{ gap: 6 }}>
        <input
          type="checkbox"
          checked={search['late'] === 'true'}
          onChange={(event) => setSearch({ late: event.target.checked ? 'true' : undefined, offset: undefined })}
        />
        {say(words.lateOnly)}
      </label>
    </div>
  )
}
