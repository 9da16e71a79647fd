import type { AnswerOf } from '#web/ask.ts'
import { Answer, Card, DataTable, DayText, Status, useAsk, useSay, useSearch, type Column } from '#web/parts/index.ts'

type Parameter = AnswerOf<'charter.parameters'>[number]

const words = {
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  parameters: { zh: '参数', en: 'Numbers' },
  parameter: { zh: '参数', en: 'Parameter' },
  applies: { zh: '当日适用', en: 'Applies' },
  source: { zh: '出处', en: 'Source' },
  own: { zh: '各地另定', en: 'Own values' },
  history: { zh: '历次数值', en: 'Every value' },
}

const measures: Record<string, { zh: string; en: string }> = {
  days: { zh: '天', en: 'days' },
  months: { zh: '个月', en: 'months' },
  working_days: { zh: '个工作日', en: 'working days' },
  percent: { zh: '%', en: '%' },
  yuan: { zh: '元', en: 'yuan' },
  years: { zh: '年', en: 'years' },
  minutes: { zh: '分钟', en: 'minutes' },
  people: { zh: '人', en: 'people' },
  households: { zh: '户', en: 'households' },
  counties: { zh: '个县', en: 'counties' },
  requests: { zh: '次', en: 'requests' },
}

/** The numbers of the law, as they apply and as they came to be. */
export function Parameters() {
  const { say, count } = useSay()
  const { unit } = useSearch()
  const parameters = useAsk('charter.parameters', unit ? { unit } : {})
  const measure = (parameter: Parameter) => say(measures[parameter.unit] ?? { zh: parameter.unit, en: parameter.unit })
  const columns: Column<Parameter>[] = [
    {
      key: 'title',
      title: say(words.parameter),
      head: true,
      value: (each) => say(each.title),
      cell: (each) => <span id={each.id}>{say(each.title)}</span>,
    },
    {
      key: 'applies',
      title: say(words.applies),
      value: (each) => each.applies?.value ?? null,
      cell: (each) =>
        each.applies ? (
          <b className="num">
            {each.unit === 'yes-no'
              ? say(each.applies.value === 0 ? words.no : words.yes)
              : `${count(each.applies.value)}${each.unit === 'percent' ? '' : ' '}${measure(each)}`}
          </b>
        ) : (
          '—'
        ),
    },
    {
      key: 'source',
      title: say(words.source),
      value: (each) => (each.applies ? say(each.applies.source) : null),
      cell: (each) =>
        each.applies && (
          <>
            {say(each.applies.source)} <Status status={each.applies.status} />
          </>
        ),
    },
    {
      key: 'history',
      title: say(words.history),
      cell: (each) => (
        <>
          {each.values.map((value) => (
            <div key={value.from} className="num small">
              <DayText day={value.from} /> → {count(value.value)}
            </div>
          ))}
        </>
      ),
    },
    {
      key: 'own',
      title: say(words.own),
      cell: (each) =>
        each.own.length > 0 && (
          <details>
            <summary>{count(each.own.length)}</summary>
            {each.own.map((own) => (
              <div key={own.code} className="small">
                {say(own.name)} <span className="num">{own.values.map((value) => count(value.value)).join(' → ')}</span>{' '}
                {own.values.at(-1) && <Status status={own.values.at(-1)?.status ?? ''} />}
              </div>
            ))}
          </details>
        ),
    },
  ]
  return (
    <Card>
      <Answer of={parameters}>
        {(rows) => (
          <DataTable
            caption={say(words.parameters)}
            rows={rows}
            columns={columns}
            rowKey={(each) => each.id}
            csv="parameters"
            limit={200}
          />
        )}
      </Answer>
    </Card>
  )
}
