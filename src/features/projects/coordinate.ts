import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import type {} from './major-tables.ts'

const PROJECTS_MAX = 50
/** A project in these states has nothing left to coordinate. */
const over: readonly string[] = ['withdrawn', 'accepted', 'handed-over']

/** The city joins projects of two or more of its counties into one cross-county project, with a lead and what was agreed. */
export const coordinateProjects = act({
  name: 'project.coordinate',
  title: { zh: '协调跨县项目', en: 'Coordinate a cross-county project' },
  purpose: {
    zh: '把两个以上县的项目合为一个跨县项目，确定牵头县、商定事项和完成日期。',
    en: 'Joins projects of two or more counties into one cross-county project: which county leads, what was agreed, and by when.',
  },
  duty: 'coordinate-cross-county-projects',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '牵头县', en: 'County that leads' } }),
    name: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '跨县项目名称', en: 'Name of the cross-county project' } }),
    projects: z
      .array(z.uuid().meta({ label: { zh: '项目', en: 'Project' }, widget: 'reference', finds: 'find.area-projects' }))
      .min(2)
      .max(PROJECTS_MAX)
      .meta({ label: { zh: '各县的项目', en: 'Projects of the counties' } }),
    matters: Reason.meta({ label: { zh: '商定事项', en: 'What was agreed' } }),
    until: Day.meta({ label: { zh: '完成日期', en: 'To be done by' } }),
  }),
  refusals: {
    'unknown-project': {
      zh: '有{count}个项目不存在。',
      en: '{count} of the projects do not exist.',
      topic: { zh: '项目都存在', en: 'every project exists' },
    },
    'outside-the-area': {
      zh: '{codes}不在{area}范围内。',
      en: '{codes}: not within {area}.',
      topic: { zh: '都在本区域内', en: 'every project lies within the area' },
      cites: 'duty:coordinate-cross-county-projects',
    },
    'one-county-only': {
      zh: '这些项目属于同一个县，无需跨县协调。',
      en: 'The projects belong to one county; there is nothing to coordinate between counties.',
      topic: { zh: '涉及两个以上县', en: 'two counties or more take part' },
      notJudgedWith: ['unknown-project'],
    },
    'lead-takes-no-part': {
      zh: '牵头县{unit}没有项目参加。',
      en: '{unit} is to lead, and none of the projects is its own.',
      topic: { zh: '牵头县有项目参加', en: 'the county that leads takes part' },
      notJudgedWith: ['unknown-project'],
    },
    'project-over': {
      zh: '{codes}已经撤回或完成。',
      en: '{codes}: withdrawn or done.',
      topic: { zh: '项目都在进行', en: 'no project is over' },
    },
    'coordinated-already': {
      zh: '{codes}已在另一个跨县项目中。',
      en: '{codes}: part of another cross-county project.',
      topic: { zh: '未参加别的跨县项目', en: 'none is part of another' },
      remedy: { zh: '先解除原来的协调。', en: 'End that coordination first.' },
    },
    'date-past': {
      zh: '{until}已经过去。',
      en: '{until} is past.',
      topic: { zh: '日期未过', en: 'the day is not past' },
    },
  },
  then: [{ zh: '各项目页面显示牵头县和商定事项。', en: 'Each project shows who leads and what was agreed.' }],
  about: {
    kind: 'project',
    offered: (project: { state: string }) => !over.includes(project.state),
    input: (project: { unit: string; id: string }) => ({ unit: project.unit, projects: [project.id] }),
  },
  over: (input) => input.unit,
  async facts(tx, { projects }, by) {
    const { rows } = await sql<{
      code: string
      unit: string
      state: string | null
      isWithin: boolean
      isJoined: boolean
    }>`
      select p.code, p.unit_id as unit,
             (select s.state from project_step s where s.project_id = p.id order by s.ordinal desc limit 1) as state,
             exists (select from unit_version v where v.unit_id = p.unit_id and (v.valid_at @> ${by.on}::date) is true
                        and ${by.bearer.id} = any (v.lineage)) as "isWithin",
             exists (select from coordination_project c where c.project_id = p.id
                        and not exists (select from coordination_end e where e.coordination_id = c.coordination_id)) as "isJoined"
        from project_at('infinity') p where p.id = any (${[...new Set(projects)]}::uuid[])`.execute(tx)
    return { found: rows }
  },
  rule({ found }, { unit, projects, until }, refuse, by) {
    const unknown = new Set(projects).size - found.length
    const codes = (those: typeof found) => those.map((each) => each.code).join(', ')
    const [strange, done, joined] = [
      found.filter((each) => !each.isWithin),
      found.filter((each) => each.state !== null && over.includes(each.state)),
      found.filter((each) => each.isJoined),
    ]
    return [
      unknown === 0 || refuse('unknown-project', { count: unknown }),
      strange.length === 0 || refuse('outside-the-area', { codes: codes(strange), area: by.bearer.name }),
      unknown > 0 || new Set(found.map((each) => each.unit)).size > 1 || refuse('one-county-only'),
      unknown > 0 ||
        found.some((each) => each.unit === unit) ||
        refuse('lead-takes-no-part', { unit: by.lineage[0].name }),
      done.length === 0 || refuse('project-over', { codes: codes(done) }),
      joined.length === 0 || refuse('coordinated-already', { codes: codes(joined) }),
      until >= by.on || refuse('date-past', { until }),
    ]
  },
  async effect(tx, { unit, name, projects, matters, until }, _facts, by) {
    const coordination = scattered(by.act, 0)
    await tx
      .insertInto('coordination')
      .values({
        id: coordination,
        unit_id: by.bearer.id,
        lead_unit_id: unit,
        name,
        matters,
        until_day: until,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    await sql`insert into coordination_project (coordination_id, project_id, act_id)
      select ${coordination}, project, ${by.act} from unnest(${[...new Set(projects)]}::uuid[]) as p (project)`.execute(
      tx,
    )
    return { coordination, by: by.bearer.id }
  },
})
