import { acts } from '#src/acts.ts'
import { openDb } from '#kernel/db.ts'
import { engine } from '#kernel/perform.ts'
import { runNightly } from '#src/jobs/nightly.ts'
import { campaign } from './world.ts'

/** A nightly run in a process of its own, so that a test can kill it half-way; it says so after each act and waits a while. */
const { app, day, root, pauseMs } = JSON.parse(process.argv[2] ?? '{}') as {
  app: Parameters<typeof openDb>[0]
  day: string
  root: string
  pauseMs: number
}
const database = openDb({ ...app, forActs: true })
const still = new Int32Array(new SharedArrayBuffer(4))
const run = await runNightly(
  {
    engine: engine(database, campaign()),
    acts,
    reads: database.db,
    today: () => day,
    findRoot: () => Promise.resolve({ id: root }),
  },
  day,
  {
    onAct: ({ step, unit }) => {
      process.stdout.write(`${step} ${unit}\n`)
      Atomics.wait(still, 0, 0, pauseMs)
    },
  },
)
process.stdout.write(`finished ${run.acts}\n`)
await database.close()
