import { findDueSteps, ladderOf } from '#features/obligations/index.ts'
import { momentOf } from '#kernel/calendar.ts'
import type { Db } from '#kernel/db.ts'
import type { Check } from '#kernel/check.ts'
import { perform } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'
import { type CalendarKeeper, openPeriods } from './calendar.ts'
import { openDue, runChecks } from './checks.ts'

/** What the nightly run needs of a programme: what keeps its calendar, a connection to read its plan from, and the checks that it keeps. */
export type NightlyKeeper = CalendarKeeper & { readonly reads: Db; readonly checks?: readonly Check[] }

export type NightlyRun = {
  /** Acts performed, and steps that they took. */
  readonly acts: number
  readonly steps: number
  /** Acts that could not be done now; the next run does them. */
  readonly left: number
}

export type NightlyOptions = {
  readonly onAct?: (done: { readonly step: string; readonly unit: string; readonly taken: number }) => void
  /** Leaves off between two acts. */
  readonly signal?: AbortSignal
}

/**
 * What the mechanism does once a day of the programme: opens what begins and the lists of inspections whose day has come, then takes each step of the ladder whose day has come, one act for
 * each unit on whose behalf it is taken, in the ladder's order. It may be cut off anywhere and begun again, by two at once and on any day: what
 * was taken is not planned again, an act's key names its step, unit and day, and a step's row can only be written once.
 */
export async function runNightly(
  keeper: NightlyKeeper,
  on: Day,
  { onAct, signal }: NightlyOptions = {},
): Promise<NightlyRun> {
  const { engine, acts, reads, findRoot } = keeper
  const act = acts.find(({ name }) => name === 'ladder.take')
  const root = await findRoot(on)
  const run = { acts: 0, steps: 0, left: 0 }
  const isInForce = act && engine.charter.findDuty(act.duty, on) !== undefined
  if (!root || !isInForce) return run
  await openPeriods(keeper, on)
  await openDue(keeper, on)
  const due = await findDueSteps(reads, engine.charter, on)
  for (const { step } of ladderOf(engine.charter)) {
    const units = new Set(due.filter((each) => each.step === step).map((each) => each.taker ?? root.id))
    for (const unit of [...units].toSorted()) {
      signal?.throwIfAborted()
      const outcome = await perform(
        engine,
        act,
        { unit, step },
        { actor: { kind: 'mechanism' }, key: `ladder ${step} ${unit} ${on}`, at: momentOf(on), via: 'job' },
      )
      if (outcome.outcome === 'refused') run.left += 1
      else {
        const { taken } = outcome.result as { taken: number }
        run.acts += 1
        run.steps += taken
        onAct?.({ step, unit, taken })
      }
    }
  }
  return run
}

const EVERY_MS = 3_600_000

/**
 * Runs once for each day of the programme's clock, the first time at once, and then every check. A day on which something could not be done, or the database
 * was away, is tried again within the hour; a clock that was moved back finds nothing to do.
 */
export function keepNightly(keeper: NightlyKeeper, onFailure: (error: unknown) => void): () => Promise<void> {
  const leaving = new AbortController()
  let last: Day | undefined
  let running: Promise<void> | undefined
  const keep = async () => {
    const today = keeper.today()
    if (today === last) return
    try {
      const { left } = await runNightly(keeper, today, { signal: leaving.signal })
      const checked = await runChecks(keeper, today, { signal: leaving.signal })
      if (left + checked.left === 0) last = today
    } catch (error) {
      if (!leaving.signal.aborted) onFailure(error)
    }
  }
  const once = () => (running ??= keep().finally(() => (running = undefined)))
  void once()
  const timer = setInterval(() => void once(), EVERY_MS)
  timer.unref()
  return async () => {
    clearInterval(timer)
    leaving.abort()
    await running
  }
}
