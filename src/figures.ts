import * as coordination from '#features/coordination/index.ts'
import * as evaluation from '#features/evaluation/index.ts'
import * as exits from '#features/exits/index.ts'
import * as forecast from '#features/forecast/index.ts'
import * as funds from '#features/funds/index.ts'
import * as goals from '#features/goals/index.ts'
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
import type { Figure } from '#kernel/figure.ts'

/** Every figure, one line for each slice. */
export const figures: readonly Figure[] = [
  ...units.figures,
  ...seats.figures,
  ...policies.figures,
  ...goals.figures,
  ...letters.figures,
  ...labour.figures,
  ...schedules.figures,
  ...projects.figures,
  ...exits.figures,
  ...forecast.figures,
  ...evaluation.figures,
  ...supervision.figures,
  ...funds.figures,
  ...progress.figures,
  ...mobilisation.figures,
  ...obligations.figures,
  ...coordination.figures,
]

export const findFigure = (name: string): Figure | undefined => figures.find((figure) => figure.name === name)
