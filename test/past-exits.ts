import { addDays } from '#kernel/calendar.ts'
import { asAct } from './act.ts'
import type { World } from './world.ts'

/** The steps of an exit from its proposal, each with how many days after it a planted county takes it. */
const steps = [
  ['propose', 'done', 'none', 'proposed', 0],
  ['review', 'pass', 'proposed', 'reviewed', 8],
  ['verify', 'pass', 'reviewed', 'verified', 15],
  ['notice', 'done', 'verified', 'noticed', 17],
  ['report', 'done', 'noticed', 'reported', 27],
  ['evaluate', 'pass', 'reported', 'evaluated', 50],
  ['approve', 'done', 'evaluated', 'approved', 60],
] as const

export type PastExit = { readonly county: string; readonly year: number; readonly proposed: string }

/**
 * Puts exits of earlier years straight into the tables, each with a schedule that named its year, for tests that need years to learn
 * from. The counties stay on the list, so that a small country gives many.
 */
export const plantExits = (world: World, exits: readonly PastExit[]) =>
  asAct(world, async (client, act) => {
    const versions = new Map<string, number>()
    for (const { county, year, proposed } of exits) {
      const unit = world.unit(county)
      const version = (versions.get(county) ?? 0) + 1
      versions.set(county, version)
      await client.query(
        `insert into schedule_version (unit_id, version, exit_year, milestones, reason, on_day, act_id)
         values ($1, $2, $3::int, '[{}]', $4, make_date($3::int, 1, 10), $5)`,
        [unit, version, year, version === 1 ? null : '下一年度', act],
      )
      await client.query(
        `insert into schedule_decision (unit_id, version, outcome, on_day, act_id) values ($1, $2, 'consent', make_date($3::int, 1, 11), $4)`,
        [unit, version, year, act],
      )
      let before: string | null = null
      for (const [at, [step, outcome, from, state, days]] of steps.entries()) {
        const on = addDays(proposed, days)
        await client.query(
          `insert into exit_step (unit_id, exit_year, ordinal, round, step, outcome, state, on_day, act_id, from_state, from_day, from_round)
           values ($1, $2, $3, 1, $4, $5, $6, $7, $8, $9, $10, $11)`,
          [unit, year, at + 1, step, outcome, state, on, act, from, before, before === null ? 0 : 1],
        )
        before = on
      }
    }
    return versions
  })
