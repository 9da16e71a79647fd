import pg from 'pg'
import { createDatabase } from '#src/database/create.ts'
import { type EmbeddedServer, startEmbedded } from '#src/database/embedded.ts'
import path from 'node:path'
import { ProgramError } from './error.ts'
import { databaseFolder, makeFolder, programRoot } from './home.ts'
import { derive } from './secret.ts'

/** How to reach the database in its three roles, and how to let go of it. */
export type Connections = {
  readonly owner: pg.ClientConfig
  readonly app: pg.ClientConfig
  readonly reader: pg.ClientConfig
  /** Whether the database is the one that came with the program. */
  readonly embedded: boolean
  stop(): Promise<void>
}

export type Where = {
  /** Where an embedded database lies. */
  readonly folder: string
  readonly secret: string
  /** The owner's connection to a server; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined
  /** Begins with an empty database, whatever an earlier run left in it; only of an embedded one. */
  readonly fresh?: boolean
}

const migrations = path.join(programRoot, 'migrations')
const embeddedName = 'zeren'

/** Starts or finds the database, makes roles and database where they are missing, and migrates. */
export async function connect({ folder, secret, databaseUrl, fresh = false }: Where): Promise<Connections> {
  if (databaseUrl !== undefined) return connectToServer(databaseUrl, secret)
  makeFolder(folder)
  const server = await startEmbedded({ dataDir: databaseFolder(folder) })
  const stop = () => stopUnlessUsed(server)
  try {
    if (fresh)
      await withClient(server.connection, (client) =>
        client.query(`drop database if exists ${embeddedName} with (force)`),
      )
    const made = await createDatabase({ admin: server.connection, database: embeddedName, migrations })
    return { ...made, embedded: true, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function withClient<T>(config: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...config, application_name: 'zeren-close' })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** Ends the embedded server with its last user; another process of ours may have come to share it. */
async function stopUnlessUsed(server: EmbeddedServer) {
  const others = await withClient(server.connection, (client) =>
    client.query(`select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`),
  )
  if (others.rowCount === 0) await server.stop()
}

/** The two lesser roles log in by addresses of their own, or by passwords that follow from the installation's secret. */
async function connectToServer(databaseUrl: string, secret: string): Promise<Connections> {
  const admin = { connectionString: databaseUrl }
  const app = process.env['DATABASE_APP_URL']
  const reader = process.env['DATABASE_READER_URL']
  const passwords = { app: derive(secret, 'zeren_app'), reader: derive(secret, 'zeren_reader') }
  const isOwn = app !== undefined && reader !== undefined
  try {
    const made = await createDatabase({ admin, migrations, ...(!isOwn && { passwords }) })
    return {
      owner: made.owner,
      app: isOwn ? { connectionString: app } : made.app,
      reader: isOwn ? { connectionString: reader } : made.reader,
      embedded: false,
      stop: () => Promise.resolve(),
    }
  } catch (error) {
    throw explained(error)
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'
const UNREACHABLE = ['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN', 'ENOENT', '28P01', '28000', '3D000']

function explained(error: unknown): unknown {
  const { code, message } = error as { code?: string; message?: string }
  if (code === INSUFFICIENT_PRIVILEGE)
    return new ProgramError(
      {
        zh:
          'DATABASE_URL 的角色无权建立或管理 zeren_app、zeren_reader 两个角色。只有一个角色时，日志不可更改就无从保证，因此不予启动。' +
          '请由数据库管理员执行 CREATE ROLE zeren_app LOGIN、CREATE ROLE zeren_reader LOGIN，再以 DATABASE_APP_URL、DATABASE_READER_URL 给出两者的连接。',
        en:
          'The role of DATABASE_URL may not make or manage the roles zeren_app and zeren_reader. With one role alone nothing would keep ' +
          'the journal from being changed, so the program does not start. Have the administrator run CREATE ROLE zeren_app LOGIN and ' +
          'CREATE ROLE zeren_reader LOGIN, and give their connections in DATABASE_APP_URL and DATABASE_READER_URL.',
      },
      { cause: error },
    )
  if (code !== undefined && UNREACHABLE.includes(code))
    return new ProgramError(
      {
        zh: `无法连接 DATABASE_URL 所指的数据库：${message ?? code}`,
        en: `The database of DATABASE_URL cannot be reached: ${message ?? code}`,
      },
      { cause: error },
    )
  return error
}
