import { useState, type ReactNode } from 'react'
import type { AnswerOf } from '#web/ask.ts'
import { momentText } from '#web/formats.ts'
import { DayText, Empty, Go, Light, Loading, PersonName, Problem, UnitLink, useAsk, useSay } from '#web/parts/index.ts'

const words = {
  act: { zh: '事项', en: 'Act' },
  outcome: { zh: '结果', en: 'Outcome' },
  done: { zh: '已办', en: 'done' },
  refused: { zh: '未予办理', en: 'refused' },
  doneOn: { zh: '办理日', en: 'Done on' },
  recorded: { zh: '记录于', en: 'Recorded' },
  who: { zh: '经办', en: 'By' },
  over: { zh: '对象', en: 'Over' },
  duty: { zh: '职责', en: 'Duty' },
  more: { zh: '更早的', en: 'Older ones' },
  nothing: { zh: '没有符合的记录。', en: 'No entry matches.' },
  public: { zh: '公众', en: 'the public' },
  mechanism: { zh: '机制的时钟', en: 'the mechanism’s clock' },
  behalf: { zh: '受 {principal} 委托', en: 'for {principal}, by delegation' },
  inVacancy: { zh: '代行空缺', en: 'standing in for a vacancy' },
}

export type Entry = AnswerOf<'journal.search'>['entries'][number]

/** Who did an entry, in which seat, and in whose name. */
export function By({ entry }: { entry: Entry }) {
  const { say } = useSay()
  if (entry.kind !== 'person') return say(entry.kind === 'public' ? words.public : words.mechanism)
  return (
    <span>
      {entry.seat && (
        <>
          {say(entry.seat.unit.name)} · {say(entry.seat.post.name)}{' '}
        </>
      )}
      {entry.person && <PersonName person={entry.person} />}
      {entry.ground === 'delegation' && entry.principal && (
        <span className="sub small"> {say(words.behalf, { principal: say(entry.principal.name) })}</span>
      )}
      {entry.ground === 'vacancy' && <span className="sub small"> {say(words.inVacancy)}</span>}
    </span>
  )
}

export const OutcomeLight = ({ outcome }: { outcome: Entry['outcome'] }) => {
  const { say } = useSay()
  return (
    <Light light={outcome === 'done' ? 'green' : 'red'}>{say(outcome === 'done' ? words.done : words.refused)}</Light>
  )
}

type FilterInput = NonNullable<Parameters<typeof useAsk<'journal.search'>>[1]>

/** Entries, the newest first; older ones are fetched when they are asked for. */
export function Entries({ filter }: { filter: FilterInput }) {
  const { say } = useSay()
  return (
    <table className="stacking">
      <thead>
        <tr>
          <th scope="col">{say(words.doneOn)}</th>
          <th scope="col">{say(words.act)}</th>
          <th scope="col">{say(words.over)}</th>
          <th scope="col">{say(words.who)}</th>
          <th scope="col">{say(words.duty)}</th>
          <th scope="col">{say(words.outcome)}</th>
        </tr>
      </thead>
      <tbody>
        <Rows filter={filter} />
      </tbody>
    </table>
  )
}

const Whole = ({ children }: { children: ReactNode }) => (
  <tr>
    <td colSpan={6}>{children}</td>
  </tr>
)

/** One page of entries, and below it, once it is asked for, the page before. */
function Rows({ filter, after }: { filter: FilterInput; after?: string }) {
  const { say } = useSay()
  const [isOpen, open] = useState(false)
  const { data, error, refetch } = useAsk('journal.search', { ...filter, ...(after !== undefined && { after }) })
  if (error)
    return (
      <Whole>
        <Problem error={error} retry={() => void refetch()} />
      </Whole>
    )
  if (!data)
    return (
      <Whole>
        <Loading lines={8} />
      </Whole>
    )
  if (data.entries.length === 0)
    return (
      <Whole>
        <Empty>{say(words.nothing)}</Empty>
      </Whole>
    )
  return (
    <>
      {data.entries.map((entry) => (
        <EntryRow key={entry.id} entry={entry} />
      ))}
      {data.next !== null &&
        (isOpen ? (
          <Rows filter={filter} after={data.next} />
        ) : (
          <Whole>
            <button type="button" className="btn" onClick={() => open(true)}>
              {say(words.more)}
            </button>
          </Whole>
        ))}
    </>
  )
}

function EntryRow({ entry }: { entry: Entry }) {
  const { say, language } = useSay()
  return (
    <tr>
      <td data-label={say(words.doneOn)} title={`${say(words.recorded)} ${momentText(language, entry.recordedAt)}`}>
        <DayText day={entry.doneOn} />
      </td>
      <td>
        <Go to={`/journal/${entry.id}`}>
          <b>{say(entry.title)}</b>
        </Go>
      </td>
      <td data-label={say(words.over)}>
        <UnitLink unit={entry.unit} to={`/chain/${entry.unit.id}`} />
      </td>
      <td data-label={say(words.who)}>
        <By entry={entry} />
      </td>
      <td data-label={say(words.duty)} className="sub">
        {say(entry.duty.title)}
      </td>
      <td data-label={say(words.outcome)}>
        <span>
          <OutcomeLight outcome={entry.outcome} />
          {entry.refusals.slice(0, 1).map((refusal) => (
            <div key={refusal.code} className="sub small">
              {say(refusal.sentence)}
            </div>
          ))}
        </span>
      </td>
    </tr>
  )
}
