import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { WorkerId } from './inputs.ts'
import { workersOn, workerThing, type WorkerRow } from './workers.ts'
import { type Ending, endings, type LeaveKind, leaveKinds, type Role, roles } from './words.ts'

type Term = {
  team: string
  villageName: Text
  role: Role
  firstSecretary: boolean
  since: Day
  until: Day | null
  termUntil: Day
  why: Ending | null
  note: string | null
}

/** One person who can be sent: what is known of them, where they served, their leave and attendance, whom they help. */
export const showWorker = ask({
  name: 'worker.show',
  title: { zh: '人员', en: 'A person who can be sent' },
  purpose: {
    zh: '一名可选派人员：情况、驻村经历、请假、逐月考勤和帮扶的户。电话和证件号码须另行查看并记入日志。',
    en: 'One person: record, service in villages, leave, attendance by month and the households they help. Telephone and ID number are shown by an act of its own, which is journalled.',
  },
  access: 'seated',
  input: z.object({ worker: WorkerId }),
  async answer(reader, { worker }) {
    const { db, on } = reader
    const { rows } = await sql<WorkerRow>`${workersOn(on, sql`w.id = ${worker}`)}`.execute(db)
    const [row] = rows
    if (!row) throw new NotFound({ zh: '当日没有登记这名人员。', en: 'Nobody of that id was registered on that day.' })
    const [lineage, terms, leave, months, households] = await Promise.all([
      findLineage(db, row.unit, on),
      sql<Term>`
        select m.team_id as team, json_build_object('zh', v.name_zh, 'en', v.name_en) as "villageName", m.role,
               m.first_secretary as "firstSecretary", lower(m.valid_at) as since, m.term_until as "termUntil",
               case when upper(m.valid_at) <= ${on}::date then upper(m.valid_at) end as until,
               case when upper(m.valid_at) <= ${on}::date then m.ended_why end as why,
               case when upper(m.valid_at) <= ${on}::date then m.ended_note end as note
          from team_member m join team t on t.id = m.team_id join village v on v.id = t.village_id
         where m.worker_id = ${worker} and lower(m.valid_at) <= ${on}::date order by lower(m.valid_at) desc`.execute(
        db,
      ),
      sql<{ id: string; kind: LeaveKind; from: Day; to: Day; days: number; outcome: 'granted' | 'refused' | null }>`
        select l.id, l.kind, l.from_day as "from", l.to_day as "to", l.days, d.outcome
          from leave l left join leave_decision d on d.leave_id = l.id and d.on_day <= ${on}::date
         where l.worker_id = ${worker} and l.on_day <= ${on}::date order by l.from_day desc limit 200`.execute(db),
      sql<{ team: string; month: string; present: number; counted: number }>`
        select distinct on (a.month, a.team_id) a.team_id as team, to_char(a.month, 'YYYY-MM') as month, a.present, a.counted
          from attendance a where a.worker_id = ${worker} and a.on_day <= ${on}::date
         order by a.month desc, a.team_id, a.n desc`.execute(db),
      sql<{ village: string; villageName: Text; household: string; since: Day }>`
        select h.village_id as village, json_build_object('zh', v.name_zh, 'en', v.name_en) as "villageName", h.household,
               lower(h.valid_at) as since
          from helper h join village v on v.id = h.village_id
         where h.worker_id = ${worker} and h.valid_at @> ${on}::date order by v.name_zh, h.household`.execute(db),
    ])
    const [thing] = await withAbilities(reader, 'worker', [workerThing(row)])
    return {
      ...workerThing(row),
      above: lineage ?? [],
      terms: terms.rows.map((each) => ({
        ...each,
        roleName: roles[each.role],
        whyName: each.why && endings[each.why],
      })),
      leave: leave.rows.map((each) => ({ ...each, kindName: leaveKinds[each.kind] })),
      months: months.rows,
      households: households.rows,
      can: thing?.can ?? [],
    }
  },
})
