import { sql } from 'kysely'
import { z } from 'zod'
import { addDays } from '#kernel/calendar.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { type ProjectKind, projectKinds } from './kinds.ts'
import { milestoneStand, unitsBelow } from './rows.ts'

type Row = {
  project: string
  code: string
  name: string
  kind: ProjectKind
  unit: string
  zh: string
  en: string
  n: number
  milestone: string
  due: Day
  shareBp: number
  doneBp: number
  doneOn: Day | null
  slipDays: number
}

/** Milestones of the projects under way below a unit that slipped or fall due soon, as every level sees them the same day. */
export const listMilestones = ask({
  name: 'milestone.list',
  title: { zh: '项目节点', en: 'Milestones' },
  purpose: {
    zh: '某单位及其以下实施中项目的节点：已滞后的，或若干天内到期的。县、市、省当日所见相同。',
    en: 'Milestones of projects under way at and below a unit: slipped, or due within some days. Every level sees the same on the same day.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    which: z.enum(['slipped', 'due', 'open']).default('slipped'),
    days: z.int().min(0).max(366).default(30),
    text: z.string().max(100).optional(),
    sort: z.enum(['due', 'slip', 'code']).default('due'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, which, days, text, sort, offset, limit }) {
    const { on, db } = reader
    const wanted = text === undefined || text.trim() === '' ? null : text.trim().toLowerCase()
    const until = which === 'slipped' ? addDays(on, -1) : which === 'due' ? addDays(on, days) : null
    const from = which === 'due' ? on : null
    const open = sql`
      select p.project_id as project, p.code, p.name, p.kind, p.unit_id as unit, u.name_zh as zh, u.name_en as en, u.code as "unitCode",
             m.n, m.name as milestone, m.due_on as due, m.share_bp as "shareBp", m.done_bp as "doneBp", m.done_on as "doneOn",
             m.slip_days as "slipDays"
        from milestone_on(${on}::date) m
        join project_on(${on}::date) p on p.project_id = m.project_id and p.state = 'started'
        join (${unitsBelow(unit, on)}) u on u.unit_id = p.unit_id
       where m.done_on is null and (${until}::date is null or m.due_on <= ${until}::date)
         and (${from}::date is null or m.due_on >= ${from}::date)
         and (${wanted}::text is null or strpos(lower(p.code || ' ' || p.name || ' ' || m.name || ' ' || u.name_zh || ' ' || u.name_en), ${wanted}) > 0)`
    const order = {
      due: sql`due, "unitCode" nulls last, code, n`,
      slip: sql`"slipDays" desc, due, code, n`,
      code: sql`"unitCode" nulls last, code, n`,
    }[sort]
    const { rows } = await sql<Row & { total: number }>`
      select o.*, count(*) over ()::int as total from (${open}) o order by ${order} limit ${limit} offset ${offset}`.execute(
      db,
    )
    return { total: rows[0]?.total ?? 0, items: rows.map((row) => milestoneOf(reader, row)) }
  },
})

function milestoneOf(reader: Reader, row: Row) {
  const { project, code, name, kind, unit, zh, en, n, milestone, due, shareBp, doneBp, slipDays } = row
  return {
    project,
    code,
    name,
    kind,
    kindName: projectKinds[kind] satisfies Text,
    unit,
    unitName: { zh, en },
    n,
    milestone,
    due,
    shareBp,
    doneBp,
    slipDays,
    ...milestoneStand(reader, row),
  }
}
