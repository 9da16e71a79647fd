import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addRows, addSteps, hasTaken, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, eachOf, ready } from './batch.ts'
import { Decision } from './decision.ts'
import { readMilestones } from './milestone.ts'
import { awaitsOf, type State, type Step } from './state.ts'

/** Somebody who neither started nor reported a project inspects it when its work is reported done. */
export const acceptProjects = act({
  name: 'project.accept',
  title: { zh: '验收项目', en: 'Accept projects' },
  purpose: {
    zh: '全部节点报完后现场验收：通过，或说明问题退回整改。开工、报进度的人不得验收。',
    en: 'When every milestone is reported done the work is inspected: it passes, or is returned with what was found. Whoever started or reported it does not accept it.',
  },
  duty: 'accept-projects',
  input: z.object({
    ...Batch,
    outcome: Decision.outcome,
    findings: z
      .string()
      .trim()
      .min(4)
      .max(2000)
      .meta({
        label: { zh: '验收意见', en: 'Findings' },
        hint: {
          zh: '查验了什么、质量如何；退回时写明问题。',
          en: 'What was looked at, and how it was found; on a return, what is wrong.',
        },
        widget: 'prose',
      }),
  }),
  refusals: {
    ...batchRefusals,
    'accepted-by-doer': {
      zh: '项目{code}由同一人开工或报进度，不得自己验收。',
      en: 'Project {code} was started or reported by the same person; nobody accepts their own work.',
      topic: { zh: '不是实施人', en: 'somebody else did the work' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '由其他责任人验收。', en: 'Let another holder of the duty accept it.' },
      cites: 'duty:accept-projects',
    },
    'work-not-done': {
      zh: '项目{code}还有节点没有完成：{milestones}。',
      en: 'Project {code} has milestones that are not done: {milestones}.',
      topic: { zh: '全部节点已完成', en: 'every milestone is done' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
    },
    'not-reported-since-return': {
      zh: '项目{code}于{since}验收退回，此后还没有报告整改。',
      en: 'Project {code} was returned on {since}, and nothing was reported since.',
      topic: { zh: '退回后已整改', en: 'what was returned was put right' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '由县整改并报告进度后再验收。', en: 'Let it be put right and reported first.' },
    },
  },
  then: [
    { zh: '通过：移交管护。', en: 'Passed: it is handed over for upkeep.' },
    { zh: '退回：整改后重新报告。', en: 'Returned: it is put right and reported again.' },
  ],
  about: {
    kind: 'project',
    offered: ({ state, doneBp, step }: { state: State; doneBp: number; step: Step }) =>
      awaitsOf(state, doneBp, step)?.duty === 'accept-projects',
    input: asBatch,
  },
  over: (input) => input.unit,
  async facts(tx, { projects }) {
    const [cases, milestones] = await Promise.all([readCases(tx, projects), readMilestones(tx, projects)])
    return { cases, open: milestones.filter((milestone) => milestone.doneBp < 10_000) }
  },
  rule: ({ cases, open }, input, refuse, by) => [
    ...areAt(cases, input, 'accept', refuse, by),
    ...ready(cases, input, 'accept', by).flatMap(({ id, code, since, hands }) => {
      const doers = hands.filter(({ step }) => step === 'start' || step === 'report')
      const missing = open.filter((milestone) => milestone.project === id)
      return [
        !hasTaken(by, doers) || refuse('accepted-by-doer', { code }),
        missing.length === 0 ||
          refuse('work-not-done', { code, milestones: missing.map(({ name }) => name).join('、') }),
        hands.at(-1)?.step !== 'accept' || refuse('not-reported-since-return', { code, since }),
      ]
    }),
  ],
  async effect(tx, { unit, projects, outcome, findings }, { cases }, by) {
    const inspected = chosen(cases, projects)
    const moved = addSteps(
      tx,
      by,
      inspected.map((at) => ({ at, step: 'accept', outcome, remarks: findings })),
    )
    addRows(
      tx,
      by,
      'project_acceptance',
      inspected.map((at) => ({ project_id: at.id, ordinal: at.ordinal + 1 })),
      { outcome, findings, on_day: by.on },
    )
    return { unit, outcome, projects: moved }
  },
  concerns: (_input, result) => eachOf(result),
})
