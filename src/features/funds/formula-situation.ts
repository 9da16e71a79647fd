import type { Charter } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import { allocatedTo, factorValuesOf, findFormula, type Formula, receiversOf } from './formula-books.ts'
import { compute, type Computed, type Situation } from './formula-compute.ts'
import { findLine } from './lines.ts'

/**
 * All that a formula needs, as of a day: whom the unit gives to, the values of the factors, and what each got last year
 * (of lines of the same source and earmark, where one line is shared out).
 */
export async function situationOf(
  db: Db,
  charter: Charter,
  { unit, year, line }: { unit: string; year: number; line?: string | undefined },
  on: Day,
): Promise<Situation> {
  const [receivers, like] = await Promise.all([
    receiversOf(db, charter, unit, on),
    line === undefined ? undefined : findLine(db, line, on),
  ])
  const ids = receivers.map((receiver) => receiver.id)
  const [values, last] = await Promise.all([
    factorValuesOf(db, ids, year, on),
    allocatedTo(db, ids, year - 1, on, { like }),
  ])
  return { receivers, values, last }
}

export type Shared = { readonly unit: string; readonly fen: bigint }

/** What an act that names a formula would give, beside what the formula says. */
export type Against = {
  readonly formula: Formula | undefined
  readonly result: Computed | undefined
  readonly names: ReadonlyMap<string, Text>
}

/** What a formula gives of a line's total as of a day; for acts that share money out and name a formula. */
export async function againstFormula(
  db: Db,
  charter: Charter,
  asked: { formula: string; unit: string; year: number; line?: string | undefined; total: bigint },
  on: Day,
): Promise<Against> {
  const formula = await findFormula(db, asked.formula, on)
  if (formula?.unit !== asked.unit || formula.year !== asked.year)
    return { formula: undefined, result: undefined, names: new Map() }
  const situation = await situationOf(db, charter, asked, on)
  const names = new Map(situation.receivers.map(({ id, name }) => [id, name]))
  return { formula, result: compute(formula, asked.total, situation), names }
}

/** Where shares differ from what the formula gives, by how many fen (more than by the formula is above zero). Pure. */
export function differencesFrom({ result }: Against, shares: readonly Shared[]): readonly Shared[] {
  if (!result?.ok) return []
  const given = new Map<string, bigint>()
  for (const { unit, fen } of shares) given.set(unit, (given.get(unit) ?? 0n) + fen)
  const units = new Set([...result.byUnit.keys(), ...given.keys()])
  return [...units].flatMap((unit) => {
    const fen = (given.get(unit) ?? 0n) - (result.byUnit.get(unit)?.fen ?? 0n)
    return fen === 0n ? [] : [{ unit, fen }]
  })
}
