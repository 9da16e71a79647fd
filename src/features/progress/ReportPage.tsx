import type { AnswerOf } from '#web/ask.ts'
import {
  Answer,
  AsOf,
  Card,
  Choice,
  DayText,
  Go,
  Light,
  Page,
  PersonName,
  Status,
  Written,
  useAsk,
  useParams,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
  WaitingFor,
} from '#web/parts/index.ts'
import { download, toCsv } from '#web/parts/table.ts'
import { SourceMark, useValueText, Value } from './parts.tsx'
import { type Marks, Scrutiny, useMarks } from './Scrutiny.tsx'
import './reports.css'

const words = {
  plain: { zh: '一份报告', en: 'A report' },
  number: {
    zh: '{unit} · {period} · 第 {version} 版 · 报送{to}',
    en: '{unit} · {period} · version {version} · to the {to}',
  },
  print: { zh: '打印', en: 'Print' },
  version: { zh: '版本', en: 'Version' },
  versionN: { zh: '第 {version} 版', en: 'Version {version}' },
  prefilled: {
    zh: '系统写成 {prefilled} 项，填写 {typed} 项',
    en: '{prefilled} fields written by the system, {typed} typed',
  },
  kept: { zh: '沿用上一版 {n} 项', en: '{n} stand as before' },
  steps: { zh: '经过', en: 'What happened' },
  entry: { zh: '记录', en: 'entry' },
  asOf: { zh: '截至', en: 'as of' },
  today: { zh: '现在 {value}', en: 'today {value}' },
  again: { zh: '按同一天重新统计：{value}', en: 'counted again as of that day: {value}' },
  was: { zh: '上一版：{value}', en: 'version before: {value}' },
  remark: { zh: '意见', en: 'Remark' },
  answer: { zh: '答复', en: 'Answer' },
  scrutineer: { zh: '审核单位', en: 'Scrutinised by' },
  signedBy: { zh: '签报人', en: 'Signed by' },
  answerIt: { zh: '补正并重新报送', en: 'Put it right and send it again' },
  csv: { zh: '下载 CSV', en: 'Download CSV' },
  section: { zh: '部分', en: 'Section' },
  field: { zh: '栏目', en: 'Field' },
  value: { zh: '内容', en: 'Value' },
  measure: { zh: '单位', en: 'Measure' },
  definition: { zh: '口径摘要', en: 'Digest of the definition' },
  remarkHere: { zh: '对这一栏提意见', en: 'Remark on this field' },
  remarkOn: { zh: '对“{field}”的意见', en: 'Remark on «{field}»' },
  standsSince: { zh: '第 {version} 版起', en: 'since version {version}' },
}

type Report = AnswerOf<'report.show'>
type Field = Report['sections'][number]['fields'][number]

/** A report as it was signed: each value opens, with what it is now, what was remarked, and every version. */
export default function ReportPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const search = useSearch()
  const session = useSession()
  const version = Number(search['version'] ?? 0)
  const report = useAsk('report.show', { id, ...(version > 0 && { version }) })
  const marks = useMarks(id)
  const data = report.data
  const isPast = search['on'] !== undefined && search['on'] !== session?.today
  return (
    <Page
      title={data ? say(data.kind.title) : say(words.plain)}
      mark={data && <Stands report={data} />}
      sub={
        data && (
          <>
            <Go to={`/reports?unit=${data.unit.id}`} style={underlined}>
              {say(data.unit.name)}
            </Go>{' '}
            · {say(data.periodName)}
          </>
        )
      }
      aside={
        <span className="row no-print">
          {data && <File report={data} />}
          <button type="button" className="btn tight" onClick={() => window.print()}>
            {say(words.print)}
          </button>
          <AsOf />
        </span>
      }
    >
      <Answer of={report} lines={12}>
        {(each) => {
          const waits = each.can.filter((ability) => ability.mine && !isPast)
          const isMine = waits.some((ability) => ability.act === 'progress.scrutinise')
          const answers = waits.find((ability) => ability.act.startsWith('progress.report'))
          const isNewest = each.version === each.versions.length
          return (
            <div className="grid cols-wide">
              <Paper report={each} marks={isMine && isNewest ? marks : undefined} />
              <div className="stack no-print">
                <WaitingFor subject={id} />
                {isMine && isNewest && <Scrutiny report={each} marks={marks} />}
                {answers && (
                  <Card>
                    <Go
                      to={`/reports/compose?unit=${each.unit.id}&kind=${each.kind.id}&period=${each.period}`}
                      className="btn primary"
                    >
                      {say(words.answerIt)}
                    </Go>
                  </Card>
                )}
                <Versions report={each} />
                <Steps report={each} />
              </div>
            </div>
          )
        }}
      </Answer>
    </Page>
  )
}

const lights = { none: 'none', sent: 'yellow', returned: 'red', passed: 'green' } as const

const FEN_PER_YUAN = 100
/** A link within a text is told by more than its colour. */
const underlined = { textDecoration: 'underline' } as const

/** The fields as a table for a spreadsheet: amounts in yuan, shares as fractions, words as they were written. */
function File({ report }: { report: Report }) {
  const { say } = useSay()
  const rows = report.sections.flatMap((section) => section.fields.map((field) => ({ ...field, section })))
  const columns = [
    { title: say(words.section), value: (row: (typeof rows)[number]) => say(row.section.title) },
    { title: say(words.field), value: (row: (typeof rows)[number]) => say(row.title) },
    {
      title: say(words.value),
      value: (row: (typeof rows)[number]) =>
        row.text ?? (row.shape === 'money' && row.value !== null ? row.value / FEN_PER_YUAN : row.value),
    },
    { title: say(words.measure), value: (row: (typeof rows)[number]) => (row.measure ? say(row.measure) : '') },
    { title: say(words.asOf), value: (row: (typeof rows)[number]) => row.asOf ?? '' },
    { title: say(words.definition), value: (row: (typeof rows)[number]) => row.digest ?? '' },
  ]
  const name = `${report.kind.id}-${report.unit.code ?? report.unit.id}-${report.period}-v${report.version}.csv`
  return (
    <button type="button" className="btn tight" onClick={() => download(name, toCsv(columns, rows))}>
      {say(words.csv)}
    </button>
  )
}

function Stands({ report }: { report: Report }) {
  const { say } = useSay()
  const isHere = report.state === 'sent' && !report.scrutinised
  return <Light light={isHere ? 'green' : lights[report.state]}>{say(report.stateName)}</Light>
}

/** The document: head, period, sections, signature. */
function Paper({ report, marks }: { report: Report; marks: Marks | undefined }) {
  const { say } = useSay()
  const signed = report.versions.find((each) => each.version === report.version)
  return (
    <article className="report-paper" aria-label={say(report.kind.title)}>
      <p className="head">{say(report.kind.title)}</p>
      <p className="number">
        {say(words.number, {
          unit: say(report.unit.name),
          period: say(report.periodName),
          version: report.version,
          to: say(report.kind.to),
        })}{' '}
        <Status status={report.kind.status} />
      </p>
      {report.sections.map((section) => (
        <section key={section.id}>
          <h3>{say(section.title)}</h3>
          {section.fields.map((field) => (
            <Line key={field.id} field={field} report={report} marks={marks} />
          ))}
        </section>
      ))}
      <p className="signed">
        {say(report.unit.name)}
        <br />
        {signed?.by && (
          <>
            {say(signed.by.postName)} {signed.by.person && <PersonName person={signed.by.person} />}
            <br />
          </>
        )}
        <DayText day={signed?.on} />
      </p>
    </article>
  )
}

function Line({ field, report, marks }: { field: Field; report: Report; marks: Marks | undefined }) {
  const { say } = useSay()
  const text = useValueText()
  const isText = field.shape === 'text'
  const opening = { unit: report.unit.id, period: report.period, asOf: field.asOf, from: field.from }
  return (
    <div className="line">
      <span>
        <span title={field.about ? say(field.about) : undefined}>{say(field.title)}</span>{' '}
        <span className="faint small no-print">
          <SourceMark source={field.source} />
          {field.asOf && (
            <>
              {' '}
              · {say(words.asOf)} <DayText day={field.asOf} />
            </>
          )}
          {field.sinceVersion > 1 && <> · {say(words.standsSince, { version: field.sinceVersion })}</>}
        </span>
      </span>
      {!isText && (
        <span className="value">
          <Value field={field} value={field.value} opening={opening} />
          {field.isDifferentAgain && (
            <span className="faint small no-print" style={{ display: 'block' }}>
              {say(words.again, { value: text(field, field.again) })}
            </span>
          )}
          {field.isDifferentToday && (
            <span className="faint small no-print" style={{ display: 'block' }}>
              {say(words.today, { value: text(field, field.today) })}
            </span>
          )}
          {field.before && (
            <span className="faint small" style={{ display: 'block' }}>
              {say(words.was, { value: text(field, field.before.value) })}
            </span>
          )}
        </span>
      )}
      {isText && field.text && (
        <div className="wide words">
          <Written>{field.text}</Written>
        </div>
      )}
      {isText && field.before?.text && (
        <div className="wide faint small">{say(words.was, { value: field.before.text })}</div>
      )}
      <Remarks field={field} />
      {marks && <Mark field={field} marks={marks} />}
    </div>
  )
}

function Remarks({ field }: { field: Field }) {
  const { say } = useSay()
  if (field.remarks.length === 0) return null
  return (
    <div className="wide why warn">
      {field.remarks.map((each) => (
        <div key={each.ordinal}>
          <b>
            {say(words.remark)} · {say(words.versionN, { version: each.version })}
          </b>{' '}
          <Written>{each.remark}</Written>
        </div>
      ))}
      {field.answer && (
        <div>
          <b>{say(words.answer)}</b> <Written>{field.answer}</Written>
        </div>
      )}
    </div>
  )
}

/** A remark that is being written on a field; it is sent with the decision. */
function Mark({ field, marks }: { field: Field; marks: Marks }) {
  const { say } = useSay()
  const value = marks.of[field.id]
  if (value === undefined)
    return (
      <button
        type="button"
        className="btn plain tight wide no-print"
        style={{ justifySelf: 'start' }}
        aria-label={say(words.remarkOn, { field: say(field.title) })}
        onClick={() => marks.put(field.id, '')}
      >
        {say(words.remarkHere)}
      </button>
    )
  return (
    <label className="wide no-print">
      <span className="label">{say(words.remarkOn, { field: say(field.title) })}</span>
      <textarea
        className="field"
        rows={2}
        value={value}
        onChange={(event) => marks.put(field.id, event.target.value)}
      />
    </label>
  )
}

function Versions({ report }: { report: Report }) {
  const { say } = useSay()
  const setSearch = useSetSearch()
  return (
    <Card title={say(words.version)}>
      {report.versions.length > 1 && (
        <Choice
          label={say(words.version)}
          value={String(report.version)}
          options={report.versions.map((each) => ({
            value: String(each.version),
            label: say(words.versionN, { version: each.version }),
          }))}
          onChoose={(version) =>
            setSearch({ version: Number(version) === report.versions.length ? undefined : version })
          }
        />
      )}
      {report.versions.map((each) => (
        <p key={each.version}>
          <b>{say(words.versionN, { version: each.version })}</b> · <DayText day={each.on} />{' '}
          <Go to={`/journal/${each.act}`} style={underlined}>
            {say(words.entry)}
          </Go>
          <span className="sub small" style={{ display: 'block' }}>
            {say(words.prefilled, { prefilled: each.prefilled, typed: each.typed })}
            {each.kept > 0 && ` · ${say(words.kept, { n: each.kept })}`}
          </span>
        </p>
      ))}
      {report.scrutineer && (
        <p className="sub">
          {say(words.scrutineer)}:{' '}
          <Go to={`/units/${report.scrutineer.id}`} style={underlined}>
            {say(report.scrutineer.name)}
          </Go>
        </p>
      )}
    </Card>
  )
}

function Steps({ report }: { report: Report }) {
  const { say } = useSay()
  return (
    <Card title={say(words.steps)}>
      <ol className="plain-list">
        {report.steps.map((step) => (
          <li key={step.ordinal}>
            <b>{say(step.name)}</b> · {say(words.versionN, { version: step.version })} · <DayText day={step.on} />{' '}
            <Go to={`/journal/${step.act}`} style={underlined}>
              {say(words.entry)}
            </Go>
            {step.by && (
              <span className="sub small" style={{ display: 'block' }}>
                {say(step.by.unit)} · {say(step.by.postName)} {step.by.person && <PersonName person={step.by.person} />}
              </span>
            )}
            {step.reason && (
              <div className="why warn">
                <Written>{step.reason}</Written>
              </div>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}
