import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { LeaveId } from './inputs.ts'
import { decidable, decide, decisionRefusals, readLeave } from './leave-decide.ts'

/** Leave is granted by somebody else than who put it down; a long one by a principal. */
export const grantLeave = act({
  name: 'leave.grant',
  title: { zh: '批准请假', en: 'Grant leave' },
  purpose: {
    zh: '批准驻村人员的请假；超过规定天数的，只能由主要负责人批准。',
    en: 'Grants the leave of somebody who serves in a village; leave longer than the rules say is granted by a principal only.',
  },
  duty: 'coordinate-labour',
  parameters: ['short_leave_days_max'],
  input: z.object({
    unit: UnitId,
    leave: LeaveId,
    remarks: z
      .string()
      .trim()
      .max(500)
      .optional()
      .meta({ label: { zh: '意见', en: 'Remarks' }, widget: 'prose' }),
  }),
  refusals: {
    ...decisionRefusals,
    'for-a-principal': {
      zh: '共{days}天，超过{max}天，由{posts}批准。',
      en: '{days} days, more than {max}: granted by the {posts}.',
      topic: { zh: '天数在批准权限内', en: 'it is short enough for you to grant' },
      cites: 'parameter:short_leave_days_max',
      remedy: { zh: '请主要负责人办理。', en: 'Ask a principal to decide.' },
    },
  },
  about: {
    kind: 'leave',
    offered: (leave: { outcome: unknown }) => leave.outcome === null,
    input: (leave: { unit: string; id: string }) => ({ unit: leave.unit, leave: leave.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { leave }) => ({ found: await readLeave(tx, leave) }),
  rule({ found }, { unit }, refuse, by) {
    const max = by.parameter('short_leave_days_max').value
    return [
      ...decidable(found, unit, refuse, by),
      found === undefined ||
        found.days <= max ||
        isPrincipal(by) ||
        refuse('for-a-principal', { days: found.days, max, posts: principalsOf(by) }),
    ]
  },
  async effect(tx, { unit, leave, remarks }, { found }, by) {
    await decide(tx, by, leave, found, 'granted', remarks ?? null)
    return { unit, leave }
  },
  subject: (input) => input.leave,
})

const isPrincipal = ({ actor, charter }: By) =>
  actor.kind === 'person' && charter.tiers.some((tier) => tier.principals.includes(actor.seat.post))

const principalsOf = ({ charter, bearer }: By) => {
  const names = charter.tier(bearer.tier).principals.map((post) => charter.post(post).name)
  return { zh: names.map((name) => name.zh).join('、'), en: names.map((name) => name.en).join(', ') }
}
