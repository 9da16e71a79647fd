import * as exits from '#features/exits/index.ts'
import * as funds from '#features/funds/index.ts'
import * as goals from '#features/goals/index.ts'
import * as letters from '#features/letters/index.ts'
import { helpLinks } from '#features/mobilisation/index.ts'
import * as policies from '#features/policies/index.ts'
import * as progress from '#features/progress/index.ts'
import * as projects from '#features/projects/index.ts'
import * as schedules from '#features/schedules/index.ts'
import type { Links } from '#kernel/link.ts'

/** What each slice hands down or answers upward on a chain of responsibility. */
export const links: readonly Links[] = [
  ...policies.links,
  ...goals.links,
  ...letters.links,
  ...schedules.links,
  ...projects.links,
  ...progress.links,
  ...exits.links,
  ...funds.links,
  helpLinks,
]
