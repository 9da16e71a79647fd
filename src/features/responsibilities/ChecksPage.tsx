import { useQuery } from '@tanstack/react-query'
import type { Check, Finding } from '#kernel/check.ts'
import type { Text } from '#kernel/words.ts'
import { queryString, send, type Failure } from '#web/api.ts'
import {
  Answer,
  AsOf,
  Card,
  Choice,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  useAsk,
  UnitLink,
  useNames,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  Written,
  type Column,
} from '#web/parts/index.ts'
import { KeptRuns, LastRun, type Run } from './CheckRuns.tsx'

type Described = Omit<Check, 'details'>
type Row = Finding & { readonly unitName: Text }
type Findings = {
  readonly check: Described
  readonly on: string
  readonly everywhere: number
  readonly total: number
  readonly findings: readonly Row[]
}

const words = {
  title: { zh: '核查', en: 'Checks' },
  sub: {
    zh: '不应当出现的情形：有多严重、为什么要紧、怎么办、谁来办。',
    en: 'What must not be: how bad, why it matters, what to do, and whose it is to put right.',
  },
  why: { zh: '为什么', en: 'Why' },
  todo: { zh: '怎么办', en: 'What to do' },
  duty: { zh: '归哪项职责', en: 'Whose duty' },
  about: { zh: '为什么要紧、怎么办', en: 'Why it matters, and what to do' },
  open: { zh: '查看', en: 'Look' },
  severity: { zh: '严重程度', en: 'Severity' },
  summary: {
    zh: '{checks} 条核查中，{finding} 条在{unit}有发现，共 {total} 处。',
    en: 'Of {checks} checks, {finding} found something in {unit}: {total} in all.',
  },
  ofDay: {
    zh: '以下是{day}运行的结果，此后尚未再运行；打开一条即按所看的日期重新核查。',
    en: 'These are the results of {day}; the checks have not run since. Open one and it looks again as of the day shown.',
  },
  which: { zh: '显示哪些', en: 'Which checks' },
  all: { zh: '全部', en: 'All' },
  withFindings: { zh: '有发现的', en: 'With findings' },
  area: { zh: '范围', en: 'Area' },
  everywhere: { zh: '全部单位（{total}）', en: 'Everywhere ({total})' },
  cleanHere: { zh: '本辖区没有发现', en: 'nothing found here' },
  found: { zh: '发现 {total} 处', en: '{total} found' },
  clean: { zh: '没有发现', en: 'nothing found' },
  unit: { zh: '单位', en: 'Unit' },
  record: { zh: '情形', en: 'What' },
  since: { zh: '自', en: 'Since' },
  severities: {
    info: { zh: '提示', en: 'for information' },
    warning: { zh: '预警', en: 'warning' },
    severe: { zh: '严重', en: 'severe' },
    critical: { zh: '危急', en: 'critical' },
  },
}

const lights = { info: 'none', warning: 'yellow', severe: 'red', critical: 'red' } as const

function useGet<Data>(path: string, asked: { readonly unit?: string } = {}) {
  const { on } = useSearch()
  const session = useSession()
  return useQuery<Data, Failure>({
    queryKey: ['checks', path, asked, on, session?.today, session?.actor?.seat],
    queryFn: ({ signal }) => send<Data>('GET', `${path}${queryString({ ...asked, on })}`, { signal }),
  })
}

/** Every check, or what one of them finds. */
export default function ChecksPage() {
  const { id } = useParams()
  return id === undefined ? <List /> : <One id={id} />
}

function Facts({ check }: { check: Described }) {
  const { say } = useSay()
  const duty = useNames()?.duties[check.duty]
  return (
    <dl className="facts">
      <dt>{say(words.severity)}</dt>
      <dd>{say(words.severities[check.severity])}</dd>
      <dt>{say(words.why)}</dt>
      <dd>{say(check.why)}</dd>
      <dt>{say(words.todo)}</dt>
      <dd>{say(check.todo)}</dd>
      <dt>{say(words.duty)}</dt>
      <dd>
        <Go to={`/charter?duty=${check.duty}`}>{duty ? say(duty) : check.duty}</Go>
      </dd>
    </dl>
  )
}

type Kept = { readonly check: Described; readonly run: Run | undefined }

const order: readonly Check['severity'][] = ['critical', 'severe', 'warning', 'info']
/** What found something in the asker's area comes first, the gravest before the rest. */
const rank = ({ check, run }: Kept) => (run && run.here > 0 ? 0 : order.length) + order.indexOf(check.severity)

function List() {
  const { say } = useSay()
  const { which } = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const checks = useGet<readonly Described[]>('/api/checks')
  const isSeated = Boolean(session?.actor)
  const runs = useAsk('check.runs', {}, { enabled: isSeated }).data?.runs ?? []
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={isSeated && <AsOf />}>
      <Answer of={checks}>
        {(all) => {
          const kept = all.map((check) => ({ check, run: runs.find((run) => run.check === check.id) }))
          const shown = which === 'found' ? kept.filter(({ run }) => run && run.here > 0) : kept
          return (
            <div className="stack">
              {runs.length > 0 && (
                <div className="row">
                  <Summary kept={kept} />
                  <span className="push">
                    <Choice
                      label={say(words.which)}
                      value={which === 'found' ? 'found' : 'all'}
                      options={[
                        { value: 'all', label: say(words.all) },
                        { value: 'found', label: say(words.withFindings) },
                      ]}
                      onChoose={(value) => setSearch({ which: value === 'all' ? undefined : value })}
                    />
                  </span>
                </div>
              )}
              <div className="grid cols-2">
                {shown
                  .toSorted((a, b) => rank(a) - rank(b))
                  .map((each) => (
                    <CheckCard key={each.check.id} {...each} isSeated={isSeated} />
                  ))}
              </div>
            </div>
          )
        }}
      </Answer>
    </Page>
  )
}

/** How much there is in the asker's area, and of which day that is where the checks have not run since. */
function Summary({ kept }: { kept: readonly Kept[] }) {
  const { say, count, day } = useSay()
  const { on } = useSearch()
  const session = useSession()
  const finding = kept.filter(({ run }) => run && run.here > 0)
  const last = kept.flatMap(({ run }) => (run ? [run.on] : [])).reduce((a, b) => (a > b ? a : b), '')
  return (
    <div>
      {say(words.summary, {
        checks: count(kept.length),
        finding: count(finding.length),
        unit: session?.actor ? say(session.actor.unit.name) : '',
        total: count(finding.reduce((sum, { run }) => sum + (run?.here ?? 0), 0)),
      })}
      {last < (on ?? session?.today ?? '') && <div className="sub">{say(words.ofDay, { day: day(last) })}</div>}
    </div>
  )
}

function CheckCard({ check, run, isSeated }: Kept & { readonly isSeated: boolean }) {
  const { say, count } = useSay()
  return (
    <Card
      title={
        <>
          {say(check.title)}{' '}
          {run &&
            (run.here > 0 ? (
              <Light light={lights[check.severity]}>{say(words.found, { total: count(run.here) })}</Light>
            ) : (
              <Light light="green">{say(run.total > 0 ? words.cleanHere : words.clean)}</Light>
            ))}
        </>
      }
      aside={isSeated && <Go to={`/checks/${check.id}`}>{say(words.open)}</Go>}
    >
      {run?.here === 0 ? (
        <details>
          <summary className="sub small" style={{ padding: '4px 0' }}>
            {say(words.about)}
          </summary>
          <Facts check={check} />
        </details>
      ) : (
        <Facts check={check} />
      )}
      {isSeated && <LastRun run={run} />}
    </Card>
  )
}

function One({ id }: { id: string }) {
  const { say, count } = useSay()
  const { area } = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const own = session?.actor?.unit
  const isWhole = own === undefined || own.id === session?.root
  const answer = useGet<Findings>(`/api/checks/${id}`, isWhole || area === 'all' ? {} : { unit: own.id })
  const data = answer.data
  const columns: Column<Row>[] = [
    {
      key: 'unit',
      title: say(words.unit),
      head: true,
      value: (finding) => say(finding.unitName),
      cell: (finding) => <UnitLink unit={{ id: finding.unit, name: finding.unitName }} />,
    },
    {
      key: 'record',
      title: say(words.record),
      value: (finding) => say(finding.label),
      cell: (finding) =>
        finding.record ? (
          <Go to={finding.record}>
            <Written>{say(finding.label)}</Written>
          </Go>
        ) : (
          <Written>{say(finding.label)}</Written>
        ),
    },
    {
      key: 'since',
      title: say(words.since),
      value: (finding) => finding.since,
      cell: (finding) => <DayText day={finding.since} />,
    },
  ]
  return (
    <Page
      title={data ? say(data.check.title) : say(words.title)}
      mark={
        data && (
          <Light light={data.total === 0 ? 'green' : lights[data.check.severity]}>
            {data.total === 0 ? say(words.clean) : say(words.found, { total: count(data.total) })}
          </Light>
        )
      }
      sub={<Go to="/checks">{say(words.title)}</Go>}
      aside={<AsOf />}
    >
      <Answer of={answer}>
        {({ check, findings, everywhere }) => (
          <div className="stack">
            <Card>
              <Facts check={check} />
            </Card>
            {!isWhole && (
              <div>
                <Choice
                  label={say(words.area)}
                  value={area === 'all' ? 'all' : 'own'}
                  options={[
                    { value: 'own', label: say(own.name) },
                    { value: 'all', label: say(words.everywhere, { total: count(everywhere) }) },
                  ]}
                  onChoose={(value) => setSearch({ area: value === 'own' ? undefined : value })}
                />
              </div>
            )}
            {findings.length > 0 && (
              <Card>
                <DataTable
                  caption={say(check.title)}
                  rows={findings}
                  columns={columns}
                  rowKey={(finding) => `${finding.unit} ${finding.record} ${finding.label.en}`}
                  csv={check.id}
                />
              </Card>
            )}
            <KeptRuns check={check.id} />
          </div>
        )}
      </Answer>
    </Page>
  )
}
