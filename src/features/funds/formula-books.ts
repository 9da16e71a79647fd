import { sql } from 'kysely'
import type { Charter, Status } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import { programmeBelow } from '#kernel/programme.ts'
import type { UnitFacts } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'
import { type FactorId, isFactorId } from './factors.ts'
import { type FundLine, readLines } from './lines.ts'
import { type Limits, type Scaled, scaled } from './shares.ts'

declare module '#kernel/db.ts' {
  interface DB {
    allocation_formula: {
      id: string
      unit_id: string
      year: number
      version: number
      title: string
      weights: string
      floor_total_bp: number | null
      cap_total_bp: number | null
      floor_last_bp: number | null
      cap_last_bp: number | null
      note: string | null
      on_day: string
      act_id: string
    }
    factor_batch: { act_id: string; unit_id: string; year: number; source: string; status: Status; on_day: string }
    factor_value: {
      unit_id: string
      year: number
      factor: string
      version: number
      value: string
      on_day: string
      act_id: string
    }
  }
}

export type Weights = Readonly<Partial<Record<FactorId, number>>>

/** How money is to be shared: weights in basis points, floors and caps. */
export type Terms = { readonly weights: Weights; readonly limits: Limits }

/** A formula as it was adopted. */
export type Formula = Terms & {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly version: number
  readonly title: string
  readonly note: string | null
  readonly on: Day
  readonly act: string
}

type FormulaRow = Omit<Formula, 'limits' | 'weights'> & Limits & { readonly weights: Record<string, number> }

const columns = sql`id, unit_id as unit, year, version, title, weights, note, on_day as "on", act_id as act,
  floor_total_bp as "floorTotalBp", cap_total_bp as "capTotalBp", floor_last_bp as "floorLastBp", cap_last_bp as "capLastBp"`

const formulaFrom = ({ floorTotalBp, capTotalBp, floorLastBp, capLastBp, weights, ...row }: FormulaRow): Formula => ({
  ...row,
  weights: Object.fromEntries(Object.entries(weights).filter(([id]) => isFactorId(id))),
  limits: { floorTotalBp, capTotalBp, floorLastBp, capLastBp },
})

/** A formula by its id, if it was adopted by a day. */
export async function findFormula(db: Db, id: string, on: Day): Promise<Formula | undefined> {
  const { rows } = await sql<FormulaRow>`
    select ${columns} from allocation_formula where id = ${id} and on_day <= ${on}::date`.execute(db)
  return rows[0] && formulaFrom(rows[0])
}

/** All versions of a unit's formulas by a day, the newest of each year first. */
export async function formulasOf(db: Db, unit: string, on: Day, year?: number): Promise<readonly Formula[]> {
  const { rows } = await sql<FormulaRow>`
    select ${columns} from allocation_formula
     where unit_id = ${unit} and on_day <= ${on}::date and (${year ?? null}::int is null or year = ${year ?? null})
     order by year desc, version desc`.execute(db)
  return rows.map(formulaFrom)
}

/** A unit to which another one gives money by formula. */
export type Receiver = UnitFacts & {
  /** By which units are put in order: the code, then the id. */
  readonly key: string
}

/**
 * Whom a unit gives money to by formula: the units below whose own duty it is to allocate what they get; where there are none, the
 * units on the programme's list. So the centre gives to provinces, and a province to its poor counties, wherever in the tree they stand.
 */
export async function receiversOf(db: Db, charter: Charter, unit: string, on: Day): Promise<readonly Receiver[]> {
  const below = await programmeBelow(db, unit, on)
  const allocating = new Set(Object.keys(charter.findDuty('allocate-funds', on)?.held_by ?? {}))
  const allocators = below.filter((each) => allocating.has(each.tier))
  const found = allocators.length > 0 ? allocators : below.filter((each) => each.isDesignated)
  return found
    .map(({ id, tier, code, name }) => ({ id, tier, code, name, key: `${code ?? '~'} ${id}` }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** A factor's value for a unit and year, with where it comes from. */
export type FactorValue = {
  readonly value: number
  readonly scaled: Scaled
  readonly version: number
  readonly status: Status
  readonly source: string
  readonly on: Day
  readonly act: string
}
export type FactorValues = ReadonlyMap<string, ReadonlyMap<FactorId, FactorValue>>

type ValueRow = Omit<FactorValue, 'scaled'> & { readonly unit: string; readonly factor: string }

/** What was known of the units' factors for a year by a day: of each value its last version. */
export async function factorValuesOf(db: Db, units: readonly string[], year: number, on: Day): Promise<FactorValues> {
  const { rows } = await sql<ValueRow>`
    select distinct on (v.unit_id, v.factor) v.unit_id as unit, v.factor, v.value, v.version, v.on_day as "on", v.act_id as act,
           b.status, b.source
      from factor_value v join factor_batch b on b.act_id = v.act_id
     where v.unit_id = any (${units}::uuid[]) and v.year = ${year} and v.on_day <= ${on}::date
     order by v.unit_id, v.factor, v.version desc`.execute(db)
  const found = new Map<string, Map<FactorId, FactorValue>>()
  for (const { unit, factor, ...row } of rows) {
    if (!isFactorId(factor)) continue
    const of = found.get(unit) ?? new Map<FactorId, FactorValue>()
    found.set(unit, of.set(factor, { ...row, scaled: scaled(row.value) }))
  }
  return found
}

/** Money of which lines: one, or all of one's kind, or all. */
export type Of = { readonly line?: string | undefined; readonly like?: FundLine | undefined }

/** What units were given in the books of a year by a day, in fen; what was reversed is taken off. */
export async function allocatedTo(
  db: Db,
  units: readonly string[],
  year: number,
  on: Day,
  { line, like }: Of = {},
): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await sql<{ unit: string; fen: bigint }>`
    select f.unit_id as unit, sum(f.amount)::bigint as fen
      from fund_flow f join fund_line l on l.id = f.line_id
     where f.year = ${year} and f.flow = 'allocate in' and f.on_day <= ${on}::date and f.unit_id = any (${units}::uuid[])
       and (${line ?? null}::uuid is null or f.line_id = ${line ?? null})
       and (${like === undefined} or (l.source = ${like?.source ?? null} and l.earmark is not distinct from ${like?.earmark ?? null}))
     group by f.unit_id`.execute(db)
  return new Map(rows.map((row) => [row.unit, row.fen]))
}

/** The lines out of which units were given money in a year, by a day. */
export async function linesTo(db: Db, units: readonly string[], year: number, on: Day): Promise<readonly FundLine[]> {
  const { rows } = await sql<{ line: string }>`
    select distinct line_id as line from fund_flow
     where year = ${year} and flow = 'allocate in' and on_day <= ${on}::date and unit_id = any (${units}::uuid[])`.execute(
    db,
  )
  return inOrder(
    await readLines(
      db,
      rows.map((row) => row.line),
      on,
    ),
  )
}

const inOrder = (lines: readonly FundLine[]) =>
  lines.toSorted((a, b) => (`${a.on} ${a.document} ${a.line}` < `${b.on} ${b.document} ${b.line}` ? -1 : 1))

export type Available = FundLine & { readonly availableFen: bigint }

/** What a unit held of its lines in the books of a year on a day, not yet disposed of; only lines of which there is some. */
export async function availableTo(db: Db, unit: string, year: number, on: Day): Promise<readonly Available[]> {
  const { rows } = await sql<{ line: string; fen: bigint }>`
    select a.line_id as line, e.balance as fen
      from fund_account a
      cross join lateral (
        (select t.from_version as version, t.from_balance as balance from fund_transfer t
          where t.from_account = a.id and t.on_day <= ${on}::date order by t.from_version desc limit 1)
        union all
        (select t.to_version, t.to_balance from fund_transfer t
          where t.to_account = a.id and t.on_day <= ${on}::date order by t.to_version desc limit 1)
        order by version desc limit 1) e
     where a.unit_id = ${unit} and a.year = ${year} and a.kind = 'available' and e.balance > 0`.execute(db)
  const held = new Map(rows.map((row) => [row.line, row.fen]))
  const lines = await readLines(db, [...held.keys()], on)
  return inOrder(lines).map((each) => ({ ...each, availableFen: held.get(each.line) ?? 0n }))
}
