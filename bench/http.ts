import { fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { buildServer } from '#src/http/server.ts'
import { assemble, shippedRegistry } from '#src/program/open.ts'
import { benchWorld, report } from './world.ts'

const LEAST_ACTS_PER_SECOND = 1_000
const P99_MS_MAX = 100
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
  readonly acts: number
  readonly seconds: number
  readonly p50: number
  readonly p99: number
  readonly failed: number
}
const measured = await new Promise<Measured>((resolve, reject) => {
  const child = fork(path.join(import.meta.dirname, 'http-load.ts'), [url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.once('message', (message) => resolve(message as Measured))
  child.once('exit', (code) => reject(new Error(`The load ended with ${code}.`)))
  child.send(seats)
})
const rate = measured.acts / measured.seconds
const told = `${rate.toFixed(0)} acts/s, median ${measured.p50.toFixed(0)} ms, p99 ${measured.p99.toFixed(0)} ms, ${measured.failed} failed of ${measured.acts}`
report({
  claim: 'Over HTTP at 50 connections: at least 1,000 acts/s where the machine allows it',
  measured: told,
  against: `${LEAST_ACTS_PER_SECOND} acts/s`,
  ratio: rate / LEAST_ACTS_PER_SECOND,
  isMet: rate >= LEAST_ACTS_PER_SECOND && measured.failed === 0,
})
report({
  claim: 'Over HTTP at 50 connections: p99 under 100 ms where the machine allows it',
  measured: told,
  against: `limit ${P99_MS_MAX} ms`,
  ratio: measured.p99 / P99_MS_MAX,
  isMet: measured.p99 < P99_MS_MAX && measured.failed === 0,
})
await server.close()
await program.close()
await world.close()
