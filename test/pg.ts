import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { appRole, createDatabase, readerRole } from '#src/database/create.ts'
import { startEmbedded, type EmbeddedServer } from '#src/database/embedded.ts'
import { readMigrations } from '#src/database/migrate.ts'

const root = join(import.meta.dirname, '..')
const migrations = join(root, 'migrations')

/** Ignored by git; one server for all test files of this checkout, whoever comes first starts it. */
export const testServerDir = join(root, '.cache/test-pg')
/** Every process that tests holds one connection of this name, so that nobody stops the server under it. */
export const presenceName = 'zeren-test'

const templateLock = 832_128_9897

export interface TestDatabase {
  name: string
  owner: pg.PoolConfig
  app: pg.PoolConfig
  reader: pg.PoolConfig
  drop(): Promise<void>
}

interface Presence {
  server: EmbeddedServer
  admin: pg.Pool
  template: string
}

let presence: Promise<Presence> | undefined

/** A fresh, migrated database of its own for one test file, cloned from a template in some 20 ms. */
export async function testDatabase(): Promise<TestDatabase> {
  const { server, admin, template } = await (presence ??= arrive())
  const name = `test_${randomBytes(8).toString('hex')}`
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  const owner = { ...server.connection, database: name }
  return {
    name,
    owner,
    app: { ...owner, user: appRole },
    reader: { ...owner, user: readerRole },
    drop: async () => {
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** The test server itself, for tests that need a second database or another migration directory. */
export async function testServer(): Promise<EmbeddedServer> {
  return (await (presence ??= arrive())).server
}

/** Nothing here survives a test run, so nothing waits for the disk. */
async function arrive(): Promise<Presence> {
  const server = await startEmbedded({
    dataDir: testServerDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' },
  })
  // One connection, held to the end of the process without keeping the process alive.
  const admin = new pg.Pool({
    ...server.connection,
    application_name: presenceName,
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  })
  return { server, admin, template: await ensureTemplate(server, admin) }
}

/** The template is named after the text of all migrations: a changed one makes a new template, an old one never serves. */
async function ensureTemplate(server: EmbeddedServer, admin: pg.Pool): Promise<string> {
  const hash = createHash('sha256')
  for (const migration of readMigrations(migrations)) hash.update(`${migration.name} ${migration.sha256}\n`)
  const template = `template_${hash.digest('hex').slice(0, 16)}`
  const client = await admin.connect()
  await client.query('SELECT pg_advisory_lock($1)', [templateLock])
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template])
    if (rowCount) return template
    const half = `${template}_half`
    await client.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`)
    await createDatabase({ admin: server.connection, database: half, migrations })
    await client.query(`ALTER DATABASE ${half} WITH ALLOW_CONNECTIONS false`)
    await client.query(`ALTER DATABASE ${half} RENAME TO ${template}`)
    return template
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [templateLock])
    client.release()
  }
}
