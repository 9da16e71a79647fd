import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import type { ProjectKind } from './kinds.ts'
import type { State } from './state.ts'

/** What other slices need to know of a project. */
export type FoundProject = {
  readonly id: string
  readonly code: string
  readonly unit: string
  readonly name: string
  readonly kind: ProjectKind
  readonly state: State
  readonly amountFen: bigint | null
  /** How much of the work is reported done, each milestone by its share, in basis points. */
  readonly doneBp: number
}

/** Some projects as they stood on a day; those that did not exist yet are left out. For an act without a day: as they stand. */
export async function findProjects(
  db: Db | Tx,
  ids: readonly string[],
  on: Day | null = null,
): Promise<readonly FoundProject[]> {
  const { rows } = await sql<FoundProject>`
    select p.id, p.code, p.unit_id as unit, v.name, v.kind, s.state, v.amount_fen as "amountFen",
           coalesce((select sum(m.share_bp * r.done_bp) / 10000
              from project_milestone m
              cross join lateral (
                select x.done_bp from milestone_report x
                 where x.project_id = m.project_id and x.n = m.n and (${on}::date is null or x.on_day <= ${on}::date)
                 order by x.ordinal desc limit 1) r
             where m.project_id = p.id), 0)::int as "doneBp"
      from project_at(coalesce(${on}::date, 'infinity')) p
      cross join lateral (select x.state from project_step x
                           where x.project_id = p.id and (${on}::date is null or x.on_day <= ${on}::date)
                           order by x.ordinal desc limit 1) s
      cross join lateral (select x.name, x.kind, x.amount_fen from project_version x
                           where x.project_id = p.id and (${on}::date is null or x.on_day <= ${on}::date)
                           order by x.version desc limit 1) v
     where p.id = any (${[...new Set(ids)]}::uuid[])
     order by p.unit_id, p.code`.execute(db)
  return rows
}
