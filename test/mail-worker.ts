import type pg from 'pg'
import { carryMail } from '#src/jobs/mail.ts'
import { openMailServer } from '#src/jobs/mail-server.ts'
import { openDb } from '#kernel/db.ts'

/** A process of its own that carries mail until nothing waits, or until it is killed. */
export type MailTask = {
  readonly database: pg.PoolConfig
  readonly port: number
  readonly connections: number
  readonly leaseMs: number
}

const task = JSON.parse(process.env['MAIL_TASK'] ?? '{}') as MailTask
const database = openDb({ ...task.database, forActs: true, max: task.connections })
const server = openMailServer({
  host: '127.0.0.1',
  port: task.port,
  tls: 'none',
  user: undefined,
  password: undefined,
  from: 'zeren@office.example',
  connections: task.connections,
})
await carryMail(
  { database, server, connections: task.connections, leaseMs: task.leaseMs, url: 'https://zeren.example' },
  new AbortController().signal,
)
server.close()
await database.close()
