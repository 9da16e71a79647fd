import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { indicators } from './indicators.ts'

const atLeast: readonly string[] = indicators
  .filter((indicator) => indicator.relation === '≥')
  .map((indicator) => indicator.id)
const titles = (language: 'zh' | 'en') =>
  sql`case g.indicator ${sql.join(
    indicators.map((indicator) => sql`when ${indicator.id} then ${indicator.title[language]}::text`),
    sql` `,
  )} else g.indicator end`

const decomposed = ({ on }: FigureScope, doesAddUp: boolean) => sql`
  select g.unit_id, 1 as value, '/goals?unit=' || g.unit_id || '&indicator=' || g.indicator || '&year=' || g.year as record,
         g.year || ' ' || ${titles('zh')} as label_zh, g.year || ' ' || ${titles('en')} as label_en, g.decided_on as since, g.act_id
    from goal_on(${on}::date) g
   where g.shares > 0 and g.goal is not null
     ${doesAddUp ? sql`and case when g.indicator = any (${atLeast}::text[]) then g.sum_below >= g.goal else g.sum_below = g.goal end` : sql``}`

export const goalsReconciled = figure({
  name: 'goals.reconciled',
  title: { zh: '目标合计一致率', en: 'Goals that add up' },
  definition: {
    zh: '到当日已分解到下级的目标（单位、指标、年度各为一项）中，下级合计与目标一致的比例；已说明的缺口仍算不一致。',
    en: 'Of the goals (by unit, indicator and year) that were decomposed by the day, the share whose sum below stands to them as it must; an explained gap is still a gap.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'make-overall-plans',
  better: 'more',
  records: (scope) => decomposed(scope, true),
  of: (scope) => decomposed(scope, false),
})

export const countiesPlanned = figure({
  name: 'goals.counties-planned',
  title: { zh: '计划摘帽县', en: 'Counties planned to leave' },
  definition: {
    zh: '按当日有效的分解，计划在该年度摘帽的贫困县，计入本县。',
    en: 'Poor counties whose goal, as decomposed on the day, is to leave poverty in the year; counted at the county.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'set-goals',
  better: 'neither',
  yearly: true,
  records: ({ on, year }) => sql`
    select s.unit_id, s.target as value, '/goals?unit=' || s.unit_id as record, v.name_zh as label_zh, v.name_en as label_en,
           g.decided_on as since, g.act_id
      from goal_on(${on}::date) g
      join goal_share s on s.decision_id = g.id and s.target > 0
      join unit_designation d on d.unit_id = s.unit_id and lower(d.valid_at) <= ${on}::date
      join lateral (select name_zh, name_en from unit_version w where w.unit_id = s.unit_id and lower(w.valid_at) <= ${on}::date
                     order by lower(w.valid_at) desc limit 1) v on true
     where g.indicator = 'counties-out' and g.year = ${year}`,
})
