import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { LeaveId } from './inputs.ts'
import { decidable, decide, decisionRefusals, readLeave } from './leave-decide.ts'

/** Leave is refused, with a reason. */
export const refuseLeave = act({
  name: 'leave.refuse',
  title: { zh: '不批准请假', en: 'Refuse leave' },
  purpose: {
    zh: '不批准驻村人员的请假，写明理由。',
    en: 'Refuses the leave of somebody who serves in a village, with the reason.',
  },
  duty: 'coordinate-labour',
  input: z.object({ unit: UnitId, leave: LeaveId, reason: Reason }),
  refusals: decisionRefusals,
  about: {
    kind: 'leave',
    offered: (leave: { outcome: unknown }) => leave.outcome === null,
    input: (leave: { unit: string; id: string }) => ({ unit: leave.unit, leave: leave.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { leave }) => ({ found: await readLeave(tx, leave) }),
  rule: ({ found }, { unit }, refuse, by) => decidable(found, unit, refuse, by),
  async effect(tx, { unit, leave, reason }, { found }, by) {
    await decide(tx, by, leave, found, 'refused', reason)
    return { unit, leave }
  },
  subject: (input) => input.leave,
})
