import type { Charter } from '#kernel/charter.ts'
import { type Books, keyOf, type Span } from './books.ts'
import type { Signs } from './model.ts'

/** So many late obligations, or slipped milestones, are the sign in full. */
export const FULL_AT = 3

const standing = (spans: readonly Span[] | undefined, on: number) =>
  spans?.reduce((count, { from, until }) => count + (from <= on && on < until ? 1 : 0), 0) ?? 0

export type Seen = {
  readonly late: number
  readonly slipped: number
  /** The share of the year's money that lies idle, and that of the middle county of all. */
  readonly idle: { readonly share: number; readonly usual: number } | null
  readonly isAboveLimit: boolean
}

/** Looks at counties on days: what holds them up, as it was known then. */
export class Sight {
  readonly #books: Books
  readonly #charter: Charter
  readonly #usual = new Map<string, number>()

  constructor(books: Books, charter: Charter) {
    this.#books = books
    this.#charter = charter
  }

  see(unit: string, year: number, on: number): Seen {
    return {
      late: standing(this.#books.late.get(unit), on),
      slipped: standing(this.#books.slipped.get(unit), on),
      idle: this.#idle(unit, year, on),
      isAboveLimit: this.#isAboveLimit(unit, year, on),
    }
  }

  /** What was seen, each as a share from nought to one. Idle money counts as far as it is more than usual on the same day. */
  signs(unit: string, year: number, on: number): Signs {
    const { late, slipped, idle, isAboveLimit } = this.see(unit, year, on)
    return {
      late: Math.min(late, FULL_AT) / FULL_AT,
      slipped: Math.min(slipped, FULL_AT) / FULL_AT,
      idle: idle ? Math.max(0, idle.share - idle.usual) : 0,
      headcount: isAboveLimit ? 1 : 0,
    }
  }

  #idle(unit: string, year: number, on: number): Seen['idle'] {
    const share = this.#idleShare(unit, year, on)
    return share === null ? null : { share, usual: this.#usualShare(year, on) }
  }

  #idleShare(unit: string, year: number, on: number): number | null {
    const last = this.#books.money
      .get(year)
      ?.get(unit)
      ?.findLast((balance) => balance.on <= on)
    return last && last.whole > 0 ? Math.max(0, last.idle / last.whole) : null
  }

  #usualShare(year: number, on: number): number {
    const key = `${year} ${on}`
    const kept = this.#usual.get(key)
    if (kept !== undefined) return kept
    const shares = [...(this.#books.money.get(year)?.keys() ?? [])]
      .flatMap((unit) => this.#idleShare(unit, year, on) ?? [])
      .toSorted((a, b) => a - b)
    const usual = shares[Math.floor(shares.length / 2)] ?? 0
    this.#usual.set(key, usual)
    return usual
  }

  #isAboveLimit(unit: string, year: number, on: number): boolean {
    const count = this.#books.counts.get(keyOf(unit, year))?.findLast((each) => each.on <= on)
    return count !== undefined && count.poor * 10_000 > this.#limit(unit, year) * count.rural
  }

  /** The highest headcount for an exit of the year, in basis points; none where the charter names none. */
  #limit(unit: string, year: number): number {
    const { places } = this.#books.map
    const codes = [...(places.get(unit)?.lineage ?? [])].toReversed().map((each) => places.get(each)?.code ?? null)
    const limit = this.#charter.findParameter('exit_headcount_max', `${year}-12-31`, codes)
    return limit ? Math.round(limit.value * 100) : Infinity
  }
}
