import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { findProjects, projectKinds } from '#features/projects/index.ts'
import { fenText, ratio } from './reading.ts'

type Row = { project: string; committed: bigint; paid: bigint; total: number }

/** A county's projects with what is committed to each and paid, beside how far its work is. */
export const listProjectMoney = ask({
  name: 'funds.projects',
  title: { zh: '项目资金', en: 'Projects and their money' },
  purpose: {
    zh: '某单位有资金安排的项目：已安排、已支付，与工程进度对照。',
    en: 'A unit’s projects to which money is committed: committed and paid, beside the progress of the work.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    /** Of the books; by default all years. */
    year: Year.optional(),
    search: z.string().trim().max(100).default(''),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(25),
  }),
  async answer(reader, { unit, year = null, search, offset, limit }) {
    const { db, on } = reader
    const { rows } = await sql<Row>`
      with money as (
        select a.project_id as project, sum(e.amount)::bigint as committed,
               coalesce(sum(e.amount) filter (where a.kind = 'paid'), 0)::bigint as paid
          from fund_account a join fund_entry e on e.account_id = a.id and e.on_day <= ${on}::date
         where a.unit_id = ${unit} and a.kind in ('committed', 'paid') and (${year}::int is null or a.year = ${year}::int)
         group by 1 having sum(e.amount) <> 0)
      select money.*, (count(*) over ())::int as total
        from money join project p on p.id = money.project
        cross join lateral (select x.name from project_version x where x.project_id = p.id and x.on_day <= ${on}::date
                             order by x.version desc limit 1) v
       where ${search} = '' or strpos(lower(p.code || ' ' || v.name), lower(${search})) > 0
       order by money.committed desc, p.code limit ${limit} offset ${offset}`.execute(db)
    const found = await findProjects(
      db,
      rows.map((row) => row.project),
      on,
    )
    const known = new Map(found.map((project) => [project.id, project]))
    return {
      unit,
      total: rows[0]?.total ?? 0,
      items: rows.flatMap(({ project: id, committed, paid }) => {
        const project = known.get(id)
        if (!project) return []
        const { code, name, kind, state, doneBp, amountFen } = project
        return [
          {
            id,
            code,
            name,
            kindName: projectKinds[kind],
            state,
            plannedFen: amountFen === null ? null : fenText(amountFen),
            committedFen: fenText(committed),
            paidFen: fenText(paid),
            /** Paid in proportion to committed, and the work reported done, both 0…1. */
            paidShare: ratio(paid, committed) ?? 0,
            doneShare: doneBp / 10_000,
          },
        ]
      }),
    }
  },
})
