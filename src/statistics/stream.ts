import { createHash } from 'node:crypto'

const NUMBER_BYTES = 6
const NUMBERS_IN_BLOCK = 5
const RANGE = 2 ** (8 * NUMBER_BYTES)

/**
 * Numbers that a seed gives, the same on every machine, and that anybody can find again with a pencil's worth of tools:
 * block i is SHA-256 of the text `seed⏎label⏎i` (i from 0, in decimal digits); each block gives five numbers, its bytes 0–5, 6–11, 12–17,
 * 18–23 and 24–29, highest byte first. Different labels give streams that do not depend on each other, so that what is drawn in one
 * village does not change what is drawn in the next.
 */
export class SeededStream {
  readonly #prefix: string
  #block = Buffer.alloc(0)
  #next = 0
  #taken = NUMBERS_IN_BLOCK

  constructor(seed: string, label: string) {
    if (seed.includes('\n') || label.includes('\n')) throw new Error('Seeds and labels are of one line.')
    this.#prefix = `${seed}\n${label}\n`
  }

  #number(): number {
    if (this.#taken === NUMBERS_IN_BLOCK) {
      this.#block = createHash('sha256')
        .update(`${this.#prefix}${this.#next++}`)
        .digest()
      this.#taken = 0
    }
    return this.#block.readUIntBE(NUMBER_BYTES * this.#taken++, NUMBER_BYTES)
  }

  /** A whole number from 0 up to but not including `limit`, each as likely: numbers that would favour the low ones are passed over. */
  below(limit: number): number {
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > RANGE)
      throw new RangeError(`No number lies below ${limit}.`)
    const fair = RANGE - (RANGE % limit)
    for (;;) {
      const number = this.#number()
      if (number < fair) return number % limit
    }
  }
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
