import {
  Abilities,
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  Go,
  MadeUp,
  Page,
  UnitLink,
  UnitPicker,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { assess, type Board, Grade, inPoints, signed, StateLight } from './assess-page-words.tsx'
import { WeightsCard } from './AssessWeights.tsx'

type Row = Board['rows'][number]

const LIMIT = 50
const words = {
  title: { zh: '年度考核', en: 'Yearly assessment' },
  sub: {
    zh: '自报、核定、签发，按得分和按提高分别排名；每个得分都可以用封存的依据重算。',
    en: 'Self-reported, verified, signed; ranked by level and by improvement. Every score can be computed again from the evidence kept with it.',
  },
  within: { zh: '范围', en: 'Within' },
  kind: { zh: '考核', en: 'Assessment' },
  unit: { zh: '被考核单位', en: 'Who is assessed' },
  level: { zh: '得分排名', en: 'Rank by level' },
  improvement: { zh: '比上年', en: 'On last year' },
  improved: { zh: '提高排名', en: 'Rank by improvement' },
  place: { zh: '第 {rank}（共 {of}）', en: '{rank} of {of}' },
  tied: { zh: '第 {rank} 并列（{tied} 个，共 {of}）', en: '= {rank} of {of} ({tied} alike)' },
  own: { zh: '本单位', en: 'this unit' },
  empty: { zh: '该年度没有启动考核。', en: 'No assessment of that year is open.' },
  none: { zh: '章程没有考核办法。', en: 'The charter has no assessment.' },
  notes: {
    'not-scored': { zh: '没有得分', en: 'no score' },
    'no-score-before': { zh: '上年没有签发的得分', en: 'no signed score last year' },
    'other-weights': { zh: '两年权重不同', en: 'weights differ from last year’s' },
  },
}

/** The yearly assessment: who stands where by level and by improvement, and the weights that it is scored by. */
export default function AssessmentsPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const list = useListState()
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root
  const [sort, down] = list.sort.startsWith('-') ? [list.sort.slice(1), true] : [list.sort, false]
  const answer = useAsk(
    'assessment.board',
    {
      unit: unit ?? '',
      ...(search['scheme'] && { scheme: search['scheme'] }),
      ...(search['year'] && { year: Number(search['year']) }),
      ...(list.find && { search: list.find }),
      ...(sort && { sort: sort as 'level' }),
      ...(down && { down: true }),
      offset: list.offset,
      limit: LIMIT,
    },
    { enabled: unit !== undefined },
  )
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row">
          <span style={{ flex: '0 1 280px', minWidth: 0 }}>
            <UnitPicker
              label={say(words.within)}
              value={unit}
              onChoose={(id) => setSearch({ unit: id, scheme: undefined, offset: undefined })}
            />
          </span>
          {answer.data && <Choices of={answer.data} />}
        </div>
        <Answer of={answer} lines={8}>
          {(board) =>
            board.scheme === null ? (
              <Card>{say(words.none)}</Card>
            ) : (
              <>
                {board.can.length > 0 && (
                  <div className="row">
                    <Abilities can={board.can} />
                  </div>
                )}
                <p className="why note">
                  {say(board.signed > 0 && board.scored === 0 ? assess.blank : assess.notOfficial)}
                </p>
                <Card title={say(board.scheme.title)} aside={<span className="num">{board.year}</span>}>
                  <Rows board={board} list={list} />
                </Card>
                <WeightsCard board={board} />
              </>
            )
          }
        </Answer>
      </div>
    </Page>
  )
}

function Choices({ of }: { of: Board }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  const years = of.years.includes(of.year) ? of.years : [of.year, ...of.years]
  return (
    <>
      {of.schemes.length > 1 && of.scheme && (
        <Choice
          label={say(words.kind)}
          value={of.scheme.id}
          options={of.schemes.map((each) => ({ value: each.id, label: say(each.title) }))}
          onChoose={(scheme) => setSearch({ scheme, offset: undefined })}
        />
      )}
      <Choice
        label={say(assess.year)}
        value={String(of.year)}
        options={years.map((year) => ({ value: String(year), label: String(year) }))}
        onChoose={(year) => setSearch({ year, offset: undefined })}
      />
    </>
  )
}

function Rows({ board, list }: { board: Board; list: ReturnType<typeof useListState> }) {
  const { say } = useSay()
  const place = (of: Row['level']) =>
    of === null ? '—' : say(of.tied > 1 ? words.tied : words.place, { rank: of.rank, tied: of.tied, of: of.of })
  return (
    <DataTable
      caption={say(words.title)}
      rows={board.rows}
      total={board.total}
      state={list}
      limit={LIMIT}
      rowKey={(row) => row.id}
      csv={`assessments-${board.year}`}
      empty={say(words.empty)}
      columns={[
        {
          key: 'name',
          title: say(words.unit),
          head: true,
          value: (row: Row) => say(row.of.name),
          cell: (row: Row) => (
            <>
              <Go to={`/assessments/${row.id}`}>{say(row.of.name)}</Go>{' '}
              {row.isOwn && <span className="faint small">{say(words.own)}</span>}
            </>
          ),
        },
        {
          key: 'level',
          title: say(words.level),
          value: (row: Row) => row.level?.rank ?? null,
          cell: (row: Row) => place(row.level),
        },
        {
          key: 'score',
          title: say(assess.score),
          align: 'right',
          value: (row: Row) => (row.score === null ? null : row.score / 100),
          cell: (row: Row) => inPoints(row.score),
        },
        {
          key: 'grade',
          title: say(assess.grade),
          cell: (row: Row) => (
            <>
              <Grade title={row.grade?.title ?? null} /> {row.madeUp && <MadeUp why={say(assess.madeUpWeights)} />}
            </>
          ),
        },
        {
          key: 'improved',
          title: say(words.improved),
          value: (row: Row) => row.improved?.rank ?? null,
          cell: (row: Row) => place(row.improved),
        },
        {
          key: 'improvement',
          title: say(words.improvement),
          value: (row: Row) => (row.improvement === null ? null : row.improvement / 100),
          cell: (row: Row) => (
            <>
              {row.improvement !== null && <b className="num">{signed(row.improvement)}</b>}{' '}
              {row.note && <span className="faint small">{say(words.notes[row.note])}</span>}
            </>
          ),
        },
        {
          key: 'state',
          title: say(assess.state),
          value: (row: Row) => say(row.stateWords),
          cell: (row: Row) => <StateLight of={row} />,
        },
        { key: 'by', title: say(assess.by), cell: (row: Row) => <UnitLink unit={row.unit} /> },
      ]}
    />
  )
}
