import { fork } from 'node:child_process'
import path from 'node:path'
import { sql } from 'kysely'
import pino from 'pino'
import { findAct } from '#src/acts.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import { buildServer } from '#src/http/server.ts'
import { assemble, shippedRegistry } from '#src/program/open.ts'
import { benchWorld, report } from './world.ts'

const P99_MS_MAX = 50
const attest = findAct('headcount.attest')!
const WRITES_EVERY_MS = 500
const on = '2019-03-01'

/**
 * Two hundred readers of the public site over the whole replayed country, from a process of their own, while acts are done: what a page
 * tells of may change at any moment, so that the site must write pages anew as it goes.
 */
const world = await benchWorld()
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

const { rows } = await sql<{ address: string }>`
  (select '/public/notices/' || unit_id || '/' || exit_year || '/' || round as address from exit_notice
    where from_day <= ${on}::date order by from_day desc limit 60)
  union all
  (select '/public/units/' || unit_id from exit_notice where from_day <= ${on}::date order by unit_id limit 60)
  union all
  (select '/public/money/' || id from fund_disclosure where on_day <= ${on}::date order by id limit 60)`.execute(
  world.owner.db,
)
const lists = ['', '/notices', '/notices?offset=50', '/units', '/units?offset=100', '/projects', '/money', '/data']
const pages = [...lists.map((each) => `/public${each}`), ...rows.map(({ address }) => address)]

/** Acts go on meanwhile, twice a second, each by the head of another county. */
const { rows: heads } = await sql<{ unit: string; person: string }>`
  select a.unit_id as unit, a.person_id as person from appointment a
    join exit_step s on s.unit_id = a.unit_id and s.exit_year = 2019 and s.on_day > ${on}::date
   where a.valid_at @> ${on}::date and a.post = 'county-head' group by 1, 2 order by 1`.execute(world.owner.db)
let written = 0
const writing = setInterval(() => {
  const head = heads[written % heads.length]
  if (!head) return
  written += 1
  const input = {
    unit: head.unit,
    year: 2018,
    poorPersons: 900 + written,
    ruralPersons: 90_000,
    villages: 80,
    villagesOut: 79,
    asOf: '2018-12-01',
  }
  const actor = { kind: 'person', person: head.person, seat: { unit: head.unit, post: 'county-head' } } as const
  void perform(program.engine, attest, input, {
    actor,
    key: `public ${process.hrtime.bigint()}`,
    at: momentOf(on),
    via: 'test',
  })
}, WRITES_EVERY_MS)

type Told = { rate: number; p50: number; p99: number; failed: number }
type Measured = { pages: number; flatOut: Told; pausing: Told }
const measured = await new Promise<Measured>((resolve, reject) => {
  const child = fork(path.join(import.meta.dirname, 'public-load.ts'), [url], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  child.once('message', (message) => resolve(message as Measured))
  child.once('exit', (code) => reject(new Error(`The load ended with ${code}.`)))
  child.send(pages)
})
clearInterval(writing)
const tell = (claim: string, { rate, p50, p99, failed }: Told) =>
  report({
    claim,
    measured: `p99 ${p99.toFixed(1)} ms, median ${p50.toFixed(1)} ms, ${rate.toFixed(0)} pages/s over ${measured.pages} of ${pages.length} pages, ${written} acts meanwhile, ${failed} failed`,
    against: `limit ${P99_MS_MAX} ms`,
    ratio: p99 / P99_MS_MAX,
    isMet: p99 < P99_MS_MAX && failed === 0,
  })
tell('Public pages, 200 readers with 100 ms between pages, while acts go on: p99 under 50 ms', measured.pausing)
tell('Public pages, 200 readers without a pause, while acts go on: p99 under 50 ms', measured.flatOut)
await server.close()
await program.close()
await world.close()
