import { dueInspections } from '#features/supervision/index.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'
import type { NightlyKeeper } from './nightly.ts'

export type ChecksRun = {
  readonly checks: number
  readonly total: number
  readonly fresh: number
  readonly gone: number
  /** Checks that could not be kept now; the next night keeps them. */
  readonly left: number
}

export type ChecksOptions = {
  readonly onCheck?: (done: {
    readonly check: string
    readonly total: number
    readonly fresh: number
    readonly gone: number
  }) => void
  /** Leaves off between two checks. */
  readonly signal?: AbortSignal
}

/**
 * Runs every check as of a day and keeps what each finds, one act for each: cut off anywhere and begun again, those that were kept are not
 * kept twice that night. Before the charter that knows inspections, and before a programme is founded, there is nothing to run.
 */
export async function runChecks(
  { engine, acts, findRoot, checks = [] }: NightlyKeeper,
  on: Day,
  { onCheck, signal }: ChecksOptions = {},
): Promise<ChecksRun> {
  const run = { checks: 0, total: 0, fresh: 0, gone: 0, left: 0 }
  const act = acts.find(({ name }) => name === 'check.run')
  const root = await findRoot(on)
  if (!act || !root || engine.charter.findDuty(act.duty, on) === undefined) return run
  for (const { id } of checks) {
    signal?.throwIfAborted()
    const deed = { actor: { kind: 'mechanism' }, key: `check ${id} ${on}`, at: momentOf(on), via: 'job' } as const
    const outcome = await perform(engine, act, { unit: root.id, check: id }, deed)
    if (outcome.outcome === 'refused') run.left += 1
    else {
      const kept = outcome.result as { total: number; fresh: number; gone: number }
      run.checks += 1
      run.total += kept.total
      run.fresh += kept.fresh
      run.gone += kept.gone
      onCheck?.({ check: id, ...kept })
    }
  }
  return run
}

/** Opens the lists of inspections whose day has come and that their planner left sealed. Gives how many it opened. */
export async function openDue({ engine, acts, reads }: NightlyKeeper, on: Day): Promise<number> {
  const act = acts.find(({ name }) => name === 'inspection.open')
  if (!act || engine.charter.findDuty(act.duty, on) === undefined) return 0
  const due = (await dueInspections(reads, on, 'all')).filter((each) => each.what === 'open')
  for (const { id, unit } of due) {
    const deed = { actor: { kind: 'mechanism' }, key: `open ${id} ${on}`, at: momentOf(on), via: 'job' } as const
    await perform(engine, act, { unit, inspection: id }, deed)
  }
  return due.length
}
