import type { AnswerOf } from '#web/ask.ts'
import { Abilities, type Column, DataTable, DayText, Go, Light, useSay, Written } from '#web/parts/index.ts'
import { WorkerName, words } from './labour-words.tsx'

type Leave = AnswerOf<'leave.list'>['items'][number]
type Props = { readonly leave: readonly Leave[]; readonly empty: string; readonly isWithPlace?: boolean }

/** Leave that was asked for, and what became of it. */
export function LeaveTable({ leave, empty, isWithPlace = false }: Props) {
  const { say, day } = useSay()
  const columns: readonly Column<Leave>[] = [
    {
      key: 'name',
      title: say(words.name),
      head: true,
      value: (each) => say(each.name),
      cell: (each) => <WorkerName worker={each} />,
    },
    ...(isWithPlace
      ? [
          {
            key: 'place',
            title: say(words.serves),
            value: (each: Leave) => say(each.villageName),
            cell: (each: Leave) => <Go to={`/labour/teams/${each.team}`}>{say(each.villageName)}</Go>,
          },
        ]
      : []),
    {
      key: 'kind',
      title: say(words.kind),
      value: (each) => say(each.kindName),
      cell: (each) => (
        <span>
          {say(each.kindName)}
          <span className="sub small" style={{ display: 'block' }}>
            <Written>{each.reason}</Written>
          </span>
        </span>
      ),
    },
    {
      key: 'from',
      title: say(words.days),
      value: (each) => each.from,
      cell: (each) => (
        <span>
          {day(each.from)} – {day(each.to)}
          <span className="sub small" style={{ display: 'block' }}>
            {say(words.daysOf, { days: each.days })}
          </span>
        </span>
      ),
    },
    {
      key: 'outcome',
      title: say(words.state),
      value: (each) => each.outcome ?? 'waiting',
      cell: (each) => (
        <span>
          <Light light={each.outcome === 'granted' ? 'green' : each.outcome === 'refused' ? 'none' : 'yellow'}>
            {say(words[each.outcome ?? 'waiting'])}
          </Light>{' '}
          <DayText day={each.decided ?? each.asked} />
          {each.remarks && (
            <span className="sub small" style={{ display: 'block' }}>
              <Written>{each.remarks}</Written>
            </span>
          )}
        </span>
      ),
    },
    { key: 'can', title: '', cell: (each) => <Abilities can={each.can} tight /> },
  ]
  return (
    <DataTable
      caption={say(words.leave)}
      name="leave"
      rows={leave}
      columns={columns}
      rowKey={(each) => each.id}
      empty={empty}
    />
  )
}
