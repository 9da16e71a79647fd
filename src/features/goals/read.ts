import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { addsUp, indicatorOf, type IndicatorId } from './indicators.ts'

/** A unit's goal of one indicator and year, as it stood on a day. */
export type Goal = {
  readonly unit: string
  readonly indicator: IndicatorId
  readonly year: number
  readonly target: number
  /** Decided by the unit itself, given to it from above, or the sum of what the units below it were given. */
  readonly how: 'own' | 'given' | 'sum'
  readonly status: 'V' | 'P' | 'K' | 'made-up'
  readonly source: string | null
  readonly decidedOn: Day
  readonly act: string
  /** What the unit itself gave to the units below; null as long as it has not decomposed the goal. */
  readonly sumBelow: number | null
  readonly decomposedOn: Day | null
  readonly explanation: string | null
}

type Row = Omit<Goal, 'how' | 'sumBelow' | 'decomposedOn' | 'explanation'> & {
  how: Goal['how'] | 'below'
  explanation: string | null
}

/** The goals of some units on a day, in one query. */
export async function goalsOfMany(tx: Tx, units: readonly string[], on: Day): Promise<readonly Goal[]> {
  if (units.length === 0) return []
  const { rows } = await sql<Row>`
    with here as (select unit_id, lineage from unit_version where unit_id = any (${units}::uuid[]) and (valid_at @> ${on}::date) is true),
    held as (
      select distinct on (d.unit_id, d.indicator, d.year) d.*
        from goal_decision d
       where d.unit_id in (select unnest(lineage) from here) and d.decided_on <= ${on}::date
       order by d.unit_id, d.indicator, d.year, d.version desc),
    below as (
      select h.id, h.unit_id, h.indicator, h.year, sum(s.target)::float8 as total
        from held h join goal_share s on s.decision_id = h.id
       where h.unit_id = any (${units}::uuid[]) group by h.id, h.unit_id, h.indicator, h.year)
    select h.unit_id as unit, h.indicator, h.year, h.target::float8 as target, 'own' as how, h.status, h.source,
           h.decided_on as "decidedOn", h.act_id as act, null as explanation
      from held h where h.unit_id = any (${units}::uuid[]) and h.target is not null
    union all
    select s.unit_id, h.indicator, h.year, s.target::float8, 'given', h.status, h.source, h.decided_on, h.act_id, null
      from held h join goal_share s on s.decision_id = h.id where s.unit_id = any (${units}::uuid[])
    union all
    select u.unit_id, h.indicator, h.year, sum(s.target)::float8, 'sum', max(h.status), max(h.source), max(h.decided_on), (array_agg(h.act_id))[1], null
      from held h
      join goal_share s on s.decision_id = h.id
      cross join lateral (select w.lineage from unit_version w where w.unit_id = s.unit_id and lower(w.valid_at) <= ${on}::date
                           order by lower(w.valid_at) desc limit 1) w
      join here u on u.unit_id = any (w.lineage) and u.unit_id <> s.unit_id and h.unit_id = any (u.lineage)
     group by u.unit_id, h.indicator, h.year
    union all
    select b.unit_id, b.indicator, b.year, b.total, 'below', h.status, h.source, h.decided_on, h.act_id,
           (select e.reason from goal_explanation e
             where e.unit_id = b.unit_id and e.indicator = b.indicator and e.year = b.year and e.sum_below = b.total
               and e.explained_on <= ${on}::date
               and e.target = coalesce(h.target, (select s.target from held p join goal_share s on s.decision_id = p.id
                                                    and s.unit_id = b.unit_id
                                                   where p.indicator = b.indicator and p.year = b.year limit 1)))
      from below b join held h on h.id = b.id`.execute(tx)
  return settle(rows)
}

/** What a unit decided itself goes before what it was given, and that before what its units add up to. */
function settle(rows: readonly Row[]): readonly Goal[] {
  const goals = new Map<string, Goal>()
  const key = (row: Row) => `${row.unit} ${row.indicator} ${row.year}`
  for (const how of ['sum', 'given', 'own'] as const)
    for (const row of rows)
      if (row.how === how) goals.set(key(row), { ...row, how, sumBelow: null, decomposedOn: null, explanation: null })
  for (const row of rows) {
    const goal = goals.get(key(row))
    if (row.how !== 'below' || !goal) continue
    goals.set(key(row), { ...goal, sumBelow: row.target, decomposedOn: row.decidedOn, explanation: row.explanation })
  }
  return [...goals.values()].toSorted((a, b) =>
    a.indicator === b.indicator ? a.year - b.year : a.indicator < b.indicator ? -1 : 1,
  )
}

export const goalsOf = (tx: Tx, unit: string, on: Day) => goalsOfMany(tx, [unit], on)

export type Reconciliation = {
  readonly indicator: IndicatorId
  readonly year: number
  readonly target: number
  readonly sumBelow: number
  readonly relation: '=' | '≥'
  /** What was given below, less the goal. */
  readonly gap: number
  readonly addsUp: boolean
  /** Why they differ, if somebody said so of exactly these numbers. */
  readonly explained: string | null
}

/** How a unit's goals stand to what it gave to the units below: one line for each goal that it has decomposed. */
export async function reconcile(tx: Tx, unit: string, on: Day): Promise<readonly Reconciliation[]> {
  return (await goalsOf(tx, unit, on)).flatMap((goal) => reconciled(goal) ?? [])
}

export function reconciled(goal: Goal): Reconciliation | undefined {
  if (goal.sumBelow === null) return undefined
  const indicator = indicatorOf(goal.indicator)
  return {
    indicator: goal.indicator,
    year: goal.year,
    target: goal.target,
    sumBelow: goal.sumBelow,
    relation: indicator.relation,
    gap: goal.sumBelow - goal.target,
    addsUp: addsUp(indicator, goal.target, goal.sumBelow),
    explained: goal.explanation,
  }
}
