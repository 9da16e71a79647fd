import type { checkHistory } from '#src/history/check.ts'
import type { replay } from '#src/history/replay.ts'

/** History is read only when it is needed: it brings the whole country's data along. */
export const loadReplay = async (): Promise<typeof replay> => (await import('#src/history/replay.ts')).replay

/** What compares the replayed history with the facts. */
export const loadCheck = async (): Promise<typeof checkHistory> => (await import('#src/history/check.ts')).checkHistory
