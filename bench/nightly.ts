import { acts } from '#src/acts.ts'
import { addDays } from '#kernel/calendar.ts'
import { runNightly } from '#src/jobs/nightly.ts'
import { benchWorld, report } from './world.ts'

const LIMIT_S = 60
const NIGHTS = 12

/** The nightly run of all obligations over the whole replayed country, night after night from where the last run left it; the slowest counts. */
const world = await benchWorld()
const { rows } = await world.reads.pool.query<{ last: string | null; root: string }>(
  `select (select max(done_on) from journal where act = 'ladder.take' and via <> 'replay') as last,
          (select unit_id from unit_version where parent_id is null limit 1) as root`,
)
const { last, root = '' } = rows[0] ?? {}
const first = addDays(last ?? '2020-12-31', 1)
const nights: { on: string; seconds: number; acts: number; steps: number }[] = []
for (let night = 0; night < NIGHTS; night++) {
  const on = addDays(first, night)
  const begun = performance.now()
  const { acts: done, steps } = await runNightly(
    {
      engine: world.engine,
      acts,
      reads: world.reads.db,
      today: () => on,
      findRoot: () => Promise.resolve({ id: root }),
    },
    on,
  )
  nights.push({ on, seconds: (performance.now() - begun) / 1000, acts: done, steps })
}
const open = await world.reads.pool.query<{ open: bigint }>(
  'select count(*) as open from obligation_item where met_on is null and lapsed_on is null',
)
const slowest = nights.toSorted((a, b) => b.seconds - a.seconds)[0]
if (slowest)
  report({
    claim: `A night over the whole country with ${open.rows[0]?.open} open obligations is done within a minute`,
    measured: `the slowest of ${NIGHTS}: ${slowest.seconds.toFixed(1)} s for ${slowest.steps} steps in ${slowest.acts} acts (${slowest.on})`,
    against: `limit ${LIMIT_S} s`,
    ratio: slowest.seconds / LIMIT_S,
    isMet: slowest.seconds < LIMIT_S,
  })
await world.close()
