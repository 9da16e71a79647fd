import os from 'node:os'
import path from 'node:path'
import type pg from 'pg'
import { createDatabase } from '#src/database/create.ts'
import { startEmbedded } from '#src/database/embedded.ts'
import { type Database, openDb } from '#kernel/db.ts'
import { readCharter } from '#kernel/charter.ts'
import { type Engine, engine } from '#kernel/perform.ts'
import { openForHistory } from '#src/program/replay.ts'
import { checkHistory } from '#src/history/check.ts'
import { historyEnd, replay } from '#src/history/replay.ts'

const root = path.join(import.meta.dirname, '..')

type BenchWorld = {
  readonly engine: Engine
  readonly owner: Database
  readonly reads: Database
  readonly connections: {
    readonly owner: pg.ClientConfig
    readonly app: pg.ClientConfig
    readonly reader: pg.ClientConfig
  }
  readonly close: () => Promise<void>
}

/** The whole replayed country on an embedded server as it is shipped: fsync on, history performed as `zeren replay` does. Kept in an ignored folder between runs. */
export async function benchWorld(): Promise<BenchWorld> {
  const server = await startEmbedded({ dataDir: path.join(root, '.cache/bench') })
  const made = await createDatabase({
    admin: server.connection,
    database: 'bench',
    migrations: path.join(root, 'migrations'),
  })
  const charter = readCharter(path.join(root, 'charter/cn-poverty-2016'))
  const acting = openDb({ ...made.app, forActs: true })
  const owner = openDb(made.owner)
  const reads = openDb({ ...made.reader, readOnly: true })
  const on = engine(acting, charter)
  const history = openForHistory(made.app)
  const ran = await replay({ engine: engine(history, charter), until: historyEnd })
  await history.close()
  if (ran.performed > 0) {
    report({
      claim: 'The whole history is replayed',
      measured: `${ran.performed} acts in ${ran.seconds.toFixed(1)} s`,
      against: 'limit 120 s',
      ratio: ran.seconds / 120,
      isMet: ran.performed < ran.steps || ran.seconds < 120,
    })
    const { cells, differences, money, moneyDifferences } = await checkHistory(acting.db, charter)
    const different = differences.length + moneyDifferences.length
    report({
      claim: 'The replayed exits and the centre’s money agree with the sources, cell by cell',
      measured: `${different} of ${cells.length + money.length} cells differ`,
      against: 'none',
      ratio: different,
      isMet: different === 0,
    })
    await owner.pool.query('vacuum analyze')
  }
  const close = async () => {
    await Promise.all([acting.close(), owner.close(), reads.close()])
    await server.stop()
  }
  return { engine: on, owner, reads, connections: made, close }
}

/** One line of the results: what is claimed, what was measured, against what in the same run, and whether the claim holds. */
export type Result = {
  readonly claim: string
  readonly measured: string
  readonly against: string
  /** Measured over what it is held against. */
  readonly ratio: number
  readonly isMet: boolean
}

export const report = (result: Result) => console.log(JSON.stringify(result))

export const machine = () =>
  `${os.cpus().length} × ${os.cpus()[0]?.model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB, ${os.platform()} ${os.release()}, Node ${process.version}`

/** The value that so large a share of the measurements does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

/** Does work so many times, so many at once; gives the rate per second and each one's milliseconds. */
export async function load(
  times: number,
  atOnce: number,
  work: (at: number) => Promise<unknown>,
): Promise<{ rate: number; ms: number[] }> {
  const ms: number[] = []
  let next = 0
  const begun = performance.now()
  const worker = async () => {
    for (let at = next++; at < times; at = next++) {
      const from = performance.now()
      await work(at)
      ms.push(performance.now() - from)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return { rate: (1000 * times) / (performance.now() - begun), ms }
}
