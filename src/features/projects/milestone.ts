import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

/** A milestone as an act finds it: how much of it was reported done last. */
export type MilestoneFacts = {
  readonly project: string
  readonly n: number
  readonly name: string
  readonly due: Day
  readonly shareBp: number
  readonly doneBp: number
}

/** All milestones of some projects as they stand. */
export async function readMilestones(tx: Tx, projects: readonly string[]): Promise<readonly MilestoneFacts[]> {
  const { rows } = await sql<MilestoneFacts>`
    select m.project_id as project, m.n, m.name, m.due_on as due, m.share_bp as "shareBp", coalesce(r.done_bp, 0) as "doneBp"
      from project_milestone m
      left join lateral (select x.done_bp from milestone_report x where x.project_id = m.project_id and x.n = m.n
                          order by x.ordinal desc limit 1) r on true
     where m.project_id = any (${[...new Set(projects)]}::uuid[])
     order by m.project_id, m.n`.execute(tx)
  return rows
}

export const inPercent = (basisPoints: number): string => `${basisPoints / 100} %`
