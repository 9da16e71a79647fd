import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { mattersOn } from './matter-list.ts'

export const mattersOpen = figure({
  name: 'matters.open',
  title: { zh: '在办协调事项', en: 'Matters open' },
  definition: {
    zh: '到当日已提出、尚未确认办结也未撤回的协调事项，计入提出单位。',
    en: 'Matters raised by the day and neither closed nor withdrawn, counted at the unit that raised them.',
  },
  measure: { zh: '件', en: 'matters' },
  kind: 'sum',
  duty: 'handle-matters',
  better: 'less',
  records: ({ on }) => sql`
    select m.unit as unit_id, 1 as value, '/matters/' || m.id as record, m.title as label_zh, m.title as label_en, m."raisedOn" as since, m.act as act_id
      from (${mattersOn(on)}) m where m.state in ('open', 'returned', 'settled')`,
})

export const requestsMade = figure({
  name: 'requests.received',
  title: { zh: '章程以外的要求', en: 'Requests received' },
  definition: {
    zh: '当年到当日向本单位提出、占用额度的章程以外的报送要求；退回额度的不计。',
    en: 'Requests for reports outside the charter that the unit was asked in the year up to the day and that count in its budget.',
  },
  measure: { zh: '次', en: 'requests' },
  kind: 'sum',
  duty: 'request-reports',
  better: 'less',
  yearly: true,
  records: ({ on, year }) => sql`
    select p.unit_id, 1 as value, '/requests/' || r.id as record, r.title as label_zh, r.title as label_en, r.on_day as since, r.act_id
      from report_request_receiver p join report_request r on r.id = p.request_id
     where p.year = ${year} and p.on_day <= ${on}::date and (p.given_back_on is null or p.given_back_on > ${on}::date)`,
})
