import { sql } from 'kysely'
import type { Reader } from '#kernel/ask.ts'
import { addSpan, daysBetween } from '#kernel/calendar.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { measures } from './reading.ts'

type Inflow = { readonly on: Day; readonly amount: bigint }

/**
 * Since when a unit holds what it has not disposed of: money leaves in the order in which it came, so that what is held is the newest.
 * Null where nothing is held. What was reversed counts as gone.
 */
export function heldSince(inflows: readonly Inflow[], out: bigint): Day | null {
  let left = inflows.reduce((sum, { amount }) => (amount < 0n ? sum - amount : sum), out)
  for (const { on, amount } of inflows.filter((each) => each.amount > 0n).toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    left -= amount
    if (left < 0n) return on
  }
  return null
}

export type Holding = { readonly unit: string; readonly line: string; readonly since: Day; readonly firstOn: Day }

/** What some units hold undisposed of in the books of a year, line by line, each with the day since which it is held. */
export async function holdingsOf(
  { db, on }: Pick<Reader, 'db' | 'on'>,
  units: readonly string[],
  year: number,
  line: string | null = null,
): Promise<readonly Holding[]> {
  if (units.length === 0) return []
  const { plus, minus } = measures.idle
  const { rows } = await sql<{ unit: string; line: string; on: Day | null; amount: bigint }>`
    select f.unit_id as unit, f.line_id as line, case when f.flow = any (${plus}::text[]) then f.on_day end as "on",
           sum(f.amount)::bigint as amount
      from fund_flow f
     where f.year = ${year} and f.unit_id = any (${units}::uuid[]) and f.on_day <= ${on}::date
       and f.flow = any (${[...plus, ...minus]}::text[]) and (${line}::uuid is null or f.line_id = ${line}::uuid)
     group by 1, 2, 3`.execute(db)
  const found: Holding[] = []
  for (const own of Map.groupBy(rows, (row) => `${row.unit} ${row.line}`).values()) {
    const inflows = own.flatMap((row) => (row.on === null ? [] : [{ on: row.on, amount: row.amount }]))
    const since = heldSince(inflows, own.find((row) => row.on === null)?.amount ?? 0n)
    const firstOn = inflows.map((each) => each.on).toSorted()[0]
    const [row] = own
    if (since !== null && firstOn !== undefined && row) found.push({ unit: row.unit, line: row.line, since, firstOn })
  }
  return found
}

/** Whether a tier spends money on projects, passes it on to others below, or is where it begins. */
export function roleOf({ charter, on }: Pick<Reader, 'charter' | 'on'>, tier: string): 'spends' | 'passes' | 'begins' {
  if (charter.tiers[0]?.id === tier) return 'begins'
  return charter.findDuty('use-funds-well', on)?.held_by[tier] ? 'spends' : 'passes'
}

/** By when a unit must have passed on, or begun to spend, what it holds since a day; null where no paper or setting says. */
export function dueOf(reader: Reader, tier: string, codes: readonly (string | null)[], since: Day): Day | null {
  const role = roleOf(reader, tier)
  if (role === 'begins') return null
  const parameter = role === 'spends' ? 'idle_money_days' : 'pass_on_funds_limit'
  if (!reader.charter.findParameter(parameter, since, codes)) return null
  return addSpan(since, reader.charter.getSpan(parameter, since, codes), reader.charter.calendar)
}

/** How what is held stands against its day, in words. */
export function heldStand(
  reader: Reader,
  tier: string,
  held: { readonly since: Day; readonly due: Day | null } | null,
): { light: Light; words: Text; daysLeft: number | null } {
  const role = roleOf(reader, tier)
  if (!held)
    return {
      light: 'green',
      words: role === 'spends' ? { zh: '无闲置', en: 'nothing idle' } : { zh: '已全部下达', en: 'all passed on' },
      daysLeft: null,
    }
  const days = daysBetween(held.since, reader.on)
  if (held.due === null)
    return { light: 'none', words: { zh: `持有 ${days} 天`, en: `held for ${days} days` }, daysLeft: null }
  const { light, words } = standOf(reader, held.due, null)
  const what = role === 'spends' ? { zh: '闲置', en: 'idle' } : { zh: '未下达', en: 'not passed on' }
  return {
    light,
    words: { zh: `${what.zh} ${days} 天，${words.zh}`, en: `${what.en} for ${days} days, ${words.en}` },
    daysLeft: daysBetween(reader.on, held.due),
  }
}
