import { useQuery } from '@tanstack/react-query'
import type { Check, Finding } from '#kernel/check.ts'
import { queryString, send, type Failure } from '#web/api.ts'
import {
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  Page,
  useAsk,
  useNames,
  useParams,
  useSay,
  useSearch,
  useSession,
  Written,
  type Column,
} from '#web/parts/index.ts'
import { KeptRuns, LastRun } from './CheckRuns.tsx'

type Described = Omit<Check, 'details'>
type Findings = {
  readonly check: Described
  readonly on: string
  readonly total: number
  readonly findings: readonly Finding[]
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
  open: { zh: '核查', en: 'Look' },
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

function useGet<Data>(path: string) {
  const { on } = useSearch()
  const session = useSession()
  return useQuery<Data, Failure>({
    queryKey: ['checks', path, on, session?.today, session?.actor?.seat],
    queryFn: ({ signal }) => send<Data>('GET', `${path}${queryString({ on })}`, { signal }),
  })
}

/** Every check, or what one of them finds. */
export default function ChecksPage() {
  const { id } = useParams()
  return id === undefined ? <List /> : <One id={id} />
}

const Severity = ({ severity }: { severity: Check['severity'] }) => {
  const { say } = useSay()
  return <Light light={lights[severity]}>{say(words.severities[severity])}</Light>
}

function Facts({ check }: { check: Described }) {
  const { say } = useSay()
  const duty = useNames()?.duties[check.duty]
  return (
    <dl className="facts">
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

function List() {
  const { say } = useSay()
  const session = useSession()
  const checks = useGet<readonly Described[]>('/api/checks')
  const isSeated = Boolean(session?.actor)
  const runs = useAsk('check.runs', {}, { enabled: isSeated }).data?.runs ?? []
  return (
    <Page title={say(words.title)} sub={say(words.sub)}>
      <Answer of={checks}>
        {(all) => (
          <div className="grid cols-2">
            {all.map((check) => (
              <Card
                key={check.id}
                title={
                  <>
                    {say(check.title)} <Severity severity={check.severity} />
                  </>
                }
                aside={session?.actor && <Go to={`/checks/${check.id}`}>{say(words.open)}</Go>}
              >
                <Facts check={check} />
                {isSeated && <LastRun run={runs.find((run) => run.check === check.id)} />}
              </Card>
            ))}
          </div>
        )}
      </Answer>
    </Page>
  )
}

function One({ id }: { id: string }) {
  const { say } = useSay()
  const answer = useGet<Findings>(`/api/checks/${id}`)
  const data = answer.data
  const columns: Column<Finding>[] = [
    { key: 'unit', title: say(words.unit), head: true, cell: (finding) => <UnitName id={finding.unit} /> },
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
            {data.total === 0 ? say(words.clean) : say(words.found, { total: data.total })}
          </Light>
        )
      }
      sub={<Go to="/checks">{say(words.title)}</Go>}
      aside={<AsOf />}
    >
      <Answer of={answer}>
        {({ check, findings }) => (
          <div className="stack">
            <Card>
              <Facts check={check} />
            </Card>
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

function UnitName({ id }: { id: string }) {
  const { say } = useSay()
  const unit = useAsk('find.units', { id }).data?.units[0]
  return <Go to={`/chain/${id}`}>{unit ? say(unit.name) : id.slice(0, 8)}</Go>
}
