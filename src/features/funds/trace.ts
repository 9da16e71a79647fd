/** One transfer as the books hold it, with its place in both accounts. */
export type Moved = {
  readonly act: string
  readonly n: number
  readonly from: bigint
  readonly to: bigint
  readonly amount: bigint
  readonly fromVersion: number
  readonly toVersion: number
}

/** Some fen of one transfer: those from `at` on, so many. */
export type Slice = { readonly moved: Moved; readonly at: bigint; readonly amount: bigint }

/** The transfers of one direction of an account in its order, each with where its fen begin among all that went that way. */
type Side = { readonly rows: readonly Moved[]; readonly starts: readonly bigint[]; readonly total: bigint }

const empty: Side = { rows: [], starts: [], total: 0n }

function sideOf(rows: readonly Moved[], version: 'fromVersion' | 'toVersion'): Side {
  const sorted = rows.toSorted((a, b) => a[version] - b[version])
  let total = 0n
  const starts = sorted.map((row) => {
    const start = total
    total += row.amount
    return start
  })
  return { rows: sorted, starts, total }
}

/**
 * Follows money both ways, to the fen. In every account the fen leave in the order in which they came: the k-th fen out is the k-th
 * fen in. So each fen that came has one place to which it went, or rests, and each that left has one from which it came: following
 * down and then up ends where it began, and no amount is lost or counted twice. Give it what stands alone: a transfer that was
 * reversed and its reversal are both left out, and the accounts whole that money is to be followed through.
 */
export class Course {
  readonly #in: ReadonlyMap<bigint, Side>
  readonly #out: ReadonlyMap<bigint, Side>
  /** Where each transfer's fen begin among those that came into one account, and among those that left the other. */
  readonly #inAt = new Map<Moved, bigint>()
  readonly #outAt = new Map<Moved, bigint>()

  constructor(transfers: readonly Moved[]) {
    const grouped = (by: 'from' | 'to', version: 'fromVersion' | 'toVersion', at: Map<Moved, bigint>) => {
      const sides = new Map<bigint, Side>()
      for (const [account, rows] of Map.groupBy(transfers, (row) => row[by])) {
        const side = sideOf(rows, version)
        sides.set(account, side)
        for (const [place, row] of side.rows.entries()) at.set(row, side.starts[place]!)
      }
      return sides
    }
    this.#in = grouped('to', 'toVersion', this.#inAt)
    this.#out = grouped('from', 'fromVersion', this.#outAt)
  }

  /** Whence some fen of a transfer came into the account that it left; nothing comes into the account of a source. */
  before({ moved, at, amount }: Slice): readonly Slice[] {
    return cut(this.#in.get(moved.from) ?? empty, (this.#outAt.get(moved) ?? 0n) + at, amount)
  }

  /** Whither some fen of a transfer went on from the account that it came into; what rests there is not among them. */
  after({ moved, at, amount }: Slice): readonly Slice[] {
    return cut(this.#out.get(moved.to) ?? empty, (this.#inAt.get(moved) ?? 0n) + at, amount)
  }

  /** All that came into an account, in order. */
  into = (account: bigint): readonly Moved[] => this.#in.get(account)?.rows ?? []
  /** All that left an account, in order. */
  outOf = (account: bigint): readonly Moved[] => this.#out.get(account)?.rows ?? []
}

/** The fen of a side from a place on, as slices of its transfers; those beyond its end are not there. */
function cut(side: Side, from: bigint, amount: bigint): readonly Slice[] {
  const end = from + amount < side.total ? from + amount : side.total
  const slices: Slice[] = []
  for (let at = from, place = placeOf(side, from); at < end; place += 1) {
    const moved = side.rows[place]!
    const start = side.starts[place]!
    const until = start + moved.amount < end ? start + moved.amount : end
    slices.push({ moved, at: at - start, amount: until - at })
    at = until
  }
  return slices
}

/** The last transfer that begins at or before a fen. */
function placeOf({ starts }: Side, fen: bigint): number {
  let low = 0
  for (let high = starts.length - 1; low < high;) {
    const middle = (low + high + 1) >> 1
    if (starts[middle]! <= fen) low = middle
    else high = middle - 1
  }
  return low
}

export type End = { readonly slice: Slice; readonly rests: bigint }

/** The last transfers on the way of some fen: for each, how many of its fen went no further. */
export function ends(course: Course, begin: readonly Slice[], direction: 'up' | 'down'): readonly End[] {
  const found: End[] = []
  for (const way = [...begin]; way.length > 0;) {
    const slice = way.pop()!
    const next = direction === 'up' ? course.before(slice) : course.after(slice)
    const went = next.reduce((sum, each) => sum + each.amount, 0n)
    if (went < slice.amount) found.push({ slice, rests: slice.amount - went })
    for (const each of next) way.push(each)
  }
  return found
}

type Reversible = {
  readonly act: string
  readonly n: number
  /** For a reversal: what it corrects. */
  readonly reversesAct: string | null
  readonly reversesN: number | null
}

/** What stands of the books: without what was reversed and without the reversals. */
export function standing<Row extends Reversible>(rows: readonly Row[]): readonly Row[] {
  const reversals = rows.filter((row) => row.reversesAct !== null)
  if (reversals.length === 0) return rows
  const gone = new Set(reversals.map(({ reversesAct, reversesN }) => `${reversesAct} ${reversesN}`))
  return rows.filter((row) => row.reversesAct === null && !gone.has(`${row.act} ${row.n}`))
}
