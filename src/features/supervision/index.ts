import { findDuties, findSubjects } from './choices.ts'
import { checkHistory, checkRuns } from './check-read.ts'
import { keepCheck } from './check-run.ts'
import { findingsInTime, findingsOpen, findingsOverdue } from './figures.ts'
import { concludeHandover, handOverFinding, interviewFinding } from './finding-hold.ts'
import { listFindings, showFinding } from './finding-read.ts'
import { recordFinding } from './finding-record.ts'
import { explainFinding, rectifyFinding } from './finding-rectify.ts'
import { verifyFinding, withdrawFinding } from './finding-verify.ts'
import { drawInspection, lookAtInspection } from './inspection-draw.ts'
import { cancelInspection, openInspection } from './inspection-open.ts'
import { planInspection } from './inspection-plan.ts'
import { listInspections, showInspection } from './inspection-read.ts'

export { dueInspections } from './inspection-open.ts'
export { inspectionWaiting } from './inspection-read.ts'

export const acts = [
  planInspection,
  drawInspection,
  lookAtInspection,
  openInspection,
  cancelInspection,
  recordFinding,
  rectifyFinding,
  explainFinding,
  verifyFinding,
  interviewFinding,
  handOverFinding,
  concludeHandover,
  withdrawFinding,
  keepCheck,
] as const
export const asks = [
  findDuties,
  findSubjects,
  listInspections,
  showInspection,
  listFindings,
  showFinding,
  checkRuns,
  checkHistory,
] as const
export const figures = [findingsOpen, findingsOverdue, findingsInTime] as const
