import { useState } from 'react'
import {
  AsOf,
  Card,
  Empty,
  Light,
  Loading,
  Page,
  Problem,
  UnitPicker,
  useSay,
  useSearch,
  useSession,
  useSetSearch,
} from '#web/parts/index.ts'
import { PlanMap } from './PlanMap.tsx'
import { PlanChanges, PlanParts, PlanStaying, PlanVillages } from './PlanTables.tsx'
import { type Draft, PlanWishes } from './PlanWishes.tsx'
import { type PlanAnswer, type Ready, words } from './plan-words.tsx'
import { cancelPlan, usePlan } from './use-plan.tsx'
import './plan.css'

const numbers = ['need', 'skill', 'travel', 'continuity', 'kmMax', 'noNightKmMax', 'mustWeight', 'movedMax'] as const

/** The deployment that stands beside the one that an optimiser proposes. What was asked stands in the address. */
export default function PlanPage() {
  const { say } = useSay()
  const search = useSearch()
  const setSearch = useSetSearch()
  const session = useSession()
  const [attempt, setAttempt] = useState(0)
  const unit = search['unit'] ?? session?.actor?.unit.id ?? session?.root ?? undefined
  const wishes = Object.fromEntries(numbers.flatMap((key) => (search[key] ? [[key, Number(search[key])]] : [])))
  const fixed = (search['fixed'] ?? '').split(',').filter(Boolean)
  const asked = unit === undefined ? undefined : { unit, ...wishes, ...(fixed.length > 0 && { fixed }) }
  const { plan, error, isCurrent } = usePlan(session && asked && { ...asked, on: search['on'] }, attempt)
  const compute = (draft: Draft) => {
    setSearch({ ...draft, left: undefined })
    setAttempt(attempt + 1)
  }
  return (
    <Page title={say(words.title)} sub={say(words.sub)} aside={<AsOf />}>
      <div className="stack">
        <div className="row no-print">
          <span style={{ flex: '0 1 260px', minWidth: 0 }}>
            <UnitPicker
              label={say(words.unit)}
              value={unit ?? ''}
              onChoose={(id) => setSearch({ unit: id, fixed: undefined, left: undefined })}
            />
          </span>
          {plan && <span className="sub">{say(words.counts, plan.counts)}</span>}
        </div>
        {error && <Problem error={error} retry={() => setAttempt(attempt + 1)} />}
        {!plan && !error && <Loading lines={10} />}
        {plan && (
          <>
            <PlanWishes key={`${unit} ${JSON.stringify(wishes)}`} plan={plan} onCompute={compute} />
            <Standing plan={plan} isCurrent={isCurrent} onAgain={() => setAttempt(attempt + 1)} />
            {plan.state === 'ready' && (
              <Proposal
                plan={plan}
                asked={asked ?? {}}
                fixed={new Set(fixed)}
                onFix={(ids) => setSearch({ fixed: ids.join(',') || undefined, left: undefined }, true)}
              />
            )}
          </>
        )}
      </div>
    </Page>
  )
}

/** How far the plan is, or why there is none. */
function Standing({ plan, isCurrent, onAgain }: { plan: PlanAnswer; isCurrent: boolean; onAgain: () => void }) {
  const { say, count } = useSay()
  if (plan.state === 'ready' && isCurrent) return null
  if (plan.state === 'computing' || !isCurrent) {
    const ms = plan.state === 'computing' ? plan.ms : 0
    const progress = plan.state === 'computing' ? plan.progress : null
    const step =
      progress?.step === 'search' ? words.stepSearch : progress?.step === 'limits' ? words.stepLimits : words.stepStart
    const limit = plan.limits.msMax / 1000
    return (
      <Card>
        <p role="status">
          {say(words.computing, { step: say(step), seconds: (ms / 1000).toFixed(0), limit })}
          {progress && progress.worth !== null && progress.bound !== null && (
            <>
              {' '}
              ·{' '}
              {say(words.bounds, {
                worth: count(Math.round(progress.worth)),
                bound: count(Math.round(progress.bound)),
              })}
            </>
          )}
        </p>
        <div className="row">
          <progress max={limit} value={Math.min(limit, ms / 1000)} aria-label={say(step)} />
          <button type="button" className="btn" onClick={() => void cancelPlan(plan.unit.id)}>
            {say(words.cancel)}
          </button>
        </div>
      </Card>
    )
  }
  if (plan.state === 'nothing') return <Empty>{say(plan.sentence)}</Empty>
  if (plan.state === 'occupied')
    return (
      <div className="why warn" role="status">
        {say(plan.sentence)}{' '}
        <button type="button" className="btn tight" onClick={() => void cancelPlan(plan.unit.id)}>
          {say(words.cancel)}
        </button>
      </div>
    )
  if (plan.state === 'failed')
    return (
      <div className="why warn" role="alert">
        {say(plan.sentence)}{' '}
        <button type="button" className="btn tight" onClick={onAgain}>
          {say(words.again)}
        </button>
      </div>
    )
  return null
}

function Proposal({
  plan,
  asked,
  fixed,
  onFix,
}: {
  plan: Ready
  asked: object
  fixed: ReadonlySet<string>
  onFix: (ids: readonly string[]) => void
}) {
  const { say } = useSay()
  return (
    <>
      {plan.blames.length > 0 && (
        <Card title={say(words.blames)}>
          <p className="sub">{say(plan.isLeast ? words.blamesSub : words.blamesNotLeast)}</p>
          <ul>
            {plan.blames.map(({ sentence }) => (
              <li key={sentence.en}>
                <Light light="red">{say(sentence)}</Light>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {plan.blames.length === 0 && !plan.isLeast && <div className="why warn">{say(words.blamesUnknown)}</div>}
      <div className="grid cols-2">
        <PlanParts plan={plan} />
        <PlanMap plan={plan} />
      </div>
      <PlanChanges plan={plan} asked={asked} />
      <PlanVillages plan={plan} />
      <PlanStaying plan={plan} fixed={fixed} onFix={onFix} />
    </>
  )
}
