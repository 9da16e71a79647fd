import {
  Abilities,
  Card,
  DayText,
  DueLight,
  Empty,
  Light,
  Problem,
  useSay,
  useSearch,
  useSession,
} from '#web/parts/index.ts'
import { useDeed } from './deed.tsx'
import type { ExitShown } from './ExitPage.tsx'
import { words } from './words.tsx'

type Objection = ExitShown['objections'][number]

/** What the public said against the exit, and what was answered; who said it only for those who handle it. */
export function Objections({ exit }: { exit: ExitShown }) {
  const { say } = useSay()
  if (exit.notices.length === 0) return null
  return (
    <Card title={say(words.objections)}>
      {exit.objections.length === 0 ? (
        <Empty>{say(words.noObjections)}</Empty>
      ) : (
        exit.objections.map((objection) => <One key={objection.id} objection={objection} />)
      )}
    </Card>
  )
}

function One({ objection }: { objection: Objection }) {
  const { say } = useSay()
  const search = useSearch()
  const session = useSession()
  const today = search['on'] ?? session?.today ?? ''
  const reveals = objection.can.some((ability) => ability.act === 'objection.reveal' && ability.mine)
  return (
    <article style={{ borderBottom: '1px solid var(--line)', padding: '8px 0' }}>
      <p>“{objection.statement}”</p>
      <p className="small">
        <DayText day={objection.on} /> ·{' '}
        {objection.outcome ? (
          <Light light={objection.outcome === 'upheld' ? 'yellow' : 'none'}>{say(words[objection.outcome])}</Light>
        ) : (
          <>
            {say(words.unanswered)} {objection.due && <DueLight due={objection.due} on={today} />}
          </>
        )}
        {objection.reason && (
          <span className="sub" style={{ display: 'block' }}>
            “{objection.reason}”
          </span>
        )}
      </p>
      <div className="row top">
        <Abilities can={objection.can.filter((ability) => ability.act === 'objection.answer')} tight />
        {reveals && <Reveal objection={objection} />}
      </div>
    </article>
  )
}

/** Shows who objected, on this screen and nowhere else. */
function Reveal({ objection }: { objection: Objection }) {
  const { say } = useSay()
  const deed = useDeed<{ name: string | null; contact: string | null }>('objection.reveal')
  if (deed.result)
    return (
      <span role="status">
        {deed.result.name ?? say(words.noName)} · {deed.result.contact ?? say(words.noContact)}
      </span>
    )
  return (
    <span>
      <button
        type="button"
        className="btn tight"
        disabled={deed.isRunning}
        onClick={() => void deed.run({ unit: objection.unit, objection: objection.id })}
      >
        {say(words.reveal)}
      </button>{' '}
      <span className="sub small">{say(words.revealWhy)}</span>
      {deed.failure && <Problem error={deed.failure} />}
    </span>
  )
}
