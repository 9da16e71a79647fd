import type { Text } from '#kernel/words.ts'
import { DataTable, DayText, Light, useSay, useSearch, useSession, Written, type Column } from '#web/parts/index.ts'
import { WorkerName, words } from './labour-words.tsx'

type Member = {
  readonly worker: string
  readonly name: Text
  readonly madeUp: boolean
  readonly role: 'leader' | 'member'
  readonly firstSecretary: boolean
  readonly since: string
  readonly termUntil: string
  readonly until?: string | null
  readonly whyName?: Text | null
  readonly note?: string | null
}

const names = { leader: { zh: '队长', en: 'Leader' }, member: { zh: '队员', en: 'Member' } }

/** The people of a team with their terms; those who left, why. */
export function Members({ members }: { members: readonly Member[] }) {
  const { say } = useSay()
  const { on } = useSearch()
  const today = useSession()?.today
  const day = on ?? today ?? ''
  const columns: readonly Column<Member>[] = [
    {
      key: 'name',
      title: say(words.name),
      head: true,
      value: (each) => say(each.name),
      cell: (each) => <WorkerName worker={each} />,
    },
    {
      key: 'role',
      title: say(words.role),
      value: (each) => say(names[each.role]),
      cell: (each) => `${say(names[each.role])}${each.firstSecretary ? ` · ${say(words.firstSecretary)}` : ''}`,
    },
    {
      key: 'since',
      title: say(words.since),
      value: (each) => each.since,
      cell: (each) => <DayText day={each.since} />,
    },
    {
      key: 'term',
      title: say(words.term),
      value: (each) => each.termUntil,
      cell: (each) =>
        each.until ? (
          <span>
            <DayText day={each.until} />{' '}
            <span className="sub small">
              {each.whyName && say(each.whyName)} {each.note && <Written>{each.note}</Written>}
            </span>
          </span>
        ) : (
          <span>
            <DayText day={each.termUntil} />{' '}
            {each.termUntil < day && <Light light="yellow">{say(words.termOver)}</Light>}
          </span>
        ),
    },
  ]
  return (
    <DataTable
      caption={say(words.members)}
      name="members"
      rows={members}
      columns={columns}
      rowKey={(each) => `${each.worker} ${each.since}`}
    />
  )
}
