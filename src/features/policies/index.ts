import { acknowledgePolicy } from './acknowledge.ts'
import { dividePolicy } from './divide.ts'
import { policiesAcknowledged, policiesInForce } from './figures.ts'
import { issuePolicy } from './issue.ts'
import { policyLinks } from './links.ts'
import { listPolicies } from './list.ts'
import { localisePolicy } from './localise.ts'
import { formulatePrinciple } from './principle.ts'
import { listReceipts, showPolicy } from './show.ts'
import { formulateStrategy } from './strategy.ts'
import { supersedePolicy } from './supersede.ts'

export { Provenance } from './document.ts'
export {
  acknowledgePolicy,
  dividePolicy,
  formulatePrinciple,
  formulateStrategy,
  issuePolicy,
  localisePolicy,
  supersedePolicy,
}

export const acts = [
  formulatePrinciple,
  formulateStrategy,
  issuePolicy,
  dividePolicy,
  acknowledgePolicy,
  localisePolicy,
  supersedePolicy,
] as const
export const asks = [listPolicies, showPolicy, listReceipts] as const
export const figures = [policiesInForce, policiesAcknowledged] as const
export const links = [policyLinks] as const
