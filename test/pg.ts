import { createHash, randomBytes } from 'node:crypto'
import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { appRole, createDatabase, readerRole } from '#src/database/create.ts'
import { startEmbedded, type EmbeddedServer } from '#src/database/embedded.ts'
import { readMigrations } from '#src/database/migrate.ts'

const root = join(import.meta.dirname, '..')
const migrations = join(root, 'migrations')

/** Where Linux keeps files in memory. A database is more than a thousand files, which on a disk take longer to make than most tests. */
const memory = '/dev/shm'
const MEMORY_BYTES_MIN = 2 * 1024 ** 3

/** One server for all test files of this checkout, whoever comes first starts it; in memory where there is room, or else in what git ignores. */
export const testServerDir = findMemory() ?? join(root, '.cache/test-pg')

function findMemory(): string | undefined {
  if (!existsSync(memory)) return undefined
  const folder = join(memory, `zeren-test-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`)
  const { bavail, bsize } = statfsSync(memory)
  return existsSync(folder) || bavail * bsize >= MEMORY_BYTES_MIN ? folder : undefined
}
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

/** What many test files begin with: made once for a whole run of the tests, and cloned from then on. */
export type Beginning = { readonly name: string; readonly make: (database: TestDatabase) => Promise<void> }

/** Names a run of the tests, in which the program's text does not change; without it every file makes its own beginning. */
export const testRun = 'ZEREN_TEST_RUN'

/** Copied file by file, which a template of this size takes a fraction of the time for; nothing here waits for the disk. */
const copying = 'STRATEGY FILE_COPY'

/** A fresh, migrated database of its own for one test file, cloned from a template. */
export async function testDatabase(beginning?: Beginning): Promise<TestDatabase> {
  const { server, admin, template } = await (presence ??= arrive())
  const run = process.env[testRun]
  if (!beginning) return clone(server, admin, template)
  if (run === undefined) {
    const database = await clone(server, admin, template)
    await beginning.make(database)
    return database
  }
  const begun = `begun_${beginning.name.replaceAll('-', '_')}_${run}`
  await ensure(admin, begun, async (half) => {
    await admin.query(`CREATE DATABASE ${half} TEMPLATE ${template} ${copying}`)
    await beginning.make(databaseOf(server, admin, half))
  })
  return clone(server, admin, begun)
}

async function clone(server: EmbeddedServer, admin: pg.Pool, template: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template} ${copying}`)
  return databaseOf(server, admin, name)
}

function databaseOf(server: EmbeddedServer, admin: pg.Pool, name: string): TestDatabase {
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
    settings: {
      fsync: 'off',
      synchronous_commit: 'off',
      full_page_writes: 'off',
      max_connections: '300',
      max_wal_size: '128MB',
    },
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
  await ensure(admin, template, async (half) => {
    await createDatabase({ admin: server.connection, database: half, migrations })
  })
  return template
}

/** A database that is only cloned from: made by whoever comes first, under a name of its own until it is whole. */
async function ensure(admin: pg.Pool, name: string, make: (half: string) => Promise<void>) {
  const lock = new pg.Client(admin.options as pg.ClientConfig)
  await lock.connect()
  await lock.query('SELECT pg_advisory_lock($1)', [templateLock])
  try {
    const { rowCount } = await lock.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (rowCount) return
    const half = `${name}_half`
    await lock.query(`DROP DATABASE IF EXISTS ${half} WITH (FORCE)`)
    await make(half)
    await lock.query(`ALTER DATABASE ${half} WITH ALLOW_CONNECTIONS false`)
    await lock.query(`ALTER DATABASE ${half} RENAME TO ${name}`)
  } finally {
    await lock.end()
  }
}
