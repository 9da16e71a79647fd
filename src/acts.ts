import { adoptCharter } from '#features/charter/index.ts'
import * as coordination from '#features/coordination/index.ts'
import * as evaluation from '#features/evaluation/index.ts'
import * as exits from '#features/exits/index.ts'
import * as funds from '#features/funds/index.ts'
import * as goals from '#features/goals/index.ts'
import * as inbox from '#features/inbox/index.ts'
import * as labour from '#features/labour/index.ts'
import * as letters from '#features/letters/index.ts'
import * as mobilisation from '#features/mobilisation/index.ts'
import * as obligations from '#features/obligations/index.ts'
import * as policies from '#features/policies/index.ts'
import * as progress from '#features/progress/index.ts'
import * as projects from '#features/projects/index.ts'
import * as schedules from '#features/schedules/index.ts'
import * as seats from '#features/seats/index.ts'
import * as supervision from '#features/supervision/index.ts'
import * as units from '#features/units/index.ts'
import { figures } from '#src/figures.ts'
import type { AnyAct } from '#kernel/act.ts'

/** Every act of the programme, one line for each slice. */
export const acts = [
  adoptCharter((): readonly AnyAct[] => acts),
  ...units.acts,
  ...seats.acts,
  ...policies.acts,
  ...goals.acts,
  ...funds.acts,
  ...letters.acts,
  ...labour.acts,
  ...schedules.acts,
  ...projects.acts,
  ...exits.acts,
  ...evaluation.acts,
  ...evaluation.assessActs(() => figures),
  ...supervision.acts,
  ...progress.actsWith(() => figures),
  ...mobilisation.acts,
  ...obligations.acts,
  ...coordination.actsWith(figures),
  ...inbox.acts,
] as const satisfies readonly AnyAct[]

export const findAct = (name: string): AnyAct | undefined => acts.find((act) => act.name === name)
