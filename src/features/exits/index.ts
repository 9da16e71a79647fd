import { answerObjection } from './answer.ts'
import { approveExit } from './approve.ts'
import { attestHeadcount } from './attest.ts'
import { commissionEvaluation } from './commission.ts'
import { drawExits } from './draw.ts'
import { evaluateExit } from './evaluate.ts'
import { objectInNotice } from './object.ts'
import { postNotice } from './post-notice.ts'
import { proposeExit } from './propose.ts'
import { reportExit } from './report.ts'
import { revealObjector } from './reveal.ts'
import { reviewExit } from './review.ts'
import { revokeExit } from './revoke.ts'
import { verifyExit } from './verify.ts'
import { withdrawExit } from './withdraw.ts'

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
export const asks = [] as const
export const figures = [] as const
export const links = [] as const
