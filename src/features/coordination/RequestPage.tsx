import { queryString } from '#web/api.ts'
import type { AnswerOf } from '#web/ask.ts'
import {
  Abilities,
  Answer,
  AsOf,
  Card,
  DataTable,
  DayText,
  Go,
  languageOf,
  Light,
  MadeUp,
  Page,
  PersonName,
  UnitLink,
  useAsk,
  useParams,
  useSay,
  useSearch,
  WaitingFor,
  Written,
  type Column,
} from '#web/parts/index.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { useValueText } from './values.tsx'
import './coordination.css'

export type Request = AnswerOf<'request.show'>
type Answered = Request['answers'][number]

const words = {
  plain: { zh: '报送要求', en: 'A request' },
  reason: { zh: '为什么要', en: 'Why it is needed' },
  what: { zh: '要什么', en: 'What is asked' },
  bySystem: { zh: '系统填', en: 'filled in by the system' },
  minutes: { zh: '约 {minutes} 分钟', en: 'about {minutes} minutes' },
  cost: { zh: '每个单位约 {minutes} 分钟（设定值）', en: 'about {minutes} minutes for each unit (a setting)' },
  table: { zh: '填报汇总', en: 'The answers' },
  unit: { zh: '单位', en: 'Unit' },
  answered: { zh: '填报', en: 'Answered' },
  not: { zh: '尚未填报', en: 'not yet' },
  version: { zh: '第 {version} 版', en: 'version {version}' },
  totals: { zh: '合计（{count} 个单位）', en: 'Total of {count} units' },
  xlsx: { zh: '下载 XLSX', en: 'Download XLSX' },
  withdrawn: { zh: '已于 {on} 撤回：', en: 'Withdrawn on {on}:' },
  back: { zh: '额度已退回', en: 'the budgets got their place back' },
  kept: { zh: '已有人填报，额度不退', en: 'somebody had answered, so no place came back' },
  due: { zh: '期限', en: 'Due' },
  by: { zh: '谁要的', en: 'Asked by' },
  can: { zh: '可以办理', en: 'What may be done' },
  all: { zh: '全部要求', en: 'All requests' },
}

/** One request: what is asked, who has answered, the table of the answers; and one's own form, filled in as far as it can be. */
export default function RequestPage() {
  const { say } = useSay()
  const { id = '' } = useParams()
  const { on, unit } = useSearch()
  const answer = useAsk('request.show', { id, ...(unit && { unit }) })
  const { data } = answer
  return (
    <Page
      title={data?.title ?? say(words.plain)}
      {...(data && { titleLanguage: languageOf(data.title) })}
      mark={
        data && (
          <>
            <Light light={data.light}>{say(data.words)}</Light> {data.madeUp && <MadeUp />}
          </>
        )
      }
      sub={
        data && (
          <>
            <span className="linked">
              {say(words.by)}: <UnitLink unit={{ id: data.unit, name: data.unitName }} /> · {say(data.postName)} ·{' '}
              <DayText day={data.askedOn} /> · {say(words.due)} <DayText day={data.due} /> ·{' '}
              <Go to="/requests">{say(words.all)}</Go>
            </span>
          </>
        )
      }
      aside={<AsOf />}
    >
      <Answer of={answer} lines={10}>
        {(request) => (
          <div className="stack">
            <div className="grid cols-2">
              <Card title={say(words.reason)}>
                <p>
                  <Written>{request.reason}</Written>
                </p>
                {request.withdrawnOn && <Withdrawn request={request} />}
                <Abilities can={request.can} others />
              </Card>
              <Card title={say(words.what)}>
                <Fields request={request} />
              </Card>
            </div>
            {request.form && request.withdrawnOn === null && on === undefined && (
              <AnswerForm key={`${request.id} ${request.form.version}`} request={request} form={request.form} />
            )}
            <Table request={request} />
            <WaitingFor subject={request.id} />
          </div>
        )}
      </Answer>
    </Page>
  )
}

function Withdrawn({ request }: { request: Request }) {
  const { say, day } = useSay()
  return (
    <div className="why no">
      <b>{say(words.withdrawn, { on: day(request.withdrawnOn ?? '') })}</b>{' '}
      <Written>{request.withdrawnFor ?? ''}</Written>{' '}
      <span className="sub small">{say(request.givesBack ? words.back : words.kept)}</span>
    </div>
  )
}

function Fields({ request }: { request: Request }) {
  const { say } = useSay()
  const minutes = request.fields.reduce((sum, field) => sum + field.minutes, 0)
  return (
    <>
      <ol>
        {request.fields.map((field) => (
          <li key={field.n}>
            {field.figureTitle ? (
              <Go to={`/figures/${field.figure}`}>{say(field.figureTitle)}</Go>
            ) : (
              <Written>{field.title}</Written>
            )}{' '}
            <span className="sub small">
              {field.kind === 'figure'
                ? say(words.bySystem)
                : `${say(field.kindWords)} · ${say(words.minutes, { minutes: field.minutes })}`}
            </span>
          </li>
        ))}
      </ol>
      <p className="sub small">{say(words.cost, { minutes })}</p>
    </>
  )
}

function Table({ request }: { request: Request }) {
  const { say, language } = useSay()
  const { on } = useSearch()
  const text = useValueText()
  const answered = request.answers.filter((answer) => answer.on !== null)
  const columns: Column<Answered>[] = [
    {
      key: 'unit',
      title: say(words.unit),
      head: true,
      value: (row) => say(row.name),
      cell: (row) => <UnitLink unit={{ id: row.unit, name: row.name }} />,
    },
    {
      key: 'answered',
      title: say(words.answered),
      value: (row) => row.on,
      cell: (row) =>
        row.on ? (
          <>
            <Go to={`/journal/${row.act}`}>
              <DayText day={row.on} />
            </Go>{' '}
            {row.person && <PersonName person={{ id: '', ...row.person }} />}{' '}
            {(row.version ?? 1) > 1 && (
              <span className="sub small" title={row.reason ?? ''}>
                {say(words.version, { version: row.version ?? 1 })}
              </span>
            )}
          </>
        ) : (
          <span className="sub">{say(words.not)}</span>
        ),
    },
    ...request.fields.map((field, at): Column<Answered> => ({
      key: `f${field.n}`,
      title: field.figureTitle ? say(field.figureTitle) : field.title,
      ...(field.shown !== 'text' && { align: 'right' as const }),
      value: (row) => (field.shown === 'text' ? (row.values[at] ?? null) : numberOf(row.values[at])),
      cell: (row) => text(field.shown, row.values[at] ?? null),
    })),
  ]
  return (
    <Card
      title={say(words.table)}
      aside={
        <a
          className="btn tight"
          href={`/api/requests/${request.id}.xlsx${queryString({ lang: language, on })}`}
          download
        >
          {say(words.xlsx)}
        </a>
      }
    >
      <DataTable
        caption={say(words.table)}
        rows={request.answers}
        columns={columns}
        rowKey={(row) => row.unit}
        csv="answers"
      />
      {request.totals.some((total) => total !== null) && (
        <dl className="facts">
          <dt>{say(words.totals, { count: answered.length })}</dt>
          <dd>
            {request.fields.map((field, at) => {
              const total = request.totals[at] ?? null
              return (
                total !== null && (
                  <div key={field.n}>
                    {field.figureTitle ? say(field.figureTitle) : <Written>{field.title}</Written>}:{' '}
                    <b>{text(field.shown, total)}</b>
                  </div>
                )
              )
            })}
          </dd>
        </dl>
      )}
    </Card>
  )
}

const numberOf = (value: string | null | undefined) => (value === null || value === undefined ? null : Number(value))
