import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'

/** One file of `migrations/`: its name orders it, its fingerprint proves that nobody changed it after it was applied. */
export interface Migration {
  name: string
  sql: string
  sha256: string
}

/** The database and this program do not fit together; the database was left as it was. */
export class MigrationError extends Error {
  readonly code: 'misnamed' | 'changed' | 'unknown' | 'out-of-order' | 'failed'
  readonly text: { zh: string; en: string }

  constructor(code: MigrationError['code'], text: { zh: string; en: string }, options?: ErrorOptions) {
    super(`${text.zh}\n${text.en}`, options)
    this.name = 'MigrationError'
    this.code = code
    this.text = text
  }
}

const fileName = /^\d{4}-[a-z0-9-]+\.sql$/
/** Any fixed number will do, as long as every installer takes the same one. */
const installersLock = 832_128_9899

/** The migrations of a directory in their order. Line ends are made equal, so that a checkout on Windows changes nothing. */
export function readMigrations(directory: string): Migration[] {
  const files = readdirSync(directory).filter((name) => name.endsWith('.sql'))
  const numbers = new Set(files.map((name) => name.slice(0, 4)))
  const misnamed = files.filter((name) => !fileName.test(name))
  if (misnamed.length > 0 || numbers.size < files.length) throw badNames(misnamed.length > 0 ? misnamed : files)
  return files.sort().map((file) => {
    const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n')
    return { name: file.slice(0, -'.sql'.length), sql, sha256: createHash('sha256').update(sql).digest('hex') }
  })
}

/**
 * Brings a database forward to the last migration, each in a transaction of its own, and returns the names of those
 * applied now. `owner` is a connection that owns the database. Several installers at once apply each migration once.
 */
export async function migrate(owner: pg.ClientConfig, directory: string): Promise<string[]> {
  const migrations = readMigrations(directory)
  const client = new pg.Client({ application_name: 'zeren-migrate', ...owner })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [installersLock])
    const pending = migrations.slice(await countApplied(client, migrations))
    for (const migration of pending) await apply(client, migration)
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

/** The journal of migrations must be the beginning of what this program carries: else one of the two is not of our line. */
async function countApplied(client: pg.Client, migrations: Migration[]): Promise<number> {
  await client.query(`
    CREATE TABLE IF NOT EXISTS migration (
      name text PRIMARY KEY,
      sha256 text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`)
  const { rows: applied } = await client.query<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM migration ORDER BY name COLLATE "C"',
  )
  const ours = new Map(migrations.map((migration) => [migration.name, migration]))
  const unknown = applied.filter(({ name }) => !ours.has(name)).map(({ name }) => name)
  if (unknown.length > 0) throw olderProgram(unknown)
  const changed = applied.filter(({ name, sha256 }) => ours.get(name)?.sha256 !== sha256).map(({ name }) => name)
  if (changed.length > 0) throw changedAfterwards(changed)
  const done = new Set(applied.map(({ name }) => name))
  const late = migrations.slice(0, applied.length).filter(({ name }) => !done.has(name))
  if (late.length > 0) throw outOfOrder(late.map(({ name }) => name))
  return applied.length
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('BEGIN')
    await client.query(migration.sql)
    await client.query('INSERT INTO migration (name, sha256) VALUES ($1, $2)', [migration.name, migration.sha256])
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw failed(migration, cause)
  }
}

function badNames(names: string[]): MigrationError {
  const list = names.join(', ')
  return new MigrationError('misnamed', {
    zh: `数据库升级文件应命名为“0001-名称.sql”且编号不重复:${list}。`,
    en: `Migrations are named 0001-name.sql, each with a number of its own: ${list}.`,
  })
}

function olderProgram(names: string[]): MigrationError {
  const list = names.join(', ')
  return new MigrationError('unknown', {
    zh: `数据库已由更新版本的程序升级(${list}),本程序不认识。请使用新版本程序。`,
    en: `A newer program has migrated this database (${list}). Use that version; this one would not understand it.`,
  })
}

function changedAfterwards(names: string[]): MigrationError {
  const list = names.join(', ')
  return new MigrationError('changed', {
    zh: `已执行的数据库升级文件被改动:${list}。请恢复原文,改动另写一个新的升级文件。`,
    en: `Migrations were changed after they had been applied: ${list}. Restore their text; write a new one for the change.`,
  })
}

function outOfOrder(names: string[]): MigrationError {
  const list = names.join(', ')
  return new MigrationError('out-of-order', {
    zh: `数据库升级文件的编号早于已执行的文件:${list}。请改用更大的编号。`,
    en: `Migrations are numbered before one that is applied already: ${list}. Give them a later number.`,
  })
}

function failed(migration: Migration, cause: unknown): MigrationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  const line = lineOf(migration.sql, cause)
  const place = line ? `${migration.name}.sql:${line}` : `${migration.name}.sql`
  const text = {
    zh: `数据库升级 ${place} 失败,已回退:${reason}`,
    en: `Migration ${place} failed and was undone: ${reason}`,
  }
  return new MigrationError('failed', text, { cause })
}

/** PostgreSQL tells a position in characters; a person looks for a line. */
function lineOf(sql: string, cause: unknown): number | undefined {
  const position = cause instanceof pg.DatabaseError ? Number(cause.position) : NaN
  return position > 0 ? sql.slice(0, position).split('\n').length : undefined
}
