import type {} from './tables.ts'
import { recordAttendance } from './attendance-record.ts'
import { assignHelpers } from './helper-assign.ts'
import { changeHelpers } from './helper-change.ts'
import { askLeave } from './leave-ask.ts'
import { grantLeave } from './leave-grant.ts'
import { refuseLeave } from './leave-refuse.ts'
import { stateNeeds } from './state-needs.ts'
import { changeTeam } from './team-change.ts'
import { dissolveTeam } from './team-dissolve.ts'
import { formTeams } from './team-form.ts'
import { registerVillages } from './village-register.ts'
import { recallWorker } from './worker-recall.ts'
import { registerWorkers } from './worker-register.ts'
import { relieveWorkers } from './worker-relieve.ts'
import { revealWorker } from './worker-reveal.ts'
import { reviseWorker } from './worker-revise.ts'

export const acts = [
  registerVillages,
  stateNeeds,
  registerWorkers,
  reviseWorker,
  revealWorker,
  formTeams,
  changeTeam,
  dissolveTeam,
  recallWorker,
  relieveWorkers,
  askLeave,
  grantLeave,
  refuseLeave,
  recordAttendance,
  assignHelpers,
  changeHelpers,
] as const
export const asks = [] as const
export const figures = [] as const
