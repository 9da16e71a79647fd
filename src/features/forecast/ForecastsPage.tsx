import type { AnswerOf } from '#web/ask.ts'
import {
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
import { ForecastError } from './ForecastError.tsx'
import { Chance, DemonstrationMark, signed, words } from './page-words.tsx'
import { partWords } from './part-words.tsx'

const LIMIT = 25
const YEARS_BACK = 6
const shows = ['all', 'atRisk', 'unlikely', 'open', 'likely', 'missed'] as const
type Show = (typeof shows)[number]
type Item = AnswerOf<'forecast.list'>['items'][number]

/** Which counties will make the year of their schedule, the ones at risk first; and how far to believe it. */
export default function ForecastsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const year = Number(search['year'] ?? today.slice(0, 4))
  const thisYear = Number((session?.today ?? today).slice(0, 4))
  const years = [...new Set([...Array.from({ length: YEARS_BACK }, (_, back) => thisYear + 1 - back), year])].toSorted(
    (a, b) => a - b,
  )
  return (
    <Page title={say(words.title)} sub={say(words.sub)} mark={<DemonstrationMark />} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
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
        </div>
        {unit && <List unit={unit} year={year} />}
        <ForecastError />
      </div>
    </Page>
  )
}

const narrowing = (show: Show) =>
  show === 'all'
    ? {}
    : show === 'atRisk'
      ? { behind: true }
      : show === 'missed'
        ? { status: 'missed' as const }
        : { grade: show }

function List({ unit, year }: { unit: string; year: number }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const list = useListState()
  const show = shows.find((each) => each === search['show']) ?? 'all'
  const sort = ({ name: 'code', next: 'due' } as const)[list.sort] ?? 'risk'
  const forecasts = useAsk('forecast.list', {
    unit,
    year,
    ...narrowing(show),
    ...(list.find && { search: list.find }),
    sort,
    offset: list.offset,
    limit: LIMIT,
  })
  return (
    <Answer of={forecasts} lines={8}>
      {({ total, items, counts, expected }) => (
        <>
          <div className="grid cols-2">
            <FigureTile name="forecast.behind" unit={unit} year={year} />
            <Counts counts={counts} expected={expected} year={year} />
          </div>
          <Card>
            <DataTable
              caption={say(words.title)}
              rows={items}
              total={total}
              state={list}
              limit={LIMIT}
              rowKey={(item) => `${item.unit} ${item.year}`}
              csv={`forecast-${year}`}
              empty={say(words.empty)}
              tools={
                <Choice
                  label={say(words.show)}
                  value={show}
                  options={shows.map((value) => ({ value, label: say(words[value]) }))}
                  onChoose={(value) => setSearch({ show: value === 'all' ? undefined : value, offset: undefined })}
                />
              }
              columns={[
                {
                  key: 'name',
                  title: say(words.county),
                  head: true,
                  value: (item) => say(item.name),
                  cell: (item) => (
                    <>
                      <Go to={`/forecast/${item.unit}/${item.year}`}>{say(item.name)}</Go>
                      <span className="sub small" style={{ display: 'block' }}>
                        {item.area && say(item.area.name)} {item.year !== year && item.year}
                      </span>
                    </>
                  ),
                },
                {
                  key: 'chance',
                  title: say(words.chance),
                  value: (item) => item.percent,
                  cell: (item) => <Chance of={item} />,
                },
                { key: 'stands', title: say(words.stands), cell: (item) => <Stands item={item} /> },
                { key: 'moves', title: say(words.moves), cell: (item) => <Moves item={item} /> },
                {
                  key: 'next',
                  title: say(words.next),
                  value: (item) => item.next?.by ?? null,
                  cell: (item) => <NextStep item={item} />,
                },
              ]}
            />
          </Card>
        </>
      )}
    </Answer>
  )
}

type Counted = AnswerOf<'forecast.list'>['counts']

/** How many counties stand how, as one card. */
function Counts({ counts, expected, year }: { counts: Counted; expected: number; year: number }) {
  const { say, count } = useSay()
  const rows = [
    ['green', words.inYear, counts.statuses.made, undefined],
    ['green', words.likely, counts.grades.likely, words.likelyMeans],
    ['yellow', words.open, counts.grades.open, words.openMeans],
    ['red', words.unlikely, counts.grades.unlikely, words.unlikelyMeans],
    ['red', words.missed, counts.statuses.missed, words.missedMeans],
    ['red', words.after, counts.statuses.after, undefined],
  ] as const
  return (
    <Card title={say(words.expected, { year, count: count(expected) })}>
      <dl className="facts">
        {rows
          .filter(([, , value]) => value > 0)
          .map(([light, word, value, means]) => (
            <div key={word.en} style={{ display: 'contents' }}>
              <dt>
                <Light light={light}>{say(word)}</Light>
              </dt>
              <dd>
                <span className="num">{count(value)}</span> {means && <span className="sub small">{say(means)}</span>}
              </dd>
            </div>
          ))}
      </dl>
    </Card>
  )
}

function Stands({ item }: { item: Item }) {
  const { say, day } = useSay()
  if (item.approvedOn) return <DayText day={item.approvedOn} />
  return (
    <>
      {item.stageName && say(item.stageName)}
      {item.since && (
        <span className="sub small" style={{ display: 'block' }}>
          {say(words.since, { since: day(item.since) })}
        </span>
      )}
    </>
  )
}

function Moves({ item }: { item: Item }) {
  const { say } = useSay()
  const moves = item.moves.filter((move) => move.points !== 0)
  if (moves.length === 0) return <span className="faint">—</span>
  return (
    <span className="small">
      {moves.map((move) => (
        <span key={move.part} style={{ display: 'block' }}>
          {say(partWords[move.part])} <span className="num">{signed(move.points)}</span>
        </span>
      ))}
    </span>
  )
}

function NextStep({ item }: { item: Item }) {
  const { say, day } = useSay()
  const { next } = item
  if (!next) return <span className="faint">—</span>
  return (
    <>
      {say(next.name)}{' '}
      {next.isPast ? (
        <Light light="red">{say(words.pastDay, { day: day(next.by) })}</Light>
      ) : (
        <span className="sub small">{say(words.byDay, { day: day(next.by) })}</span>
      )}
      <span className="sub small" style={{ display: 'block' }}>
        {[next.unit?.name, next.postName].flatMap((each) => (each ? [say(each)] : [])).join(' · ')}
      </span>
    </>
  )
}
