import { parentPort, workerData } from 'node:worker_threads'
import type { Heard, Order, Told, Work } from './runs.ts'
import { openSolver } from './solver.ts'

/** The thread that one search runs in, and that ends with it. What to do is a module's `work`; whether to stop is read from shared memory. */
const { module, input, stop } = workerData as Order
const tell = (told: Told) => parentPort?.postMessage(told)
const flag = new Int32Array(stop)

const { work } = (await import(module)) as { work: Work }
const solver = await openSolver()
const heard = (progress: Heard) => tell({ kind: 'heard', progress })
const result: unknown = work(input, { solver, heard, isStopped: () => Atomics.load(flag, 0) !== 0 })
tell({ kind: 'done', result })
