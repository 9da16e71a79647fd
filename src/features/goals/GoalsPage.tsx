import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Empty,
  FigureTile,
  Go,
  Light,
  MadeUp,
  Page,
  useAsk,
  useSay,
  useSearch,
} from '#web/parts/index.ts'
import { useSession } from '#web/session.ts'
import { Plans } from './Plans.tsx'
import './goals.css'

const words = {
  title: { zh: '目标', en: 'Goals' },
  sub: {
    zh: '目标逐级分解，合计必须一致；不一致的，缺口在这里。点单位往下看。',
    en: 'Goals are decomposed level by level and must add up; where they do not, the gap is here. Open a unit to go down.',
  },
  path: { zh: '所在位置', en: 'Where you are' },
  unit: { zh: '单位', en: 'Unit' },
  own: { zh: '本级目标', en: 'Its own goal' },
  sum: { zh: '下级合计', en: 'Sum below' },
  gap: { zh: '缺口', en: 'Gap' },
  total: { zh: '合计', en: 'Total' },
  equals: { zh: '下级合计须等于目标', en: 'the sum below must equal the goal' },
  atLeast: { zh: '下级合计须不少于目标', en: 'the sum below must be no less than the goal' },
  none: { zh: '这一天还没有目标。', en: 'No goals were set by this day.' },
  explained: { zh: '说明', en: 'Explained' },
  measure: { zh: '单位：{measure}', en: 'in {measure}' },
}

type Tree = AnswerOf<'goal.tree'>
type Cell = Tree['own'][number]
type Indicator = Tree['indicators'][number]

/** The goals of a unit by year, those of the units below it, and whether they add up. */
export default function GoalsPage() {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const unit = search['unit'] ?? session?.root
  const tree = useAsk('goal.tree', { ...(unit && { unit }) }, { enabled: unit !== undefined })
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="grid tiles">
          <FigureTile name="goals.reconciled" unit={unit} />
          <FigureTile name="goals.counties-planned" unit={unit} />
        </div>
        <Answer of={tree} lines={10}>
          {(data) => (
            <>
              <Path tree={data} />
              {data.indicators.map((indicator) => (
                <IndicatorCard key={indicator.id} tree={data} indicator={indicator} />
              ))}
              <Plans unit={data.unit.id} />
            </>
          )}
        </Answer>
      </div>
    </Page>
  )
}

function Path({ tree }: { tree: Tree }) {
  const { say } = useSay()
  return (
    <nav className="row" aria-label={say(words.path)} style={{ gap: 6 }}>
      {tree.above.toReversed().map((unit) => (
        <span key={unit.id}>
          <Go to={`/goals?unit=${unit.id}`}>{say(unit.name)}</Go> <span className="faint">›</span>
        </span>
      ))}
      <b>{say(tree.unit.name)}</b>
    </nav>
  )
}

function IndicatorCard({ tree, indicator }: { tree: Tree; indicator: Indicator }) {
  const { say } = useSay()
  const own = tree.own.filter((cell) => cell.indicator === indicator.id)
  const below = tree.below.filter((unit) => unit.goals.some((goal) => goal.indicator === indicator.id))
  const decompose = own.flatMap((cell) => cell.can).find((ability) => ability.act === 'goal.decompose')
  const isMadeUp = own.some((cell) => cell.status === 'made-up')
  const isEmpty = below.length === 0 && own.every((cell) => cell.target === null)
  return (
    <Card
      title={
        <>
          {say(indicator.title)} {isMadeUp && <MadeUp />}
        </>
      }
      aside={
        <span className="row">
          <span className="sub">
            {say(words.measure, { measure: say(indicator.measure) })} ·{' '}
            {say(indicator.relation === '=' ? words.equals : words.atLeast)}
          </span>
          {decompose && <Abilities can={[decompose]} tight />}
        </span>
      }
    >
      {isEmpty && own.every((cell) => cell.can.length === 0) ? (
        <Empty>{say(words.none)}</Empty>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label={say(indicator.title)}>
          <table className="goals">
            <caption className="visually-hidden">
              {say(indicator.title)} · {say(tree.unit.name)}
            </caption>
            <thead>
              <tr>
                <th scope="col">{say(words.unit)}</th>
                {tree.years.map((year) => (
                  <th key={year} scope="col" className="right">
                    {year}
                  </th>
                ))}
                <th scope="col" className="right">
                  {say(words.total)}
                </th>
              </tr>
            </thead>
            <tbody>
              <OwnRow tree={tree} cells={own} />
              {below.map((unit) => (
                <BelowRow key={unit.unit} unit={unit} years={tree.years} indicator={indicator.id} />
              ))}
            </tbody>
            {own.some((cell) => cell.sumBelow !== null) && (
              <tfoot>
                <SumRow cells={own} />
              </tfoot>
            )}
          </table>
        </div>
      )}
      {own
        .filter((cell) => cell.isGap && cell.explanation !== null)
        .map((cell) => (
          <p key={cell.year} className="sub small" style={{ margin: '8px 0 0' }}>
            {cell.year} · {say(words.explained)}: {cell.explanation}
          </p>
        ))}
    </Card>
  )
}

const perCell = ['goal.set', 'goal.explain']

function OwnRow({ tree, cells }: { tree: Tree; cells: readonly Cell[] }) {
  const { say, count } = useSay()
  return (
    <tr className="own">
      <th scope="row">
        {say(tree.unit.name)}
        <span className="sub small" style={{ display: 'block' }}>
          {say(words.own)}
        </span>
      </th>
      {cells.map((cell) => (
        <td key={cell.year} className="right num">
          {cell.target === null ? <span className="faint">—</span> : <b>{count(cell.target)}</b>}
          {cell.target !== null && (cell.target > 0 || cell.isGap) && !isLeaf(tree) && (
            <span style={{ display: 'block' }}>
              <Light light={cell.light}>{say(cell.words)}</Light>
            </span>
          )}
          <Abilities can={cell.can.filter((ability) => perCell.includes(ability.act))} tight />
        </td>
      ))}
      <Total values={cells.map((cell) => cell.target)} strong />
    </tr>
  )
}

/** A unit with nothing of the programme below it has nothing to decompose. */
const isLeaf = (tree: Tree) => tree.below.length === 0

function BelowRow({
  unit,
  years,
  indicator,
}: {
  unit: Tree['below'][number]
  years: readonly number[]
  indicator: string
}) {
  const { say, count } = useSay()
  const goals = years.map((year) => unit.goals.find((goal) => goal.indicator === indicator && goal.year === year))
  return (
    <tr>
      <th scope="row">
        <Go to={`/goals?unit=${unit.unit}`}>{say(unit.name)}</Go>
      </th>
      {goals.map((goal, at) => (
        <td key={years[at]} className="right num">
          {goal ? count(goal.target) : <span className="faint">—</span>}
          {goal && (goal.light === 'red' || goal.light === 'yellow') && (
            <span style={{ display: 'block' }}>
              <Light light={goal.light}>{say(goal.words)}</Light>
            </span>
          )}
        </td>
      ))}
      <Total values={goals.map((goal) => goal?.target ?? null)} />
    </tr>
  )
}

function SumRow({ cells }: { cells: readonly Cell[] }) {
  const { say, count } = useSay()
  return (
    <tr>
      <th scope="row">{say(words.sum)}</th>
      {cells.map((cell) => (
        <td key={cell.year} className="right num">
          {cell.sumBelow === null ? <span className="faint">—</span> : count(cell.sumBelow)}
          {cell.isGap && cell.gap !== null && (
            <span className="small" style={{ display: 'block' }}>
              {say(words.gap)} {cell.gap > 0 ? '+' : '−'}
              {count(Math.abs(cell.gap))}
            </span>
          )}
        </td>
      ))}
      <Total values={cells.map((cell) => cell.sumBelow)} />
    </tr>
  )
}

function Total({ values, strong = false }: { values: readonly (number | null)[]; strong?: boolean }) {
  const { count } = useSay()
  const known = values.filter((value) => value !== null)
  const text = known.length === 0 ? '—' : count(known.reduce((sum, value) => sum + value, 0))
  return <td className="right num">{strong ? <b>{text}</b> : text}</td>
}
