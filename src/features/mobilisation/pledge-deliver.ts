import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { Reason, type Text } from '#kernel/words.ts'
import { assistDuty, joinDuty, pairDuty } from './fields.ts'
import { phraseWrong } from './phrase.ts'
import { byAssistant, byPair, byPublic, findByAssistant, findByPair, findByPublic, isOwnPledge } from './pledger.ts'
import { addPledgeStep, atPledgeStep, notItsPledge, pledgeAbout, type PledgeFacts, pledgeRefusals } from './pledges.ts'

const said = {
  evidence: Reason.meta({
    label: { zh: '兑现情况和凭据', en: 'What was delivered, and what shows it' },
    hint: {
      zh: '如交接单、转账凭证的编号；请勿写入个人信息。',
      en: 'Such as the number of a receipt; leave out personal data.',
    },
  }),
}
const refusals = { ...pledgeRefusals, ...notItsPledge }
const then: readonly Text[] = [
  {
    zh: '县里在限期内由另一人核实：收到，或提出异议。',
    en: 'Somebody else, in the county, confirms it in time or disputes it.',
  },
]

const canDeliver = (
  { found, isOwn }: { readonly found: PledgeFacts | undefined; readonly isOwn: boolean },
  refuse: Refuse<keyof typeof refusals>,
): Line<keyof typeof refusals>[] =>
  found ? [isOwnPledge(isOwn, refuse), atPledgeStep(found, 'deliver', refuse)] : [refuse('no-such-pledge')]

function deliver(tx: Tx, by: By, found: PledgeFacts | undefined, evidence: string) {
  if (!found) throw new Error('A pledge that does not exist was not refused.')
  addPledgeStep(tx, by, found, 'deliver', evidence)
  return Promise.resolve({ pledge: found.id, county: found.unit })
}

/** Whoever pledged without an account says that it was delivered. */
export const deliverPledge = act({
  name: 'pledge.deliver',
  title: { zh: '报告已兑现', en: 'Say that it was delivered' },
  purpose: {
    zh: '认捐人（个人或帮扶方）凭口令报告已经兑现，写明凭据。',
    en: 'Whoever pledged, a person or a partner, says by their phrase that it was delivered, and what shows it.',
  },
  duty: joinDuty,
  input: z.object({ ...byPublic, ...said }),
  refusals: { ...refusals, ...phraseWrong },
  then,
  about: pledgeAbout('deliver', 'person', 'partner'),
  over: (input) => input.unit,
  facts: (tx, input) => findByPublic(tx, input),
  rule: (facts, _input, refuse) => [
    ...canDeliver(facts, refuse),
    !facts.isOwn || facts.isRight || refuse('phrase-wrong'),
  ],
  effect: (tx, { evidence }, { found }, by) => deliver(tx, by, found, evidence),
  subject: (input) => input.pledge,
})

/** A central body says that what it pledged was delivered. */
export const deliverAsAssistant = act({
  name: 'pledge.deliver-as-assistant',
  title: { zh: '报告定点帮扶已兑现', en: 'Deliver as the assisting body' },
  purpose: {
    zh: '定点帮扶单位报告认捐已经兑现，写明凭据。',
    en: 'The body that assists says that what it pledged was delivered, and what shows it.',
  },
  duty: assistDuty,
  input: z.object({ ...byAssistant, ...said }),
  refusals,
  then,
  about: pledgeAbout('deliver', 'assistant'),
  over: (input) => input.unit,
  facts: (tx, input, by) => findByAssistant(tx, input, by),
  rule: (facts, _input, refuse) => canDeliver(facts, refuse),
  effect: (tx, { evidence }, { found }, by) => deliver(tx, by, found, evidence),
  subject: (input) => input.pledge,
})

/** An eastern unit says that what it pledged was delivered. */
export const deliverAsPair = act({
  name: 'pledge.deliver-as-pair',
  title: { zh: '报告结对帮扶已兑现', en: 'Deliver as a pair' },
  purpose: {
    zh: '结对的东部单位报告认捐已经兑现，写明凭据。',
    en: 'The eastern unit says that what it pledged was delivered, and what shows it.',
  },
  duty: pairDuty,
  input: z.object({ ...byPair, ...said }),
  refusals,
  then,
  about: pledgeAbout('deliver', 'pair'),
  over: (input) => input.unit,
  turns: (input) => [input.county],
  facts: (tx, input) => findByPair(tx, input),
  rule: (facts, _input, refuse) => canDeliver(facts, refuse),
  effect: (tx, { evidence }, { found }, by) => deliver(tx, by, found, evidence),
  subject: (input) => input.pledge,
  obliges: (input) => [input.county],
})
