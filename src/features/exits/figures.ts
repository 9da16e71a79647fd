import { type RawBuilder, sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { dueOf } from '#features/obligations/index.ts'
import { allCasesOn, casesOn } from './books.ts'
import { openStates, type State, standings } from './state.ts'
import { owedBy } from './waiting.ts'

const caseAddress = sql`'/exits/' || c.unit_id || '/' || c.exit_year`
const stateName = (language: 'zh' | 'en') =>
  sql`case c.state ${sql.join(
    Object.entries(standings).map(([state, { name }]) => sql`when ${state} then ${name[language]}`),
    sql` `,
  )} end`

const casesIn = (cases: RawBuilder<unknown>, states: readonly State[]) => sql`
  select c.unit_id, 1 as value, ${caseAddress} as record, ${stateName('zh')} as label_zh, ${stateName('en')} as label_en,
         c.on_day as since, c.act_id
    from (${cases}) c where c.state = any (${states}::text[])`

/** The counties that are out, by the year for which they left. */
export const exitsByYear = figure({
  name: 'exits.by-year',
  title: { zh: '年度退出县', en: 'Counties out, by year' },
  definition: {
    zh: '以该年度为退出年度、截至当日已获批准退出且未被撤销的县。',
    en: 'Counties whose exit for that year was approved by the day and not revoked.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'approve-exit',
  better: 'more',
  yearly: true,
  records: ({ on, year }) => casesIn(casesOn(on, year), ['approved']),
})

export const exitsInProcedure = figure({
  name: 'exits.in-procedure',
  title: { zh: '退出办理中', en: 'Exits in the procedure' },
  definition: {
    zh: '已提出退出、尚未批准也未退回或撤回的县。',
    en: 'Counties that have proposed and were neither approved nor returned, nor have withdrawn.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'verify-exit',
  better: 'neither',
  records: ({ on }) => casesIn(allCasesOn(on), openStates),
})

export const exitsReturned = figure({
  name: 'exits.returned',
  title: { zh: '退回整改', en: 'Returned for correction' },
  definition: {
    zh: '当日处于退回整改状态、县尚未重新提出的退出。',
    en: 'Exits that stand returned on the day, and that the county has not proposed again.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'propose-exit',
  better: 'less',
  records: ({ on }) => casesIn(allCasesOn(on), ['returned']),
})

export const objectionsOpen = figure({
  name: 'exits.objections-open',
  title: { zh: '未答复异议', en: 'Objections not answered' },
  definition: {
    zh: '公众在公示中提出、当日尚未答复的异议。',
    en: 'Objections of the public that were not answered by the day.',
  },
  measure: { zh: '件', en: 'objections' },
  kind: 'sum',
  duty: 'verify-exit',
  better: 'less',
  records: ({ on }) => sql`
    select o.unit_id, 1 as value, '/exits/' || o.unit_id || '/' || o.exit_year as record, '异议' as label_zh, 'objection' as label_en,
           o.on_day as since, o.act_id
      from exit_objection o
     where o.on_day <= ${on}::date
       and not exists (select from objection_answer a where a.objection_id = o.id and a.on_day <= ${on}::date)`,
})

export const exitsWaitingLate = figure({
  name: 'exits.waiting-late',
  title: { zh: '超期未办的退出', en: 'Exits waiting beyond their date' },
  definition: {
    zh: '在办的退出中，当前一步已过办理期限的。',
    en: 'Exits in the procedure whose next step is past its date.',
  },
  measure: { zh: '县', en: 'counties' },
  kind: 'sum',
  duty: 'verify-exit',
  better: 'less',
  records: ({ on }) => sql`
    select c.unit_id, 1 as value, ${caseAddress} as record, ${stateName('zh')} as label_zh, ${stateName('en')} as label_en,
           ${dueOf(on)} as since, i.opened_by as act_id
      from (${allCasesOn(on)}) c
      join (values ${owedBy}) o (state, obligation) on o.state = c.state
      join obligation_item i on i.unit_id = c.unit_id and i.subject = 'exit/' || c.exit_year and i.obligation = o.obligation
     where i.opened_on <= ${on}::date and i.due_on < ${on}::date and ${dueOf(on)} < ${on}::date
       and (i.met_on is null or i.met_on > ${on}::date)
       and (i.lapsed_on is null or i.lapsed_on > ${on}::date)`,
})
