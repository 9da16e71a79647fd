import { allocateFunds } from './allocate.ts'
import { announceFundsDown } from './announce-down.ts'
import { announceFunds } from './announce.ts'
import { appropriateFunds } from './appropriate.ts'
import { carryOver } from './carry-over.ts'
import { closeYear } from './close-year.ts'
import { commitFunds } from './commit.ts'
import { contributeFunds } from './contribute.ts'
import { discloseFunds } from './disclose.ts'
import { makePaymentFile } from './export/payment-file.ts'
import { listDisclosures, showDisclosure } from './disclosures.ts'
import { takeFee } from './fee.ts'
import { formulaActs, formulaAsks } from './formula-parts.ts'
import { linesPassedOnLate, moneyFigures } from './figures.ts'
import { handFundsDown } from './hand-down.ts'
import { fundLinks } from './links.ts'
import { listNegative } from './negative-list.ts'
import { passFundsOn } from './pass-on.ts'
import { payFunds } from './pay.ts'
import { registerPayees } from './payee-register.ts'
import { revealPayee } from './payee-reveal.ts'
import { listPayees } from './payees.ts'
import { poolFunds } from './pool.ts'
import { publishAllocation } from './publish-allocation.ts'
import { moneyAsks } from './reads.ts'
import { releaseFunds } from './release.ts'
import { takeOverFunds } from './take-over.ts'
import { returnFunds } from './return.ts'
import { reversePosting } from './reverse.ts'

export { exportFunds, type FormatName, formatNames, formats } from './export/formats.ts'
export { type FactorId, modelFactors, shareByFormula, shippedWeights } from './formula-parts.ts'
export { summed as summedFlows } from './reading.ts'
export { traceFunds } from './trace-show.ts'

export const acts = [
  appropriateFunds,
  contributeFunds,
  handFundsDown,
  allocateFunds,
  passFundsOn,
  announceFunds,
  announceFundsDown,
  returnFunds,
  reversePosting,
  carryOver,
  closeYear,
  takeOverFunds,
  ...formulaActs,
  poolFunds,
  commitFunds,
  releaseFunds,
  takeFee,
  registerPayees,
  revealPayee,
  payFunds,
  makePaymentFile,
  discloseFunds,
  publishAllocation,
] as const
export const asks = [...moneyAsks, ...formulaAsks, listPayees, listNegative, listDisclosures, showDisclosure] as const
export const figures = [...moneyFigures, linesPassedOnLate] as const
export const links = [fundLinks] as const
