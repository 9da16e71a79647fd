import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Clause,
  DayText,
  FigureTile,
  Go,
  Light,
  Page,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { UnitHistory } from './UnitHistory.tsx'
import { UnitSeats } from './UnitSeats.tsx'
import { UnitTree } from './UnitTree.tsx'
import { StateLight } from './words.tsx'

type Unit = AnswerOf<'unit.show'>

const words = {
  unit: { zh: '单位', en: 'A unit' },
  facts: { zh: '基本情况', en: 'Facts' },
  tier: { zh: '层级', en: 'Tier' },
  code: { zh: '代码', en: 'Code' },
  noCode: { zh: '没有代码', en: 'none' },
  under: { zh: '隶属', en: 'Under' },
  established: { zh: '设立', en: 'Established' },
  state: { zh: '贫困状态', en: 'Poverty' },
  closed: { zh: '已于{day}撤销', en: 'closed on {day}' },
  chain: { zh: '看责任链', en: 'See its chain' },
  money: { zh: '看资金', en: 'See its money' },
  journal: { zh: '看日志', en: 'See its journal' },
  seats: { zh: '看全部职务', en: 'All its seats' },
  below: { zh: '下级单位', en: 'Below it' },
  can: { zh: '可以办理', en: 'What may be done' },
  role: { zh: '{tier}在本机制中：{role}', en: '{tier} in this mechanism: {role}' },
}

/** One unit: its facts, history, seats, what lies below, and what may be done about it. */
export default function UnitPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const unit = useAsk('unit.show', { unit: id })
  if (unit.data) return <Shown unit={unit.data} />
  return (
    <Page title={say(words.unit)} aside={<AsOf />}>
      <Answer of={unit} lines={8}>
        {() => null}
      </Answer>
    </Page>
  )
}

function Shown({ unit }: { unit: Unit }) {
  const { say, day } = useSay()
  const marks = unit.closedOn ? (
    <Light light="none">{say(words.closed, { day: day(unit.closedOn) })}</Light>
  ) : (
    unit.isCounty && <StateLight state={unit.state} since={unit.stateSince} />
  )
  return (
    <Page title={say(unit.name)} sub={<Above unit={unit} />} mark={marks} aside={<AsOf />}>
      <Clause>{say(words.role, { tier: say(unit.tierName), role: say(unit.role) })}</Clause>
      <div className="stack">
        {!unit.isCounty && unit.isOpen && (
          <div className="grid cols-3">
            <FigureTile name="units.poor-counties" unit={unit.unit} />
            <FigureTile name="units.counties-out" unit={unit.unit} />
            <FigureTile name="seats.filled" unit={unit.unit} />
          </div>
        )}
        <div className="grid cols-wide">
          <div className="stack">
            {unit.isOpen && <UnitSeats unit={unit.unit} />}
            {unit.isOpen && !unit.isLowest && (
              <Card title={say(words.below)}>
                <UnitTree unit={unit.unit} />
              </Card>
            )}
          </div>
          <div className="stack">
            <Facts unit={unit} />
            <UnitHistory unit={unit} />
            {unit.isOpen && unit.can.length > 0 && (
              <Card title={say(words.can)}>
                <Abilities can={unit.can} others />
              </Card>
            )}
          </div>
        </div>
      </div>
    </Page>
  )
}

function Above({ unit }: { unit: Unit }) {
  const { say } = useSay()
  return unit.above.map((each, at) => (
    <span key={each.unit}>
      {at > 0 && ' › '}
      <Go to={`/units/${each.unit}`}>{say(each.name)}</Go>
    </span>
  ))
}

function Facts({ unit }: { unit: Unit }) {
  const { say } = useSay()
  const parent = unit.above.at(-1)
  return (
    <Card title={say(words.facts)}>
      <dl className="facts">
        <dt>{say(words.tier)}</dt>
        <dd>{say(unit.tierName)}</dd>
        <dt>{say(words.code)}</dt>
        <dd className="mono">{unit.code ?? say(words.noCode)}</dd>
        {parent && (
          <>
            <dt>{say(words.under)}</dt>
            <dd>
              <UnitLink unit={{ id: parent.unit, name: parent.name }} />
            </dd>
          </>
        )}
        <dt>{say(words.established)}</dt>
        <dd>
          <DayText day={unit.establishedOn} />
        </dd>
        {unit.isCounty && (
          <>
            <dt>{say(words.state)}</dt>
            <dd>
              <StateLight state={unit.state} since={unit.stateSince} />
            </dd>
          </>
        )}
      </dl>
      <p className="row" style={{ marginTop: 12 }}>
        <Go className="btn" to={`/chain/${unit.unit}`}>
          {say(words.chain)}
        </Go>
        <Go className="btn" to={`/funds/county/${unit.unit}`}>
          {say(words.money)}
        </Go>
        <Go className="btn" to={`/journal?unit=${unit.unit}`}>
          {say(words.journal)}
        </Go>
        <Go className="btn" to={`/seats?unit=${unit.unit}`}>
          {say(words.seats)}
        </Go>
      </p>
    </Card>
  )
}
