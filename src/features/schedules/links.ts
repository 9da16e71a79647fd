import { sql } from 'kysely'
import type { Link, Links } from '#kernel/link.ts'
import { findBearer } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { isPoor, versionsOf } from './books.ts'

/** A county's schedule, as it is answered upward to whoever sees that the county leaves in time. */
export const scheduleLinks: Links = async (reader, lineage) => {
  const [county] = lineage
  const duty = reader.charter.findDuty('see-poor-counties-out', reader.on)
  const bearer = duty && findBearer(reader.charter, duty, lineage)
  if (!bearer || bearer.unit.id === county.id) return []
  const [poor, [newest]] = await Promise.all([
    isPoor(reader.db, county.id, reader.on),
    versionsOf(reader.db, county.id, reader.on),
  ])
  if (!poor && !newest) return []
  const at = lineage.findIndex((unit) => unit.id === bearer.unit.id)
  const link = {
    upper: bearer.unit.id,
    lower: lineage[at - 1]?.id ?? county.id,
    direction: 'up',
    record: `/schedules?unit=${county.id}`,
  } as const
  if (!newest)
    return [
      {
        ...link,
        label: { zh: '进度安排', en: 'Schedule' },
        on: null,
        light: 'none',
        words: { zh: '未制定', en: 'not set' },
      },
    ]
  const label = { zh: `进度安排：${newest.exitYear}年退出`, en: `Schedule: exit in ${newest.exitYear}` }
  const told: Record<typeof newest.state, () => Promise<Pick<Link, 'on' | 'light' | 'words'>>> = {
    consented: async () => ({ on: newest.decidedOn, light: 'green', words: { zh: '已同意', en: 'consented to' } }),
    returned: async () => ({ on: newest.decidedOn, light: 'yellow', words: { zh: '已退回', en: 'returned' } }),
    waiting: async () => {
      const due = await dueOn(reader.db, county.id, reader.on)
      const stand = due && standOf(reader, due, null)
      const still = stand && stand.light !== 'none' ? stand : undefined
      return {
        on: newest.on,
        light: still?.light ?? 'none',
        words: still?.words ?? { zh: '待审核', en: 'waits for consent' },
      }
    },
  }
  return [{ ...link, label, ...(await told[newest.state]()) }]
}

async function dueOn(db: Parameters<typeof isPoor>[0], unit: string, on: Day): Promise<Day | undefined> {
  const { rows } = await sql<{ due: Day }>`
    select obligation_due(id, due_on, ${on}::date) as due from obligation_item
     where unit_id = ${unit} and obligation = 'consent-to-schedule' and subject = 'schedule' and opened_on <= ${on}::date
       and (met_on is null or met_on > ${on}::date) order by opened_on desc limit 1`.execute(db)
  return rows[0]?.due
}
