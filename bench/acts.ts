import { sql } from 'kysely'
import { findAct } from '#src/acts.ts'
import { momentOf } from '#kernel/calendar.ts'
import { perform } from '#kernel/perform.ts'
import { benchWorld, load, percentile, report } from './world.ts'

const ACTS = 3_000
const BARE = 12_000
const AT_ONCE = 16
const LEAST_SHARE = 1 / 8
const TIMEOUT_MS = 10_000
const ROUNDS = 3

/** Acts spread over the 832 counties against bare one-row transactions on the same pool, and fifty at once over one county. */
const world = await benchWorld()
const { engine, owner } = world
const attest = findAct('headcount.attest')
if (!attest) throw new Error('There is no act headcount.attest.')
const on = '2019-03-01'
const { rows: heads } = await sql<{ unit: string; person: string; post: string }>`
  select distinct on (a.unit_id) a.unit_id as unit, a.person_id as person, a.post
    from appointment a join unit_designation d on d.unit_id = a.unit_id and d.valid_at @> ${on}::date
    join exit_step s on s.unit_id = a.unit_id and s.exit_year = 2019 and s.on_day > ${on}::date
   where a.valid_at @> ${on}::date and a.post in ('county-head', 'poverty-office-director-county')
   order by a.unit_id, a.post`.execute(engine.database.db)
const run = process.hrtime.bigint()

const doing = async (at: number, head: (typeof heads)[number]) => {
  const input = {
    unit: head.unit,
    year: 2000 + (Math.floor(at / heads.length) % 19),
    poorPersons: 900 + (at % 90),
    ruralPersons: 90_000,
    villages: 80,
    villagesOut: 79,
    asOf: `${2000 + (Math.floor(at / heads.length) % 19)}-12-01`,
  }
  const actor = { kind: 'person', person: head.person, seat: { unit: head.unit, post: head.post } } as const
  const outcome = await perform(engine, attest, input, {
    actor,
    key: `bench ${run} ${at}`,
    at: momentOf(on),
    via: 'test',
  })
  if (outcome.outcome !== 'done') throw new Error(JSON.stringify(outcome))
}

await owner.pool.query('create table if not exists bench_bare (id uuid primary key default uuidv7(), word text)')
await owner.pool.query('grant insert on bench_bare to zeren_app')
const bare = async () => {
  const client = await engine.database.pool.connect()
  await client.query('begin')
  await client.query('insert into bench_bare (word) values ($1)', ['bare'])
  await client.query('commit')
  client.release()
}

const rounds: { ratio: number; measured: string; against: string }[] = []
for (let round = 0; round < ROUNDS; round += 1) {
  const rows = await load(BARE, AT_ONCE, bare)
  const acts = await load(ACTS, AT_ONCE, (at) => doing(round * ACTS + at, heads[at % heads.length] ?? heads[0]!))
  rounds.push({
    ratio: acts.rate / rows.rate,
    measured: `${acts.rate.toFixed(0)} acts/s (p99 ${percentile(acts.ms, 0.99).toFixed(0)} ms)`,
    against: `${rows.rate.toFixed(0)} bare transactions/s`,
  })
}
// The round in the middle, neither the best nor the worst.
const middle = rounds.toSorted((a, b) => a.ratio - b.ratio)[Math.floor(ROUNDS / 2)]!
report({
  claim: 'Acts spread over counties, 16 at once, fsync on: at least 1/8 of bare one-row transactions',
  ...middle,
  isMet: middle.ratio >= LEAST_SHARE,
})

const hot = await load(50, 50, (at) => doing(1_000_000 + at, heads[0]!))
const longest = Math.max(...hot.ms)
report({
  claim: 'Fifty acts at once over one county: none lost, none waiting longer than the timeout',
  measured: `${hot.ms.length} done, longest wait ${longest.toFixed(0)} ms`,
  against: `timeout ${TIMEOUT_MS} ms`,
  ratio: longest / TIMEOUT_MS,
  isMet: hot.ms.length === 50 && longest < TIMEOUT_MS,
})
await world.close()
