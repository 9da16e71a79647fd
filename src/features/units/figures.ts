import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { countyTiers } from './designate.ts'

const counties = (wanted: 'poor' | 'out') => (scope: { on: string }) =>
  sql`
  select p.unit_id, 1 as value, '/units/' || p.unit_id as record, v.name_zh as label_zh, v.name_en as label_en, p.since, p.act_id
    from poor_county_on(${scope.on}) p
    join unit u on u.id = p.unit_id
    join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> least(${scope.on}::date, u.closed_on - 1)) is true
   where p.is_poor = ${wanted === 'poor'}`

const measure = { zh: '个县', en: 'counties' }

export const figures = [
  figure({
    name: 'units.poor-counties',
    title: { zh: '贫困县', en: 'Poor counties' },
    definition: {
      zh: '当日列在贫困县名单上、尚未退出的县。',
      en: 'Counties on the list of the poor counties on the day, and not out yet.',
    },
    measure,
    kind: 'sum',
    duty: 'designate-poor-counties',
    better: 'less',
    records: counties('poor'),
  }),
  figure({
    name: 'units.counties-out',
    title: { zh: '已退出的贫困县', en: 'Counties out of poverty' },
    definition: {
      zh: '曾列入名单、至当日已批准退出的县；因撤并而转由接续单位承担认定的不计。',
      en: 'Counties that were on the list and whose exit was approved by the day; one that was merged while poor is not counted, its successor is.',
    },
    measure,
    kind: 'sum',
    // Whoever signs for a unit answers for its counties' leaving poverty, at every level.
    duty: 'sign-letters',
    better: 'more',
    records: counties('out'),
  }),
  figure({
    name: 'units.counties',
    title: { zh: '县级单位', en: 'Counties' },
    definition: {
      zh: '当日存在的全部县级单位，不论是否贫困县。',
      en: 'All counties that exist on the day, poor or not.',
    },
    measure,
    kind: 'sum',
    duty: 'maintain-divisions',
    better: 'neither',
    records: ({ charter, on }) => sql`
      select v.unit_id, 1 as value, '/units/' || v.unit_id as record, v.name_zh as label_zh, v.name_en as label_en,
             u.established_on as since, u.act_id
        from unit_version v join unit u on u.id = v.unit_id
       where v.tier = any (${countyTiers(charter)}::text[]) and (v.valid_at @> ${on}::date) is true`,
  }),
] as const
