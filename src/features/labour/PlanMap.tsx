import { useState } from 'react'
import { Card, Choice, useSay } from '#web/parts/index.ts'
import { type Ready, words } from './plan-words.tsx'

const [WIDTH, HEIGHT, EDGE] = [640, 420, 24]

/** The villages where they lie: filled where a team serves, hollow where none does, larger where they weigh more. */
export function PlanMap({ plan }: { plan: Ready }) {
  const { say } = useSay()
  const [view, setView] = useState<'before' | 'after'>('after')
  const placed = plan.villages.flatMap((village) => (village.place ? [{ ...village, place: village.place }] : []))
  if (placed.length === 0) return null
  const [east, north] = [placed.map(({ place }) => place.eastM), placed.map(({ place }) => place.northM)]
  const [left, right, bottom, top] = [Math.min(...east), Math.max(...east), Math.min(...north), Math.max(...north)]
  const scale = Math.min(
    (WIDTH - 2 * EDGE) / Math.max(1, right - left),
    (HEIGHT - 2 * EDGE) / Math.max(1, top - bottom),
  )
  const served = (when: 'before' | 'after') => plan.villages.filter((village) => village[when].isServed).length
  const label = say(words.mapLabel, { count: plan.villages.length, before: served('before'), after: served('after') })
  const options = [
    { value: 'before' as const, label: say(words.now) },
    { value: 'after' as const, label: say(words.proposed) },
  ]
  return (
    <Card
      title={say(words.map)}
      aside={<Choice label={say(words.view)} value={view} options={options} onChoose={setView} />}
    >
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} className="plan-map">
        {placed.map((village) => {
          const x = EDGE + (village.place.eastM - left) * scale
          const y = HEIGHT - EDGE - (village.place.northM - bottom) * scale
          const { isServed } = village[view]
          return (
            <g key={village.id}>
              <title>{`${say(village.name)} · ${say(words.weight)} ${village.weight} · ${say(isServed ? words.keyServed : words.keyUnserved)}`}</title>
              {isChanged(village) && <circle cx={x} cy={y} r={7 + village.weight / 2} className="changed" />}
              <circle cx={x} cy={y} r={3 + village.weight / 2} className={isServed ? 'served' : 'unserved'} />
            </g>
          )
        })}
      </svg>
      <p className="sub small plan-key">
        <span className="dot served" aria-hidden /> {say(words.keyServed)} <span className="dot unserved" aria-hidden />{' '}
        {say(words.keyUnserved)} <span className="dot changed" aria-hidden /> {say(words.keyChanged)}
        {placed.length < plan.villages.length &&
          ` · ${say(words.unplaced, { count: plan.villages.length - placed.length })}`}
      </p>
    </Card>
  )
}

/** Whether somebody else would serve the village than now. */
export const isChanged = ({ before, after }: Pick<Ready['villages'][number], 'before' | 'after'>) =>
  before.movers
    .map(({ id }) => id)
    .toSorted()
    .join() !==
  after.movers
    .map(({ id }) => id)
    .toSorted()
    .join()
