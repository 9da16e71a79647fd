import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { testServer } from '#test/pg.ts'
import { createDatabase } from './create.ts'
import { migrate, MigrationError } from './migrate.ts'

const cache = join(import.meta.dirname, '../../.cache')
mkdirSync(cache, { recursive: true })
const base = mkdtempSync(join(cache, 'migrate-'))
const server = await testServer()
const databases: string[] = []

const county = "CREATE TABLE county (name text);\nINSERT INTO county VALUES ('望都县');\n"
const village = 'CREATE TABLE village (name text);\n'

after(async () => {
  for (const name of databases) await query('postgres', `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  rmSync(base, { recursive: true, force: true })
})

function directoryOf(files: Record<string, string>): string {
  const directory = mkdtempSync(join(base, 'm-'))
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(directory, name), sql)
  return directory
}

function newName(): string {
  const name = `migrate_${process.pid}_${databases.length}`
  databases.push(name)
  return name
}

async function newDatabase(): Promise<pg.ClientConfig> {
  const name = newName()
  await query('postgres', `CREATE DATABASE ${name}`)
  return { ...server.connection, database: name }
}

async function query(database: string | undefined, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ ...server.connection, ...(database && { database }) })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

function isRefusedAs(code: MigrationError['code'], about: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof MigrationError, String(error))
    assert.equal(error.code, code)
    assert.match(error.text.zh, about)
    assert.match(error.text.en, about)
    return true
  }
}

test('Migrations are applied in the order of their numbers, and each only once', async () => {
  const owner = await newDatabase()
  const directory = directoryOf({ '0002-village.sql': 'ALTER TABLE county ADD code text;', '0001-county.sql': county })
  assert.deepEqual(await migrate(owner, directory), ['0001-county', '0002-village'])
  assert.deepEqual(await migrate(owner, directory), [])
  writeFileSync(join(directory, '0003-more.sql'), village)
  assert.deepEqual(await migrate(owner, directory), ['0003-more'])
})

test('Two installers at once migrate a database once', async () => {
  const database = newName()
  const migrations = directoryOf({ '0001-county.sql': county, '0002-village.sql': village })
  const install = () => createDatabase({ admin: server.connection, database, migrations })
  const installed = await Promise.all([install(), install(), install(), install()])
  assert.deepEqual(installed.flatMap(({ applied }) => applied).sort(), ['0001-county', '0002-village'])
  assert.deepEqual(await query(database, 'SELECT count(*)::int FROM county'), [{ count: 1 }])
})

test('A changed migration is refused', async () => {
  const owner = await newDatabase()
  await migrate(owner, directoryOf({ '0001-county.sql': county }))
  const changed = directoryOf({ '0001-county.sql': `${county}-- one more line`, '0002-village.sql': village })
  await assert.rejects(migrate(owner, changed), isRefusedAs('changed', /0001-county/))
  assert.deepEqual(await query(owner.database, `SELECT to_regclass('village') AS village`), [{ village: null }])
})

test('A migration whose line ends alone differ is the same migration', async () => {
  const owner = await newDatabase()
  await migrate(owner, directoryOf({ '0001-county.sql': county }))
  const onWindows = directoryOf({ '0001-county.sql': county.replaceAll('\n', '\r\n') })
  assert.deepEqual(await migrate(owner, onWindows), [])
})

test('A database that a newer program has migrated is refused by the older one', async () => {
  const owner = await newDatabase()
  await migrate(owner, directoryOf({ '0001-county.sql': county, '0002-village.sql': village }))
  const older = directoryOf({ '0001-county.sql': county })
  await assert.rejects(migrate(owner, older), isRefusedAs('unknown', /0002-village/))
})

test('A migration numbered before an applied one is refused', async () => {
  const owner = await newDatabase()
  await migrate(owner, directoryOf({ '0002-county.sql': county }))
  const late = directoryOf({ '0001-village.sql': village, '0002-county.sql': county })
  await assert.rejects(migrate(owner, late), isRefusedAs('out-of-order', /0001-village/))
})

test('A migration that fails is undone as a whole, names its line, and those before it stay', async () => {
  const owner = await newDatabase()
  const directory = directoryOf({ '0001-village.sql': village, '0002-county.sql': `${county}SELEC 1;` })
  await assert.rejects(migrate(owner, directory), isRefusedAs('failed', /0002-county\.sql:3/))
  assert.deepEqual(await query(owner.database, `SELECT name, to_regclass('county') AS county FROM migration`), [
    { name: '0001-village', county: null },
  ])
})

test('A file without a number and two files with one number are refused before anything is applied', async () => {
  const owner = await newDatabase()
  const nameless = directoryOf({ 'county.sql': county })
  await assert.rejects(migrate(owner, nameless), isRefusedAs('misnamed', /county\.sql/))
  const twice = directoryOf({ '0001-county.sql': county, '0001-village.sql': village })
  await assert.rejects(migrate(owner, twice), isRefusedAs('misnamed', /0001-village\.sql/))
})

test('The roles of the application and of readers cannot go around row-level security', async () => {
  const migrations = directoryOf({ '0001-county.sql': county })
  const created = await createDatabase({ admin: server.connection, database: newName(), migrations })
  const client = new pg.Client(created.app)
  await client.connect()
  const { rows } = await client.query(
    `SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS free
     FROM pg_roles WHERE rolname IN ('zeren_app', 'zeren_reader') ORDER BY rolname`,
  )
  await assert.rejects(client.query('SELECT * FROM county'), /permission denied/)
  await client.end()
  assert.deepEqual(rows, [
    { rolname: 'zeren_app', free: false },
    { rolname: 'zeren_reader', free: false },
  ])
})
