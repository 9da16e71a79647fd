import type { Command } from './command.ts'
import { account } from './commands/account.ts'
import { actCommand } from './commands/act.ts'
import { answer } from './commands/answer.ts'
import { ask } from './commands/ask.ts'
import { charter } from './commands/charter.ts'
import { check } from './commands/check.ts'
import { demo } from './commands/demo.ts'
import { figure } from './commands/figure.ts'
import { init } from './commands/init.ts'
import { replay } from './commands/replay.ts'
import { reset } from './commands/reset.ts'
import { serve } from './commands/serve.ts'

/** Everything that can be typed after `zeren`, in the order in which the help tells it. */
export const commands: readonly Command[] = [demo, reset, actCommand, ask, answer, figure, check, charter, replay, serve, init, account]
