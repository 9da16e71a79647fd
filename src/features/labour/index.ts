import type {} from './tables.ts'
import { recordAttendance } from './attendance-record.ts'
import { labourFigures } from './figures.ts'
import { findTeamChoices, findVillageChoices, findWorkerChoices } from './finds.ts'
import { assignHelpers } from './helper-assign.ts'
import { changeHelpers } from './helper-change.ts'
import { askLeave } from './leave-ask.ts'
import { grantLeave } from './leave-grant.ts'
import { listLeave } from './leave-list.ts'
import { refuseLeave } from './leave-refuse.ts'
import { planDeployment } from './plan.ts'
import { decideDeployment } from './plan-decide.ts'
import { rejectDeployment } from './plan-reject.ts'
import { stateNeeds } from './state-needs.ts'
import { changeTeam } from './team-change.ts'
import { dissolveTeam } from './team-dissolve.ts'
import { formTeams } from './team-form.ts'
import { showTeam } from './team-show.ts'
import { registerVillages } from './village-register.ts'
import { showVillage } from './village-show.ts'
import { listVillages } from './villages.ts'
import { recallWorker } from './worker-recall.ts'
import { registerWorkers } from './worker-register.ts'
import { relieveWorkers } from './worker-relieve.ts'
import { revealWorker } from './worker-reveal.ts'
import { reviseWorker } from './worker-revise.ts'
import { showWorker } from './worker-show.ts'
import { listWorkers } from './workers.ts'

export { cancelPlan, stopPlans } from './plan.ts'

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
  decideDeployment,
  rejectDeployment,
] as const
export const asks = [
  listVillages,
  showVillage,
  showTeam,
  listWorkers,
  showWorker,
  listLeave,
  findVillageChoices,
  findWorkerChoices,
  findTeamChoices,
  planDeployment,
] as const
export const figures = labourFigures
