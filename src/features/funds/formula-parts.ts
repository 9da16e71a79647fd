import { enterFactors } from './factors-enter.ts'
import { adoptFormula } from './formula-adopt.ts'
import { explainAllocation } from './formula-explain.ts'
import { listFormulas, showFormula } from './formula-list.ts'
import { whatIf } from './formula-what-if.ts'

export { type FactorId, shippedWeights } from './factors.ts'
export { shareByFormula } from './formula-shares.ts'
export { modelFactors } from './formula-model.ts'
export { adoptFormula, enterFactors, explainAllocation, listFormulas, showFormula, whatIf }

/** All of allocation by factors that the slice offers. */
export const formulaActs = [adoptFormula, enterFactors] as const
export const formulaAsks = [listFormulas, showFormula, whatIf, explainAllocation] as const
