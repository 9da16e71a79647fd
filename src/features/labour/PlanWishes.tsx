import { useState } from 'react'
import { Card, useSay } from '#web/parts/index.ts'
import { type PlanAnswer, words } from './plan-words.tsx'

const weights = ['need', 'skill', 'travel', 'continuity'] as const
const limits = ['kmMax', 'noNightKmMax', 'mustWeight', 'movedMax'] as const
type Key = (typeof weights)[number] | (typeof limits)[number]
export type Draft = Readonly<Record<Key, string>>

/** What the address or the answer says, as texts to be edited. */
export const draftOf = (wishes: PlanAnswer['wishes']): Draft =>
  Object.fromEntries(
    [...weights, ...limits].map((key) => [key, wishes[key] === undefined ? '' : String(wishes[key])]),
  ) as Draft

/** Weights by slider and number, limits by number; nothing is computed before the button is pressed. */
export function PlanWishes({ plan, onCompute }: { plan: PlanAnswer; onCompute: (draft: Draft) => void }) {
  const { say } = useSay()
  const [draft, setDraft] = useState<Draft>(draftOf(plan.wishes))
  const put = (key: Key, value: string) => setDraft({ ...draft, [key]: value })
  const { peopleMin: min, isCountyBarred, isTownshipBarred } = plan.law
  const home = say(isCountyBarred ? words.lawCounty : isTownshipBarred ? words.lawTownship : words.lawNone)
  return (
    <Card title={say(words.wishes)} className="plan-wishes">
      <div className="why note">
        {say(plan.notOfficial)} {say(words.law, { min, home })}
      </div>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onCompute(draft)
        }}
      >
        <div className="plan-fields">
          {weights.map((key) => (
            <div key={key} className="plan-weight">
              <span className="called">{say(words[key])}</span>
              <input
                type="range"
                min={0}
                max={100}
                value={Number(draft[key])}
                aria-label={say(words.slide, { what: say(words[key]) })}
                onChange={(event) => put(key, event.target.value)}
              />
              <input
                type="number"
                className="field"
                min={0}
                max={100}
                required
                value={draft[key]}
                aria-label={say(words[key])}
                onChange={(event) => put(key, event.target.value)}
              />
            </div>
          ))}
          {limits.map((key) => (
            <label key={key} className="plan-limit">
              <span className="called">{say(words[key])}</span>
              <input
                type="number"
                className="field"
                min={0}
                max={key === 'mustWeight' ? 10 : key === 'movedMax' ? 100_000 : 1000}
                placeholder={say(words.none)}
                required={key === 'noNightKmMax'}
                value={draft[key]}
                onChange={(event) => put(key, event.target.value)}
              />
            </label>
          ))}
        </div>
        <div className="row no-print">
          <button type="submit" className="btn primary">
            {say(words.compute)}
          </button>
          <button
            type="button"
            className="btn"
            onClick={() =>
              onCompute({
                need: '',
                skill: '',
                travel: '',
                continuity: '',
                kmMax: '',
                noNightKmMax: '',
                mustWeight: '',
                movedMax: '',
              })
            }
          >
            {say(words.reset)}
          </button>
        </div>
      </form>
    </Card>
  )
}
