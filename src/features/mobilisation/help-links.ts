import { sql } from 'kysely'
import type { Links } from '#kernel/link.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { matchDuty } from './fields.ts'

type Count = { needs: number; open: number; late: number; on: Day | null }

/** The needs that a county has published, toward whoever mobilises the public above it. */
export const helpLinks: Links = async ({ db, charter, on }, lineage) => {
  const [county] = lineage
  if (charter.findDuty(matchDuty, on)?.held_by[county.tier] === undefined) return []
  const duty = charter.findDuty('mobilise-the-public', on)
  const at = lineage.findIndex((unit) => unit.id === (duty && findBearer(charter, duty, lineage)?.unit.id))
  const [upper, lower] = [lineage[at], lineage[at - 1]]
  if (!upper || !lower) return []
  const { rows } = await sql<Count>`
    select count(*)::int as needs, (count(*) filter (where o.state = 'open'))::int as open,
           (count(*) filter (where o.state in ('open', 'matched') and n.wanted_by < ${on}::date))::int as late, max(n.on_day) as on
      from need_on(${on}::date) o join need n on n.id = o.need_id where n.unit_id = ${county.id}`.execute(db)
  const { needs = 0, open = 0, late = 0, on: last = null } = rows[0] ?? {}
  if (needs === 0) return []
  return [
    {
      upper: upper.id,
      lower: lower.id,
      direction: 'up',
      label: { zh: `帮扶需求 ${needs} 项`, en: `${needs} need${needs === 1 ? '' : 's'} published` },
      on: last,
      light: late > 0 ? 'red' : open > 0 ? 'none' : 'green',
      words:
        late > 0
          ? { zh: `${late} 项过期未满足`, en: `${late} not met by the day wanted` }
          : open > 0
            ? { zh: `${open} 项待对接`, en: `${open} to be matched` }
            : { zh: '均已对接', en: 'all matched' },
      record: `/mobilisation?unit=${county.id}`,
    },
  ]
}
