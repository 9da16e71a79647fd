import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#src/database/embedded.ts'
import { presenceName, testServerDir } from '#test/pg.ts'

/**
 * Ends the test server and forgets its databases, unless another process is testing on it right now.
 * Returns what it did, for the person who asked.
 */
export async function stopTestServer(): Promise<'stopped' | 'in use' | 'none'> {
  if (!existsSync(join(testServerDir, 'postgres'))) return 'none'
  const server = await startEmbedded({ dataDir: testServerDir, settings: { fsync: 'off' } })
  const client = new pg.Client(server.connection)
  await client.connect()
  const { rowCount } = await client.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [presenceName])
  await client.end()
  if (rowCount) return 'in use'
  await server.stop()
  rmSync(testServerDir, { recursive: true, force: true })
  return 'stopped'
}

if (import.meta.main) console.log(`test server: ${await stopTestServer()}`)
