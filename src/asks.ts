import * as coordination from '#features/coordination/index.ts'
import * as evaluation from '#features/evaluation/index.ts'
import * as exits from '#features/exits/index.ts'
import * as forecast from '#features/forecast/index.ts'
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
import * as responsibilities from '#features/responsibilities/index.ts'
import * as schedules from '#features/schedules/index.ts'
import * as seats from '#features/seats/index.ts'
import * as supervision from '#features/supervision/index.ts'
import * as units from '#features/units/index.ts'
import { figures } from '#src/figures.ts'
import { waiting } from '#src/waiting.ts'
import type { AnyAsk } from '#kernel/ask.ts'

/** Every question that the programme answers, one line for each slice. */
export const asks = [
  ...responsibilities.asks,
  ...units.asks,
  ...seats.asks,
  ...policies.asks,
  ...goals.asks,
  ...letters.asks,
  ...labour.asks,
  ...schedules.asks,
  ...projects.asks,
  ...exits.asks,
  ...forecast.asks,
  ...evaluation.asks,
  ...evaluation.assessAsks(() => figures),
  ...supervision.asks,
  ...funds.asks,
  ...progress.asksWith(() => figures),
  ...mobilisation.asks,
  ...obligations.asks,
  ...coordination.asksWith(figures, waiting),
  ...inbox.asksWith(() => waiting),
] as const satisfies readonly AnyAsk[]
