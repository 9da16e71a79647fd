import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Program } from '#src/program/open.ts'

/** Whether the process lives, and whether it can be worked with: the database answers and history is performed. */
export function healthRoutes(app: FastifyInstance, { reads, history }: Program) {
  app.get('/healthz', { logLevel: 'silent' }, () => ({ alive: true }))
  app.get('/readyz', { logLevel: 'silent' }, async (_request, reply) => {
    const database = await sql`select 1`.execute(reads.db).then(
      () => true,
      () => false,
    )
    const isReady = database && history.progress === null && history.failure === undefined
    return reply
      .code(isReady ? 200 : 503)
      .send({ ready: isReady, database, history: history.failure ? 'stopped' : (history.progress ?? 'performed') })
  })
}
