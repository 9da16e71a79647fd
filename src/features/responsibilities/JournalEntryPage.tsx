import { actOf, useActs, type FormField } from '#web/acts.ts'
import { momentText } from '#web/formats.ts'
import {
  Answer,
  Card,
  Clause,
  DayText,
  Go,
  Light,
  Page,
  Status,
  UnitLink,
  useAsk,
  useParams,
  useSay,
} from '#web/parts/index.ts'
import { plainText } from '#web/text.ts'
import { By, OutcomeLight } from './Entries.tsx'

const words = {
  title: { zh: '办理记录', en: 'An entry of the journal' },
  who: { zh: '经办', en: 'By' },
  answers: { zh: '应负责', en: 'Who answers' },
  over: { zh: '对象', en: 'Over' },
  duty: { zh: '依据的职责', en: 'Under the duty' },
  done: { zh: '办理时间', en: 'Done' },
  recorded: { zh: '记录时间', en: 'Recorded' },
  version: { zh: '章程版本', en: 'Charter version' },
  via: { zh: '来自', en: 'Through' },
  id: { zh: '编号', en: 'Id' },
  input: { zh: '填报内容', en: 'What was given' },
  result: { zh: '结果', en: 'What came of it' },
  made: { zh: '新的记录', en: 'New record' },
  reasons: { zh: '未予办理的理由', en: 'Why it was refused' },
  obligations: { zh: '由此产生和办结的事项', en: 'What it obliged others to, and what it met' },
  opened: { zh: '产生', en: 'opened' },
  met: { zh: '办结', en: 'met' },
  lapsed: { zh: '失去对象', en: 'lapsed' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  article: { zh: '第{article}条', en: 'art. {article}' },
  vias: {
    web: { zh: '网页', en: 'the web' },
    cli: { zh: '命令行', en: 'the command line' },
    replay: { zh: '历史重放', en: 'the replay of history' },
    job: { zh: '定时', en: 'the clock' },
    test: { zh: '测试', en: 'a test' },
  } as Record<string, { zh: string; en: string }>,
}

export default function JournalEntryPage() {
  const { say, language } = useSay()
  const { id = '' } = useParams()
  const entry = useAsk('journal.show', { id })
  const acts = useActs()
  return (
    <Page
      title={entry.data ? say(entry.data.title) : say(words.title)}
      mark={entry.data && <OutcomeLight outcome={entry.data.outcome} />}
      sub={entry.data && <UnitLink unit={entry.data.unit} to={`/chain/${entry.data.unit.id}`} />}
    >
      <Answer of={entry}>
        {(data) => {
          const form = actOf(acts.data, data.act)?.form ?? []
          return (
            <>
              {data.clause && (
                <Clause
                  cite={
                    <>
                      {say(data.clause.source)}{' '}
                      {data.clause.article && say(words.article, { article: data.clause.article })} ·{' '}
                      {say(data.duty.title)} <Status status={data.clause.status} />
                    </>
                  }
                >
                  {say(data.clause.quote)}
                </Clause>
              )}
              <div className="grid cols-2">
                <Card>
                  <dl className="facts">
                    <dt>{say(words.who)}</dt>
                    <dd>
                      <By entry={data} />
                    </dd>
                    <dt>{say(words.over)}</dt>
                    <dd>
                      <UnitLink unit={data.unit} />
                    </dd>
                    <dt>{say(words.duty)}</dt>
                    <dd>
                      <Go to={`/charter?version=${data.version}&duty=${data.duty.id}`}>{say(data.duty.title)}</Go>
                    </dd>
                    <dt>{say(words.done)}</dt>
                    <dd>{momentText(language, data.doneAt)}</dd>
                    <dt>{say(words.recorded)}</dt>
                    <dd>{momentText(language, data.recordedAt)}</dd>
                    <dt>{say(words.version)}</dt>
                    <dd>{data.version}</dd>
                    <dt>{say(words.via)}</dt>
                    <dd>{say(words.vias[data.via] ?? { zh: data.via, en: data.via })}</dd>
                    <dt>{say(words.id)}</dt>
                    <dd className="mono">{data.id}</dd>
                  </dl>
                </Card>
                <div className="stack">
                  {data.refusals.length > 0 && (
                    <Card title={say(words.reasons)}>
                      {data.refusals.map((refusal) => (
                        <div key={refusal.code} className="why no">
                          <b>{say(refusal.sentence)}</b> {refusal.remedy && say(refusal.remedy)}
                          <div className="sub small mono">
                            {refusal.code} {refusal.cites}
                          </div>
                        </div>
                      ))}
                    </Card>
                  )}
                  <Card title={say(words.input)}>
                    <Given value={data.input} form={form} unit={data.unit.id} />
                  </Card>
                  {data.result !== null && Object.keys(data.result as object).length > 0 && (
                    <Card title={say(words.result)}>
                      <Given value={data.result} form={form} unit={data.unit.id} />
                    </Card>
                  )}
                </div>
              </div>
              {data.obligations.length > 0 && (
                <div style={{ marginTop: 16 }}>
                  <Card title={say(words.obligations)}>
                    <table className="stacking">
                      <tbody>
                        {data.obligations.map((item) => (
                          <tr key={item.id}>
                            <td>
                              <Light light={item.how === 'met' ? 'green' : 'none'}>{say(words[item.how])}</Light>
                            </td>
                            <td>
                              <Go to={`/obligations/${item.id}`}>{say(item.title)}</Go>
                            </td>
                            <td>
                              <UnitLink unit={item.unit} />
                            </td>
                            <td className="right">
                              <DayText day={item.due_on} />
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                  </Card>
                </div>
              )}
            </>
          )
        }}
      </Answer>
    </Page>
  )
}

const LIST_MAX = 20
const Uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/

/** What was given to an act, with the labels of its form. */
function Given({
  value,
  form,
  unit,
  finds,
}: {
  value: unknown
  form: readonly FormField[]
  unit: string
  /** The question that knows the name of what a reference names. */
  finds?: string | undefined
}) {
  const { say } = useSay()
  if (value === null || value === undefined) return <span className="faint">—</span>
  if (Array.isArray(value))
    return (
      <ol>
        {value.slice(0, LIST_MAX).map((each, at) => (
          <li key={at}>
            <Given value={each} form={form} unit={unit} finds={finds} />
          </li>
        ))}
        {value.length > LIST_MAX && <li>… {value.length}</li>}
      </ol>
    )
  if (typeof value === 'object') {
    if ('zh' in value && 'en' in value) return say(value as { zh: string; en: string })
    return (
      <dl className="facts">
        {Object.entries(value).map(([key, each]) => {
          const field = form.find((one) => one.key === key)
          return (
            <div key={key} style={{ display: 'contents' }}>
              <dt>
                {field ? (
                  say(field.label)
                ) : Uuid.test(plainText(each)) ? (
                  say(words.made)
                ) : (
                  <span className="mono">{key}</span>
                )}
              </dt>
              <dd>
                <Given
                  value={field?.choices?.[String(each)] ?? each}
                  form={field?.properties ?? field?.items?.properties ?? []}
                  unit={unit}
                  finds={field?.finds ?? field?.items?.finds}
                />
              </dd>
            </div>
          )
        })}
      </dl>
    )
  }
  if (typeof value === 'boolean') return say(words[value ? 'yes' : 'no'])
  const text = plainText(value)
  // A word of the program, such as a state, and none of a person's.
  if (/^[a-z][a-z-]+$/.test(text)) return <span className="mono">{text}</span>
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return <DayText day={text} />
  if (Uuid.test(text)) return finds ? <ReferenceName id={text} finds={finds} unit={unit} /> : <UnitName id={text} />
  return <span style={{ whiteSpace: 'pre-wrap' }}>{text}</span>
}

/** What a reference names, by the question that its field finds it with. */
function ReferenceName({ id, finds, unit }: { id: string; finds: string; unit: string }) {
  const { say } = useSay()
  const found = useAsk(finds as 'find.payees', { unit, id })
  const name = found.data?.choices.find((choice) => choice.id === id)?.name
  return name ? say(name) : <span className="mono">{id.slice(0, 8)}…</span>
}

/** An id as the name of its unit, if it is one. */
function UnitName({ id }: { id: string }) {
  const found = useAsk('find.units', { id })
  const unit = found.data?.units[0]
  return unit ? <UnitLink unit={unit} /> : <span className="mono">{id.slice(0, 8)}…</span>
}
