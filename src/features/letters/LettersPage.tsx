import type { AnswerOf } from '#web/ask.ts'
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
  MadeUp,
  Page,
  UnitLink,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSetSearch,
} from '#web/parts/index.ts'
import { useSession } from '#web/session.ts'
import { Verify } from './Verify.tsx'

const words = {
  title: { zh: '责任书', en: 'Letters of responsibility' },
  sub: {
    zh: '逐级签订：中央与省，省与市，市与县。目标取自目标分解，双方主要负责人全部签署后生效。',
    en: 'From level to level. Targets come from the goals; a letter is in force once every principal of both sides has signed.',
  },
  scope: { zh: '范围', en: 'Scope' },
  here: { zh: '本单位及以下', en: 'My unit and below' },
  everywhere: { zh: '各地', en: 'Everywhere' },
  state: { zh: '状态', en: 'State' },
  all: { zh: '全部', en: 'All' },
  open: { zh: '待签', en: 'Open' },
  signed: { zh: '已签', en: 'Signed' },
  declined: { zh: '已退回', en: 'Declined' },
  number: { zh: '编号', en: 'Number' },
  from: { zh: '发出单位', en: 'From' },
  to: { zh: '接受单位', en: 'To' },
  years: { zh: '年度', en: 'Years' },
  offeredOn: { zh: '发出日期', en: 'Offered on' },
  mine: { zh: '待本单位签署', en: 'Waiting for your unit’s signatures' },
  due: { zh: '与直接下级的责任书', en: 'Letters with the units directly below' },
  none: { zh: '未签订', en: 'none yet' },
  noLetters: { zh: '这一天还没有符合的责任书。', en: 'No such letter on this day.' },
}

type Line = AnswerOf<'letter.list'>['letters'][number]
const states = ['open', 'signed', 'declined'] as const
const LIMIT = 50

/** All letters; those that wait for the reader's unit, and those that it still has to offer. */
export default function LettersPage() {
  const { say } = useSay()
  const search = useSearch()
  const seat = useSession()?.actor
  const unit = search['unit'] ?? (search['scope'] === 'all' ? undefined : seat?.unit.id)
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="grid tiles">
          <FigureTile name="letters.signed" unit={unit} />
          <FigureTile name="letters.waiting" unit={unit} />
          <Verify />
        </div>
        {seat && <Mine unit={seat.unit.id} />}
        {seat && <Due unit={seat.unit.id} />}
        <All unit={unit} seat={seat?.unit.id} />
      </div>
    </Page>
  )
}

function All({ unit, seat }: { unit: string | undefined; seat: string | undefined }) {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const state = useListState()
  const chosen = states.find((each) => each === search['state'])
  const sort = ({ '-offeredOn': 'newest', offeredOn: 'oldest', number: 'number' } as const)[state.sort] ?? 'newest'
  const answer = useAsk('letter.list', {
    ...(unit && { unit }),
    ...(search['tier'] && { tier: search['tier'] }),
    ...(state.find && { search: state.find }),
    state: chosen ?? 'all',
    sort,
    offset: state.offset,
    limit: LIMIT,
  })
  const columns = useColumns()
  const isScoped = seat !== undefined && search['unit'] === undefined
  const tools = (
    <>
      {isScoped && (
        <Choice
          label={say(words.scope)}
          value={search['scope'] === 'all' ? 'everywhere' : 'here'}
          options={(['here', 'everywhere'] as const).map((value) => ({ value, label: say(words[value]) }))}
          onChoose={(value) => setSearch({ scope: value === 'everywhere' ? 'all' : undefined, offset: undefined })}
        />
      )}
      <Choice
        label={say(words.state)}
        value={chosen ?? 'all'}
        options={(['all', ...states] as const).map((value) => ({ value, label: say(words[value]) }))}
        onChoose={(value) => setSearch({ state: value === 'all' ? undefined : value, offset: undefined })}
      />
    </>
  )
  return (
    <Card>
      <Answer of={answer} lines={8}>
        {({ total, letters }) => (
          <DataTable
            caption={say(words.title)}
            rows={letters}
            total={total}
            state={state}
            limit={LIMIT}
            csv="letters"
            tools={tools}
            empty={say(words.noLetters)}
            rowKey={(letter) => letter.id}
            columns={
              letters.some((letter) => letter.can.some((ability) => ability.mine))
                ? columns
                : columns.filter((column) => column.key !== 'can')
            }
          />
        )}
      </Answer>
    </Card>
  )
}

function useColumns() {
  const { say } = useSay()
  return [
    {
      key: 'number',
      title: say(words.number),
      head: true,
      value: (letter: Line) => say(letter.number),
      cell: (letter: Line) => (
        <>
          <Go to={`/letters/${letter.id}`}>{say(letter.number)}</Go> {letter.madeUp && <MadeUp />}
        </>
      ),
    },
    { key: 'from', title: say(words.from), cell: (letter: Line) => <UnitLink unit={letter.fromUnit} /> },
    { key: 'to', title: say(words.to), cell: (letter: Line) => <UnitLink unit={letter.toUnit} /> },
    {
      key: 'years',
      title: say(words.years),
      cell: (letter: Line) => <span style={{ whiteSpace: 'nowrap' }}>{yearsOf(letter)}</span>,
    },
    {
      key: 'offeredOn',
      title: say(words.offeredOn),
      value: (letter: Line) => letter.offeredOn,
      cell: (letter: Line) => <DayText day={letter.offeredOn} />,
    },
    {
      key: 'state',
      title: say(words.state),
      cell: (letter: Line) => <Light light={letter.light}>{say(letter.words)}</Light>,
    },
    { key: 'can', title: '', cell: (letter: Line) => <Sides letter={letter} /> },
  ]
}

const yearsOf = ({ firstYear, lastYear }: { firstYear: number; lastYear: number }) =>
  firstYear === lastYear ? String(firstYear) : `${firstYear}–${lastYear}`

/** What the reader may do for either side. */
const Sides = ({ letter }: { letter: Line }) =>
  letter.sides.map((side) => <Abilities key={side.unit} can={side.can} tight />)

/** Open letters that wait for a signature of the reader's own unit: one after the other. */
function Mine({ unit }: { unit: string }) {
  const { say } = useSay()
  const { data } = useAsk('letter.list', { waitingFor: unit, limit: 20 })
  const columns = useColumns()
  if (!data || data.total === 0) return null
  return (
    <Card title={say(words.mine)} aside={<span className="num">{data.total}</span>}>
      <DataTable
        caption={say(words.mine)}
        rows={data.letters}
        rowKey={(letter) => letter.id}
        searchable={false}
        columns={columns}
        limit={20}
      />
    </Card>
  )
}

/** The units directly below the reader's own, with the letter of each or the button to offer one. */
function Due({ unit }: { unit: string }) {
  const { say } = useSay()
  const { data } = useAsk('letter.due', { unit })
  if (!data || data.slots.every((slot) => !slot.isDue)) return null
  return (
    <Card title={say(words.due)}>
      <DataTable
        caption={say(words.due)}
        rows={data.slots}
        rowKey={(slot) => slot.to}
        columns={[
          {
            key: 'unit',
            title: say(words.to),
            head: true,
            value: (slot) => say(slot.name),
            cell: (slot) => <UnitLink unit={{ id: slot.to, name: slot.name }} />,
          },
          {
            key: 'letters',
            title: say(words.title),
            cell: (slot) =>
              slot.letters.length === 0 ? (
                <Light light="none">{say(words.none)}</Light>
              ) : (
                slot.letters.map((letter) => (
                  <span key={letter.id} style={{ display: 'block' }}>
                    <Go to={`/letters/${letter.id}`}>{say(letter.number)}</Go>{' '}
                    <Light light={letter.light}>{say(letter.words)}</Light>
                  </span>
                ))
              ),
          },
          { key: 'years', title: say(words.years), cell: (slot) => (slot.isDue ? yearsOf(slot) : '—') },
          { key: 'can', title: '', cell: (slot) => <Abilities can={slot.can} tight /> },
        ]}
      />
    </Card>
  )
}
