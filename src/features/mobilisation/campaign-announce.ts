import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { Title } from './fields.ts'

/** A campaign of a time, announced to an area: needs and pledges may name it. */
export const announceCampaign = act({
  name: 'campaign.announce',
  title: { zh: '发起帮扶活动', en: 'Announce a campaign' },
  purpose: {
    zh: '在本地区发起一次有起止日期的帮扶活动（如10月17日扶贫日）；需求和认捐可以归入。',
    en: 'Announces a campaign with its days to the area, such as that of 17 October; needs and pledges may belong to it.',
  },
  duty: 'mobilise-the-public',
  input: z.object({
    unit: UnitId,
    title: Title,
    purpose: Reason.meta({ label: { zh: '目的', en: 'Purpose' } }),
    from: Day.meta({ label: { zh: '开始', en: 'From' } }),
    until: Day.meta({ label: { zh: '结束', en: 'Until' } }),
  }),
  refusals: {
    'ends-before-it-begins': {
      zh: '结束日期{until}早于开始日期{from}。',
      en: 'It would end on {until}, before it begins on {from}.',
      topic: { zh: '起止日期有先后', en: 'it ends after it begins' },
    },
    'over-already': {
      zh: '结束日期{until}已经过去。',
      en: 'Its last day, {until}, is past.',
      topic: { zh: '活动尚未结束', en: 'the campaign is not over' },
    },
  },
  about: {
    kind: 'help-desk',
    offered: (desk: { isRoot: boolean }) => !desk.isRoot,
    input: (desk: { unit: string }) => ({ unit: desk.unit }),
  },
  over: (input) => input.unit,
  facts: () => Promise.resolve({}),
  rule: (_facts, { from, until }, refuse, by) => [
    from <= until || refuse('ends-before-it-begins', { from, until }),
    until >= by.on || refuse('over-already', { until }),
  ],
  async effect(tx, { unit, title, purpose, from, until }, _facts, by) {
    const id = v7()
    await tx
      .insertInto('campaign')
      .values({
        id,
        unit_id: unit,
        title,
        purpose,
        from_day: from,
        until_day: until,
        on_day: by.on,
        act_id: by.act,
      })
      .execute()
    return { campaign: id }
  },
})
