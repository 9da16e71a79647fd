import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import type { Text } from '#kernel/words.ts'
import { dueOf } from './due.ts'
import { handSteps, ladderOf } from './ladder.ts'
import type { steps } from './take.ts'

type Condition = RawBuilder<unknown>

/** Items that were owed on a day, with how they stood then. A lapsed item is no longer owed by anybody. */
const items = ({ on }: FigureScope, which: Condition) => sql`
  select i.unit_id, 1 as value, '/obligations/' || i.id as record, i.obligation || ' · ' || i.subject as label_zh,
         i.obligation || ' · ' || i.subject as label_en, i.due_on as since, i.opened_by as act_id
    from obligation_item i
   where i.opened_on <= ${on}::date and (i.lapsed_on is null or i.lapsed_on > ${on}::date) and (${which})`

const isMet = (on: string) => sql`i.met_on is not null and i.met_on <= ${on}::date`
/** What was put off counts by its new day, from the day on which that was granted. */
const isLate = (on: string) =>
  sql`i.due_on < coalesce(case when i.met_on <= ${on}::date then i.met_on end, ${on}::date)
    and ${dueOf(on)} < coalesce(case when i.met_on <= ${on}::date then i.met_on end, ${on}::date)`
const isPast = (on: string) => sql`i.due_on < ${on}::date and ${dueOf(on)} < ${on}::date`
const was = (on: string, step: string) =>
  sql`exists (select from obligation_step s where s.item_id = i.id and s.step = ${step} and s.on_day <= ${on}::date)`
const wasUrged = (on: string) =>
  sql`exists (select from obligation_step s where s.item_id = i.id and s.step = any (${[...handSteps]}::text[]) and s.on_day <= ${on}::date)`

const duty = 'take-overall-responsibility'

export const openObligations = figure({
  name: 'obligations.open',
  title: { zh: '应办未办事项', en: 'Obligations open' },
  definition: {
    zh: '已开列、到当日尚未办结也未失去对象的应办事项，含未到期和逾期的。',
    en: 'Items that were opened and, on the day, neither met nor without an object; due in future or late.',
  },
  measure: { zh: '项', en: 'items' },
  kind: 'sum',
  duty,
  better: 'less',
  records: (scope) => items(scope, sql`not (${isMet(scope.on)})`),
})

export const lateObligations = figure({
  name: 'obligations.late',
  title: { zh: '逾期未办事项', en: 'Obligations late' },
  definition: {
    zh: '应办未办事项中，期限（经批准延期的按新期限）已过的。',
    en: 'Open items whose day has passed; where it was put off, the new day.',
  },
  measure: { zh: '项', en: 'items' },
  kind: 'sum',
  duty,
  better: 'less',
  records: (scope) => items(scope, sql`not (${isMet(scope.on)}) and ${isPast(scope.on)}`),
})

export const urgedObligations = figure({
  name: 'obligations.urged',
  title: { zh: '督办中事项', en: 'Obligations urged and open' },
  definition: {
    zh: '应办未办事项中，上级已经督办、上报、通报或约谈的。',
    en: 'Open items that a superior has urged, reported, given notice of or summoned for.',
  },
  measure: { zh: '项', en: 'items' },
  kind: 'sum',
  duty: 'follow-up-the-late',
  better: 'less',
  records: (scope) => items(scope, sql`not (${isMet(scope.on)}) and ${wasUrged(scope.on)}`),
})

export const answeredUrgings = figure({
  name: 'obligations.urged-answered',
  title: { zh: '督办答复率', en: 'Urged obligations answered' },
  definition: {
    zh: '督办中的事项里，被督办单位已说明原因和办结日期的比例。',
    en: 'Of the open items that were urged, the share whose bearer has explained why and promised a day.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty: 'answer-when-urged',
  better: 'more',
  records: (scope) =>
    items(
      scope,
      sql`not (${isMet(scope.on)}) and ${wasUrged(scope.on)}
        and exists (select from obligation_answer a where a.item_id = i.id and a.on_day <= ${scope.on}::date)`,
    ),
  of: (scope) => items(scope, sql`not (${isMet(scope.on)}) and ${wasUrged(scope.on)}`),
})

export const metInTime = figure({
  name: 'obligations.met-in-time',
  title: { zh: '按期办结率', en: 'Obligations met in time' },
  definition: {
    zh: '到当日已到期或已办结的事项中，按期办结的比例；经批准延期的按新期限；未到期未办的不计。',
    en: 'Of the items that were due or met by the day, the share that was met by its due day, or the day that it was put off to.',
  },
  measure: { zh: '%', en: '%' },
  kind: 'ratio',
  duty,
  better: 'more',
  records: (scope) => items(scope, sql`${isMet(scope.on)} and not (${isLate(scope.on)})`),
  of: (scope) => items(scope, sql`(${isMet(scope.on)}) or (${isPast(scope.on)})`),
})

/** Of what was met, the share whose ladder had come so far and no further: at which step, and so at which tier, it was resolved. */
const resolvedAt = <const Step extends (typeof steps)[number] | 'none'>(step: Step, title: Text, words: Text) =>
  figure({
    name: `obligations.resolved-at-${step}`,
    title,
    definition: {
      zh: `到当日已办结的事项中，${words.zh}的比例；各步的比例相加为百分之百。`,
      en: `Of the items met by the day, the share that was met ${words.en}; the shares of all steps add up to a hundred percent.`,
    },
    measure: { zh: '%', en: '%' },
    kind: 'ratio',
    duty: 'follow-up-the-late',
    better: 'neither',
    records: (scope) => items(scope, sql`${isMet(scope.on)} and ${cameTo(scope, step)}`),
    of: (scope) => items(scope, isMet(scope.on)),
  })

function cameTo({ charter, on }: FigureScope, step: string): Condition {
  const order = ladderOf(charter).map((each) => each.step as string)
  const at = step === 'none' ? -1 : order.indexOf(step)
  if (at < 0 && step !== 'none') return sql`false`
  const beyond = order.slice(at + 1)
  const further = sql`exists (select from obligation_step s where s.item_id = i.id and s.step = any (${beyond}::text[]) and s.on_day <= ${on}::date)`
  return step === 'none' ? sql`not ${further}` : sql`${was(on, step)} and not ${further}`
}

/** One for each step of a ladder; where a charter has no such step, nothing is resolved at it. */
export const resolved = [
  resolvedAt(
    'none',
    { zh: '未经催办办结', en: 'Met before any reminder' },
    { zh: '在提醒之前就办结', en: 'before anybody was reminded' },
  ),
  resolvedAt(
    'remind',
    { zh: '提醒后办结', en: 'Met after the reminder' },
    { zh: '提醒之后、黄灯之前办结', en: 'after the reminder and before a yellow light' },
  ),
  resolvedAt(
    'yellow',
    { zh: '黄灯后办结', en: 'Met after the yellow light' },
    { zh: '黄灯之后、逾期之前办结', en: 'after its light turned yellow and before it was late' },
  ),
  resolvedAt(
    'late',
    { zh: '逾期未督办即办结', en: 'Met late, before being urged' },
    { zh: '逾期之后、上级督办之前办结', en: 'after it was late and before anybody above urged it' },
  ),
  resolvedAt(
    'urge',
    { zh: '上级督办后办结', en: 'Met after being urged' },
    { zh: '经上级督办、未上报即办结', en: 'after the level above urged it and before it went higher' },
  ),
  resolvedAt(
    'report',
    { zh: '报告更上一级后办结', en: 'Met after being reported' },
    { zh: '报告更上一级、未通报即办结', en: 'after it was reported to the level above that and before a notice' },
  ),
  resolvedAt(
    'notice',
    { zh: '通报后办结', en: 'Met after a notice' },
    { zh: '通报之后、约谈之前办结', en: 'after public notice of it and before an interview' },
  ),
  resolvedAt(
    'interview',
    { zh: '约谈后办结', en: 'Met after an interview' },
    { zh: '约谈之后才办结', en: 'only after an interview' },
  ),
] as const
