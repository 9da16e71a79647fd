import type { Engine } from '#kernel/perform.ts'
import type { Day, Text } from '#kernel/words.ts'

/** Performs history, through `perform`, up to and including a day. */
export type Replay = (options: {
  readonly engine: Engine
  readonly until: Day
  readonly onProgress: (progress: { readonly done: number; readonly total: number; readonly on: Day }) => void
}) => Promise<unknown>

/** History is read only when it is needed: it brings the whole country's data along. */
export async function loadReplay(): Promise<Replay> {
  const file = new URL('../history/replay.ts', import.meta.url)
  const { replay } = (await import(file.href)) as { replay: Replay }
  return replay
}

/** Compares what was performed with what the sources tell: every difference, and what was looked at. */
export type CheckHistory = (engine: Engine) => Promise<{ readonly report: readonly Text[]; readonly differences: readonly Text[] }>

export async function loadCheck(): Promise<CheckHistory> {
  const file = new URL('../history/check.ts', import.meta.url)
  const { checkHistory } = (await import(file.href)) as { checkHistory: CheckHistory }
  return checkHistory
}
