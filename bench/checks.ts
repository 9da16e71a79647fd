import { acts } from '#src/acts.ts'
import { runChecks } from '#src/jobs/checks.ts'
import { addDays } from '#kernel/calendar.ts'
import { shippedChecks } from '#kernel/check.ts'
import { benchWorld, report } from './world.ts'

const LIMIT_S = 120

/** Every check over the whole replayed country, with what it finds kept: one night, the day after the last that was kept. */
const world = await benchWorld()
const { rows } = await world.reads.pool.query<{ last: string | null; root: string }>(
  `select (select max(on_day) from check_run) as last, (select unit_id from unit_version where parent_id is null limit 1) as root`,
)
const { last, root = '' } = rows[0] ?? {}
const on = addDays(last !== null && last !== undefined && last > '2020-12-31' ? last : '2020-12-31', 1)
const spent: { check: string; seconds: number }[] = []
const begun = performance.now()
let before = begun
const run = await runChecks(
  {
    engine: world.engine,
    acts,
    reads: world.reads.db,
    checks: shippedChecks(),
    today: () => on,
    findRoot: () => Promise.resolve({ id: root }),
  },
  on,
  {
    onCheck: ({ check }) => {
      const now = performance.now()
      spent.push({ check, seconds: (now - before) / 1000 })
      before = now
    },
  },
)
const seconds = (performance.now() - begun) / 1000
const slowest = spent.toSorted((a, b) => b.seconds - a.seconds)[0]
report({
  claim: `All ${run.checks} checks over the whole country, with what each finds kept by unit, are done within two minutes`,
  measured: `${seconds.toFixed(1)} s for ${run.total} rows found, ${run.fresh} of them new; the slowest, ${slowest?.check}, took ${slowest?.seconds.toFixed(1)} s (${on})`,
  against: `limit ${LIMIT_S} s`,
  ratio: seconds / LIMIT_S,
  isMet: seconds < LIMIT_S && run.left === 0 && run.checks >= 25,
})
await world.close()
