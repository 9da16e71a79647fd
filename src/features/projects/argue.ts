import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addSteps, hasTaken, lastHand, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, eachOf, offeredAt, ready } from './batch.ts'
import { Decision, decisionRefusals, hasReason } from './decision.ts'

/** The bureau whose field it is says whether projects are sound; never the one who proposed them. */
export const argueProjects = act({
  name: 'project.argue',
  title: { zh: '论证项目', en: 'Argue projects' },
  purpose: {
    zh: '行业主管部门对申报的项目进行论证：通过，或说明理由退回修改。申报人不得论证自己的项目。',
    en: 'The sector bureau judges proposed projects: they pass, or are returned with a reason. Nobody argues what they proposed themselves.',
  },
  duty: 'argue-projects',
  input: z.object({ ...Batch, ...Decision }),
  refusals: {
    ...batchRefusals,
    ...decisionRefusals,
    'argued-by-proposer': {
      zh: '项目{code}由同一人申报，不得自己论证。',
      en: 'Project {code} was proposed by the same person; nobody argues their own.',
      topic: { zh: '不是申报人', en: 'somebody else proposed' },
      notJudgedWith: ['unknown-project', 'not-at-this-step'],
      remedy: { zh: '由其他责任人论证，或委托他人。', en: 'Let another holder of the duty argue it.' },
      cites: 'duty:argue-projects',
    },
  },
  then: [
    { zh: '通过：按村、乡镇、县三级公示。', en: 'Passed: they are put before village, township and county.' },
    { zh: '退回：修改后重新申报。', en: 'Returned: they are changed and proposed again.' },
  ],
  about: { kind: 'project', offered: offeredAt('argue'), input: asBatch },
  over: (input) => input.unit,
  facts: (tx, { projects }) => readCases(tx, projects),
  rule: (cases, input, refuse, by) => [
    ...areAt(cases, input, 'argue', refuse, by),
    hasReason(input, refuse),
    ...ready(cases, input, 'argue', by).map(
      (at) => !hasTaken(by, lastHand(at, 'propose')) || refuse('argued-by-proposer', { code: at.code }),
    ),
  ],
  async effect(tx, { unit, projects, outcome, remarks }, cases, by) {
    const steps = chosen(cases, projects).map((at) => ({ at, step: 'argue' as const, outcome, remarks }))
    return { unit, outcome, projects: addSteps(tx, by, steps) }
  },
  concerns: (_input, result) => eachOf(result),
})
