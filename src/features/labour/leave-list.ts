import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { atOrBelow } from './standing.ts'
import { type LeaveKind, leaveKinds } from './words.ts'

type Row = {
  id: string
  unit: string
  worker: string
  name: Text
  madeUp: boolean
  team: string
  villageName: Text
  kind: LeaveKind
  from: Day
  to: Day
  days: number
  reason: string
  asked: Day
  act: string
  outcome: 'granted' | 'refused' | null
  remarks: string | null
  decided: Day | null
}

const leaves = (on: Day) => sql`
  select l.id, t.unit_id as unit, l.worker_id as worker, json_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.made_up as "madeUp",
         l.team_id as team, json_build_object('zh', v.name_zh, 'en', v.name_en) as "villageName", l.kind, l.from_day as "from", l.to_day as "to",
         l.days, l.reason, l.on_day as asked, l.act_id as act, d.outcome, d.remarks, d.on_day as decided
    from leave l join team t on t.id = l.team_id join village v on v.id = t.village_id join person p on p.id = l.worker_id
    left join leave_decision d on d.leave_id = l.id and d.on_day <= ${on}::date
   where l.on_day <= ${on}::date`

const withNames = (row: Row) => ({ ...row, kindName: leaveKinds[row.kind] })

/** The leave of a team's people, the latest first, with what can be done about each. */
export async function readTeamLeave(reader: Reader, team: string) {
  const { rows } =
    await sql<Row>`${leaves(reader.on)} and l.team_id = ${team} order by l.from_day desc, l.id limit 200`.execute(
      reader.db,
    )
  return withAbilities(reader, 'leave', rows.map(withNames))
}

/** Leave asked for at and below a unit: what waits for a decision first. */
export const listLeave = ask({
  name: 'leave.list',
  title: { zh: '请假', en: 'Leave' },
  purpose: {
    zh: '某单位及其以下驻村人员的请假：待批的、当日在假的、已有结论的。',
    en: 'Leave of people who serve at and below a unit: waiting for a decision, on leave this day, or decided.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(['waiting', 'away', 'all']).default('waiting'),
    worker: z.uuid().optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, worker, offset, limit }) {
    const { on, db } = reader
    const which = {
      waiting: sql`and d.outcome is null`,
      away: sql`and d.outcome = 'granted' and ${on}::date between l.from_day and l.to_day`,
      all: sql``,
    }[state]
    const { rows } = await sql<Row & { total: number }>`
      select x.*, count(*) over ()::int as total
        from (${leaves(on)} ${which} and ${atOrBelow(unit, on, 't.unit_id')}
                and (${worker ?? null}::uuid is null or l.worker_id = ${worker ?? null})) x
       order by x.asked desc, x.id limit ${limit} offset ${offset}`.execute(db)
    return {
      total: rows[0]?.total ?? 0,
      items: await withAbilities(
        reader,
        'leave',
        rows.map(({ total: _total, ...row }) => withNames(row)),
      ),
    }
  },
})
