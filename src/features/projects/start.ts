import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { Day, Percent, said, UnitId } from '#kernel/words.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { areAt, BATCH_MAX, batchRefusals, chosen, eachOf, offeredAt, ProjectId, ready } from './batch.ts'
import { inPercent } from './milestone.ts'

const MILESTONES_MAX = 60
const WHOLE_BP = 10_000

const Milestone = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .meta({ label: { zh: '节点', en: 'Milestone' } }),
  due: Day.meta({ label: { zh: '计划完成日', en: 'Due' }, widget: 'day' }),
  share: Percent.refine((share) => share > 0, said('应大于 0', 'above 0')).meta({
    label: { zh: '占全部工作的比例（%）', en: 'Share of the whole work (%)' },
    widget: 'percent',
  }),
})

const Start = z.strictObject({
  project: ProjectId,
  milestones: z
    .array(Milestone)
    .min(1)
    .max(MILESTONES_MAX)
    .meta({ label: { zh: '节点计划', en: 'Plan of milestones' } }),
})
type Start = z.output<typeof Start>

/** The county lands assigned projects: the work begins, with a plan whose milestones make up the whole of it. */
export const startProjects = act({
  name: 'project.start',
  title: { zh: '项目开工', en: 'Start projects' },
  purpose: {
    zh: '已下达的项目开工，并报节点计划：各节点所占比例合计为100%，按日期先后排列。',
    en: 'Assigned projects begin, with a plan: milestones in the order of their days, whose shares make up the whole work.',
  },
  duty: 'land-projects',
  input: z.object({
    unit: UnitId,
    projects: z
      .array(Start)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '项目', en: 'Projects' } }),
  }),
  refusals: {
    ...batchRefusals,
    'shares-not-whole': {
      zh: '项目{code}各节点的比例合计{sum}，应为100 %。',
      en: 'The milestones of project {code} make up {sum} of the work; they should make up 100 %.',
      topic: { zh: '节点比例合计100 %', en: 'the shares make up the whole' },
    },
    'milestones-not-ordered': {
      zh: '项目{code}的节点没有按日期先后排列：“{name}”排在更晚的节点之后。',
      en: 'The milestones of project {code} are not in the order of their days: «{name}» stands after a later one.',
      topic: { zh: '节点有先后', en: 'milestones in order' },
      remedy: { zh: '按日期重新排列。', en: 'Put them in order.' },
    },
    'milestone-before-start': {
      zh: '项目{code}的节点“{name}”应于{due}完成，早于开工日{on}。',
      en: 'The milestone «{name}» of project {code} would be due on {due}, before the work starts on {on}.',
      topic: { zh: '节点在开工之后', en: 'milestones after the start' },
    },
  },
  advice: {
    'later-than-proposed': {
      zh: '项目{code}的最后节点{last}晚于入库时的完成日{end}。',
      en: 'The last milestone of project {code} is due on {last}, later than the {end} that was proposed.',
    },
  },
  then: [
    {
      zh: '按节点报告进度并附佐证；超过计划日未完成的，当日县、市、省都能看到。',
      en: 'Progress is reported by milestone with evidence; what slips shows at every level the same day.',
    },
  ],
  about: {
    kind: 'project',
    offered: offeredAt('start'),
    input: (project: { unit: string; id: string }) => ({ unit: project.unit, projects: [{ project: project.id }] }),
  },
  over: (input) => input.unit,
  facts: (tx, { projects }) => readCases(tx, idsOf(projects)),
  rule(cases, { unit, projects }, refuse, by, advise) {
    const batch = { unit, projects: idsOf(projects) }
    const standing = new Map(ready(cases, batch, 'start', by).map((at) => [at.id, at]))
    return [
      ...areAt(cases, batch, 'start', refuse, by),
      ...projects.flatMap(({ project, milestones }) => {
        const at = standing.get(project)
        if (!at) return []
        const last =
          milestones
            .map(({ due }) => due)
            .toSorted()
            .at(-1) ?? by.on
        const end = at.content.endsOn
        return [
          ...planRule(at.code, milestones, refuse, by),
          end === null || last <= end || advise('later-than-proposed', { code: at.code, last, end }),
        ]
      }),
    ]
  },
  async effect(tx, { unit, projects }, cases, by) {
    const started = chosen(cases, idsOf(projects))
    const moved = addSteps(
      tx,
      by,
      started.map((at) => ({ at, step: 'start', outcome: 'done' })),
    )
    const rows = projects.flatMap(({ project, milestones }) =>
      milestones.map(({ name, due, share }, at) => ({
        project_id: project,
        n: at + 1,
        name,
        due_on: due,
        share_bp: share,
      })),
    )
    addRows(tx, by, 'project_milestone', rows, { on_day: by.on })
    return { unit, projects: moved }
  },
  concerns: (_input, result) => eachOf(result),
})

const idsOf = (projects: readonly Start[]) => projects.map((each) => each.project)

type PlanCode = 'shares-not-whole' | 'milestones-not-ordered' | 'milestone-before-start'

function planRule(
  code: string,
  milestones: Start['milestones'],
  refuse: Refuse<PlanCode>,
  by: By,
): readonly Line<PlanCode>[] {
  const sum = milestones.reduce((total, { share }) => total + share, 0)
  const unordered = milestones.find(({ due }, at) => at > 0 && due < (milestones[at - 1]?.due ?? due))
  const early = milestones.find(({ due }) => due < by.on)
  return [
    sum === WHOLE_BP || refuse('shares-not-whole', { code, sum: inPercent(sum) }),
    unordered === undefined || refuse('milestones-not-ordered', { code, name: unordered.name }),
    early === undefined || refuse('milestone-before-start', { code, name: early.name, due: early.due, on: by.on }),
  ]
}
