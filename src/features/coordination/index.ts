import type { Figure } from '#kernel/figure.ts'
import type { WaitingFor } from '#kernel/waiting.ts'
import { completeAssignment } from './assignment-complete.ts'
import { burdenFields, burdenMinutes, burdenTable } from './burden.ts'
import { findAssignments, findMatters, findRequests } from './choices.ts'
import { mattersOpen, requestsMade } from './figures.ts'
import { answerMatter } from './matter-answer.ts'
import { closeMatter } from './matter-close.ts'
import { contributeToMatter } from './matter-contribute.ts'
import { listMatters } from './matter-list.ts'
import { openMatter } from './matter-open.ts'
import { raiseMatter } from './matter-raise.ts'
import { relayMatter } from './matter-relay.ts'
import { reopenMatter } from './matter-reopen.ts'
import { returnMatter } from './matter-return.ts'
import { settleMatter } from './matter-settle.ts'
import { showMatter } from './matter-show.ts'
import { withdrawMatter } from './matter-withdraw.ts'
import { answerRequest } from './request-answer.ts'
import { listRequests, showBudget } from './request-list.ts'
import { showRequest } from './request-show.ts'
import { withdrawRequest } from './request-withdraw.ts'
import { requestReport } from './request.ts'
import { listWaiting, waitingAbout } from './waiting.ts'

export { requestSheet } from './request-sheet.ts'

/** The acts; a request names any figure of the programme, so that they are given when the slice is assembled. */
export const actsWith = (all: readonly Figure[]) =>
  [
    requestReport(all),
    answerRequest(all),
    withdrawRequest,
    raiseMatter,
    openMatter,
    relayMatter,
    settleMatter,
    returnMatter,
    answerMatter,
    withdrawMatter,
    closeMatter,
    reopenMatter,
    contributeToMatter,
    completeAssignment,
  ] as const

/** The questions; what waits is told by every slice. */
export const asksWith = (all: readonly Figure[], waiting: readonly WaitingFor[]) =>
  [
    listRequests,
    showRequest(all),
    showBudget,
    burdenTable,
    listMatters,
    showMatter,
    listWaiting(waiting),
    waitingAbout(waiting),
    findMatters,
    findRequests,
    findAssignments,
  ] as const

export const figures = [burdenFields, burdenMinutes, requestsMade, mattersOpen] as const
