import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { addRows, addSteps, readCases } from './books.ts'
import { areAt, asBatch, Batch, batchRefusals, chosen, offeredAt } from './batch.ts'

/** Accepted works go to whoever keeps them up from now on. */
export const handOverProjects = act({
  name: 'project.hand-over',
  title: { zh: '移交项目', en: 'Hand projects over' },
  purpose: {
    zh: '验收合格的项目移交给管护主体，并写明管护条件。',
    en: 'Accepted projects go to whoever keeps them up, with the conditions of their upkeep.',
  },
  duty: 'land-projects',
  input: z.object({
    ...Batch,
    to: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '接收单位', en: 'Handed over to' } }),
    upkeep: z
      .string()
      .trim()
      .min(4)
      .max(2000)
      .meta({
        label: { zh: '管护条件', en: 'Conditions of upkeep' },
        hint: { zh: '由谁管护、经费从哪里来。', en: 'Who keeps it up, and what pays for it.' },
        widget: 'prose',
      }),
  }),
  refusals: batchRefusals,
  about: { kind: 'project', offered: offeredAt('hand-over'), input: asBatch },
  over: (input) => input.unit,
  facts: (tx, { projects }) => readCases(tx, projects),
  rule: (cases, input, refuse, by) => areAt(cases, input, 'hand-over', refuse, by),
  async effect(tx, { unit, projects, to, upkeep }, cases, by) {
    const handed = chosen(cases, projects)
    const moved = addSteps(
      tx,
      by,
      handed.map((at) => ({ at, step: 'hand-over', outcome: 'done', evidence: { to } })),
    )
    addRows(
      tx,
      by,
      'project_handover',
      handed.map((at) => ({ project_id: at.id })),
      { receiver: to, upkeep, on_day: by.on },
    )
    return { unit, to, projects: moved }
  },
})
