import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import { Count, type Day, UnitId } from '#kernel/words.ts'
import { addsUp, indicatorOf, type IndicatorId } from './indicators.ts'

const SHARES_MAX = 4000

/** What one unit is given. */
export const Share = z.strictObject({ unit: UnitId, target: Count.meta({ label: { zh: '目标', en: 'Target' } }) })
export const Shares = z
  .array(Share)
  .min(1)
  .max(SHARES_MAX)
  .meta({ label: { zh: '分解到下级', en: 'Shares of the units below' } })
export type Share = z.output<typeof Share>

type Decision = {
  readonly unit: string
  readonly indicator: IndicatorId
  readonly year: number
  readonly version: number
  readonly target: number | null
  readonly shares: readonly Share[]
  readonly status: 'V' | 'P' | 'K' | 'made-up'
  readonly source?: string | undefined
}

/** Writes a new version of what a unit decided for one indicator and year. */
export async function decide(tx: Tx, decision: Decision, by: { readonly act: string; readonly on: Day }) {
  const id = v7()
  const { unit, indicator, year, version, target, status, source, shares } = decision
  await tx
    .insertInto('goal_decision')
    .values({
      id,
      unit_id: unit,
      indicator,
      year,
      version,
      target,
      status,
      source: source ?? null,
      decided_on: by.on,
      act_id: by.act,
    })
    .execute()
  await sql`insert into goal_share (decision_id, unit_id, target, act_id)
    select ${id}, unit, target, ${by.act}
      from unnest(${shares.map((share) => share.unit)}::uuid[], ${shares.map((share) => share.target)}::int[]) as s (unit, target)`.execute(
    tx,
  )
  return id
}

/** The newest version of what a unit decided for an indicator, year by year, with its shares. */
export async function lastDecisions(tx: Tx, unit: string, indicator: IndicatorId) {
  const { rows } = await sql<{ year: number; version: number; target: number | null; shares: Share[] }>`
    select distinct on (d.year) d.year, d.version, d.target,
           (select coalesce(jsonb_agg(jsonb_build_object('unit', s.unit_id, 'target', s.target)), '[]')
              from goal_share s where s.decision_id = d.id) as shares
      from goal_decision d where d.unit_id = ${unit} and d.indicator = ${indicator}
     order by d.year, d.version desc`.execute(tx)
  return new Map(rows.map((row) => [row.year, row]))
}

export const sumOf = (shares: readonly Share[]) => shares.reduce((sum, share) => sum + share.target, 0)

export type Gap = { readonly year: number; readonly target: number; readonly sumBelow: number }

/** The goal and the shares do not stand to each other as they must. */
export const findGap = (
  indicator: IndicatorId,
  year: number,
  target: number | undefined,
  shares: readonly Share[],
): Gap | undefined =>
  target === undefined || shares.length === 0 || addsUp(indicatorOf(indicator), target, sumOf(shares))
    ? undefined
    : { year, target, sumBelow: sumOf(shares) }

type Explanation = Gap & { readonly unit: string; readonly indicator: IndicatorId; readonly reason: string }

/** Writes why a goal and its shares differ; of the same two numbers it is said once. */
export const explain = (
  tx: Tx,
  { unit, indicator, year, target, sumBelow, reason }: Explanation,
  by: { readonly act: string; readonly on: Day },
) =>
  sql`insert into goal_explanation (id, unit_id, indicator, year, target, sum_below, reason, explained_on, act_id)
    values (${v7()}, ${unit}, ${indicator}, ${year}, ${target}, ${sumBelow}, ${reason}, ${by.on}, ${by.act})
    on conflict do nothing`.execute(tx)

/** Names for the units of some shares, so that a reason can speak of them. */
export async function namesOf(tx: Tx, units: readonly string[], on: Day): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ unit: string; name: string }>`
    select unit_id as unit, name_zh as name from unit_version
     where unit_id = any (${[...new Set(units)]}::uuid[]) and (valid_at @> ${on}::date) is true`.execute(tx)
  return new Map(rows.map((row) => [row.unit, row.name]))
}

export const twice = <T>(values: readonly T[]) => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
]
export const someOf = (names: readonly string[]) =>
  `${names.slice(0, 8).join('、')}${names.length > 8 ? ` … (${names.length})` : ''}`

/** A gap as a sentence says it: goal, sum and difference. */
export const saidGaps = (gaps: readonly Gap[]) =>
  gaps.map((gap) => `${gap.year}: ${gap.sumBelow} − ${gap.target} = ${gap.sumBelow - gap.target}`).join('; ')
