import {
  Abilities,
  Answer,
  Card,
  DataTable,
  DayText,
  Go,
  Light,
  useAsk,
  useListState,
  useSay,
  useSearch,
  useSession,
} from '#web/parts/index.ts'
import type { AnswerOf } from '#web/ask.ts'
import './major.css'
import { words } from './major-words.tsx'

const LIMIT = 8
const own = {
  title: { zh: '第四季度动态调整', en: 'Updates of the fourth quarter' },
  sub: {
    zh: '{year}年度：{from}至{due}办理，{done} / {total} 个县已完成。',
    en: 'For {year}: made from {from} to {due}; {done} of {total} counties have.',
  },
  done: { zh: '已调整', en: 'Updated' },
  notYet: { zh: '尚未调整', en: 'not yet' },
  needs: { zh: '下年度需求', en: 'Needs of the next year' },
  unready: { zh: '不能实施的项目', en: 'Entries that cannot go ahead' },
  none: { zh: '无', en: 'none' },
} as const

type Update = AnswerOf<'library.updates'>['items'][number]

/** The yearly update of the libraries of a unit's poor counties: what was said, and by whom it has yet to be. */
export function LibraryUpdates({ unit }: { unit: string }) {
  const { say, day } = useSay()
  const state = useListState('updates')
  const session = useSession()
  const today = useSearch()['on'] ?? session?.today ?? ''
  const updates = useAsk('library.updates', {
    unit,
    ...(state.find && { search: state.find }),
    offset: state.offset,
    limit: LIMIT,
  })
  const data = updates.data
  // Before the season, and where there is no poor county, there is nothing to say.
  if (!data || (data.done === 0 && (data.total === 0 || today < data.from))) return null
  const { year, done, total } = data
  return (
    <Card title={say(own.title)}>
      <p className="sub">{say(own.sub, { year, from: day(data.from), due: day(data.due), done, total })}</p>
      <Answer of={updates} lines={4}>
        {({ items }) => (
          <DataTable
            caption={say(own.title)}
            rows={items}
            total={total}
            state={state}
            limit={LIMIT}
            searchable={total > LIMIT}
            rowKey={(update) => update.unit}
            columns={[
              {
                key: 'county',
                title: say(words.county),
                head: true,
                cell: (update) => <Go to={`/units/${update.unit}`}>{say(update.name)}</Go>,
              },
              {
                key: 'on',
                title: say(own.done),
                cell: (update) =>
                  update.on ? (
                    <Light light="green">
                      <DayText day={update.on} />
                    </Light>
                  ) : (
                    <Light light="none">{say(own.notYet)}</Light>
                  ),
              },
              { key: 'needs', title: say(own.needs), cell: (update) => <Needs update={update} /> },
              { key: 'unready', title: say(own.unready), cell: (update) => <Unready update={update} /> },
              { key: 'can', title: '', cell: (update) => <Abilities can={update.can} tight /> },
            ]}
          />
        )}
      </Answer>
    </Card>
  )
}

function Needs({ update }: { update: Update }) {
  const { say, amount } = useSay()
  if (update.needs.length === 0) return '—'
  return (
    <ul className="major-list small">
      {update.needs.map((need, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- what a county said is never reordered
        <li key={at}>
          {say(need.kindName)}: {need.need} {need.amountFen && `(${amount(Number(need.amountFen))})`}
        </li>
      ))}
    </ul>
  )
}

function Unready({ update }: { update: Update }) {
  const { say } = useSay()
  if (update.unready.length === 0) return update.on ? say(own.none) : '—'
  return (
    <ul className="major-list small">
      {update.unready.map((entry) => (
        <li key={entry.project}>
          <Go to={`/projects/${entry.project}`}>{`${entry.code} ${entry.name}`}</Go>{' '}
          <span className="sub">
            {say(entry.stateName)} · {entry.reason}
          </span>
        </li>
      ))}
    </ul>
  )
}
