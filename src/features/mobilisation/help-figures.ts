import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { matchDuty } from './fields.ts'

export const needsOpen = figure({
  name: 'needs.open',
  title: { zh: '待对接需求', en: 'Needs open' },
  definition: {
    zh: '到当日已发布、未关闭、还没有全部对接的需求。',
    en: 'Needs published by the day, not closed, and not wholly matched with pledges.',
  },
  measure: { zh: '项', en: 'needs' },
  kind: 'sum',
  duty: matchDuty,
  better: 'less',
  records: ({ on }) => sql`
    select n.unit_id, 1 as value, '/mobilisation/needs/' || n.id as record, n.title as label_zh, n.title as label_en, n.on_day as since, n.act_id
      from need_on(${on}::date) o join need n on n.id = o.need_id where o.state = 'open'`,
})

export const helpConfirmed = figure({
  name: 'pledges.confirmed-money',
  title: { zh: '已核实的资金和采购', en: 'Money and purchases confirmed' },
  definition: {
    zh: '到当日由受助县核实收到的资金类和采购类认捐，按对接金额计。物资、岗位、人才不折价。不进入财政资金账。',
    en: 'Pledges of money and of purchases that the county confirmed by the day, at the amount matched. Goods, jobs and talent are not priced. None of it enters the books of funds.',
  },
  measure: { zh: '元', en: 'yuan' },
  kind: 'sum',
  money: true,
  duty: matchDuty,
  better: 'more',
  records: ({ on }) => sql`
    select o.unit_id, o.quantity as value, '/mobilisation/needs/' || o.need_id as record, n.title as label_zh, n.title as label_en, o.since, o.act_id
      from pledge_on(${on}::date) o join need n on n.id = o.need_id
     where o.state = 'confirmed' and o.kind in ('money', 'purchase')`,
})

export const needsMet = figure({
  name: 'needs.met-share',
  title: { zh: '需求满足程度', en: 'Share of needs met' },
  definition: {
    zh: '每项需求按核实收到的数量占需求数量的比例计，各项同等；分母为到当日已发布的需求，未收到任何帮扶就关闭的不计。',
    en: 'Each need counts by the share of it that was confirmed as received, all needs alike, in proportion to the needs published by the day; those closed without having received anything are left out.',
  },
  measure: { zh: '需求', en: 'of needs' },
  kind: 'ratio',
  duty: matchDuty,
  better: 'more',
  records: ({ on }) => sql`
    select n.unit_id, least(1, o.confirmed::numeric / o.quantity) as value, '/mobilisation/needs/' || n.id as record, n.title as label_zh,
           n.title as label_en, n.on_day as since, n.act_id
      from need_on(${on}::date) o join need n on n.id = o.need_id where o.confirmed > 0`,
  of: ({ on }) => sql`
    select n.unit_id, 1 as value, '/mobilisation/needs/' || n.id as record, n.title as label_zh, n.title as label_en, n.on_day as since, n.act_id
      from need_on(${on}::date) o join need n on n.id = o.need_id where o.state <> 'closed' or o.confirmed > 0`,
})
