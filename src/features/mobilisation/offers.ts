import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import type { Day } from '#kernel/words.ts'
import { sql } from 'kysely'
import { campaignRefusals, type CampaignFacts, findCampaign, fitsCampaign } from './campaigns.ts'
import { dayPast, hasQuantity, quantityOf, quantityRefusals } from './fields.ts'
import { findNeed, type NeedFacts } from './needs.ts'
import { nobodyMatches, receivesHelp } from './partners.ts'
import { type ByKind, type HelpKind, helpKindWords } from './states.ts'

/** What was said in a pledge, whoever makes it. */
export type Offer = {
  readonly need?: string | undefined
  readonly kind: HelpKind
  readonly amount?: bigint | undefined
  readonly count?: number | undefined
  readonly measure?: string | undefined
  readonly what: string
  readonly by: Day
  readonly campaign?: string | undefined
}

/** Who makes a pledge, as the database keeps it. */
export type Pledger =
  | { readonly by_kind: 'person' }
  | { readonly by_kind: 'partner' | 'assistant'; readonly partner_id: string }
  | { readonly by_kind: 'pair'; readonly by_unit_id: string; readonly pairing_id: string }

export const offerRefusals = {
  ...nobodyMatches,
  ...quantityRefusals,
  ...dayPast,
  ...campaignRefusals,
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
    notJudgedWith: ['no-such-need'],
  },
} as const satisfies Record<string, RefusalText>
type Code = keyof typeof offerRefusals

type OfferFacts = {
  readonly receives: boolean
  readonly need: NeedFacts | undefined
  readonly campaign: CampaignFacts | undefined
}

export async function offerFacts(tx: Tx, by: By, county: string, offer: Offer): Promise<OfferFacts> {
  const [tier, need, campaign] = await Promise.all([
    sql<{ tier: string }>`
      select tier from unit_version where unit_id = ${county} and (valid_at @> ${by.on}::date) is true`.execute(tx),
    findNeed(tx, offer.need, county),
    findCampaign(tx, offer.campaign, county, by.on),
  ])
  return { receives: receivesHelp(by, tier.rows[0]?.tier ?? ''), need, campaign }
}

export const offerRule = (
  { receives, need, campaign }: OfferFacts,
  offer: Offer,
  refuse: Refuse<Code>,
  by: By,
): Line<Code>[] => [
  receives || refuse('nobody-matches', { unit: by.lineage[0].name }),
  hasQuantity(offer, refuse),
  offer.by > by.on || refuse('day-past', { day: offer.by }),
  ...fitsCampaign(offer.campaign, campaign, refuse, by),
  offer.need === undefined || need !== undefined || refuse('no-such-need'),
  !need || need.closedOn === null || refuse('need-closed', { title: need.title, on: need.closedOn }),
  !need ||
    need.kind === offer.kind ||
    refuse('kind-differs', {
      title: need.title,
      needed: helpKindWords[need.kind],
      offered: helpKindWords[offer.kind],
    }),
]

/** Writes a pledge down with its first step. */
export async function addPledge(tx: Tx, by: By, county: string, offer: Offer, pledger: Pledger): Promise<string> {
  const quantity = quantityOf(offer)
  if (quantity === undefined) throw new Error('A pledge without a quantity was not refused.')
  const id = v7()
  const nobody = { by_unit_id: null, pairing_id: null, partner_id: null }
  await tx
    .insertInto('pledge')
    .values({
      id,
      unit_id: county,
      need_id: offer.need ?? null,
      campaign_id: offer.campaign ?? null,
      kind: offer.kind,
      quantity,
      measure: offer.measure ?? null,
      what: offer.what,
      deliver_by: offer.by,
      ...nobody,
      ...(pledger as { by_kind: ByKind }),
      on_day: by.on,
      act_id: by.act,
    })
    .execute()
  await tx
    .insertInto('pledge_step')
    .values({
      pledge_id: id,
      ordinal: 1,
      step: 'make',
      state: 'made',
      need_id: null,
      quantity: null,
      note: null,
      on_day: by.on,
      person_id: by.actor.kind === 'person' ? by.actor.person : null,
      from_state: 'none',
      from_day: null,
      from_who: null,
      act_id: by.act,
    })
    .execute()
  return id
}
