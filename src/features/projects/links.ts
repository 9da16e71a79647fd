import { sql } from 'kysely'
import type { Link, Links } from '#kernel/link.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'

type Count = { assigned: number; waiting: number; slipped: number; on: Day | null }

/** The projects that were assigned to a county, on its chain: how many, whether they were started, and what slipped. */
export const projectLinks: Links = async ({ db, charter, on }, lineage) => {
  const [county] = lineage
  const duty = charter.findDuty('assign-projects', on)
  const at = lineage.findIndex((unit) => unit.id === (duty && findBearer(charter, duty, lineage)?.unit.id))
  const [upper, lower] = [lineage[at], lineage[at - 1]]
  if (!upper || !lower) return []
  const { rows } = await sql<Count>`
    select count(*)::int as assigned, (count(*) filter (where p.state = 'assigned'))::int as waiting,
           coalesce(sum(m.slipped) filter (where p.state = 'started'), 0)::int as slipped, max(a.on_day) as on
      from project_on(${on}::date) p
      join project_assignment a on a.project_id = p.project_id and a.on_day <= ${on}::date
      cross join lateral (select count(*) as slipped from milestone_on(${on}::date) x
                           where x.project_id = p.project_id and x.done_on is null and x.due_on < ${on}::date) m
     where p.unit_id = ${county.id} and p.state <> 'withdrawn'`.execute(db)
  const { assigned = 0, waiting = 0, slipped = 0, on: last = null } = rows[0] ?? {}
  if (assigned === 0) return []
  return [
    {
      upper: upper.id,
      lower: lower.id,
      direction: 'down',
      label: { zh: `下达项目 ${assigned} 个`, en: `${assigned} project${assigned === 1 ? '' : 's'} assigned` },
      on: last,
      ...stand(waiting, slipped),
      record: `/projects?unit=${county.id}`,
    },
  ]
}

function stand(waiting: number, slipped: number): Pick<Link, 'light' | 'words'> {
  if (slipped > 0)
    return {
      light: 'red',
      words: { zh: `${slipped} 个节点滞后`, en: `${slipped} milestone${slipped === 1 ? '' : 's'} slipped` },
    }
  if (waiting > 0) return { light: 'none', words: { zh: `${waiting} 个待开工`, en: `${waiting} to be started` } }
  return { light: 'green', words: { zh: '均已开工，节点无滞后', en: 'all started, nothing slipped' } }
}
