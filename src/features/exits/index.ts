import { answerObjection } from './answer.ts'
import { approveExit } from './approve.ts'
import { attestHeadcount } from './attest.ts'
import { exitBoard } from './board.ts'
import { exitCandidates } from './candidates.ts'
import { commissionEvaluation } from './commission.ts'
import { drawExits } from './draw.ts'
import { evaluateExit } from './evaluate.ts'
import { exitsByYear, exitsInProcedure, exitsReturned, exitsWaitingLate, objectionsOpen } from './figures.ts'
import { exitLinks } from './links.ts'
import { listNotices, showNotice } from './notices.ts'
import { objectInNotice } from './object.ts'
import { showObjection } from './objections.ts'
import { postNotice } from './post-notice.ts'
import { proposeExit } from './propose.ts'
import { reportExit } from './report.ts'
import { revealObjector } from './reveal.ts'
import { reviewExit } from './review.ts'
import { revokeExit } from './revoke.ts'
import { showEvidence, showExit, showHeadcount } from './show.ts'
import { verifyExit } from './verify.ts'
import { withdrawExit } from './withdraw.ts'

export { metricLimits, type MetricName, metricParameters } from './metrics.ts'
export { stageNames, type State as ExitState, standings } from './state.ts'

export const acts = [
  attestHeadcount,
  proposeExit,
  withdrawExit,
  reviewExit,
  commissionEvaluation,
  verifyExit,
  postNotice,
  objectInNotice,
  answerObjection,
  revealObjector,
  reportExit,
  drawExits,
  evaluateExit,
  approveExit,
  revokeExit,
] as const
export const asks = [
  exitBoard,
  showExit,
  showEvidence,
  exitCandidates,
  listNotices,
  showNotice,
  showObjection,
  showHeadcount,
] as const
export const figures = [exitsByYear, exitsInProcedure, exitsReturned, objectionsOpen, exitsWaitingLate] as const
export const links = [exitLinks] as const
