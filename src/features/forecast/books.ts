import { sql } from 'kysely'
import type { Db } from '#kernel/db.ts'
import { type UnitMap, unitMapOn } from '#kernel/unit-map.ts'
import type { Day } from '#kernel/words.ts'
import type { ExitState } from '#features/exits/index.ts'
import { summedFlows } from '#features/funds/index.ts'
import { poorCounty } from '#features/schedules/index.ts'
import { dayNumber, firstDayOf, lastDayOf } from './days.ts'
import type { Case, PaceStage } from './pace.ts'

/** A time during which one schedule of a county counted. */
export type Scheduled = { readonly unit: string; readonly year: number; readonly from: number; readonly until: number }
export type Span = { readonly from: number; readonly until: number }
type Balance = { readonly on: number; readonly idle: number; readonly whole: number }
type Count = { readonly on: number; readonly poor: number; readonly rural: number }

/** All that a forecast looks at, as it was known on a day. */
export type Books = {
  readonly on: number
  readonly map: UnitMap
  readonly cases: ReadonlyMap<string, Case>
  /** Where the newest case of a county stands. */
  readonly newest: ReadonlyMap<string, { readonly year: number; readonly state: ExitState; readonly on: number }>
  readonly schedules: ReadonlyMap<string, readonly Scheduled[]>
  readonly poor: ReadonlySet<string>
  readonly late: ReadonlyMap<string, readonly Span[]>
  readonly slipped: ReadonlyMap<string, readonly Span[]>
  /** By year, then unit: what the books held after each day. */
  readonly money: ReadonlyMap<number, ReadonlyMap<string, readonly Balance[]>>
  readonly counts: ReadonlyMap<string, readonly Count[]>
}

export const keyOf = (unit: string, year: number): string => `${unit} ${year}`
const AREA = 1

/** The unit directly below the root that a unit lies in. */
export const areaOf = (map: UnitMap, unit: string): string | null => map.places.get(unit)?.lineage[AREA] ?? null

export const stageOf: Readonly<Record<ExitState, PaceStage | 'out'>> = {
  none: 'propose',
  withdrawn: 'again',
  returned: 'again',
  revoked: 'again',
  proposed: 'review',
  reviewed: 'verify',
  verified: 'notice',
  noticed: 'report',
  reported: 'evaluate',
  drawn: 'evaluate',
  released: 'approve',
  evaluated: 'approve',
  approved: 'out',
}

/** Reads everything in one go; a county is then looked at on any day up to this one without asking again. */
export async function readBooks(db: Db, on: Day): Promise<Books> {
  const [map, steps, schedules, poor, late, slipped, money, counts] = await Promise.all([
    unitMapOn(db, on),
    stepsOf(db, on),
    schedulesOf(db, on),
    sql<{ unit: string }>`
      select unit_id as unit from unit_designation where kind = ${poorCounty} and (valid_at @> ${on}::date) is true`.execute(
      db,
    ),
    spansOf(db, lateSpans(on)),
    spansOf(db, slippedSpans(on)),
    moneyOf(db, on),
    countsOf(db, on),
  ])
  return {
    on: dayNumber(on),
    map,
    ...casesFrom(map, steps, schedules),
    schedules,
    poor: new Set(poor.rows.map((row) => row.unit)),
    late,
    slipped,
    money,
    counts,
  }
}

type StepRow = { unit: string; year: number; states: readonly ExitState[]; days: readonly number[] }
const sinceZero = sql`- '1970-01-01'::date`

async function stepsOf(db: Db, on: Day) {
  const { rows } = await sql<StepRow>`
    select unit_id as unit, exit_year as year, array_agg(state order by ordinal) as states,
           array_agg(on_day ${sinceZero} order by ordinal) as days
      from exit_step where on_day <= ${on}::date group by unit_id, exit_year`.execute(db)
  return rows
}

/** Every schedule that ever counted by a day, with the days on which it did. */
async function schedulesOf(db: Db, on: Day): Promise<Map<string, readonly Scheduled[]>> {
  const { rows } = await sql<{ unit: string; year: number; from: number }>`
    select v.unit_id as unit, v.exit_year as year, d.on_day ${sinceZero} as "from"
      from schedule_version v join schedule_decision d on d.unit_id = v.unit_id and d.version = v.version
     where d.outcome = 'consent' and d.on_day <= ${on}::date order by v.unit_id, v.version`.execute(db)
  const byUnit = Map.groupBy(rows, (row) => row.unit)
  return new Map(
    [...byUnit].map(([unit, versions]) => [
      unit,
      versions.map(({ year, from }, at) => ({ unit, year, from, until: versions[at + 1]?.from ?? Infinity })),
    ]),
  )
}

/** The year for which a county was scheduled on a day. */
export const scheduledOn = (books: Books, unit: string, on: number): number | undefined =>
  books.schedules.get(unit)?.findLast(({ from, until }) => from <= on && on < until)?.year

/** One case for each county and year with steps, and for each year in which a schedule counted that named it. */
function casesFrom(map: UnitMap, steps: readonly StepRow[], schedules: Books['schedules']) {
  const cases = new Map<string, Case>()
  const newest = new Map<string, { year: number; state: ExitState; on: number }>()
  const begin = (unit: string, year: number) => ({
    unit,
    area: areaOf(map, unit),
    year,
    entries: [{ stage: 'propose', on: firstDayOf(year) } as Case['entries'][number]],
  })
  for (const { unit, year, states: names, days } of steps) {
    const each = begin(unit, year)
    names.forEach((state, at) => {
      const stage = stageOf[state]
      if (each.entries.at(-1)?.stage !== stage) each.entries.push({ stage, on: days[at]! })
    })
    cases.set(keyOf(unit, year), each)
    if (year > (newest.get(unit)?.year ?? -Infinity)) newest.set(unit, { year, state: names.at(-1)!, on: days.at(-1)! })
  }
  for (const { unit, year, from, until } of [...schedules.values()].flat())
    if (!cases.has(keyOf(unit, year)) && from <= lastDayOf(year) && until > firstDayOf(year))
      cases.set(keyOf(unit, year), begin(unit, year))
  return { cases, newest }
}

async function spansOf(db: Db, query: ReturnType<typeof lateSpans>): Promise<Map<string, readonly Span[]>> {
  const { rows } = await sql<{ unit: string; from: number; until: number | null }>`
    select s.unit_id as unit, s.from_day ${sinceZero} as "from", s.until_day ${sinceZero} as until from (${query}) s`.execute(
    db,
  )
  return Map.groupBy(
    rows.map(({ unit, from, until }) => ({ unit, from, until: until ?? Infinity })),
    (span) => span.unit,
  )
}

/** When something owed over a unit was late: past its day, or the day that it was put off to, and neither met nor without an object. */
const lateSpans = (on: Day) => sql`
  select * from (
    select unit_id, greatest(known_from, due_on + 1) as from_day, least(known_until, met_on, lapsed_on) as until_day
      from (select d.*, lead(known_from) over (partition by d.id order by d.ordinal) as known_until
              from (select i.id, i.unit_id, i.met_on, i.lapsed_on, i.opened_on as known_from, i.due_on, 0 as ordinal
                      from obligation_item i
                     where i.opened_on <= ${on}::date and i.due_on < least(i.met_on, i.lapsed_on, ${on}::date)
                    union all
                    select i.id, i.unit_id, i.met_on, i.lapsed_on, x.on_day, x.due_on, x.ordinal
                      from obligation_extension x join obligation_item i on i.id = x.item_id
                     where x.on_day <= ${on}::date and i.due_on < least(i.met_on, i.lapsed_on, ${on}::date)) d) known) late
   where from_day <= ${on}::date and (until_day is null or until_day > from_day)`

/** When a milestone of a project under way was slipped: past its day, and not reported done. */
const slippedSpans = (on: Day) => sql`
  select p.unit_id, greatest(m.on_day, m.due_on + 1) as from_day, least(r.done_on, e.ended_on) as until_day
    from project_milestone m
    join project p on p.id = m.project_id
    left join (select project_id, n, min(on_day) as done_on from milestone_report
                where done_bp = 10000 and on_day <= ${on}::date group by project_id, n) r on r.project_id = m.project_id and r.n = m.n
    left join (select project_id, min(on_day) as ended_on from project_step
                where state in ('accepted', 'handed-over', 'withdrawn') and on_day <= ${on}::date group by project_id) e on e.project_id = m.project_id
   where m.on_day <= ${on}::date and m.due_on < ${on}::date
     and (least(r.done_on, e.ended_on) is null or least(r.done_on, e.ended_on) > greatest(m.on_day, m.due_on + 1))`

/** What counties that have a schedule held of a year's money after each day on which it moved. */
async function moneyOf(db: Db, on: Day): Promise<Books['money']> {
  const { rows } = await sql<{ unit: string; year: number; days: number[]; idle: number[]; whole: number[] }>`
    select unit, year, array_agg(on_day ${sinceZero} order by on_day) as days, array_agg(idle order by on_day) as idle,
           array_agg(whole order by on_day) as whole
      from (select f.unit_id as unit, f.year, f.on_day, ${summedFlows('idle')}::float8 as idle,
                   (${summedFlows('received')} + ${summedFlows('carriedIn')})::float8 as whole
              from fund_flow f
             where f.on_day <= ${on}::date and f.unit_id in (select unit_id from schedule_version)
             group by f.unit_id, f.year, f.on_day) day
     group by unit, year`.execute(db)
  const money = new Map<number, Map<string, readonly Balance[]>>()
  for (const { unit, year, days, idle, whole } of rows) {
    const sums = { idle: 0, whole: 0 }
    const balances = days.map((day, at) => {
      sums.idle += idle[at]!
      sums.whole += whole[at]!
      return { on: day, ...sums }
    })
    if (!money.has(year)) money.set(year, new Map())
    money.get(year)!.set(unit, balances)
  }
  return money
}

/** Every count that a county attested, by county and year, the oldest first. */
async function countsOf(db: Db, on: Day): Promise<Books['counts']> {
  const { rows } = await sql<Count & { unit: string; year: number }>`
    select unit_id as unit, year, on_day ${sinceZero} as "on", poor_persons as poor, rural_persons as rural
      from headcount_attestation where on_day <= ${on}::date order by id`.execute(db)
  return Map.groupBy(rows, ({ unit, year }) => keyOf(unit, year))
}
