import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import { UnitId, Year } from '#kernel/words.ts'
import { factorGroups, factorIds, factorOf, factorPapers, shippedWeights, weightsAreYours } from './factors.ts'
import { factorValuesOf, findFormula, type Formula, formulasOf, receiversOf } from './formula-books.ts'
import { weighing } from './formula-compute.ts'
import { formulaHead, weightsOf } from './formula-what-if.ts'

/** Every factor that a paper publishes, and what a formula begins with. */
const catalogue = {
  factors: factorIds.map((factor) => ({ factor, shippedBp: shippedWeights[factor] ?? 0, ...factorOf(factor) })),
  groups: factorGroups,
  papers: factorPapers,
  notOfficial: weightsAreYours,
}

const inPercent = (bp: number | null) => (bp === null ? undefined : bp / 100)

/** A formula as its abilities need it: the form of its next version is this one. */
const thing = (formula: Formula, standing: boolean, today: string) => ({
  ...formulaHead(formula),
  weights: weightsOf(formula.weights),
  limits: formula.limits,
  act: formula.act,
  isStanding: standing,
  isPast: String(formula.year) < today.slice(0, 4),
  form: formOf(formula),
})

function formOf({ unit, year, title, weights, limits, note }: Formula): Readonly<Record<string, unknown>> {
  const { floorTotalBp, capTotalBp, floorLastBp, capLastBp } = limits
  return {
    unit,
    year,
    title,
    factors: weighing(weights).map(([factor, bp]) => ({ factor, percent: bp / 100 })),
    floorTotal: inPercent(floorTotalBp),
    capTotal: inPercent(capTotalBp),
    floorLast: inPercent(floorLastBp),
    capLast: inPercent(capLastBp),
    note: note ?? undefined,
  }
}

/** The formulas of a unit, all versions, and the catalogue of published factors. */
export const listFormulas = ask({
  name: 'formula.list',
  title: { zh: '因素法公式', en: 'Formulas of allocation' },
  purpose: {
    zh: '一个单位各年度、各版本的公式，以及公开的因素目录。权重由使用者设定，不是官方数值。',
    en: 'A unit’s formulas by year and version, and the catalogue of published factors. The weights are the user’s, not official.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId, year: Year.optional() }),
  async answer(reader, { unit, year }) {
    const [lineage, formulas] = await Promise.all([
      findLineage(reader.db, unit, reader.on),
      formulasOf(reader.db, unit, reader.on, year),
    ])
    if (!lineage) throw new NotFound({ zh: '当日没有这个单位。', en: 'There was no such unit that day.' })
    const newest = new Map(formulas.toReversed().map((formula) => [formula.year, formula.id]))
    const items = formulas.map((formula) => thing(formula, newest.get(formula.year) === formula.id, reader.today))
    return { unit: lineage[0], items: await withAbilities(reader, 'formula', items), catalogue }
  },
})

/** A formula with its versions, and how complete the values are that it needs. */
export const showFormula = ask({
  name: 'formula.show',
  title: { zh: '一个公式', en: 'One formula' },
  purpose: {
    zh: '公式的因素、权重、上下限、各版本，数据是否齐全，以及引用它的资金下达。',
    en: 'Its factors, weights, floors and caps, its versions, whether the values are complete, and the allocations that named it.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { db, charter, on, today } = reader
    const formula = await findFormula(db, id, on)
    if (!formula) throw new NotFound({ zh: '当日没有这个公式。', en: 'There was no such formula that day.' })
    const [versions, lineage, receivers, used] = await Promise.all([
      formulasOf(db, formula.unit, on, formula.year),
      findLineage(db, formula.unit, on),
      receiversOf(db, charter, formula.unit, on),
      usesOf(reader, formula),
    ])
    const values = await factorValuesOf(
      db,
      receivers.map((receiver) => receiver.id),
      formula.year,
      on,
    )
    const items = await withAbilities(
      reader,
      'formula',
      versions.map((each, at) => thing(each, at === 0, today)),
    )
    const known = [...values.values()].flatMap((of) => [...of])
    return {
      ...items.find((each) => each.id === id)!,
      unitFacts: lineage?.[0] ?? null,
      versions: items,
      receivers: receivers.length,
      coverage: weightsOf(formula.weights).map(({ factor, weightBp, title, measure }) => {
        const here = known.filter(([of]) => of === factor).map(([, value]) => value)
        return {
          factor,
          weightBp,
          title,
          measure,
          entered: here.length,
          madeUp: here.filter((value) => value.status === 'made-up').length,
          sources: [...new Set(here.map((value) => value.source))].slice(0, 3),
        }
      }),
      used,
      catalogue,
    }
  },
})

/** The acts that shared money out under this formula. */
async function usesOf({ db, on }: Reader, { id, unit }: Formula) {
  const { rows } = await sql<{ act: string; on: string; document: string | null }>`
    select id as act, done_on as "on", input ->> 'document' as document from journal
     where unit_id = ${unit} and act in ('funds.allocate', 'funds.hand-down') and outcome = 'done' and input ->> 'formula' = ${id} and done_on <= ${on}::date
     order by seq`.execute(db)
  return rows
}
