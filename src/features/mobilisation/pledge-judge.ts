import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { Reason, UnitId } from '#kernel/words.ts'
import { matchDuty, PledgeId } from './fields.ts'
import { delivererOf } from './pledge-match.ts'
import {
  addPledgeStep,
  atPledgeStep,
  findPledge,
  personOf,
  pledgeAbout,
  type PledgeFacts,
  pledgeRefusals,
} from './pledges.ts'

const about = { unit: UnitId.meta({ label: { zh: '县', en: 'County' } }), pledge: PledgeId }
const refusals = {
  ...pledgeRefusals,
  'delivered-by-you': {
    zh: '兑现是由本人报告的，应由另一人核实。',
    en: 'You said yourself that it was delivered: somebody else has to judge it.',
    topic: { zh: '由另一人核实', en: 'somebody else judges it' },
    remedy: { zh: '请本县另一任职者核实。', en: 'Have another seat of the county judge it.' },
  },
} as const

const canJudge = (
  found: PledgeFacts | undefined,
  step: 'confirm' | 'dispute',
  refuse: Refuse<keyof typeof refusals>,
  by: By,
): Line<keyof typeof refusals>[] =>
  found
    ? [
        atPledgeStep(found, step, refuse),
        found.state !== 'delivered' || found.who !== personOf(by) || refuse('delivered-by-you'),
      ]
    : [refuse('no-such-pledge')]

/** The receiver confirms that what was pledged has come. */
export const confirmDelivery = act({
  name: 'pledge.confirm',
  title: { zh: '核实收到', en: 'Confirm a delivery' },
  purpose: {
    zh: '受助县由报告兑现者以外的人核实：认捐的东西已经收到。',
    en: 'The county that was helped confirms that it has come; never by whoever said that it was delivered.',
  },
  duty: matchDuty,
  input: z.object({
    ...about,
    note: z
      .string()
      .trim()
      .max(2000)
      .optional()
      .meta({ label: { zh: '核实情况', en: 'What was seen' }, widget: 'prose' }),
  }),
  refusals,
  about: pledgeAbout('confirm'),
  over: (input) => input.unit,
  facts: async (tx, { pledge, unit }) => ({ found: await findPledge(tx, pledge, unit) }),
  rule: ({ found }, _input, refuse, by) => canJudge(found, 'confirm', refuse, by),
  effect(tx, { pledge, note }, { found }, by) {
    if (!found) throw new Error('A pledge that does not exist was not refused.')
    addPledgeStep(tx, by, found, 'confirm', note ?? null)
    return Promise.resolve({ pledge })
  },
  subject: (input) => input.pledge,
})

/** The receiver says that it has not come, or not as it was pledged; whoever pledged delivers again, or withdraws. */
export const disputeDelivery = act({
  name: 'pledge.dispute',
  title: { zh: '对兑现提出异议', en: 'Dispute a delivery' },
  purpose: {
    zh: '没有收到，或与认捐不符，写明理由；由认捐人重新兑现或撤回。',
    en: 'It has not come, or not as it was pledged: with the reason. Whoever pledged delivers again, or withdraws.',
  },
  duty: matchDuty,
  input: z.object({ ...about, reason: Reason }),
  refusals,
  about: pledgeAbout('dispute'),
  over: (input) => input.unit,
  facts: async (tx, { pledge, unit }) => ({ found: await findPledge(tx, pledge, unit) }),
  rule: ({ found }, _input, refuse, by) => canJudge(found, 'dispute', refuse, by),
  effect(tx, { pledge, reason }, { found }, by) {
    if (!found) throw new Error('A pledge that does not exist was not refused.')
    addPledgeStep(tx, by, found, 'dispute', reason)
    const owing = { pair: delivererOf(found, 'deliver-as-pair'), assistant: delivererOf(found, 'deliver-as-assistant') }
    return Promise.resolve({ pledge, owing })
  },
  concerns({ unit, pledge: subject }, { owing }, obligation, how) {
    if (how === 'settled') return [{ unit, subject }]
    const deliverer = obligation === 'deliver-as-pair' ? owing.pair : owing.assistant
    return deliverer === undefined ? [] : [{ unit: deliverer, subject }]
  },
})
