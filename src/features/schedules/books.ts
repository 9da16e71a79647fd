import { type ColumnType, sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '#kernel/db.ts'
import { Day, Text } from '#kernel/words.ts'

declare module '#kernel/db.ts' {
  interface DB {
    schedule_version: {
      unit_id: string
      version: number
      exit_year: number
      milestones: ColumnType<readonly Milestone[], string, never>
      reason: string | null
      on_day: string
      act_id: string
    }
    schedule_decision: {
      unit_id: string
      version: number
      outcome: 'consent' | 'return'
      reason: string | null
      on_day: string
      act_id: string
    }
  }
}

const MILESTONES_MAX = 60

/** A day by which something visible is done on the way out of poverty. */
export const Milestone = z.strictObject({
  on: Day,
  title: Text.meta({ label: { zh: '事项', en: 'What is done by then' } }),
})
export type Milestone = z.output<typeof Milestone>

export const Milestones = z
  .array(Milestone)
  .min(1)
  .max(MILESTONES_MAX)
  .meta({
    label: { zh: '节点', en: 'Milestones' },
    hint: { zh: '按日期先后填写。', en: 'In the order of their days.' },
  })

export type ScheduleState = 'waiting' | 'consented' | 'returned'

/** One version of a county's schedule, and what became of it. */
export type ScheduleVersion = {
  readonly version: number
  readonly exitYear: number
  readonly milestones: readonly Milestone[]
  readonly reason: string | null
  readonly on: Day
  readonly act: string
  readonly state: ScheduleState
  readonly decidedOn: Day | null
  readonly decidedBy: string | null
  readonly decisionReason: string | null
}

/** Every version of a county's schedule known on a day, the newest first; without a day, every version. */
export async function versionsOf(
  db: Db | Tx,
  unit: string,
  on: Day | null = null,
): Promise<readonly ScheduleVersion[]> {
  const { rows } = await sql<ScheduleVersion>`
    select v.version, v.exit_year as "exitYear", v.milestones, v.reason, v.on_day as "on", v.act_id as act,
           case d.outcome when 'consent' then 'consented' when 'return' then 'returned' else 'waiting' end as state,
           d.on_day as "decidedOn", d.act_id as "decidedBy", d.reason as "decisionReason"
      from schedule_version v
      left join schedule_decision d on d.unit_id = v.unit_id and d.version = v.version
                                   and (${on}::date is null or d.on_day <= ${on}::date)
     where v.unit_id = ${unit} and (${on}::date is null or v.on_day <= ${on}::date)
     order by v.version desc`.execute(db)
  return rows
}

/** The schedule that counts on a day: the newest version that the level above has consented to. */
export const findSchedule = async (db: Db | Tx, unit: string, on: Day): Promise<ScheduleVersion | undefined> =>
  (await versionsOf(db, unit, on)).find((version) => version.state === 'consented')

/** The schedules that count on a day, one row for each unit: `unit_id, version, exit_year, milestones, consented_on, act_id`. */
export const schedulesOn = (on: Day) => sql`
  select distinct on (v.unit_id) v.unit_id, v.version, v.exit_year, v.milestones, d.on_day as consented_on, d.act_id
    from schedule_version v
    join schedule_decision d on d.unit_id = v.unit_id and d.version = v.version
   where d.outcome = 'consent' and d.on_day <= ${on}::date
   order by v.unit_id, v.version desc`

/** Whether a unit is on the list of poor counties on a day. */
export async function isPoor(db: Db | Tx, unit: string, on: Day): Promise<boolean> {
  const { rows } = await sql`
    select from unit_designation where unit_id = ${unit} and kind = ${poorCounty} and (valid_at @> ${on}::date) is true`.execute(
    db,
  )
  return rows.length > 0
}

/** The designation that a county bears until its exit is approved. */
export const poorCounty = 'poor-county'
