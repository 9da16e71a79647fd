import type { Engine } from '#kernel/perform.ts'
import type { Day } from '#kernel/words.ts'

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
