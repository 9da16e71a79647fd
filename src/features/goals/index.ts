import type {} from './tables.ts'
import { adoptPlan } from './adopt.ts'
import { decomposeGoal } from './decompose.ts'
import { explainGap } from './explain.ts'
import { countiesPlanned, goalsReconciled } from './figures.ts'
import { goalLinks } from './links.ts'
import { listPlans } from './plans.ts'
import { setGoal } from './set.ts'
import { goalReconciliation, goalTree } from './tree.ts'

export { indicatorOf } from './indicators.ts'
export { type Goal, goalsOf, goalsOfMany, type Reconciliation, reconcile } from './read.ts'
export { adoptPlan, decomposeGoal, explainGap, setGoal }

export const acts = [setGoal, decomposeGoal, explainGap, adoptPlan] as const
export const asks = [goalTree, goalReconciliation, listPlans] as const
export const figures = [goalsReconciled, countiesPlanned] as const
export const links = [goalLinks] as const
