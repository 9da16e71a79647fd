import { sql } from 'kysely'
import { figure } from '#kernel/figure.ts'
import { rectifyDuty } from './finding-facts.ts'
import { findingsOn, going, overdueOn } from './finding-read.ts'

const record = sql`'/findings/' || f.id as record, f.title as label_zh, f.title as label_en, f.on as since, f.act as act_id`

export const findingsOpen = figure({
  name: 'findings.open',
  title: { zh: '未销号问题', en: 'Findings open' },
  definition: {
    zh: '到当日已列入清单、尚未销号也未撤销的问题，计入责任单位。',
    en: 'Findings on the list by the day and neither closed nor withdrawn, counted at the unit responsible.',
  },
  measure: { zh: '个', en: 'findings' },
  kind: 'sum',
  duty: rectifyDuty,
  better: 'less',
  records: ({ on }) => sql`select f.unit as unit_id, 1 as value, ${record} from (${findingsOn(on)}) f where ${going}`,
})

export const findingsOverdue = figure({
  name: 'findings.overdue',
  title: { zh: '逾期未销号问题', en: 'Findings overdue' },
  definition: {
    zh: '到当日已过整改期限、仍未报告整改的问题，计入责任单位；已报告而待核验的不计。',
    en: 'Findings past the day by which they were to be put right, and not reported put right; those that wait to be verified are not counted.',
  },
  measure: { zh: '个', en: 'findings' },
  kind: 'sum',
  duty: rectifyDuty,
  better: 'less',
  records: ({ on }) =>
    sql`select f.unit as unit_id, 1 as value, ${record} from (${findingsOn(on)}) f where ${overdueOn(on)}`,
})

const dueInYear = (on: string, year: number) =>
  sql`f.state <> 'withdrawn' and extract(year from f.due) = ${year} and (f.due < ${on}::date or f."closedOn" is not null)`

export const findingsInTime = figure({
  name: 'findings.in-time',
  title: { zh: '按期整改率', en: 'Findings put right in time' },
  definition: {
    zh: '当年到期（或已提前销号）的问题中，整改在期限内报告、随后核验销号的比例。',
    en: 'Of the findings due in the year, or closed before their day, the share that was closed after having been put right by its day.',
  },
  measure: { zh: '个', en: 'findings' },
  kind: 'ratio',
  duty: rectifyDuty,
  better: 'more',
  yearly: true,
  records: ({ on, year }) => sql`
    select f.unit as unit_id, 1 as value, ${record} from (${findingsOn(on)}) f
     where ${dueInYear(on, year)} and f.state = 'closed' and f.due >= f."rectifiedOn"`,
  of: ({ on, year }) =>
    sql`select f.unit as unit_id, 1 as value, ${record} from (${findingsOn(on)}) f where ${dueInYear(on, year)}`,
})
