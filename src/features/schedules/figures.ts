import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { poorCounty, schedulesOn } from './books.ts'

/** How many of the poor counties have a schedule that counts. */
export const schedulesConsented = figure({
  name: 'schedules.consented',
  title: { zh: '进度安排已同意', en: 'Schedules consented to' },
  definition: {
    zh: '当日在贫困县名单上、且进度安排已获上一级同意的县，占当日贫困县的比例。',
    en: 'Poor counties on that day whose schedule the level above has consented to, in proportion to all poor counties on that day.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'ratio',
  duty: 'see-poor-counties-out',
  better: 'more',
  records: ({ on }) => sql`
    select s.unit_id, 1 as value, '/schedules?unit=' || s.unit_id as record,
           s.exit_year || '年退出' as label_zh, 'exit in ' || s.exit_year as label_en, s.consented_on as since, s.act_id
      from (${schedulesOn(on)}) s
      join unit_designation d on d.unit_id = s.unit_id and d.kind = ${poorCounty} and (d.valid_at @> ${on}::date) is true`,
  of: ({ on }) => sql`
    select d.unit_id, 1 as value, '/schedules?unit=' || d.unit_id as record, '贫困县' as label_zh, 'poor county' as label_en,
           lower(d.valid_at) as since, d.act_id
      from unit_designation d where d.kind = ${poorCounty} and (d.valid_at @> ${on}::date) is true`,
})
