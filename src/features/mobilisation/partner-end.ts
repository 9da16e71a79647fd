import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Day, Reason, UnitId } from '#kernel/words.ts'
import { endedAlready, isOngoing } from './ending.ts'
import { assistDuty, matchDuty, PartnerId } from './fields.ts'
import { findAssistance, findPartner, noSuchPartner } from './partners.ts'

const end = (tx: Tx, by: By, partner: string, reason: string) =>
  sql`update partner set valid_at = daterange(lower(valid_at), ${by.on}), ended_by = ${by.act}, end_reason = ${reason}
    where id = ${partner}`.execute(tx)

type Shown = { readonly id: string; readonly unit: string; readonly kind: string; readonly until: Day | null }

/** The county ends what an organisation joined for, or does not admit it; with the reason. */
export const endPartner = act({
  name: 'partner.end',
  title: { zh: '结束帮扶关系', en: 'End a partnership' },
  purpose: {
    zh: '不接受参与申请，或结束与企业、社会组织的帮扶关系，写明理由；已对接的认捐仍按原定办理。',
    en: 'Does not admit an enterprise or organisation, or ends its partnership, with the reason; pledges that were matched go on.',
  },
  duty: matchDuty,
  input: z.object({ unit: UnitId, partner: PartnerId, reason: Reason }),
  refusals: {
    ...noSuchPartner,
    ...endedAlready,
    'assists-by-its-own-duty': {
      zh: '定点帮扶由帮扶单位自己结束。',
      en: 'A central body that assists ends it itself.',
      topic: { zh: '是自愿参与的帮扶方', en: 'the partner joined of itself' },
      cites: 'duty:assist-designated-counties',
    },
  },
  about: {
    kind: 'partner',
    offered: ({ kind, until }: Shown) => kind !== 'assistant' && until === null,
    input: (partner: Shown) => ({ unit: partner.unit, partner: partner.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { partner, unit }) => ({ found: await findPartner(tx, partner, unit) }),
  rule({ found }, _input, refuse, by) {
    if (!found) return [refuse('no-such-partner', { unit: by.lineage[0].name })]
    return [...isOngoing(found, refuse, by), found.kind !== 'assistant' || refuse('assists-by-its-own-duty')]
  },
  async effect(tx, { partner, reason }, _facts, by) {
    await end(tx, by, partner, reason)
    return { partner }
  },
  subject: (input) => input.partner,
})

/** A central body ends its assistance of a county. */
export const endAssistance = act({
  name: 'assistance.end',
  title: { zh: '结束定点帮扶', en: 'End the assistance of a county' },
  purpose: {
    zh: '自当日起结束对一个县的定点帮扶，写明理由；已认捐的仍应兑现。',
    en: 'Ends the assistance of a county from this day on, with the reason; what was pledged is still to be delivered.',
  },
  duty: assistDuty,
  input: z.object({ unit: UnitId, reason: Reason }),
  refusals: {
    'not-assisting': {
      zh: '本单位没有定点帮扶{unit}。',
      en: 'This body does not assist {unit}.',
      topic: { zh: '本单位定点帮扶该县', en: 'this body assists the county' },
    },
    ...endedAlready,
  },
  about: {
    kind: 'partner',
    offered: ({ kind, until }: Shown) => kind === 'assistant' && until === null,
    input: (partner: Shown) => ({ unit: partner.unit }),
  },
  over: (input) => input.unit,
  facts: async (tx, { unit }, by) => ({ found: await findAssistance(tx, unit, by) }),
  rule: ({ found }, _input, refuse, by) =>
    found ? isOngoing(found, refuse, by) : [refuse('not-assisting', { unit: by.lineage[0].name })],
  async effect(tx, { reason }, { found }, by) {
    if (!found) throw new Error('An assistance that does not exist was not refused.')
    await end(tx, by, found.id, reason)
    return { partner: found.id }
  },
})
