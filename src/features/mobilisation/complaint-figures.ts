import { type RawBuilder, sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { complaintKinds } from './complaint-words.ts'

const named = (language: 'zh' | 'en'): RawBuilder<unknown> =>
  sql`case c.kind ${sql.join(
    Object.entries(complaintKinds).map(([kind, text]) => sql`when ${kind} then ${text[language]}::text`),
    sql` `,
  )} end`

export const complaintsOpen = figure({
  name: 'complaints.open',
  title: { zh: '在办投诉举报', en: 'Complaints open' },
  definition: {
    zh: '到当日已收到、尚未答复的投诉举报，计入办理单位。',
    en: 'Complaints and tips received by the day and not answered yet, counted at the unit that handles them.',
  },
  measure: { zh: '件', en: 'complaints' },
  kind: 'sum',
  duty: 'answer-complaints',
  better: 'less',
  records: ({ on }) => sql`
    select case when u.closed_on <= ${on}::date then unit_carrier_on(u.id, ${on}::date) else u.id end as unit_id, 1 as value, '/complaints/' || c.id as record, ${named('zh')} as label_zh, ${named('en')} as label_en,
           c.on_day as since, c.act_id
      from complaint c
     cross join lateral (select * from complaint_step s where s.complaint_id = c.id and s.on_day <= ${on}::date
                          order by s.ordinal desc limit 1) s
      join unit u on u.id = s.handler_unit_id
     where c.on_day <= ${on}::date and s.state = 'open'`,
})

/** What was owed by a day of the year: answered by then, in proportion to all of it. */
const owed = (on: string, year: number, inTime: RawBuilder<unknown>) => sql`
  select i.unit_id, 1 as value, '/complaints/' || i.subject as record, ${named('zh')} as label_zh, ${named('en')} as label_en,
         i.opened_on as since, i.opened_by as act_id
    from obligation_item i join complaint c on c.id::text = i.subject
   where i.obligation = 'answer-complaint' and i.opened_on <= ${on}::date and extract(year from i.due_on) = ${year}
     and (i.lapsed_on is null or i.lapsed_on > ${on}::date)
     and (i.met_on <= ${on}::date or i.due_on < ${on}::date) and ${inTime}`

export const complaintsInTime = figure({
  name: 'complaints.in-time',
  title: { zh: '投诉举报按期答复率', en: 'Complaints answered in time' },
  definition: {
    zh: '当年到期的投诉举报中按期答复的比例；不含尚在期限内的。',
    en: 'Of the complaints and tips due in the year, the share answered in time; what still has time is not counted.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'answer-complaints',
  better: 'more',
  yearly: true,
  records: ({ on, year }) => owed(on, year, sql`i.met_on <= least(i.due_on, ${on}::date)`),
  of: ({ on, year }) => owed(on, year, sql`true`),
})
