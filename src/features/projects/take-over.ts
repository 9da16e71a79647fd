import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, DocumentNumber, type Text, UnitId } from '#kernel/words.ts'
import { addRows } from './books.ts'
import { ProjectId } from './batch.ts'
import { findProjects, type FoundProject } from './find.ts'
import { awaitsOf } from './state.ts'

const NAMED_MAX = 5000

/** Projects of a closed county stand in the library of whoever carries it on, from that day. What was done before stays where it was. */
export const takeOverProjects = act({
  name: 'project.take-over',
  title: { zh: '接收撤并县的项目', en: 'Take over the projects of a closed county' },
  purpose: {
    zh: '县撤并后，由接续县把原县项目库中的项目转入本县项目库，步骤、任务、节点和资金安排照旧，今后由本县办理；以前的历史仍归原县。',
    en: 'When a county was closed, whoever carries it on takes its projects into its own library: their steps, tasks, milestones and money go on as they stand, and what was done before stays with the county that did it.',
  },
  duty: 'keep-project-library',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '接续县', en: 'Who carries it on' }, widget: 'unit' }),
    from: UnitId.meta({ label: { zh: '已撤并的县', en: 'The closed county' } }),
    document: DocumentNumber,
    projects: z
      .array(ProjectId)
      .min(1)
      .max(NAMED_MAX)
      .optional()
      .meta({
        label: { zh: '项目', en: 'Projects' },
        hint: {
          zh: '只有一个接续县时不填即全部；分设的须写明接收哪些',
          en: 'Left empty, all of them; where the county was divided, name those that lie in yours',
        },
      }),
  }),
  refusals: {
    'not-closed': {
      zh: '{from}在{day}没有撤并，项目仍在其项目库中。',
      en: '{from} was not closed on {day}; its projects stand in its own library.',
      topic: { zh: '原县已撤并', en: 'the county is closed' },
    },
    'not-its-heir': {
      zh: '{unit}不是{from}的接续单位。',
      en: '{unit} does not carry on {from}.',
      topic: { zh: '是其接续单位', en: 'you carry it on' },
      notJudgedWith: ['not-closed'],
      remedy: { zh: '由接续单位办理。', en: 'Let whoever carries it on do it.' },
    },
    'projects-not-named': {
      zh: '{from}分给了{count}个单位，须写明接收哪些项目。',
      en: '{from} was divided among {count} units; say which of its projects you take over.',
      topic: { zh: '写明了项目', en: 'the projects are named' },
      notJudgedWith: ['not-closed', 'not-its-heir'],
      remedy: { zh: '列出位于本县的项目。', en: 'Name those that lie in your county.' },
    },
    'not-in-its-library': {
      zh: '{from}的项目库里没有所列的项目，或已由他县接收（{projects}）。',
      en: 'The library of {from} has no such project, or another county took it over ({projects}).',
      topic: { zh: '项目在原县项目库中', en: 'the projects stand in its library' },
      notJudgedWith: ['not-closed', 'not-its-heir', 'projects-not-named'],
    },
    'nothing-to-take-over': {
      zh: '{from}的项目库里没有可接收的项目。',
      en: 'No project is left in the library of {from} to take over.',
      topic: { zh: '有可接收的项目', en: 'there are projects to take over' },
      notJudgedWith: ['not-closed', 'not-its-heir', 'projects-not-named', 'not-in-its-library'],
    },
  },
  then: [
    {
      zh: '已安排的资金由本县财政接收账目后继续支付。',
      en: 'Money committed to them is paid once the books are taken over too.',
    },
  ],
  about: {
    kind: 'forebear',
    offered: ({ projects }: { projects: number }) => projects > 0,
    input: ({ unit, from }: { unit: string; from: string }) => ({ unit, from }),
  },
  over: (input) => input.unit,
  turns: (input) => [input.from],
  async facts(tx, { from, projects }, by) {
    const [closed, ids] = await Promise.all([readClosed(tx, from, by.on), readLibrary(tx, from)])
    const asked = projects === undefined ? ids : ids.filter((id) => projects.includes(id))
    return { closed, taken: await findProjects(tx, asked, by.on) }
  },
  rule({ closed, taken }, { unit, from, projects }, refuse, by) {
    const name = closed.name ?? { zh: from, en: from }
    const isHeir = closed.heirs.includes(unit)
    const isNamed = projects !== undefined || closed.heirs.length === 1
    const strange = (projects ?? []).filter((id) => !taken.some((each) => each.id === id))
    return [
      closed.on !== null || refuse('not-closed', { from: name, day: by.on }),
      closed.on === null || isHeir || refuse('not-its-heir', { from: name, unit: by.lineage[0].name }),
      !isHeir || isNamed || refuse('projects-not-named', { from: name, count: closed.heirs.length }),
      !isHeir || strange.length === 0 || refuse('not-in-its-library', { from: name, projects: strange.join(', ') }),
      !isHeir || !isNamed || strange.length > 0 || taken.length > 0 || refuse('nothing-to-take-over', { from: name }),
    ]
  },
  effect(tx, { unit, from, document }, { taken }, by) {
    const rows = taken.map((each) => ({ project_id: each.id }))
    addRows(tx, by, 'project_home', rows, { unit_id: unit, from_unit_id: from, document, on_day: by.on })
    return Promise.resolve({ unit, from, taken: taken.length, awaiting: taken.flatMap(awaitedOf) })
  },
  /** What the closed county owed about them lapsed with it; its successor owes it from that day. */
  concerns: ({ unit }, { awaiting }, obligation) =>
    awaiting.flatMap((each) => (each.obligation === obligation ? [{ unit, subject: each.id }] : [])),
})

function awaitedOf({ id, state, doneBp }: FoundProject): { id: string; obligation: string }[] {
  const obligation = awaitsOf(state, doneBp)?.obligation
  return obligation === undefined ? [] : [{ id, obligation }]
}

type Closed = { readonly name: Text | null; readonly on: Day | null; readonly heirs: readonly string[] }

/** When a unit was closed, by a day, and who carries it on. */
async function readClosed(tx: Tx, unit: string, on: Day): Promise<Closed> {
  const { rows } = await sql<Closed>`
    select case when u.closed_on <= ${on}::date then u.closed_on end as on,
           array(select h.unit_id from unit_heirs_on(u.id, ${on}::date) h order by 1) as heirs,
           (select json_build_object('zh', w.name_zh, 'en', w.name_en) from unit_version w where w.unit_id = u.id
             order by lower(w.valid_at) desc limit 1) as name
      from unit u where u.id = ${unit} and u.established_on <= ${on}::date`.execute(tx)
  return rows[0] ?? { name: null, on: null, heirs: [] }
}

/** All projects that stand in a unit's library. */
async function readLibrary(tx: Tx, unit: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from project_at('infinity') p where p.unit_id = ${unit} order by p.id`.execute(tx)
  return rows.map((row) => row.id)
}
