import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { decisionInput, factsChanged, keepDecision, moverOf, readFacts, worthOf } from './plan-decision.ts'

/** A proposal is turned down as a whole, with the reason: nobody is moved, and that it was proposed is kept. */
export const rejectDeployment = act({
  name: 'deployment.reject',
  title: { zh: '否决调配方案', en: 'Reject a plan of deployment' },
  purpose: {
    zh: '整体否决一个调配方案并说明理由：不调动任何人，方案和理由留存备查。',
    en: 'Turns a plan of deployment down as a whole, with the reason: nobody is moved; the plan and the reason are kept.',
  },
  duty: 'coordinate-labour',
  input: z.object(decisionInput),
  refusals: { 'facts-changed': factsChanged },
  over: (input) => input.unit,
  facts: async (tx, { unit }, by) => ({ found: await readFacts(tx, unit, by) }),
  rule: ({ found }, { facts }, refuse) => [found.digest === facts || refuse('facts-changed')],
  async effect(tx, { unit, facts, wishes, rows, reason }, { found }, by) {
    const moves = rows.map((row) => ({ mover: moverOf(row), to: row.to ?? null }))
    const worth = worthOf(found, wishes, moves)
    const present = new Map(found.movers.map((mover) => [mover.id, mover.present]))
    // Rows are kept as what was proposed, none of them accepted.
    const known = rows.filter((row) => present.has(moverOf(row))).map((row) => ({ ...row, accepted: false }))
    const deployment = await keepDecision(
      tx,
      { outcome: 'rejected', unit, facts, wishes, rows: known, reason, ...worth },
      present,
      by,
    )
    return { unit, deployment }
  },
})
