import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { allSeats } from './all-seats.ts'

const seats = (which: 'all' | 'filled' | 'vacant') => ({ charter, on }: FigureScope) => sql`
  select s.unit_id, 1 as value, '/units/' || s.unit_id || '?post=' || s.post as record,
         s.unit_zh || ' ' || s.post_zh || coalesce('：' || s.person_zh, '') as label_zh,
         s.post_en || ', ' || s.unit_en || coalesce(': ' || s.person_en, '') as label_en,
         s.since, s.act_id
    from (${allSeats(charter, on)}) s
   where ${which === 'all' ? sql`true` : which === 'filled' ? sql`s.person_id is not null` : sql`s.person_id is null`}`

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
    records: seats('filled'),
    of: seats('all'),
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
    records: seats('vacant'),
  }),
] as const
