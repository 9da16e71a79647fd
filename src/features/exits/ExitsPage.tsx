import { useSyncExternalStore } from 'react'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  FigureTile,
  Go,
  Light,
  Page,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import './exits.css'
import { Waits, words } from './words.tsx'

const LIMIT = 50
const IN_COLUMN = 6
const YEARS_BACK = 6
const stages = ['propose', 'review', 'verify', 'notice', 'report', 'evaluate', 'approve', 'out'] as const
type Stage = (typeof stages)[number]
type Case = AnswerOf<'exit.board'>['items'][number]

/** The exits of a year: by step as columns where there is room, as a list on a phone or for one step. */
export default function ExitsPage() {
  const { say } = useSay()
  const filter = useFilter()
  const isWide = useIsWide()
  return (
    <Page title={say(words.exits)} sub={say(words.exitsSub)} aside={<AsOf />}>
      <div className="stack">
        <Filter {...filter} />
        {isWide && <Tiles {...filter} />}
        {filter.unit &&
          (isWide && !filter.stage ? (
            <Columns {...filter} unit={filter.unit} />
          ) : (
            <List {...filter} unit={filter.unit} />
          ))}
        {!isWide && <Tiles {...filter} />}
        {filter.unit && <Candidates unit={filter.unit} year={filter.year} />}
      </div>
    </Page>
  )
}

function useFilter() {
  const search = useSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  return {
    unit: search['unit'] ?? session?.actor?.unit.id ?? session?.root,
    year: Number(search['year'] ?? today.slice(0, 4)),
    stage: stages.find((stage) => stage === search['stage']),
    late: search['late'] === 'true',
    thisYear: Number((session?.today ?? today).slice(0, 4)),
  }
}
type Filtered = ReturnType<typeof useFilter>
type Within = Filtered & { readonly unit: string }

const wide = '(min-width: 1000px)'
const useIsWide = () =>
  useSyncExternalStore(
    (changed) => {
      const query = matchMedia(wide)
      query.addEventListener('change', changed)
      return () => query.removeEventListener('change', changed)
    },
    () => matchMedia(wide).matches,
  )

function Filter({ unit, year, late, thisYear, stage }: Filtered) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const years = [...new Set([...Array.from({ length: YEARS_BACK }, (_, back) => thisYear + 1 - back), year])].toSorted(
    (a, b) => a - b,
  )
  return (
    <div className="row">
      <span style={{ flex: '0 1 260px', minWidth: 0 }}>
        <UnitPicker
          label={say(words.within)}
          value={unit}
          onChoose={(id) => setSearch({ unit: id, offset: undefined })}
        />
      </span>
      <label className="row" style={{ gap: 6 }}>
        {say(words.year)}
        <select
          className="field"
          value={year}
          onChange={(event) => setSearch({ year: event.target.value, offset: undefined })}
        >
          {years.map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </label>
      <label className="row" style={{ gap: 6 }}>
        <input
          type="checkbox"
          checked={late}
          onChange={(event) => setSearch({ late: event.target.checked ? 'true' : undefined, offset: undefined })}
        />
        {say(words.lateOnly)}
      </label>
      {stage && (
        <button type="button" className="btn tight" onClick={() => setSearch({ stage: undefined, offset: undefined })}>
          ← {say(words.everyStep)}
        </button>
      )}
    </div>
  )
}

function Tiles({ unit, year }: Filtered) {
  const within = unit === undefined ? {} : { unit }
  return (
    <div className="grid tiles">
      <FigureTile name="exits.by-year" year={year} {...within} />
      <FigureTile name="exits.in-procedure" {...within} />
      <FigureTile name="exits.waiting-late" {...within} />
      <FigureTile name="exits.objections-open" {...within} />
    </div>
  )
}

function Columns({ unit, year, late }: Within) {
  const { say } = useSay()
  const counts = useAsk('exit.board', { unit, year, late, limit: 1 })
  return (
    <Answer of={counts} lines={8}>
      {(board) => (
        <div className="exit-columns" tabIndex={0} role="region" aria-label={say(words.exits)}>
          {board.stages.map(({ stage, name, cases, late: lateCases }) => (
            <Column key={stage} {...{ stage, unit, year, late, cases }} title={say(name)} lateCases={lateCases} />
          ))}
        </div>
      )}
    </Answer>
  )
}

type ColumnProps = {
  stage: Stage
  title: string
  unit: string
  year: number
  late: boolean
  cases: number
  lateCases: number
}

function Column({ stage, title, unit, year, late, cases, lateCases }: ColumnProps) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const board = useAsk(
    'exit.board',
    { unit, year, stage, late, sort: stage === 'out' ? 'code' : 'due', limit: IN_COLUMN },
    { enabled: cases > 0 },
  )
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className="num">{cases}</span>
        {lateCases > 0 && (
          <>
            {' '}
            <Light light="red">
              {lateCases} {say(words.late)}
            </Light>
          </>
        )}
      </h2>
      {cases === 0 ? (
        <span className="sub small" style={{ margin: 4 }}>
          {say(words.noneHere)}
        </span>
      ) : (
        <Answer of={board} lines={3}>
          {({ items, total }) => (
            <>
              <ul>
                {items.map((item) => (
                  <CaseCard key={item.unit} item={item} />
                ))}
              </ul>
              {total > items.length && (
                <button type="button" className="btn plain tight" onClick={() => setSearch({ stage })}>
                  {say(words.more, { count: total - items.length })}
                </button>
              )}
            </>
          )}
        </Answer>
      )}
    </section>
  )
}

function CaseCard({ item }: { item: Case }) {
  const { say } = useSay()
  const [area] = item.above
  return (
    <li>
      <Go to={`/exits/${item.unit}/${item.year}`}>
        <b>{say(item.name)}</b>
      </Go>{' '}
      {item.round > 1 && <span className="sub small">{say(words.round, { round: item.round })}</span>}
      {area && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(area.name)}
        </span>
      )}
      {item.stage !== 'out' && <Waits waiting={item.waiting} brief />}
      <Mine can={item.can} />
    </li>
  )
}

/** On a crowded board only the reader's own next act, not what could also be done about an exit that is over. */
function Mine({ can }: { can: Case['can'] }) {
  const shown = can.filter(
    (ability) => ability.mine && ability.act !== 'exit.revoke' && ability.act !== 'headcount.attest',
  )
  if (shown.length === 0) return null
  return (
    <span style={{ display: 'block', marginTop: 6 }}>
      <Abilities can={shown} tight />
    </span>
  )
}

function List({ unit, year, stage, late }: Within) {
  const { say } = useSay()
  const state = useListState()
  const setSearch = useSetSearch()
  const sort = ({ due: 'due', since: 'since' } as const)[state.sort] ?? 'code'
  const board = useAsk('exit.board', {
    unit,
    year,
    late,
    ...(stage && { stage }),
    ...(state.find && { search: state.find }),
    sort,
    offset: state.offset,
    limit: LIMIT,
  })
  return (
    <Card>
      <Answer of={board} lines={8}>
        {({ items, total, stages: counted }) => (
          <DataTable
            caption={say(words.exits)}
            rows={items}
            total={total}
            state={state}
            limit={LIMIT}
            rowKey={(item) => item.unit}
            csv={`exits-${year}`}
            empty={say(words.noCases)}
            tools={
              <Choice
                label={say(words.step)}
                value={stage ?? 'all'}
                options={[
                  { value: 'all', label: say(words.everyStep) },
                  ...counted.map((each) => ({ value: each.stage, label: `${say(each.name)} ${each.cases}` })),
                ]}
                onChoose={(value) => setSearch({ stage: value === 'all' ? undefined : value, offset: undefined })}
              />
            }
            columns={[
              {
                key: 'code',
                title: say(words.county),
                head: true,
                value: (item) => say(item.name),
                cell: (item) => <Go to={`/exits/${item.unit}/${item.year}`}>{say(item.name)}</Go>,
              },
              { key: 'state', title: say(words.step), cell: (item) => say(item.stateName) },
              {
                key: 'since',
                title: say(words.waitsFor),
                value: (item) => item.since,
                cell: (item) => <Waits waiting={item.waiting} />,
              },
              {
                key: 'due',
                title: say(words.due),
                value: (item) => item.waiting?.due ?? null,
                cell: (item) => <DayText day={item.waiting?.due} />,
              },
              { key: 'can', title: '', cell: (item) => <Mine can={item.can} /> },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

function Candidates({ unit, year }: { unit: string; year: number }) {
  const { say } = useSay()
  const state = useListState('next')
  const candidates = useAsk('exit.candidates', { unit, year, offset: state.offset, limit: LIMIT })
  if (!candidates.data || candidates.data.total === 0) return null
  const { items, total } = candidates.data
  return (
    <Card title={say(words.candidates)}>
      <DataTable
        caption={say(words.candidates)}
        rows={items}
        total={total}
        state={state}
        limit={LIMIT}
        searchable={false}
        rowKey={(item) => item.unit}
        columns={[
          {
            key: 'county',
            title: say(words.county),
            head: true,
            cell: (item) => <Go to={`/exits/${item.unit}/${item.year}`}>{say(item.name)}</Go>,
          },
          {
            key: 'missing',
            title: say(words.missing),
            cell: (item) =>
              item.missing.length === 0 ? (
                <Light light="green">{say(words.ready)}</Light>
              ) : (
                item.missing.map((told) => (
                  <span key={told.code} style={{ display: 'block' }}>
                    {say(told.sentence)}
                  </span>
                ))
              ),
          },
          { key: 'can', title: '', cell: (item) => <Abilities can={item.can} tight /> },
        ]}
      />
    </Card>
  )
}
