import { sql } from 'kysely'
import type { Link, Links } from '#kernel/link.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { periodName } from './period.ts'
import { standing } from './scrutiny.ts'
import type { State } from './state.ts'

type Row = { unit: string; id: string; kind: string; period: string; state: State; since: Day }
const lights = { none: 'none', sent: 'yellow', returned: 'red', passed: 'green' } as const

/** The newest report of each unit on the chain, on its way up: to whoever scrutinises it, or else to the level that it is addressed to. */
export const reportLinks: Links = async ({ db, charter, on }, lineage) => {
  const { rows } = await sql<Row>`
    select distinct on (r.unit_id) r.unit_id as unit, r.report_id as id, r.kind, r.period, r.state, r.since from report_on(${on}::date) r
     where r.unit_id = any (${lineage.map((unit) => unit.id)}::uuid[]) order by r.unit_id, r.period desc`.execute(db)
  return rows.flatMap((row): Link[] => {
    const kind = charter.findReport(row.kind, on)
    const at = lineage.findIndex((unit) => unit.id === row.unit)
    const [own, ...above] = lineage.slice(at)
    if (!kind || !own) return []
    const duty = kind.scrutiny === undefined ? undefined : charter.findDuty(kind.scrutiny, on)
    const bearer = duty && findBearer(charter, duty, [own, ...above])
    const upper = bearer?.unit ?? above.find((unit) => unit.tier === kind.to) ?? above[0]
    if (!upper) return []
    const period = periodName(row.period)
    return [
      {
        upper: upper.id,
        lower: row.unit,
        direction: 'up',
        label: { zh: `${kind.title.zh}（${period.zh}）`, en: `${kind.title.en}, ${period.en}` },
        on: row.since,
        light: row.state === 'sent' && kind.scrutiny === undefined ? 'green' : lights[row.state],
        words: standing(row.state, kind.scrutiny !== undefined),
        record: `/reports/${row.id}`,
      },
    ]
  })
}
