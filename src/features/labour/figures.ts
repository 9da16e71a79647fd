import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import { villagesOn } from './standing.ts'

const villages = ({ charter, on }: FigureScope, which: RawBuilder<unknown>, value = sql`1`) => sql`
  select v.unit as unit_id, ${value} as value, '/labour/villages/' || v.id as record, v.t_zh || v.zh as label_zh,
         v.en || ', ' || v.t_en as label_en, coalesce(v.since, v.registered) as since, coalesce(v.team_act, v.act_id) as act_id
    from (${villagesOn(charter, on, sql`true`)}) v where ${which}`

const needing = (scope: FigureScope) => villages(scope, sql`v.needed > 0 or v.team is not null`)

export const villagesWithTeam = figure({
  name: 'labour.villages-with-team',
  title: { zh: '工作队齐备的村', en: 'Villages with a complete team' },
  definition: {
    zh: '需要工作队的村中，当日有工作队、人数不少于规定并有队长的比例。',
    en: 'Of the villages that need a team or have one, those whose team had, on the day, no fewer people than the rules ask for and a leader.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'coordinate-labour',
  better: 'more',
  records: (scope) => villages(scope, sql`v.team is not null and v.people >= v.min and v.leaders = 1`),
  of: needing,
})

export const needsCovered = figure({
  name: 'labour.needs-covered',
  title: { zh: '需求满足的村', en: 'Villages whose needs are covered' },
  definition: {
    zh: '需要工作队的村中，当日人数和专长都满足所填需求的比例。',
    en: 'Of the villages that need a team or have one, those that had, on the day, the people and the skills that they stated.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'coordinate-labour',
  better: 'more',
  records: (scope) => villages(scope, sql`v.state = 'covered' and v.needed > 0`),
  of: needing,
})

const members = ({ on }: FigureScope, which: RawBuilder<unknown>) => sql`
  select t.unit_id, 1 as value, '/labour/people/' || m.worker_id as record, p.name_zh || ' · ' || v.name_zh as label_zh,
         p.name_en || ' · ' || v.name_en as label_en, lower(m.valid_at) as since, m.act_id
    from team_member m join team t on t.id = m.team_id join village v on v.id = t.village_id join person p on p.id = m.worker_id
   where m.valid_at @> ${on}::date and ${which}`

export const firstSecretaries = figure({
  name: 'labour.first-secretaries',
  title: { zh: '在岗第一书记', en: 'First secretaries in post' },
  definition: { zh: '当日在村任职的第一书记。', en: 'First secretaries who served in a village on the day.' },
  measure: { zh: '人', en: 'people' },
  kind: 'sum',
  duty: 'coordinate-labour',
  better: 'more',
  records: (scope) => members(scope, sql`m.first_secretary`),
})

export const peopleServing = figure({
  name: 'labour.people-serving',
  title: { zh: '驻村人员', en: 'People serving in villages' },
  definition: { zh: '当日在驻村工作队中的人员。', en: 'People who served in a resident team on the day.' },
  measure: { zh: '人', en: 'people' },
  kind: 'sum',
  duty: 'coordinate-labour',
  better: 'neither',
  records: (scope) => members(scope, sql`true`),
})

export const termsOver = figure({
  name: 'labour.terms-over',
  title: { zh: '期满未轮换', en: 'Terms over' },
  definition: {
    zh: '当日仍在村、约定期限已过的人员。',
    en: 'People who still served on the day although their agreed term was over.',
  },
  measure: { zh: '人', en: 'people' },
  kind: 'sum',
  duty: 'coordinate-labour',
  better: 'less',
  records: (scope) => members(scope, sql`m.term_until < ${scope.on}::date`),
})

/** The sheets of the year up to the day, each worth its days. */
const sheets = ({ on, year }: FigureScope, days: 'present' | 'counted') => sql`
  select t.unit_id, a.${sql.ref(days)} as value, '/labour/teams/' || a.team_id || '?month=' || to_char(a.month, 'YYYY-MM') as record,
         p.name_zh || ' · ' || to_char(a.month, 'YYYY-MM') as label_zh, p.name_en || ' · ' || to_char(a.month, 'YYYY-MM') as label_en,
         a.on_day as since, a.act_id
    from attendance_on(${on}::date) a join team t on t.id = a.team_id join person p on p.id = a.worker_id
   where a.month >= make_date(${year}::int, 1, 1) and a.month <= make_date(${year}::int, 12, 1)`

export const attendanceRate = figure({
  name: 'labour.attendance',
  title: { zh: '驻村出勤率', en: 'Attendance' },
  definition: {
    zh: '当年已登记的考勤日中在村的比例；请假、公差和缺勤计入分母，未登记的不计。',
    en: 'Of the days of the year whose attendance was entered, the share present in the village; leave, duty elsewhere and absence count in the whole.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  yearly: true,
  duty: 'coordinate-labour',
  better: 'more',
  records: (scope) => sheets(scope, 'present'),
  of: (scope) => sheets(scope, 'counted'),
})

export const householdsHelped = figure({
  name: 'labour.households-helped',
  title: { zh: '有帮扶责任人的户', en: 'Households with a helper' },
  definition: {
    zh: '各村所填建档立卡户中，当日有帮扶责任人的比例。',
    en: 'Of the registered households that villages stated, the share that had a helper on the day.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'reach-every-household',
  better: 'more',
  records: (scope) => villages(scope, sql`v.helped > 0`, sql`v.helped`),
  of: (scope) => villages(scope, sql`v.households > 0`, sql`v.households`),
})

export const labourFigures = [
  villagesWithTeam,
  needsCovered,
  firstSecretaries,
  peopleServing,
  attendanceRate,
  householdsHelped,
  termsOver,
] as const
