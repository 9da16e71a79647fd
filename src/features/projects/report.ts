import { z } from 'zod'
import { act, type Line, type Refuse } from '#kernel/act.ts'
import { Percent, Reason, UnitId } from '#kernel/words.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { BATCH_MAX, batchRefusals, chosen, eachOf, offeredAt, ProjectId, standAt } from './batch.ts'
import { inPercent, type MilestoneFacts, readMilestones } from './milestone.ts'

const Report = z.strictObject({
  project: ProjectId,
  milestone: z
    .int()
    .min(1)
    .max(60)
    .meta({ label: { zh: '节点序号', en: 'Number of the milestone' }, widget: 'count' }),
  done: Percent.meta({ label: { zh: '完成比例（%）', en: 'Done (%)' }, widget: 'percent' }),
  evidence: z
    .string()
    .trim()
    .min(2)
    .max(2000)
    .meta({
      label: { zh: '佐证', en: 'Evidence' },
      hint: {
        zh: '现场照片、验工单、监理记录等的编号或说明。',
        en: 'Photographs, certificates, records of the works: which, and where.',
      },
      widget: 'prose',
    }),
  reason: Reason.optional().meta({
    label: { zh: '进度回退的理由', en: 'Reason for falling back' },
    hint: { zh: '比上次少时必须说明。', en: 'Needed where less is done than was reported before.' },
    widget: 'prose',
  }),
})
type Report = z.output<typeof Report>

/** The county says how far milestones have come, with what shows it. */
export const reportProjects = act({
  name: 'project.report',
  title: { zh: '报告项目进度', en: 'Report the progress of projects' },
  purpose: {
    zh: '按节点报告完成比例，每条附佐证；比上次少的须说明理由。全部节点完成后等待验收。',
    en: 'Says how far each milestone has come, with evidence; less than before needs a reason. When all are done the project waits to be accepted.',
  },
  duty: 'land-projects',
  input: z.object({
    unit: UnitId,
    reports: z
      .array(Report)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '进度', en: 'Progress' } }),
  }),
  refusals: {
    'unknown-project': batchRefusals['unknown-project'],
    'not-at-this-step': batchRefusals['not-at-this-step'],
    'unknown-milestone': {
      zh: '项目{code}没有第{n}个节点，共{count}个。',
      en: 'Project {code} has no milestone {n}; it has {count}.',
      topic: { zh: '节点在计划中', en: 'the milestones stand in the plan' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
    },
    'milestone-twice': {
      zh: '项目{code}的第{n}个节点在同一次报告中列了两次。',
      en: 'Milestone {n} of project {code} is listed twice in one report.',
      topic: { zh: '节点不重复', en: 'every milestone once' },
    },
    'falls-back': {
      zh: '项目{code}的节点“{name}”上次报{before}，这次{now}，却没有说明理由。',
      en: 'Milestone «{name}» of project {code} was reported {before} done before and {now} now, without a reason.',
      topic: { zh: '进度没有无故回退', en: 'no progress falls back without a reason' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '填写进度回退的理由，或更正比例。', en: 'Give the reason, or put the figure right.' },
    },
  },
  then: [
    { zh: '全部完成后，由报告人以外的人在限期内验收。', en: 'When all is done somebody else accepts it in time.' },
  ],
  about: {
    kind: 'project',
    offered: offeredAt('report'),
    input: (project: { unit: string; id: string }) => ({ unit: project.unit, reports: [{ project: project.id }] }),
  },
  over: (input) => input.unit,
  async facts(tx, { reports }) {
    const ids = idsOf(reports)
    const [cases, milestones] = await Promise.all([readCases(tx, ids), readMilestones(tx, ids)])
    return { cases, milestones }
  },
  rule: ({ cases, milestones }, { unit, reports }, refuse, by) => [
    ...standAt(cases, { unit, projects: idsOf(reports) }, 'report', refuse, by),
    ...reports.flatMap((report, at) => {
      const found = cases.get(report.project)
      if (found?.unit !== unit || found.state !== 'started') return []
      const isFirst = reports.findIndex((each) => isOfSame(each, report)) === at
      const plan = milestones.filter((each) => each.project === report.project)
      return reportRule(found.code, plan, report, isFirst, refuse)
    }),
  ],
  async effect(tx, { unit, reports }, { cases, milestones }, by) {
    const reported = chosen(cases, idsOf(reports))
    const moved = addSteps(
      tx,
      by,
      reported.map((at) => ({ at, step: 'report', outcome: 'done' })),
    )
    addRows(
      tx,
      by,
      'milestone_report',
      reports.map(({ project, milestone, done, evidence, reason }) => ({
        project_id: project,
        ordinal: (cases.get(project)?.ordinal ?? 0) + 1,
        n: milestone,
        done_bp: done,
        evidence,
        reason: reason ?? null,
      })),
      { on_day: by.on },
    )
    return { unit, projects: moved.map((each) => ({ ...each, doneBp: doneAfter(each.id, milestones, reports) })) }
  },
  concerns: (_input, result, _obligation, how) =>
    eachOf({ projects: result.projects.filter(({ doneBp }) => doneBp >= 10_000 === (how === 'opened')) }),
})

const idsOf = (reports: readonly Report[]) => [...new Set(reports.map((report) => report.project))]

const isOfSame = (a: Report, b: Report) => a.project === b.project && a.milestone === b.milestone

type ReportCode = 'unknown-milestone' | 'milestone-twice' | 'falls-back'

function reportRule(
  code: string,
  plan: readonly MilestoneFacts[],
  { milestone: n, done, reason }: Report,
  isFirst: boolean,
  refuse: Refuse<ReportCode>,
): readonly Line<ReportCode>[] {
  const before = plan.find((each) => each.n === n)
  if (!before) return [refuse('unknown-milestone', { code, n, count: plan.length })]
  return [
    isFirst || refuse('milestone-twice', { code, n }),
    done >= before.doneBp ||
      reason !== undefined ||
      refuse('falls-back', { code, name: before.name, before: inPercent(before.doneBp), now: inPercent(done) }),
  ]
}

/** How much of a project's work is done once some reports are in; only what is wholly done makes it whole. */
function doneAfter(project: string, milestones: readonly MilestoneFacts[], reports: readonly Report[]): number {
  const plan = milestones.filter((each) => each.project === project)
  const weighted = plan.map(({ n, shareBp, doneBp }) => {
    const report = reports.find((each) => each.project === project && each.milestone === n)
    return shareBp * (report?.done ?? doneBp)
  })
  return Math.floor(weighted.reduce((sum, each) => sum + each, 0) / 10_000)
}
