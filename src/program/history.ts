import { Worker } from 'node:worker_threads'
import pg from 'pg'
import type { Database } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

export type Progress = { readonly done: number; readonly total: number; readonly label: Text }

/** What came before the day that a demonstration stands on: performed already, or being performed. */
export type History = {
  /** How far it is; null when all of it was performed. */
  readonly progress: Progress | null
  /** Why it stopped short, if it did. */
  readonly failure: Error | undefined
  /** Resolves when all was performed, rejects when it stopped short. */
  readonly finished: Promise<void>
  stop(): Promise<void>
}

export const noHistory: History = {
  progress: null,
  failure: undefined,
  finished: Promise.resolve(),
  stop: () => Promise.resolve(),
}

/** What the thread that performs history is told, and what it tells. */
export type Task = { readonly app: pg.ClientConfig; readonly charterFolder: string; readonly until: Day }
export type Told = { readonly done: number; readonly total: number; readonly on: Day } | 'finished'

const beginning: Progress = { done: 0, total: 0, label: { zh: '正在开始', en: 'beginning' } }
const reached = (on: Day): Text => ({ zh: `已到 ${on}`, en: `up to ${on}` })

/**
 * Performs history up to a day in a thread of its own, so that the server answers meanwhile. A thread that is stopped
 * leaves whole acts behind; the next start goes on from there.
 */
export async function startHistory(database: Database, owner: pg.ClientConfig, task: Task): Promise<History> {
  const done = await database.db
    .selectFrom('demonstration_history')
    .select('until')
    .where('until', '>=', task.until)
    .limit(1)
    .executeTakeFirst()
  return done ? noHistory : new RunningHistory(database, owner, task)
}

class RunningHistory implements History {
  progress: Progress | null = beginning
  failure: Error | undefined
  readonly finished: Promise<void>
  readonly #worker: Worker
  #isStopped = false

  constructor(database: Database, owner: pg.ClientConfig, task: Task) {
    this.#worker = new Worker(new URL('./history-thread.ts', import.meta.url), { workerData: task })
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const fail = (error: Error) => {
      if (this.#isStopped) return resolve()
      this.failure = error
      reject(error)
    }
    this.#worker.on('message', (told: Told) => {
      if (told !== 'finished') this.progress = { done: told.done, total: told.total, label: reached(told.on) }
      else
        settle(database, owner, task.until).then(() => {
          this.progress = null
          resolve()
        }, fail)
    })
    this.#worker.on('error', fail)
    this.#worker.on('exit', (code) =>
      code === 0 ? undefined : fail(new Error(`The thread of history ended with ${code}.`)),
    )
    this.finished = promise
    // Whoever waits hears of it; nobody has to.
    promise.catch(() => undefined)
  }

  async stop() {
    this.#isStopped = true
    await this.#worker.terminate()
  }
}

/** Lets the database take stock of the many rows that are new to it, then remembers that history is in place. */
async function settle(database: Database, owner: pg.ClientConfig, until: Day) {
  const client = new pg.Client({ ...owner, application_name: 'zeren-history' })
  await client.connect()
  try {
    await client.query('vacuum (analyze)')
  } finally {
    await client.end()
  }
  await database.db
    .insertInto('demonstration_history')
    .values({ until, finished_at: new Date() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
