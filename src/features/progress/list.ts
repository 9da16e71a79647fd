import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import { withAbilities } from '#kernel/abilities.ts'
import { type Day, UnitId } from '#kernel/words.ts'
import { periodName } from './period.ts'
import { standing } from './scrutiny.ts'
import type { State } from './state.ts'
import './tables.ts'

type Row = {
  id: string
  unit: string
  zh: string
  en: string
  kind: string
  period: string
  state: State
  version: number
  since: Day
  sentOn: Day
}

/** The reports at and below a unit, the newest first. */
export const listReports = ask({
  name: 'report.list',
  title: { zh: '报告清单', en: 'Reports' },
  purpose: {
    zh: '某单位及其下级签报过的报告，现在处于哪一步。',
    en: 'The reports sent at and below a unit, and where each of them stands.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    kind: z.string().optional(),
    period: z.string().max(7).optional(),
    state: z.enum(['all', 'waiting', 'sent', 'returned', 'passed']).default('all'),
    search: z.string().trim().max(60).default(''),
    sort: z.enum(['since', 'period', 'name']).default('since'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, kind, period, state, search, sort, offset, limit }) {
    const { on, charter, db } = reader
    const scrutinised = charter.reportsOn(on).flatMap((each) => (each.scrutiny === undefined ? [] : [each.id]))
    const from = sql`
        from report_on(${on}::date) r
        join lateral (select * from unit_version w where w.unit_id = r.unit_id and lower(w.valid_at) <= ${on}::date
                       order by lower(w.valid_at) desc limit 1) v on true
       where v.lineage @> array[${unit}]::uuid[] and (${kind ?? null}::text is null or r.kind = ${kind ?? null})
         and (${period ?? null}::text is null or r.period = ${period ?? null})
         and (${state} = 'all' or r.state = ${state} or (${state} = 'waiting' and r.state = 'sent' and r.kind = any (${scrutinised}::text[])))
         and (${search} = '' or v.name_zh like '%' || ${search} || '%' or v.name_en ilike '%' || ${search} || '%')`
    const order = { since: sql`r.since desc`, period: sql`r.period desc`, name: sql`v.name_en` }[sort]
    const [total, { rows }] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n ${from}`.execute(db),
      sql<Row>`select r.report_id as id, r.unit_id as unit, v.name_zh as zh, v.name_en as en, r.kind, r.period, r.state, r.version,
          r.since, r.sent_on as "sentOn" ${from} order by ${order}, r.report_id limit ${limit} offset ${offset}`.execute(
        db,
      ),
    ])
    const things = rows.map(({ zh, en, ...row }) => {
      const declared = charter.findReport(row.kind, on)
      const isScrutinised = declared?.scrutiny !== undefined
      return {
        ...row,
        name: { zh, en },
        title: declared?.title ?? { zh: row.kind, en: row.kind },
        periodName: periodName(row.period),
        stateName: standing(row.state, isScrutinised),
        scrutinised: isScrutinised,
        duty: declared?.duty ?? '',
      }
    })
    return { total: total.rows[0]?.n ?? 0, items: await withAbilities(reader, 'report', things) }
  },
})
