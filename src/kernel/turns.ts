/** Somebody else's acts over the unit took too long; nothing was done, and trying again is safe. */
export class Busy extends Error {}

/**
 * Lets acts over one unit wait for each other inside this process, before any of them takes a connection,
 * so that fifty acts over one county hold one connection and not the whole pool.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()
  readonly #timeoutMs: number

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** Runs work when it is the turn of all its units, taken in one order so that nobody waits in a circle. */
  async take<T>(units: readonly string[], work: () => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#timeoutMs
    const releases: (() => void)[] = []
    try {
      for (const unit of [...new Set(units)].toSorted()) releases.push(await this.#queue(unit, deadline))
      return await work()
    } finally {
      for (const release of releases) release()
    }
  }

  async #queue(unit: string, deadline: number): Promise<() => void> {
    const before = this.#last.get(unit)
    const { promise, resolve } = Promise.withResolvers<void>()
    const mine = before ? before.then(() => promise) : promise
    this.#last.set(unit, mine)
    const release = () => {
      resolve()
      if (this.#last.get(unit) === mine) this.#last.delete(unit)
    }
    if (!before) return release
    const timer = Promise.withResolvers<'late'>()
    const clock = setTimeout(() => timer.resolve('late'), Math.max(0, deadline - performance.now()))
    const first = await Promise.race([before, timer.promise])
    clearTimeout(clock)
    if (first === 'late') {
      release()
      throw new Busy(unit)
    }
    return release
  }
}
