import { sql } from 'kysely'
import type { RefusalText } from '#kernel/act.ts'
import type { Db } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

/** The unit itself, or, once it is closed, the one that it became: whoever acts over it is answered, and not told that there is no such unit. */
export async function standingOf(db: Db, unit: string, on: Day): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with recursive walk (id, hops) as (
      select ${unit}::uuid, 0
      union all
      select s.to_unit_id, w.hops + 1 from walk w join unit_succession s on s.from_unit_id = w.id and s.on_day <= ${on}::date
       where w.hops < 20
         and not exists (select from unit_version v where v.unit_id = w.id and (v.valid_at @> ${on}::date) is true)
    )
    select w.id from walk w join unit_version v on v.unit_id = w.id and (v.valid_at @> ${on}::date) is true
     order by w.hops, w.id limit 1`.execute(db)
  return rows[0]?.id ?? unit
}

/** A unit's last name, and when it was closed. */
export async function closingOf(db: Db, unit: string): Promise<{ name: Text; day: Day | null }> {
  const { rows } = await sql<{ zh: string; en: string; day: Day | null }>`
    select v.name_zh as zh, v.name_en as en, u.closed_on as day from unit u join unit_version v on v.unit_id = u.id
     where u.id = ${unit} order by lower(v.valid_at) desc limit 1`.execute(db)
  const { zh = '', en = '', day = null } = rows[0] ?? {}
  return { name: { zh, en }, day }
}

export const closedRefusals = {
  'unit-closed': {
    zh: '{unit}已于{day}并入{heir}，不再报送，也不再审核它的报告。',
    en: '{unit} became part of {heir} on {day}: it reports no more, and what it sent stays as it was.',
    topic: { zh: '单位仍然存在', en: 'the unit still exists' },
    remedy: { zh: '由{heir}报送自己的报告。', en: '{heir} sends a report of its own.' },
  },
} as const satisfies Record<string, RefusalText>
