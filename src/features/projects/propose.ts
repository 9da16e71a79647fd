import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { BATCH_MAX, eachOf, offeredAt } from './batch.ts'
import { ProjectDraft } from './draft.ts'
import { proposalRefusals, proposalRule, readProposalFacts, writeProposals } from './proposal.ts'

/** A village or a bureau proposes projects, and the township has looked at them: they wait for the sector bureau's word. */
export const proposeProjects = act({
  name: 'project.propose',
  title: { zh: '申报项目', en: 'Propose projects' },
  purpose: {
    zh: '村或部门申报项目：新编号立新项目，已申报或被退回的编号则更新内容；内容不全也可先报，入库时补齐。',
    en: 'A village or a bureau proposes projects. A new code makes a project, a known one that is proposed or returned gets a new version. Fields may still be missing.',
  },
  duty: 'propose-projects',
  input: z.object({
    unit: UnitId,
    projects: z
      .array(ProjectDraft)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '项目', en: 'Projects' } }),
  }),
  refusals: proposalRefusals,
  then: [
    { zh: '行业主管部门在限期内论证：通过或退回。', en: 'The sector bureau argues for or against them in time.' },
    { zh: '再经公示，方可入库。', en: 'Then they are noticed, and only then enter the library.' },
  ],
  about: {
    kind: 'project',
    offered: offeredAt('propose'),
    input: (project: { unit: string; code: string; draft?: Readonly<Record<string, unknown>> }) => ({
      unit: project.unit,
      projects: [project.draft ?? { code: project.code }],
    }),
  },
  over: (input) => input.unit,
  facts: (tx, { unit, projects }) => readProposalFacts(tx, unit, projects),
  rule: (facts, { projects }, refuse, by) => proposalRule(facts, projects, refuse, by),
  effect: async (tx, { unit, projects }, facts, by) => writeProposals(tx, unit, projects, facts, by),
  concerns: (_input, result) => eachOf(result),
})
