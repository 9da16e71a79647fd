import { sql } from 'kysely'
import { z } from 'zod'
import { lineagesOf } from '#kernel/abilities.ts'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, DocumentNumber, type Text, UnitId } from '#kernel/words.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { BATCH_MAX, batchRefusals, chosen, eachOf, isTurn, offeredAt, ProjectId, twice } from './batch.ts'

const Assignment = z.strictObject({
  unit: UnitId.meta({ label: { zh: '项目所在县', en: 'County of the project' }, widget: 'unit' }),
  project: ProjectId,
  tasks: z
    .string()
    .trim()
    .min(2)
    .max(2000)
    .meta({ label: { zh: '任务', en: 'Tasks' }, widget: 'prose' }),
  indicator: z
    .string()
    .trim()
    .min(2)
    .max(500)
    .meta({ label: { zh: '考核指标', en: 'Indicator it is measured by' }, widget: 'prose' }),
})

/** The level that answers overall assigns what stands in its counties' libraries, with tasks and an indicator for each. */
export const assignProjects = act({
  name: 'project.assign',
  title: { zh: '下达项目', en: 'Assign projects' },
  purpose: {
    zh: '对各县项目库中的项目下达任务和指标，注明文号；资金只能用于已下达的项目。',
    en: 'Assigns projects of the counties’ libraries with tasks and an indicator, under a document number. Money goes only to assigned projects.',
  },
  duty: 'assign-projects',
  input: z.object({
    unit: UnitId,
    document: DocumentNumber,
    projects: z
      .array(Assignment)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '项目', en: 'Projects' } }),
  }),
  refusals: {
    ...batchRefusals,
    'not-admitted': {
      zh: '项目{code}《{name}》还没有入库，不能下达。',
      en: 'Project {code}, {name}, has not been admitted to the library yet and cannot be assigned.',
      topic: { zh: '项目已入库', en: 'the projects stand in the library' },
      remedy: { zh: '由县审定入库后再下达。', en: 'Let its county admit it first.' },
      cites: 'duty:keep-project-library',
    },
    'not-within': {
      zh: '{county}不在{unit}范围内，其项目不能由{unit}下达。',
      en: '{county} does not lie within {unit}, which cannot assign its projects.',
      topic: { zh: '在本辖区内', en: 'the counties lie within' },
    },
    'unit-merged-since': {
      zh: '{county}已于{day}撤销，现为{successors}；其项目不能再下达。',
      en: '{county} was closed on {day}; it is {successors} now, and its projects can no longer be assigned.',
      topic: { zh: '县未撤并', en: 'the counties still exist' },
      remedy: {
        zh: '先由合并后的县接收该项目。',
        en: 'Let the county that it became take over the project first.',
      },
    },
  },
  then: [{ zh: '县在限期内开工。', en: 'The counties start them in time.' }],
  about: {
    kind: 'project',
    offered: offeredAt('assign'),
    over: (project: { assigner: string }) => project.assigner,
    input: (project: { id: string; unit: string; assigner: string }) => ({
      unit: project.assigner,
      projects: [{ unit: project.unit, project: project.id }],
    }),
  },
  over: (input) => input.unit,
  turns: (input) => input.projects.map((each) => each.unit),
  async facts(tx, { projects }, by) {
    const units = [...new Set(projects.map((each) => each.unit))]
    const [cases, lineages, closed] = await Promise.all([
      readCases(
        tx,
        projects.map((each) => each.project),
      ),
      lineagesOf(tx, units, by.on),
      readClosed(tx, units, by.on),
    ])
    return { cases, lineages, closed }
  },
  rule({ cases, lineages, closed }, { unit, projects }, refuse, by) {
    const units = [...new Set(projects.map((each) => each.unit))]
    const namesOfUnknown = (id: string): Text => lineages.get(id)?.[0].name ?? { zh: id, en: id }
    return [
      ...units.map((id) => {
        const gone = closed.find((each) => each.unit === id)
        if (gone) return refuse('unit-merged-since', { county: gone.name, day: gone.day, successors: gone.successors })
        const isWithin = lineages.get(id)?.some((above) => above.id === unit) ?? false
        return isWithin || refuse('not-within', { county: namesOfUnknown(id), unit: by.lineage[0].name })
      }),
      ...twice(
        cases,
        projects.map((each) => each.project),
        refuse,
      ),
      ...projects.map(({ project, unit: county }) => {
        const at = cases.get(project)
        if (at?.unit !== county)
          return refuse('unknown-project', { project: at?.code ?? project, unit: namesOfUnknown(county) })
        return beforeAdmission.includes(at.state)
          ? refuse('not-admitted', { code: at.code, name: at.content.name ?? '' })
          : isTurn(at, 'assign', refuse, by)
      }),
    ]
  },
  async effect(tx, { unit, document, projects }, { cases }, by) {
    const assigned = chosen(
      cases,
      projects.map((each) => each.project),
    )
    const moved = addSteps(
      tx,
      by,
      assigned.map((at) => ({ at, step: 'assign', outcome: 'done', evidence: { document } })),
    )
    addRows(
      tx,
      by,
      'project_assignment',
      assigned.map((at) => ({ project_id: at.id, unit_id: at.unit })),
      { on_day: by.on },
    )
    const asked = projects.map(({ project, tasks, indicator }) => ({ project_id: project, tasks, indicator }))
    addRows(tx, by, 'project_task', asked, { assigner_id: unit, document, on_day: by.on })
    return { unit, document, projects: moved }
  },
  concerns: (_input, result) => eachOf(result),
})

const beforeAdmission: readonly string[] = ['proposed', 'returned', 'argued', 'noticed']

type Closed = { readonly unit: string; readonly name: Text; readonly day: Day; readonly successors: Text }

/** Those of some units that were closed by a day, with what became of them. */
async function readClosed(tx: Tx, units: readonly string[], on: Day): Promise<readonly Closed[]> {
  const { rows } = await sql<Closed>`
    select u.id as unit, u.closed_on as day, json_build_object('zh', v.name_zh, 'en', v.name_en) as name,
           coalesce((select json_build_object('zh', string_agg(w.name_zh, '、'), 'en', string_agg(w.name_en, ', '))
                       from unit_succession s
                       join unit_version w on w.unit_id = s.to_unit_id and (w.valid_at @> s.on_day) is true
                      where s.from_unit_id = u.id having count(*) > 0),
                    '{"zh": "无承接单位", "en": "nothing"}') as successors
      from unit u
      cross join lateral (select * from unit_version x where x.unit_id = u.id order by x.valid_at desc limit 1) v
     where u.id = any (${units}::uuid[]) and u.closed_on <= ${on}::date`.execute(tx)
  return rows
}
