import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import type { Day } from '#kernel/words.ts'

/**
 * Every unit of the programme but its root owes its superior a letter, from the day on which it was designated or stood above such a unit.
 * The programme is counted once and hashed, however many units are asked for.
 */
const due = ({ on }: FigureScope) => sql`
  select v.unit_id, 1 as value, '/letters?unit=' || v.unit_id as record, v.name_zh as label_zh, v.name_en as label_en,
         null::date as since, v.act_id
    from unit_version v
   where (v.valid_at @> ${on}::date) is true and v.parent_id is not null
     and (v.unit_id in (
       select unnest(w.lineage) from unit_designation d
         join unit_version w on w.unit_id = d.unit_id and (w.valid_at @> ${on}::date) is true
        where lower(d.valid_at) <= ${on}::date)) is true`

/** A letter's number without its unit, which stands beside it in every list. */
const inEnglish = sql`'Letter No. ' || l.serial || ' of ' || extract(year from l.offered_on)`

/** No seat of the letter was without its signature on the day. */
const isComplete = (on: Day) => sql`
  not exists (
    select from letter_seat t
     where t.letter_id = l.id and not exists (
       select from letter_signature g
        where g.letter_id = t.letter_id and g.unit_id = t.unit_id and g.post = t.post and g.signed_on <= ${on}::date))`

export const lettersSigned = figure({
  name: 'letters.signed',
  title: { zh: '责任书签订率', en: 'Letters signed' },
  definition: {
    zh: '项目内除最高一级外的每个单位都应与直接上级签订责任书；到当日双方主要负责人全部签署、所涉年度未过的，计为已签订，计入接受单位。',
    en: 'Every unit of the programme but the root owes its superior a letter. Counted at the receiver are those that have one signed by every principal of both sides by the day, for years that are not all past.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'sign-letters',
  better: 'more',
  records: ({ on }) => sql`
    select distinct on (l.to_unit_id) l.to_unit_id as unit_id, 1 as value, '/letters/' || l.id as record,
           l.number as label_zh, ${inEnglish} as label_en,
           (select max(g.signed_on) from letter_signature g where g.letter_id = l.id) as since, l.act_id
      from letter l
     where l.offered_on <= ${on}::date and (l.declined_on is null or l.declined_on > ${on}::date)
       and upper(l.years) > extract(year from ${on}::date)::int and ${isComplete(on)}
     order by l.to_unit_id, l.offered_on desc`,
  of: due,
})

export const lettersWaiting = figure({
  name: 'letters.waiting',
  title: { zh: '待签责任书', en: 'Letters waiting' },
  definition: {
    zh: '已发出、到当日既未全部签署也未退回的责任书，计入接受单位。',
    en: 'Letters offered and, on the day, neither signed by all nor declined; counted at the receiver.',
  },
  measure: { zh: '份', en: 'letters' },
  kind: 'sum',
  duty: 'sign-letters',
  better: 'less',
  records: ({ on }) => sql`
    select o.to_unit_id as unit_id, 1 as value, '/letters/' || o.id as record, l.number || ' · ' || o.signed || '/' || o.seats as label_zh,
           ${inEnglish} || ' · ' || o.signed || '/' || o.seats as label_en, o.offered_on as since, o.act_id
      from letter_on(${on}::date) o join letter l on l.id = o.id
     where o.state = 'open'`,
})
