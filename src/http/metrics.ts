import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { sql } from 'kysely'
import { mailStates } from '#features/inbox/index.ts'
import type { Program } from '#src/program/open.ts'

const SECONDS = [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

/** What an operator watches: acts by outcome, how long requests take, and how full the pools are. */
export function metricRoutes(app: FastifyInstance, { engine, reads, history }: Program) {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  const acts = new Counter({
    name: 'zeren_acts_total',
    help: 'Acts by name and outcome',
    labelNames: ['act', 'outcome'],
    registers,
  })
  const durations = new Histogram({
    name: 'zeren_http_request_duration_seconds',
    help: 'Requests by route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers,
  })
  new Gauge({
    name: 'zeren_pool_connections',
    help: 'Connections to the database by pool and state',
    labelNames: ['pool', 'state'],
    registers,
    collect() {
      for (const [name, { pool }] of [
        ['acts', engine.database],
        ['reads', reads],
      ] as const) {
        this.set({ pool: name, state: 'total' }, pool.totalCount)
        this.set({ pool: name, state: 'idle' }, pool.idleCount)
        this.set({ pool: name, state: 'waiting' }, pool.waitingCount)
      }
    },
  })
  new Gauge({
    name: 'zeren_history_left',
    help: 'Deeds of history still to be performed',
    registers,
    collect() {
      this.set(history.progress ? history.progress.total - history.progress.done : 0)
    },
  })
  new Gauge({
    name: 'zeren_mail',
    help: 'Messages by state; what failed waits for somebody to see to it',
    labelNames: ['state'],
    registers,
    async collect() {
      // Without a database the other figures are still worth having: this one is then not given at all.
      const counted = await sql<{ state: string; n: number }>`
        select state, count(*)::int as n from mail group by state`
        .execute(reads.db)
        .catch(() => undefined)
      this.reset()
      if (!counted) return
      for (const state of mailStates) this.set({ state }, counted.rows.find((row) => row.state === state)?.n ?? 0)
    },
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none'
    durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    done()
  })
  app.get('/metrics', { logLevel: 'silent' }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  )
  return (act: string, outcome: string) => acts.inc({ act, outcome })
}
