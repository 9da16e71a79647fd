import pg from 'pg'
import { migrate } from './migrate.ts'

/** The application: reads and writes what acts may write, under row-level security. */
export const appRole = 'zeren_app'
/** Reports, exports and outside analysis: reads only. */
export const readerRole = 'zeren_reader'

export interface CreateOptions {
  /** A connection that may create roles and databases: the embedded owner, or the administrator of a server. */
  admin: pg.ClientConfig
  /** The database's name; without it, the one that `admin` is connected to. */
  database?: string
  /** The directory of migrations. */
  migrations: string
  /** Needed where the server asks for passwords; the embedded server trusts its private socket. */
  passwords?: { app: string; reader: string }
}

export interface CreatedDatabase {
  owner: pg.ClientConfig
  app: pg.ClientConfig
  reader: pg.ClientConfig
  /** Names of the migrations that were applied now. */
  applied: string[]
}

const createLock = 832_128_9898

/** Makes what is missing of roles and database, then migrates. Doing it again, or twice at once, changes nothing more. */
export async function createDatabase(options: CreateOptions): Promise<CreatedDatabase> {
  const database = await createRolesAndDatabase(options)
  const owner = { ...options.admin, ...withDatabase(options.admin, database) }
  const applied = await migrate(owner, options.migrations)
  return {
    owner,
    app: { ...owner, ...withUser(owner, appRole, options.passwords?.app) },
    reader: { ...owner, ...withUser(owner, readerRole, options.passwords?.reader) },
    applied,
  }
}

async function createRolesAndDatabase(options: CreateOptions): Promise<string> {
  const client = new pg.Client({ application_name: 'zeren-create', ...options.admin })
  await client.connect()
  try {
    // Roles belong to the whole server and CREATE DATABASE has no IF NOT EXISTS: installers take turns.
    await client.query('SELECT pg_advisory_lock($1)', [createLock])
    await createRole(client, appRole, options.passwords?.app)
    await createRole(client, readerRole, options.passwords?.reader)
    const name = options.database ?? (await currentDatabase(client))
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name])
    if (!rowCount) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)} ENCODING 'UTF8'`)
    return name
  } finally {
    await client.end()
  }
}

/** A role of this name that could go around row-level security is refused: the permissions would protect nothing. */
async function createRole(client: pg.Client, role: string, password: string | undefined): Promise<void> {
  const { rows } = await client.query<{ free: boolean }>(
    'SELECT rolsuper OR rolbypassrls AS free FROM pg_roles WHERE rolname = $1',
    [role],
  )
  if (rows[0]?.free) {
    throw new Error(
      `数据库角色 ${role} 不得为超级用户或绕过行级安全。\nThe role ${role} must not be a superuser or bypass row-level security.`,
    )
  }
  const name = client.escapeIdentifier(role)
  if (rows.length === 0) await client.query(`CREATE ROLE ${name} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE`)
  if (password !== undefined) await client.query(`ALTER ROLE ${name} PASSWORD ${client.escapeLiteral(password)}`)
}

async function currentDatabase(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name')
  return rows[0]!.name
}

/** `pg` lets a connection string win over the fields beside it, so the change is made in the string if there is one. */
function withDatabase(config: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!config.connectionString) return { database }
  const url = new URL(config.connectionString)
  url.pathname = `/${encodeURIComponent(database)}`
  return { connectionString: url.href }
}

function withUser(config: pg.ClientConfig, user: string, password: string | undefined): pg.ClientConfig {
  if (!config.connectionString) return password === undefined ? { user } : { user, password }
  const url = new URL(config.connectionString)
  url.username = user
  url.password = encodeURIComponent(password ?? '')
  return { connectionString: url.href }
}
