import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { campaignRefusals, findCampaign, fitsCampaign } from './campaigns.ts'
import {
  campaignInput,
  dayPast,
  hasQuantity,
  matchDuty,
  NeedId,
  quantityInput,
  quantityOf,
  quantityRefusals,
  Title,
} from './fields.ts'
import { findNeed } from './needs.ts'
import type { NeedState } from './states.ts'

/** A county says what it, or one of its villages, needs: what, how much, by when. Anyone may read it. */
export const publishNeed = act({
  name: 'need.publish',
  title: { zh: '发布需求', en: 'Publish a need' },
  purpose: {
    zh: '向社会公布县里或村里需要什么、多少、何时要；任何人都能看到并认捐。不写任何人的个人信息。',
    en: 'Tells the public what the county or a village needs, how much and by when; anyone may read it and pledge. No personal data of anybody.',
  },
  duty: matchDuty,
  input: z.object({
    unit: UnitId,
    title: Title,
    why: Reason.meta({ label: { zh: '说明', en: 'What it is for' } }),
    ...quantityInput,
    wanted: Day.meta({ label: { zh: '何时要', en: 'Wanted by' } }),
    village: z
      .uuid()
      .optional()
      .meta({ label: { zh: '村', en: 'Village' }, widget: 'reference', finds: 'find.villages' }),
    ...campaignInput,
  }),
  refusals: {
    ...quantityRefusals,
    ...dayPast,
    ...campaignRefusals,
    'not-its-village': {
      zh: '{unit}没有登记这个村。',
      en: 'No such village is registered in {unit}.',
      topic: { zh: '村在本县', en: 'the village lies in the county' },
    },
  },
  about: {
    kind: 'help-desk',
    offered: (desk: { receives: boolean }) => desk.receives,
    input: (desk: { unit: string }) => ({ unit: desk.unit }),
  },
  over: (input) => input.unit,
  async facts(tx, { unit, village, campaign }, by) {
    const [villages, found] = await Promise.all([
      sql`select from village where id = ${village ?? null}::uuid and unit_id = ${unit}`.execute(tx),
      findCampaign(tx, campaign, unit, by.on),
    ])
    return { hasVillage: villages.rows.length > 0, campaign: found }
  },
  rule: (facts, input, refuse, by) => [
    hasQuantity(input, refuse),
    input.wanted > by.on || refuse('day-past', { day: input.wanted }),
    input.village === undefined || facts.hasVillage || refuse('not-its-village', { unit: by.lineage[0].name }),
    ...fitsCampaign(input.campaign, facts.campaign, refuse, by),
  ],
  async effect(tx, input, _facts, by) {
    const quantity = quantityOf(input)
    if (quantity === undefined) throw new Error('A need without a quantity was not refused.')
    const id = v7()
    await tx
      .insertInto('need')
      .values({
        id,
        unit_id: input.unit,
        village_id: input.village ?? null,
        campaign_id: input.campaign ?? null,
        title: input.title,
        why: input.why,
        kind: input.kind,
        quantity,
        measure: input.measure ?? null,
        wanted_by: input.wanted,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { need: id }
  },
})

type Shown = { readonly id: string; readonly unit: string; readonly state: NeedState }

/** A need is over before it is wholly met, or was published in error. What is matched to it goes on. */
export const closeNeed = act({
  name: 'need.close',
  title: { zh: '关闭需求', en: 'Close a need' },
  purpose: {
    zh: '需求不再需要或发布有误时关闭，写明理由；已经对接的认捐继续办理。',
    en: 'Closes what is no longer needed, or was published in error, with the reason; what is matched already goes on.',
  },
  duty: matchDuty,
  input: z.object({ unit: UnitId, need: NeedId, reason: Reason }),
  refusals: {
    'no-such-need': { zh: '没有这项需求。', en: 'There is no such need.' },
    'need-closed': {
      zh: '《{title}》已于{on}关闭。',
      en: '«{title}» was closed on {on}.',
      topic: { zh: '需求未关闭', en: 'the need is not closed' },
    },
  },
  about: {
    kind: 'need',
    offered: ({ state }: Shown) => state === 'open' || state === 'matched',
    input: (need: Shown) => ({ unit: need.unit, need: need.id }),
  },
  over: (input) => input.unit,
  facts: async (tx, { need, unit }) => ({ found: await findNeed(tx, need, unit) }),
  rule({ found }, _input, refuse) {
    if (!found) return [refuse('no-such-need')]
    return [found.closedOn === null || refuse('need-closed', { title: found.title, on: found.closedOn })]
  },
  async effect(tx, { need, reason }, _facts, by) {
    await tx.insertInto('need_closing').values({ need_id: need, reason, on_day: by.on, act_id: by.act }).execute()
    return { need }
  },
})
