import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { Reason } from '#kernel/words.ts'
import { assistDuty, joinDuty, pairDuty } from './fields.ts'
import { phraseWrong } from './phrase.ts'
import { byAssistant, byPair, byPublic, findByAssistant, findByPair, findByPublic, isOwnPledge } from './pledger.ts'
import { atPledgeStep, notItsPledge, pledgeAbout, type PledgeFacts, pledgeRefusals, withdrawPledge } from './pledges.ts'

const said = { reason: Reason }
const refusals = { ...pledgeRefusals, ...notItsPledge }

const canWithdraw = (
  { found, isOwn }: { readonly found: PledgeFacts | undefined; readonly isOwn: boolean },
  refuse: Refuse<keyof typeof refusals>,
): Line<keyof typeof refusals>[] =>
  found ? [isOwnPledge(isOwn, refuse), atPledgeStep(found, 'withdraw', refuse)] : [refuse('no-such-pledge')]

async function withdraw(tx: Tx, by: By, found: PledgeFacts | undefined, reason: string) {
  if (!found) throw new Error('A pledge that does not exist was not refused.')
  await withdrawPledge(tx, by, found, reason)
  return { pledge: found.id, county: found.unit }
}

/** Whoever pledged without an account withdraws it; the need is open again. */
export const withdrawOwnPledge = act({
  name: 'pledge.withdraw',
  title: { zh: '撤回认捐', en: 'Withdraw a pledge' },
  purpose: {
    zh: '认捐人（个人或帮扶方）凭口令撤回尚未核实收到的认捐，写明理由；需求重新待对接。',
    en: 'Whoever pledged, a person or a partner, withdraws by their phrase what was not delivered, with the reason; the need is open again.',
  },
  duty: joinDuty,
  input: z.object({ ...byPublic, ...said }),
  refusals: { ...refusals, ...phraseWrong },
  about: pledgeAbout('withdraw', 'person', 'partner'),
  over: (input) => input.unit,
  facts: (tx, input) => findByPublic(tx, input),
  rule: (facts, _input, refuse) => [
    ...canWithdraw(facts, refuse),
    !facts.isOwn || facts.isRight || refuse('phrase-wrong'),
  ],
  effect: (tx, { reason }, { found }, by) => withdraw(tx, by, found, reason),
  subject: (input) => input.pledge,
})

/** A central body withdraws what it pledged. */
export const withdrawAsAssistant = act({
  name: 'pledge.withdraw-as-assistant',
  title: { zh: '撤回定点帮扶认捐', en: 'Withdraw as the assisting body' },
  purpose: {
    zh: '定点帮扶单位撤回尚未核实收到的认捐，写明理由；需求重新待对接。',
    en: 'The body that assists withdraws what it has not delivered, with the reason; the need is open again.',
  },
  duty: assistDuty,
  input: z.object({ ...byAssistant, ...said }),
  refusals,
  about: pledgeAbout('withdraw', 'assistant'),
  over: (input) => input.unit,
  facts: (tx, input, by) => findByAssistant(tx, input, by),
  rule: (facts, _input, refuse) => canWithdraw(facts, refuse),
  effect: (tx, { reason }, { found }, by) => withdraw(tx, by, found, reason),
  subject: (input) => input.pledge,
})

/** An eastern unit withdraws what it pledged. */
export const withdrawAsPair = act({
  name: 'pledge.withdraw-as-pair',
  title: { zh: '撤回结对帮扶认捐', en: 'Withdraw as a pair' },
  purpose: {
    zh: '结对的东部单位撤回尚未核实收到的认捐，写明理由；需求重新待对接。',
    en: 'The eastern unit withdraws what it has not delivered, with the reason; the need is open again.',
  },
  duty: pairDuty,
  input: z.object({ ...byPair, ...said }),
  refusals,
  about: pledgeAbout('withdraw', 'pair'),
  over: (input) => input.unit,
  turns: (input) => [input.county],
  facts: (tx, input) => findByPair(tx, input),
  rule: (facts, _input, refuse) => canWithdraw(facts, refuse),
  effect: (tx, { reason }, { found }, by) => withdraw(tx, by, found, reason),
  subject: (input) => input.pledge,
  settles: (input, _result, obligation) => [obligation === 'answer-pledge' ? input.county : input.unit],
})
