import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, yuanOf } from '#kernel/words.ts'
import { ProjectId } from './batch.ts'
import { columns, type Content, type Field, fields, mandatory, missingOf, natures } from './draft.ts'
import { levels } from './notice.ts'
import { milestoneStand, projectThings, type Row, withWork } from './rows.ts'
import { ladderOf, stepsOf } from './steps.ts'
import type { Level } from './tables.ts'

/** One project with everything in it but its money, which the books of funds tell. */
export const showProject = ask({
  name: 'project.show',
  title: { zh: '一个项目', en: 'One project' },
  purpose: {
    zh: '项目当日有效的全部内容、各步由谁办理、三级公示、节点计划与实际、下达的任务指标、等谁办理。',
    en: 'All that a project says in the version of the day; its steps with who took them, its notices, its milestones planned and actual, its tasks, and who is waited for.',
  },
  access: 'seated',
  input: z.object({ project: ProjectId }),
  async answer(reader, { project }) {
    const row = await readRow(reader, project)
    if (!row) throw new NotFound({ zh: '当日没有这个项目。', en: 'There was no such project that day.' })
    const [[thing], content, versions, steps, notices, milestones, more] = await Promise.all([
      projectThings(reader, [row]),
      contentOf(reader, project, row.version),
      versionsOf(reader, project),
      stepsOf(reader, project),
      noticesOf(reader, project),
      milestonesOf(reader, project),
      restOf(reader, project),
    ])
    const { amount, ...said } = content
    const withDraft = { ...thing!, draft: draftOf(row.code, content) }
    const [able] = await withAbilities(reader, 'project', [withDraft])
    return {
      ...able!,
      content: { ...said, amountFen: amount?.toString() ?? null },
      natureName: content.nature && natures[content.nature],
      ladder: ladderOf(row.state, row.doneBp, row.step),
      /** The eleven fields of the library, and which of them are there. */
      mandatory: mandatory.map(({ fields: of, name }) => ({ fields: of, name, isThere: !isMissing(content, of) })),
      versions,
      steps,
      notices,
      milestones,
      ...more,
    }
  },
})

const isMissing = (content: Content, of: readonly Field[]) => missingOf(content).some((each) => each.fields === of)

async function readRow({ db, on }: Reader, project: string): Promise<Row | undefined> {
  const one = sql`
    select p.project_id as id, p.code, p.unit_id as unit, u.name_zh as zh, u.name_en as en, p.name, p.kind, p.version, p.state, p.step,
           p.since, p.remarks, p.amount_fen::text as "amountFen"
      from project_on(${on}::date) p
      cross join lateral (select * from unit_version w where w.unit_id = p.unit_id and lower(w.valid_at) <= ${on}::date
                           order by lower(w.valid_at) desc limit 1) u
     where p.project_id = ${project}`
  const { rows } = await sql<Row>`${withWork(one, on)}`.execute(db)
  return rows[0]
}

const contentColumns = sql.raw(fields.map((field) => `${columns[field]} as "${field}"`).join(', '))

async function contentOf({ db }: Reader, project: string, version: number): Promise<Content> {
  const { rows } = await sql<Content>`
    select ${contentColumns} from project_version where project_id = ${project} and version = ${version}`.execute(db)
  if (!rows[0]) throw new Error('A project has no version.')
  return rows[0]
}

/** The version as a proposal would say it, so that a form begins with what stands. */
const draftOf = (code: string, content: Content): Readonly<Record<string, unknown>> => ({
  code,
  ...Object.fromEntries(
    fields.flatMap((field) => {
      const value = content[field]
      if (value === null) return []
      return [[field, typeof value === 'bigint' ? yuanOf(value) : value]]
    }),
  ),
})

type Version = { version: number; on: Day; act: string; name: string; amountFen: string | null; isComplete: boolean }

async function versionsOf({ db, on }: Reader, project: string): Promise<readonly Version[]> {
  const { rows } = await sql<Version>`
    select version, on_day as "on", act_id as act, name, amount_fen::text as "amountFen", is_complete as "isComplete"
      from project_version where project_id = ${project} and on_day <= ${on}::date order by version desc`.execute(db)
  return rows
}

type Notice = { ordinal: number; level: Level; from: Day; until: Day; isOpen: boolean }

async function noticesOf({ db, on }: Reader, project: string): Promise<readonly (Notice & { levelName: Text })[]> {
  const { rows } = await sql<Notice>`
    select ordinal, level, from_day as "from", until_day as until, until_day >= ${on}::date as "isOpen"
      from project_notice where project_id = ${project} and from_day <= ${on}::date
     order by ordinal desc, array_position(array['village', 'township', 'county'], level)`.execute(db)
  return rows.map((row) => ({ ...row, levelName: levels[row.level].name }))
}

type MilestoneRow = {
  n: number
  name: string
  due: Day
  shareBp: number
  doneBp: number
  doneOn: Day | null
  slipDays: number
}
type ReportRow = { n: number; doneBp: number; evidence: string; reason: string | null; on: Day; act: string }

async function milestonesOf(reader: Reader, project: string) {
  const { db, on } = reader
  const [plan, reports] = await Promise.all([
    sql<MilestoneRow>`
      select n, name, due_on as due, share_bp as "shareBp", done_bp as "doneBp", done_on as "doneOn", slip_days as "slipDays"
        from milestone_on(${on}::date) where project_id = ${project} order by n`.execute(db),
    sql<ReportRow>`
      select n, done_bp as "doneBp", evidence, reason, on_day as "on", act_id as act
        from milestone_report where project_id = ${project} and on_day <= ${on}::date order by ordinal desc`.execute(
      db,
    ),
  ])
  return plan.rows.map((row) => ({
    ...row,
    ...milestoneStand(reader, row),
    reports: reports.rows.filter((report) => report.n === row.n).map(({ n: _n, ...report }) => report),
  }))
}

type Task = {
  document: string
  tasks: string
  indicator: string
  on: Day
  assigner: string
  assignerName: Text
  act: string
}
type Handover = { to: string; upkeep: string; on: Day; act: string }
type Acceptance = { outcome: 'pass' | 'return'; findings: string; on: Day; act: string }

/** What was asked of it, how it was found, and to whom it went. */
async function restOf({ db, on }: Reader, project: string) {
  const [task, acceptances, handover] = await Promise.all([
    sql<Task>`
      select t.document, t.tasks, t.indicator, t.on_day as "on", t.assigner_id as assigner, t.act_id as act,
             json_build_object('zh', u.name_zh, 'en', u.name_en) as "assignerName"
        from project_task t
        cross join lateral (select * from unit_version w where w.unit_id = t.assigner_id and lower(w.valid_at) <= ${on}::date
                             order by lower(w.valid_at) desc limit 1) u
       where t.project_id = ${project} and t.on_day <= ${on}::date`.execute(db),
    sql<Acceptance>`
      select outcome, findings, on_day as "on", act_id as act from project_acceptance
       where project_id = ${project} and on_day <= ${on}::date order by ordinal desc`.execute(db),
    sql<Handover>`
      select receiver as "to", upkeep, on_day as "on", act_id as act from project_handover
       where project_id = ${project} and on_day <= ${on}::date`.execute(db),
  ])
  return { task: task.rows[0] ?? null, acceptances: acceptances.rows, handover: handover.rows[0] ?? null }
}
