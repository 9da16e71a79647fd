import { answerUrging } from './answer.ts'
import { extendObligation } from './extend.ts'
import { answeredUrgings, lateObligations, metInTime, openObligations, resolved, urgedObligations } from './figures.ts'
import { findObligations } from './find.ts'
import { listObligations } from './list.ts'
import { openCalendar } from './open.ts'
import { showObligation } from './show.ts'
import { takeStep } from './take.ts'
import { urgeObligation } from './urge.ts'
import { showUrging } from './urging.ts'

export { dueOf } from './due.ts'
export { findDueSteps } from './due-steps.ts'
export { ladderOf } from './ladder.ts'
export { openCalendar, periodsOn } from './open.ts'
export { standOf } from './stand.ts'

export const acts = [openCalendar, takeStep, urgeObligation, answerUrging, extendObligation] as const
export const asks = [listObligations, showObligation, showUrging, findObligations] as const
export const figures = [
  openObligations,
  lateObligations,
  urgedObligations,
  answeredUrgings,
  metInTime,
  ...resolved,
] as const
