import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import { Fen, UnitId, Year, yuanOf } from '#kernel/words.ts'
import { type FactorId, factorIds, factorOf, isFactorId, shippedWeights, weightsAreYours } from './factors.ts'
import { LimitFields, limitsFrom } from './formula-adopt.ts'
import { allocatedTo, type Available, availableTo, findFormula, type Formula, formulasOf } from './formula-books.ts'
import { compute, type FormulaProblem, type Outcome, type Situation, weighing } from './formula-compute.ts'
import { situationOf } from './formula-situation.ts'
import { findLine, type FundLine } from './lines.ts'
import { type Limits, noLimits } from './shares.ts'

const Weights = z
  .array(z.string().regex(/^[a-z-]{1,40}:(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/))
  .max(factorIds.length)
  .meta({
    label: { zh: '权重', en: 'Weights' },
    hint: { zh: '因素:百分比，如 poor-population:40', en: 'factor:percent, such as poor-population:40' },
  })

const WhatIf = z.object({
  unit: UnitId,
  year: Year,
  formula: z
    .uuid()
    .optional()
    .meta({ label: { zh: '公式', en: 'Formula' } }),
  weights: Weights.optional(),
  line: z
    .uuid()
    .optional()
    .meta({ label: { zh: '资金', en: 'Line' } }),
  total: Fen.optional().meta({ label: { zh: '总额（元）', en: 'Total (yuan)' }, widget: 'money' }),
  ...LimitFields,
})
type WhatIf = z.output<typeof WhatIf>

/** What each unit below would get by a formula or by one's own weights, beside what it got this year. Nothing moves. */
export const whatIf = ask({
  name: 'allocation.what-if',
  title: { zh: '资金分配测算', en: 'What-if of an allocation' },
  purpose: {
    zh: '按已确定的公式或自定权重，测算各单位所得，精确到分，与当年实际比较。权重由使用者设定，不是官方数值；测算不划转资金。',
    en: 'What each unit below would get by an adopted formula or one’s own weights, to the fen, beside the current year. The weights are the user’s, not official; nothing moves.',
  },
  access: 'seated',
  input: WhatIf,
  async answer(reader, input) {
    const { db, charter, on } = reader
    const { unit, year, line } = input
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const [terms, situation, available, about] = await Promise.all([
      termsOf(reader, input),
      situationOf(db, charter, input, on),
      availableTo(db, unit, year, on),
      line === undefined ? undefined : findLine(db, line, on),
    ])
    if (line !== undefined && !about)
      throw new NotFound({ zh: '当日没有这笔资金。', en: 'There was no such line that day.' })
    const ids = situation.receivers.map((receiver) => receiver.id)
    const actual = await allocatedTo(db, ids, year, on, { line })
    const { total, of } = totalOf(input, available, [...actual.values()])
    const result = total > 0n ? compute(terms, total, situation) : { ok: false as const, problems: [noTotal] }
    return {
      unit: lineage[0],
      year,
      on,
      formula: terms.formula && formulaHead(terms.formula),
      weights: weightsOf(terms.weights),
      limits: terms.limits,
      notOfficial: weightsAreYours,
      line: about ? lineHead(about) : null,
      lines: available.map((each) => ({ ...lineHead(each), availableFen: each.availableFen.toString() })),
      totalFen: total.toString(),
      totalOf: of,
      problems: result.ok ? ([] as readonly FormulaProblem[]) : result.problems,
      remainderFen: result.ok ? result.remainderFen.toString() : '0',
      rounds: result.ok ? result.rounds : 0,
      rows: rowsOf(situation, terms.weights, actual, result.ok ? result.byUnit : undefined),
      totals: {
        fen: sumText(result.ok ? [...result.byUnit.values()].map((each) => each.fen) : []),
        actualFen: sumText([...actual.values()]),
        lastFen: sumText([...situation.last.values()]),
      },
      fill: result.ok ? fillOf(reader, lineage[0].tier, input, terms.formula, result.byUnit) : null,
    }
  },
})

const noTotal: FormulaProblem = {
  code: 'no-total',
  sentence: {
    zh: '没有可供测算的总额：本年度尚无可用资金，也没有已下达的资金。',
    en: 'There is no total to share: no money is available this year, and none was allocated.',
  },
  remedy: { zh: '填写总额。', en: 'Give a total.' },
}

/** The terms to compute with: one's own weights, else a formula that is named, else the one that stands, else the shipped beginning. */
async function termsOf(reader: Reader, input: WhatIf) {
  const { db, on } = reader
  const own = limitsFrom(input)
  if (input.weights) {
    const given = input.weights.map((each) => each.split(':') as [string, string])
    const weights = given
      .filter(([id]) => isFactorId(id))
      .map(([id, percent]) => [id, Math.round(Number(percent) * 100)])
    return {
      formula: undefined,
      weights: Object.fromEntries(weights) as Partial<Record<FactorId, number>>,
      limits: own,
    }
  }
  const formula = input.formula
    ? await findFormula(db, input.formula, on)
    : (await formulasOf(db, input.unit, on, input.year))[0]
  if (input.formula && formula?.unit !== input.unit)
    throw new NotFound({ zh: '该单位当日没有这个公式。', en: 'The unit had no such formula that day.' })
  if (!formula) return { formula: undefined, weights: shippedWeights, limits: isEmpty(own) ? noLimits : own }
  return { formula, weights: formula.weights, limits: formula.limits }
}

const isEmpty = (limits: Limits) => Object.values(limits).every((each) => each === null)

/** What is shared: the total that is given; else what is there of the line; else what was allocated this year, or could be. */
function totalOf(
  { total, line }: WhatIf,
  available: readonly Available[],
  actual: readonly bigint[],
): { total: bigint; of: 'given' | 'available' | 'allocated' } {
  if (total !== undefined) return { total, of: 'given' }
  const there = available.filter((each) => line === undefined || each.line === line)
  const [free, given] = [sum(there.map((each) => each.availableFen)), sum(actual)]
  return free > 0n && (line !== undefined || given === 0n)
    ? { total: free, of: 'available' }
    : { total: given, of: 'allocated' }
}

export const formulaHead = ({ id, unit, year, version, title, on, note }: Formula) => ({
  id,
  unit,
  year,
  version,
  title,
  on,
  note,
})

export const lineHead = ({ line, name, year, source, earmark, document, madeUp }: FundLine) => ({
  line,
  name,
  year,
  source,
  earmark,
  document,
  madeUp,
})

/** Factors with their weights, the heaviest first, and what is to be known of each. */
export const weightsOf = (weights: Formula['weights']) =>
  weighing(weights)
    .toSorted(([, a], [, b]) => b - a)
    .map(([factor, weightBp]) => ({ factor, weightBp, ...factorOf(factor) }))

function rowsOf(
  { receivers, values, last }: Situation,
  weights: Formula['weights'],
  actual: ReadonlyMap<string, bigint>,
  byUnit: ReadonlyMap<string, Outcome> | undefined,
) {
  return receivers.map(({ id, name, code, tier }) => {
    const outcome = byUnit?.get(id)
    const actualFen = actual.get(id) ?? 0n
    return {
      unit: id,
      name,
      code,
      tier,
      factors: weighing(weights).map(([factor, weightBp]) => {
        const known = values.get(id)?.get(factor)
        return {
          factor,
          value: known?.value ?? null,
          status: known?.status ?? null,
          source: known?.source ?? null,
          madeUp: known?.status === 'made-up',
          weightBp,
          contribution: outcome?.contributions[factor] ?? null,
        }
      }),
      share: outcome?.share ?? null,
      rawFen: outcome?.rawFen.toString() ?? null,
      floorFen: outcome?.floorFen.toString() ?? null,
      capFen: outcome?.capFen?.toString() ?? null,
      held: outcome?.held ?? null,
      extra: outcome?.extra ?? false,
      fen: outcome?.fen.toString() ?? null,
      actualFen: actualFen.toString(),
      lastFen: (last.get(id) ?? 0n).toString(),
      differenceFen: outcome ? (outcome.fen - actualFen).toString() : null,
    }
  })
}

/** The form of the act that would move what was computed, filled in; a person signs it or does not. */
function fillOf(
  { charter, on }: Reader,
  tier: string,
  { unit, year, line }: WhatIf,
  formula: Formula | undefined,
  byUnit: ReadonlyMap<string, Outcome>,
) {
  const appropriates = charter.findDuty('appropriate-funds', on)?.held_by[tier] !== undefined
  const shares = [...byUnit].flatMap(([id, { fen }]) => (fen > 0n ? [{ unit: id, amount: yuanOf(fen) }] : []))
  return {
    act: appropriates ? (line ? 'funds.hand-down' : 'funds.appropriate') : 'funds.allocate',
    input: { unit, year, ...(line && { line }), ...(formula && { formula: formula.id }), shares },
  }
}

const sum = (values: readonly bigint[]) => values.reduce((all, each) => all + each, 0n)
const sumText = (values: readonly bigint[]) => sum(values).toString()
