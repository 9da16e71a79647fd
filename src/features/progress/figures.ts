import { type RawBuilder, sql } from 'kysely'
import { figure, type FigureScope } from '#kernel/figure.ts'
import './tables.ts'

const records = ({ on }: FigureScope, which: RawBuilder<unknown>) => sql`
  select r.unit_id, 1 as value, '/reports/' || r.report_id as record, r.period as label_zh, r.period as label_en, r.since, r.act_id
    from report_on(${on}::date) r where ${which}`

const reports = { measure: { zh: '份', en: 'reports' }, kind: 'sum' } as const

export const reportsWaiting = figure({
  name: 'reports.waiting',
  title: { zh: '待审核报告', en: 'Reports waiting for scrutiny' },
  definition: {
    zh: '当日已报送、尚未审核通过也未退回的报告，只计须经审核的种类。',
    en: 'Reports that were sent and neither passed nor returned by the day, of the kinds that a level above scrutinises.',
  },
  ...reports,
  duty: 'scrutinise-progress',
  better: 'less',
  records: (scope) => {
    const kinds = scope.charter.reportsOn(scope.on).flatMap((kind) => (kind.scrutiny === undefined ? [] : [kind.id]))
    return records(scope, sql`r.state = 'sent' and r.kind = any (${kinds}::text[])`)
  },
})

export const reportsReturned = figure({
  name: 'reports.returned',
  title: { zh: '退回待补正的报告', en: 'Reports returned and not answered' },
  definition: {
    zh: '当日处于退回、尚未报送新一版的报告。',
    en: 'Reports that stand returned on the day, without a new version.',
  },
  ...reports,
  duty: 'urge-progress',
  better: 'less',
  records: (scope) => records(scope, sql`r.state = 'returned'`),
})

export const reportsSent = figure({
  name: 'reports.sent',
  title: { zh: '已报送的报告', en: 'Reports sent' },
  definition: {
    zh: '报告期在该年度、截至当日报送过的报告，不论审核结果。',
    en: 'Reports for a period of the year that were sent by the day, whatever became of them.',
  },
  ...reports,
  yearly: true,
  duty: 'urge-progress',
  better: 'more',
  records: (scope) => records(scope, sql`left(r.period, 4) = ${String(scope.year)}`),
})
