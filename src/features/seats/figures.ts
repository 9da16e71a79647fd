import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { allSeats, everySeat } from './all-seats.ts'

const record = sql`'/units/' || s.unit_id || '?post=' || s.post as record`

const every = ({ charter, on }: FigureScope) => sql`
  select s.unit_id, 1 as value, ${record}, s.unit_zh || ' ' || s.post_zh as label_zh, s.post_en || ', ' || s.unit_en as label_en,
         null::date as since, s.unit_act as act_id
    from (${everySeat(charter, on)}) s`

const sitting = ({ charter, on }: FigureScope) => sql`
  (${everySeat(charter, on)}) s
    join appointment a on a.unit_id = s.unit_id and a.post = s.post and (a.valid_at @> ${on}::date) is true`

const filled = (scope: FigureScope) => sql`
  select s.unit_id, 1 as value, ${record}, s.unit_zh || ' ' || s.post_zh || '：' || who.name_zh as label_zh,
         s.post_en || ', ' || s.unit_en || ': ' || who.name_en as label_en, lower(a.valid_at) as since, a.act_id
    from ${sitting(scope)} join person who on who.id = a.person_id`

const vacant = ({ charter, on }: FigureScope) => sql`
  select s.unit_id, 1 as value, ${record}, s.unit_zh || ' ' || s.post_zh as label_zh, s.post_en || ', ' || s.unit_en as label_en,
         s.since, s.act_id
    from (${allSeats(charter, on)}) s where s.person_id is null`

export const figures = [
  figure({
    name: 'seats.filled',
    title: { zh: '职务到位率', en: 'Seats filled' },
    definition: {
      zh: '项目范围内各单位按章程应有的职务中，当日有人任职或代理的比例。',
      en: 'Of all seats that the charter gives to units of the programme, the share in which somebody sits on the day, acting or not.',
    },
    measure: { zh: '个职务', en: 'seats' },
    kind: 'ratio',
    duty: 'appoint-officials',
    better: 'more',
    records: filled,
    totals: (scope) => sql`select s.unit_id, 1 as value from ${sitting(scope)}`,
    of: every,
  }),
  figure({
    name: 'seats.vacant',
    title: { zh: '空缺职务', en: 'Vacant seats' },
    definition: {
      zh: '项目范围内各单位按章程应有、当日无人任职的职务。',
      en: 'Seats that the charter gives to units of the programme and in which nobody sits on the day.',
    },
    measure: { zh: '个职务', en: 'seats' },
    kind: 'sum',
    duty: 'appoint-officials',
    better: 'less',
    records: vacant,
  }),
] as const
