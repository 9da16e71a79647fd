import type { Command } from './command.ts'

/** Everything that can be typed after `zeren`, in the order in which the help tells it; each is read only when it is wanted. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  demo: async () => (await import('./commands/demo.ts')).demo,
  reset: async () => (await import('./commands/reset.ts')).reset,
  act: async () => (await import('./commands/act.ts')).actCommand,
  ask: async () => (await import('./commands/ask.ts')).ask,
  answer: async () => (await import('./commands/answer.ts')).answer,
  figure: async () => (await import('./commands/figure.ts')).figure,
  library: async () => (await import('./commands/library.ts')).library,
  funds: async () => (await import('./commands/funds.ts')).funds,
  check: async () => (await import('./commands/check.ts')).check,
  charter: async () => (await import('./commands/charter.ts')).charter,
  replay: async () => (await import('./commands/replay.ts')).replay,
  nightly: async () => (await import('./commands/nightly.ts')).nightly,
  serve: async () => (await import('./commands/serve.ts')).serve,
  init: async () => (await import('./commands/init.ts')).init,
  account: async () => (await import('./commands/account.ts')).account,
}

export const findCommand = async (name: string): Promise<Command | undefined> =>
  Object.hasOwn(commands, name) ? commands[name]?.() : undefined

export const allCommands = (): Promise<readonly Command[]> => Promise.all(Object.values(commands).map((load) => load()))
