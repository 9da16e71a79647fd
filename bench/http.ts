import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import { availableParallelism, cpus } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { buildServer } from '#src/http/server.ts'
import { assemble, shippedRegistry } from '#src/program/open.ts'
import { benchWorld, report } from './world.ts'

const LEAST_ACTS_PER_SECOND = 1_000
const P99_MS_MAX = 100
const LEAST_SHARE = 1 / 8
const on = '2019-03-01'

/** Acts over HTTP on fifty connections, from a process of its own, each by the head of another county. */
const world = await benchWorld()
const { rows: seats } = await sql<{ unit: string; post: string }>`
  select distinct on (a.unit_id) a.unit_id as unit, a.post
    from appointment a join unit_designation d on d.unit_id = a.unit_id and d.valid_at @> ${on}::date
    join exit_step s on s.unit_id = a.unit_id and s.exit_year = 2019 and s.on_day > ${on}::date
   where a.valid_at @> ${on}::date and a.post in ('county-head', 'poverty-office-director-county')
   order by a.unit_id, a.post`.execute(world.owner.db)
const connections = { ...world.connections, embedded: false, stop: () => Promise.resolve() }
const program = await assemble({
  mode: 'demonstration',
  charter: world.engine.charter,
  registry: shippedRegistry(),
  connections,
  secret: 'bench',
  day: on,
})
const limits = { requestsPerMinute: 10_000_000, signInsPerMinute: 100_000, publicActsPerMinute: 100_000 }
const server = await buildServer(program, { logger: pino({ level: 'silent' }), limits })
const url = await server.listen({ host: '127.0.0.1', port: 0 })

type Measured = {
  readonly requests: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly failed: number
}

/** How much of the processors' time was used meanwhile, by whomever. */
const busyTimes = () => cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)

async function load(what: 'acts' | 'bare', to: string): Promise<Measured & { readonly busy: number }> {
  const before = busyTimes()
  const begun = performance.now()
  const measured = await new Promise<Measured>((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'http-load.ts'), [to, what], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    child.once('message', (message) => resolve(message as Measured))
    child.once('exit', (code) => reject(new Error(`The load ended with ${code}.`)))
    child.send(seats)
  })
  return { ...measured, busy: (busyTimes() - before) / ((performance.now() - begun) * availableParallelism()) }
}

/** The least that a server on this machine does for a request that writes: reads it, and one bare transaction of one row on the same pool. */
await world.owner.pool.query('create table if not exists bench_bare (id uuid primary key default uuidv7(), word text)')
await world.owner.pool.query('grant insert on bench_bare to zeren_app')
const bareServer = createServer((request, response) => {
  request.resume().on('end', () => {
    void bare().then(() => {
      response.setHeader('content-length', 2).end('{}')
    })
  })
})
async function bare() {
  const client = await world.engine.database.pool.connect()
  await client.query('begin')
  await client.query('insert into bench_bare (word) values ($1)', ['bare'])
  await client.query('commit')
  client.release()
}
await new Promise<void>((listening) => bareServer.listen(0, '127.0.0.1', listening))
const { port } = bareServer.address() as { port: number }

const acts = await load('acts', url)
const least = await load('bare', `http://127.0.0.1:${port}`)
bareServer.close()

const rate = acts.requests / acts.seconds
const leastRate = least.requests / least.seconds
const told = `${rate.toFixed(0)} acts/s, median ${acts.p50.toFixed(0)} ms, p99 ${acts.p99.toFixed(0)} ms, ${acts.failed} failed of ${acts.requests}; ${(100 * acts.busy).toFixed(0)} % of the processors’ time was used`
report({
  claim: 'Over HTTP at 50 connections: at least 1,000 acts/s where the machine allows it',
  measured: told,
  against: `${LEAST_ACTS_PER_SECOND} acts/s`,
  ratio: rate / LEAST_ACTS_PER_SECOND,
  isMet: rate >= LEAST_ACTS_PER_SECOND && acts.failed === 0,
})
report({
  claim: 'Over HTTP at 50 connections: p99 under 100 ms where the machine allows it',
  measured: told,
  against: `limit ${P99_MS_MAX} ms`,
  ratio: acts.p99 / P99_MS_MAX,
  isMet: acts.p99 < P99_MS_MAX && acts.failed === 0,
})
report({
  claim:
    'What the machine allows: acts over HTTP at least 1/8 of bare one-row transactions over bare HTTP, by the same load',
  measured: `${rate.toFixed(0)} acts/s`,
  against: `${leastRate.toFixed(0)} bare requests/s, p99 ${least.p99.toFixed(0)} ms, ${least.failed} failed`,
  ratio: rate / leastRate,
  isMet: rate / leastRate >= LEAST_SHARE && least.failed === 0,
})
await server.close()
await program.close()
await world.close()
