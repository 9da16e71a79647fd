import { sql } from 'kysely'
import type { Link, Links } from '#kernel/link.ts'
import { findBearer, type Lineage } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { type State, standings } from './state.ts'
import { waitingFor } from './waiting.ts'

type Last = { year: number; state: State; since: Day }

/** Where a county's exit stands on the chain: with whom it is stuck, or that it was approved. */
export const exitLinks: Links = async (reader, lineage) => {
  const [county] = lineage
  const { rows } = await sql<Last>`
    select distinct on (exit_year) exit_year as year, state, on_day as since from exit_step
     where unit_id = ${county.id} and on_day <= ${reader.on}::date
     order by exit_year desc, ordinal desc limit 1`.execute(reader.db)
  const last = rows[0]
  if (!last) return []
  const [waiting] = await waitingFor(reader, [{ unit: county.id, ...last }])
  const { name, stage } = standings[last.state]
  const link = {
    label: { zh: `${last.year}年退出：${name.zh}`, en: `Exit for ${last.year}: ${name.en}` },
    on: last.since,
    record: `/exits/${county.id}/${last.year}`,
  }
  if (last.state === 'approved') {
    const words = { zh: '已批准', en: 'approved' }
    return [{ ...between(reader, lineage, 'approve-exit'), ...link, direction: 'up', light: 'green', words }]
  }
  if (stage === 'propose') {
    const isReturned = last.state === 'returned' || last.state === 'revoked'
    return [
      {
        ...between(reader, lineage, 'review-exit'),
        ...link,
        direction: 'down',
        light: isReturned ? 'yellow' : 'none',
        words: name,
      },
    ]
  }
  const words = waiting
    ? {
        zh: `等${waiting.unit.name.zh}${waiting.postName.zh}，${waiting.words.zh}`,
        en: `${waiting.unit.name.en}, ${waiting.postName.en}: ${waiting.words.en}`,
      }
    : name
  return [
    {
      ...between(reader, lineage, standings[last.state].awaits?.duty ?? ''),
      ...link,
      direction: 'up',
      light: waiting?.light ?? 'none',
      words,
    },
  ]
}

/** The rung below the unit that holds a duty over the county. */
function between({ charter, on }: Parameters<Links>[0], lineage: Lineage, id: string): Pick<Link, 'upper' | 'lower'> {
  const duty = charter.findDuty(id, on)
  const held = duty ? findBearer(charter, duty, lineage)?.unit.id : undefined
  const at = Math.max(
    1,
    lineage.findIndex((unit) => unit.id === held),
  )
  return { upper: lineage[at]?.id ?? lineage[0].id, lower: lineage[at - 1]?.id ?? lineage[0].id }
}
