import type pg from 'pg'
import { type Database, openDb } from '#kernel/db.ts'
import type { checkHistory } from '#src/history/check.ts'
import type { replay } from '#src/history/replay.ts'

/** History is read only when it is needed: it brings the whole country's data along. */
export const loadReplay = async (): Promise<typeof replay> => (await import('#src/history/replay.ts')).replay

/** What compares the replayed history with the facts. */
export const loadCheck = async (): Promise<typeof checkHistory> => (await import('#src/history/check.ts')).checkHistory

/** A pool for history to be performed on. It can be performed again at any time: its commits need not wait for the disk. */
export function openForHistory(config: pg.PoolConfig): Database {
  const database = openDb({ ...config, forActs: true })
  database.pool.on('connect', (client) => void client.query('set synchronous_commit = off'))
  return database
}
