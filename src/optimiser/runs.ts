import { Worker } from 'node:worker_threads'
import type { Solver } from './solver.ts'

/** What the thread is given. */
export type Order = { readonly module: string; readonly input: unknown; readonly stop: SharedArrayBuffer }
/** How far the work is: which step, the best in hand, and what nothing can exceed. */
export type Heard = { readonly step: string; readonly worth: number | null; readonly bound: number | null }
export type Told =
  | { readonly kind: 'heard'; readonly progress: Heard }
  | { readonly kind: 'done'; readonly result: unknown }

export type Workbench = {
  readonly solver: Solver
  readonly heard: (progress: Heard) => void
  readonly isStopped: () => boolean
}
/** What a module exports to be run in a thread. */
// oxlint-disable-next-line typescript/no-explicit-any -- each module knows its own input; it travels through a thread
export type Work = (input: any, bench: Workbench) => unknown

/** Why a run came to nothing. */
export type Failure = 'cancelled' | 'out-of-time' | 'crashed'
export type Ended<Result> =
  | { readonly state: 'done'; readonly result: Result }
  | { readonly state: 'failed'; readonly why: Failure; readonly message: string }

export type Run<Result> = {
  readonly digest: string
  readonly progress: Heard | null
  readonly ms: number
  /** Never rejects: how it ended is told. */
  readonly ended: Promise<Ended<Result>>
  readonly isOver: boolean
  cancel(): void
}

/** Asked for while another run of the same key, or too many of others, are under way. */
export class Occupied extends Error {
  readonly by: 'same' | 'others'
  constructor(by: Occupied['by']) {
    super(`A run is under way (${by}).`)
    this.by = by
  }
}

type RunOrder = { readonly module: URL; readonly input: unknown; readonly msMax: number }

/** How long a thread has after its own limit of time to hand in what it has, and how much memory of its own. */
type Bounds = { readonly graceMs: number; readonly heapMb: number }

const HEAP_MB_MAX = 512
const GRACE_MS = 5_000
const KEPT_MAX = 32

/**
 * Searches, each in a thread of its own, one at a time for each key. The server goes on meanwhile; a thread that hangs is cut off, one that
 * crashes is told as such, and neither takes anything else with it. What was found is kept until something else is asked under the key.
 */
export class Runs<Result> {
  readonly #runs = new Map<string, ThreadRun<Result>>()
  readonly #atOnce: number
  readonly #bounds: Bounds

  constructor(atOnce: number, bounds: Partial<Bounds> = {}) {
    this.#atOnce = atOnce
    this.#bounds = { graceMs: GRACE_MS, heapMb: HEAP_MB_MAX, ...bounds }
  }

  /** The run of this key and content: the one under way or just ended, or else a new one. A failure is told once; asking again tries again. */
  ask(key: string, digest: string, order: RunOrder): Run<Result> {
    const earlier = this.#runs.get(key)
    if (earlier?.digest === digest && !earlier.isTold) return earlier
    if (earlier && !earlier.isOver) throw new Occupied('same')
    if ([...this.#runs.values()].filter((run) => !run.isOver).length >= this.#atOnce) throw new Occupied('others')
    const run = new ThreadRun<Result>(digest, order, this.#bounds)
    this.#runs.delete(key)
    this.#runs.set(key, run)
    this.#forget()
    return run
  }

  /** Says whether there was anything to cancel. */
  cancel(key: string): boolean {
    const run = this.#runs.get(key)
    if (!run || run.isOver) return false
    run.cancel()
    return true
  }

  /** A failure was told: asking again tries again. */
  told(key: string) {
    const run = this.#runs.get(key)
    if (run?.isOver) run.isTold = run.hasFailed
  }

  /** Cuts off whatever is under way, as when the program ends. */
  stop() {
    for (const run of this.#runs.values()) if (!run.isOver) run.cancel()
  }

  #forget() {
    for (const [key, run] of this.#runs) if (this.#runs.size > KEPT_MAX && run.isOver) this.#runs.delete(key)
  }
}

class ThreadRun<Result> implements Run<Result> {
  readonly digest: string
  readonly ended: Promise<Ended<Result>>
  progress: Heard | null = null
  isOver = false
  hasFailed = false
  isTold = false
  readonly #begun = performance.now()
  readonly #stop = new SharedArrayBuffer(4)
  readonly #worker: Worker
  #why: Failure | undefined
  #msTaken = 0

  constructor(digest: string, { module, input, msMax }: RunOrder, { graceMs, heapMb }: Bounds) {
    this.digest = digest
    const order: Order = { module: module.href, input, stop: this.#stop }
    this.#worker = new Worker(new URL('./thread.ts', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: heapMb },
    })
    const clock = setTimeout(() => this.#end('out-of-time'), msMax + graceMs)
    clock.unref()
    this.ended = this.#listen().finally(() => clearTimeout(clock))
  }

  get ms() {
    return Math.round(this.isOver ? this.#msTaken : performance.now() - this.#begun)
  }

  cancel() {
    this.#end('cancelled')
  }

  #end(why: Failure) {
    this.#why ??= why
    Atomics.store(new Int32Array(this.#stop), 0, 1)
    void this.#worker.terminate()
  }

  #listen(): Promise<Ended<Result>> {
    const { promise, resolve } = Promise.withResolvers<Ended<Result>>()
    const end = (ended: Ended<Result>) => {
      if (this.isOver) return
      this.isOver = true
      this.hasFailed = ended.state === 'failed'
      this.#msTaken = performance.now() - this.#begun
      resolve(ended)
    }
    const fail = (why: Failure, message: string) => end({ state: 'failed', why, message })
    this.#worker.on('message', (told: Told) => {
      if (told.kind === 'heard') this.progress = told.progress
      else end({ state: 'done', result: told.result as Result })
    })
    this.#worker.on('error', (error) =>
      fail(this.#why ?? 'crashed', error instanceof Error ? error.message : String(error)),
    )
    this.#worker.on('exit', (code) => fail(this.#why ?? 'crashed', `The thread ended with ${code}.`))
    return promise
  }
}
