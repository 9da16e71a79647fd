import { sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'

/** Items that were owed on a day, with how they stood then. A lapsed item is no longer owed by anybody. */
const items = ({ on }: FigureScope, which: ReturnType<typeof sql>) => sql`
  select i.unit_id, 1 as value, '/obligations/' || i.id as record, i.obligation || ' · ' || i.subject as label_zh,
         i.obligation || ' · ' || i.subject as label_en, i.due_on as since, i.opened_by as act_id
    from obligation_item i
   where i.opened_on <= ${on}::date and (i.lapsed_on is null or i.lapsed_on > ${on}::date) and (${which})`

const isMet = (on: string) => sql`i.met_on is not null and i.met_on <= ${on}::date`
const isLate = (on: string) =>
  sql`i.due_on < coalesce(case when i.met_on <= ${on}::date then i.met_on end, ${on}::date)`

export const openObligations = figure({
  name: 'obligations.open',
  title: { zh: '应办未办事项', en: 'Obligations open' },
  definition: {
    zh: '已开列、到当日尚未办结也未失去对象的应办事项，含未到期和逾期的。',
    en: 'Items that were opened and, on the day, neither met nor without an object; due in future or late.',
  },
  measure: { zh: '项', en: 'items' },
  kind: 'sum',
  duty: 'take-overall-responsibility',
  better: 'less',
  records: (scope) => items(scope, sql`not (${isMet(scope.on)})`),
})

export const lateObligations = figure({
  name: 'obligations.late',
  title: { zh: '逾期未办事项', en: 'Obligations late' },
  definition: { zh: '应办未办事项中，期限已过的。', en: 'Open items whose day has passed.' },
  measure: { zh: '项', en: 'items' },
  kind: 'sum',
  duty: 'take-overall-responsibility',
  better: 'less',
  records: (scope) => items(scope, sql`not (${isMet(scope.on)}) and i.due_on < ${scope.on}::date`),
})

export const metInTime = figure({
  name: 'obligations.met-in-time',
  title: { zh: '按期办结率', en: 'Obligations met in time' },
  definition: {
    zh: '到当日已到期或已办结的事项中，按期办结的比例；未到期未办的不计。',
    en: 'Of the items that were due or met by the day, the share that was met by its due day.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'take-overall-responsibility',
  better: 'more',
  records: (scope) => items(scope, sql`${isMet(scope.on)} and not (${isLate(scope.on)})`),
  of: (scope) => items(scope, sql`(${isMet(scope.on)}) or i.due_on < ${scope.on}::date`),
})
