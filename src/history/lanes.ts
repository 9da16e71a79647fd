import type { Step } from './step.ts'

/** Steps of one day and turn. */
type Batch = readonly [Step, ...Step[]]

/** Whose steps wait for each other, such as those of one province; undefined for what everybody waits for. */
export type LaneOf = (step: Step) => string | undefined

const earlierFirst = (a: Step, b: Step) => (a.on === b.on ? a.turn - b.turn : a.on < b.on ? -1 : 1)
const isBeside = (a: Step, b: Step | undefined) => b?.on === a.on && b.turn === a.turn

function batchesOf(ordered: readonly Step[]): Batch[] {
  const batches: [Step, ...Step[]][] = []
  for (const step of ordered) {
    const last = batches.at(-1)
    if (last && isBeside(last[0], step)) last.push(step)
    else batches.push([step])
  }
  return batches
}

/** Steps in the order of their days and turns. */
export class Queue {
  #ordered: Step[]
  constructor(steps: readonly Step[]) {
    this.#ordered = steps.toSorted(earlierFirst)
  }

  get size() {
    return this.#ordered.length
  }

  add(steps: readonly Step[]) {
    if (steps.length > 0) this.#ordered = [...this.#ordered, ...steps].toSorted(earlierFirst)
  }

  /** Takes all that comes before the first step that everybody waits for, and then what is of its day and turn. */
  take(laneOf: LaneOf): { readonly lanes: readonly Lane[]; readonly common: readonly Step[] } {
    const at = this.#ordered.findIndex((step) => laneOf(step) === undefined)
    const before = at < 0 ? this.#ordered : this.#ordered.slice(0, at)
    const rest = at < 0 ? [] : this.#ordered.slice(at)
    const common = batchesOf(rest.slice(0, 1 + rest.findLastIndex((step) => isBeside(step, rest[0]))))[0] ?? []
    this.#ordered = rest.slice(common.length)
    return { lanes: [...Map.groupBy(before, laneOf).values()].map((steps) => new Lane(steps)), common }
  }
}

/** Steps that go in order, those of one day and turn at once. */
export class Lane {
  readonly #batches: Batch[]
  #waiting: Step[] = []
  #running = 0
  /** So many have not ended. */
  left: number
  constructor(ordered: readonly Step[]) {
    this.#batches = batchesOf(ordered).toReversed()
    this.left = ordered.length
  }

  get isReady() {
    return this.#waiting.length > 0 || (this.#running === 0 && this.#batches.length > 0)
  }

  /** The step that comes next, of a lane that is ready. */
  next(): Step {
    if (this.#waiting.length === 0) this.#waiting = [...(this.#batches.pop() ?? [])].toReversed()
    const step = this.#waiting.at(-1)
    if (!step) throw new Error('A lane that is not ready has no next step.')
    return step
  }

  take(): Step {
    const step = this.next()
    this.#waiting.pop()
    this.#running += 1
    return step
  }

  end() {
    this.#running -= 1
    this.left -= 1
  }
}

/**
 * Acts of one slice write to the same few tables, and those that move money to neighbouring accounts: more at once would meet each other too
 * often. What only tells of money moves none.
 */
const sliceOf = ({ act: { name } }: Step) => (name === 'funds.disclose' ? name : name.slice(0, name.indexOf('.')))
const atOnceMax = (slice: string) => (slice === 'funds' ? 1 : 2)

/** Does the steps of many lanes, so many at once; the lane with the most left goes first, so that all end at about the same time. */
export async function runLanes(lanes: readonly Lane[], atOnce: number, run: (step: Step) => Promise<void>) {
  let changed = Promise.withResolvers<void>()
  let failed = false
  const running = new Map<string, number>()
  const count = (slice: string, change: 1 | -1) => running.set(slice, (running.get(slice) ?? 0) + change)
  const hasRoom = (step: Step) => (running.get(sliceOf(step)) ?? 0) < atOnceMax(sliceOf(step))
  const worker = async () => {
    while (!failed && lanes.some((lane) => lane.left > 0)) {
      const ready = lanes.filter((lane) => lane.isReady && hasRoom(lane.next())).toSorted((a, b) => b.left - a.left)[0]
      if (!ready) {
        await changed.promise
        continue
      }
      const step = ready.take()
      count(sliceOf(step), 1)
      try {
        await run(step)
      } catch (error) {
        failed = true
        throw error
      } finally {
        count(sliceOf(step), -1)
        ready.end()
        changed.resolve()
        changed = Promise.withResolvers()
      }
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker))
  for (const each of ended) if (each.status === 'rejected') throw each.reason
}
