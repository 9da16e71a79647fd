import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Count, Fen, Reason, type Text, UnitId } from '#kernel/words.ts'
import { matchDuty, NeedId, PledgeId, saidQuantity } from './fields.ts'
import { findNeed, takeNeed } from './needs.ts'
import {
  addPledgeStep,
  atPledgeStep,
  findPledge,
  leftOf,
  pledgeAbout,
  type PledgeFacts,
  pledgeRefusals,
} from './pledges.ts'
import { helpKindWords, isMoney } from './states.ts'

const Here = UnitId.meta({ label: { zh: '县', en: 'County' } })

/** Where whoever pledged from a seat owes the delivery: a pair at its own unit, a body that assists over the county. */
export const delivererOf = ({ byKind, byUnit, unit }: PledgeFacts, obligation: string): string | undefined => {
  if (byKind === 'pair' && obligation === 'deliver-as-pair') return byUnit ?? undefined
  return byKind === 'assistant' && obligation === 'deliver-as-assistant' ? unit : undefined
}

/** The county gives a pledge to a need, wholly or in part; a need never gets more than it asks. */
export const matchPledge = act({
  name: 'pledge.match',
  title: { zh: '对接', en: 'Match a pledge to a need' },
  purpose: {
    zh: '县里把一项认捐对接到一项需求，可以只用一部分；对接总数不超过需求。自当日起等认捐人兑现。',
    en: 'The county matches a pledge to a need, wholly or in part; never more in all than is needed. From then on it waits for the delivery.',
  },
  duty: matchDuty,
  input: z.object({
    unit: Here,
    pledge: PledgeId,
    need: NeedId,
    amount: Fen.optional().meta({
      label: { zh: '只用多少（元）', en: 'Only so much of it (yuan)' },
      hint: { zh: '不填即全部。', en: 'All of it, if left empty.' },
      widget: 'money',
    }),
    count: Count.min(1)
      .optional()
      .meta({
        label: { zh: '只用多少', en: 'Only so many of it' },
        hint: { zh: '不填即全部。', en: 'All of it, if left empty.' },
        widget: 'count',
      }),
  }),
  refusals: {
    ...pledgeRefusals,
    'no-such-need': { zh: '没有这项需求。', en: 'There is no such need.' },
    'need-closed': {
      zh: '《{title}》已于{on}关闭。',
      en: '«{title}» was closed on {on}.',
      topic: { zh: '需求未关闭', en: 'the need is not closed' },
    },
    'kind-differs': {
      zh: '《{title}》需要的是{needed}，不是{offered}。',
      en: '«{title}» asks for {needed}, not for {offered}.',
      topic: { zh: '类别与需求一致', en: 'it is of the kind that is needed' },
      notJudgedWith: ['no-such-need', 'no-such-pledge'],
    },
    'measure-differs': {
      zh: '需求按“{needed}”计，认捐按“{offered}”计。',
      en: 'The need counts in «{needed}», the pledge in «{offered}».',
      topic: { zh: '计量单位一致', en: 'both count in the same measure' },
      notJudgedWith: ['no-such-need', 'no-such-pledge', 'kind-differs'],
    },
    'more-than-pledged': {
      zh: '认捐的是{pledged}，不能对接{asked}。',
      en: '{pledged} was pledged; {asked} cannot be matched.',
      topic: { zh: '不超过认捐', en: 'no more than was pledged' },
    },
    'more-than-needed': {
      zh: '《{title}》还差{left}，不能对接{asked}。',
      en: '«{title}» still needs {left}; {asked} cannot be matched.',
      topic: { zh: '不超过需求', en: 'no more than is needed' },
      remedy: { zh: '只用一部分，或对接另一项需求。', en: 'Match a part of it, or another need.' },
      notJudgedWith: ['no-such-need', 'no-such-pledge', 'kind-differs', 'measure-differs'],
    },
    'said-otherwise': {
      zh: '{kind}不这样计数。',
      en: '{kind}: it is not counted like this.',
      topic: { zh: '数量填写正确', en: 'the part is given as its kind is counted' },
    },
  },
  about: {
    ...pledgeAbout('match'),
    input: (pledge: { unit: string; id: string; need: string | null }) => ({
      unit: pledge.unit,
      pledge: pledge.id,
      ...(pledge.need !== null && { need: pledge.need }),
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, pledge, need }) {
    const [found, asked] = await Promise.all([findPledge(tx, pledge, unit), findNeed(tx, need, unit)])
    return { found, need: asked }
  },
  rule({ found, need }, input, refuse) {
    if (!found || !need)
      return [found !== undefined || refuse('no-such-pledge'), need !== undefined || refuse('no-such-need')]
    const { kind, measure } = found
    const quantity = partOf(found, input)
    const said = (of: bigint): Text => saidQuantity(kind, of, measure)
    const isAlike = kind === need.kind && measure === need.measure
    return [
      atPledgeStep(found, 'match', refuse),
      need.closedOn === null || refuse('need-closed', { title: need.title, on: need.closedOn }),
      kind === need.kind ||
        refuse('kind-differs', {
          title: need.title,
          needed: helpKindWords[need.kind],
          offered: helpKindWords[kind],
        }),
      kind !== need.kind ||
        measure === need.measure ||
        refuse('measure-differs', { needed: need.measure ?? '', offered: measure ?? '' }),
      (isMoney(kind) ? input.count : input.amount) === undefined ||
        refuse('said-otherwise', { kind: helpKindWords[kind] }),
      quantity <= found.quantity ||
        refuse('more-than-pledged', { pledged: said(found.quantity), asked: said(quantity) }),
      !isAlike ||
        quantity <= leftOf(need) ||
        refuse('more-than-needed', { title: need.title, left: said(leftOf(need)), asked: said(quantity) }),
    ]
  },
  effect(tx, input, { found, need }, by) {
    if (!found || !need) throw new Error('A match of nothing was not refused.')
    const quantity = partOf(found, input)
    addPledgeStep(tx, by, found, 'match', null, { need: need.id, quantity })
    takeNeed(tx, by, need, found, quantity)
    const due = found.deliverBy > by.on ? found.deliverBy : null
    const owing = { pair: delivererOf(found, 'deliver-as-pair'), assistant: delivererOf(found, 'deliver-as-assistant') }
    return Promise.resolve({ pledge: found.id, need: need.id, quantity: quantity.toString(), due, owing })
  },
  concerns({ unit, pledge: subject }, { due, owing }, obligation, how) {
    if (how === 'settled') return [{ unit, subject }]
    const deliverer = obligation === 'deliver-as-pair' ? owing.pair : owing.assistant
    return deliverer === undefined ? [] : [{ unit: deliverer, subject, ...(due !== null && { due }) }]
  },
})

/** How much of a pledge is meant: all of it, unless a part was named. */
const partOf = (
  { kind, quantity }: PledgeFacts,
  { amount, count }: { amount?: bigint | undefined; count?: number | undefined },
): bigint => (isMoney(kind) ? amount : count === undefined ? undefined : BigInt(count)) ?? quantity

/** The county answers a pledge that it has no use for. */
export const declinePledge = act({
  name: 'pledge.decline',
  title: { zh: '不采纳认捐', en: 'Decline a pledge' },
  purpose: {
    zh: '县里对用不上的认捐答复理由。',
    en: 'The county answers a pledge that it has no use for, with the reason.',
  },
  duty: matchDuty,
  input: z.object({ unit: Here, pledge: PledgeId, reason: Reason }),
  refusals: pledgeRefusals,
  about: pledgeAbout('decline'),
  over: (input) => input.unit,
  facts: async (tx, { pledge, unit }) => ({ found: await findPledge(tx, pledge, unit) }),
  rule: ({ found }, _input, refuse) => (found ? [atPledgeStep(found, 'decline', refuse)] : [refuse('no-such-pledge')]),
  effect(tx, { pledge, reason }, { found }, by) {
    if (!found) throw new Error('A pledge that does not exist was not refused.')
    addPledgeStep(tx, by, found, 'decline', reason)
    return Promise.resolve({ pledge })
  },
  subject: (input) => input.pledge,
})
