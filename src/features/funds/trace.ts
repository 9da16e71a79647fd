/** The number of an account in the books, counted from one: a plain number, since a trace handles tens of thousands. */
export type AccountNumber = number

/** One transfer as the books hold it, with its place in both accounts. */
export type Moved = {
  readonly act: string
  readonly n: number
  readonly from: AccountNumber
  readonly to: AccountNumber
  readonly amount: bigint
  readonly fromVersion: number
  readonly toVersion: number
}

/** Some fen of one transfer: those from `at` on, so many. */
export type Slice = { readonly moved: Moved; readonly at: bigint; readonly amount: bigint }

/** The transfers of one direction of an account in its order, each with where its fen begin among all that went that way. */
type Side = { readonly rows: Moved[]; readonly starts: bigint[]; total: bigint }
type Version = 'fromVersion' | 'toVersion'

/** Every account's side of one direction. */
function sidesOf(transfers: readonly Moved[], by: 'from' | 'to', version: Version): ReadonlyMap<AccountNumber, Side> {
  const sides = new Map<AccountNumber, Side>()
  for (const row of transfers) {
    const side = sides.get(row[by])
    if (side) side.rows.push(row)
    else sides.set(row[by], { rows: [row], starts: [], total: 0n })
  }
  for (const side of sides.values()) {
    side.rows.sort((a, b) => a[version] - b[version])
    for (const row of side.rows) {
      side.starts.push(side.total)
      side.total += row.amount
    }
  }
  return sides
}

/** Where a transfer's fen begin among all that went that way. */
function startOf(side: Side | undefined, moved: Moved, version: Version): bigint {
  if (!side) return 0n
  const place = lastAtMost(side.rows.length, (at) => side.rows[at]![version] <= moved[version])
  return side.rows[place]?.[version] === moved[version] ? side.starts[place]! : 0n
}

/**
 * Follows money both ways, to the fen. In every account the fen leave in the order in which they came: the k-th fen out is the k-th
 * fen in. So each fen that came has one place to which it went, or rests, and each that left has one from which it came: following
 * down and then up ends where it began, and no amount is lost or counted twice. Give it what stands alone: a transfer that was
 * reversed and its reversal are both left out, and the accounts whole that money is to be followed through.
 */
export class Course {
  readonly #in: ReadonlyMap<AccountNumber, Side>
  readonly #out: ReadonlyMap<AccountNumber, Side>

  constructor(transfers: readonly Moved[]) {
    this.#in = sidesOf(transfers, 'to', 'toVersion')
    this.#out = sidesOf(transfers, 'from', 'fromVersion')
  }

  /** Whence some fen of a transfer came into the account that it left; nothing comes into the account of a source. */
  before({ moved, at, amount }: Slice): readonly Slice[] {
    const into = this.#in.get(moved.from)
    return into ? cut(into, startOf(this.#out.get(moved.from), moved, 'fromVersion') + at, amount) : []
  }

  /** Whither some fen of a transfer went on from the account that it came into; what rests there is not among them. */
  after({ moved, at, amount }: Slice): readonly Slice[] {
    const out = this.#out.get(moved.to)
    return out ? cut(out, startOf(this.#in.get(moved.to), moved, 'toVersion') + at, amount) : []
  }

  /** All that came into an account, in order. */
  into = (account: AccountNumber): readonly Moved[] => this.#in.get(account)?.rows ?? []
  /** All that left an account, in order. */
  outOf = (account: AccountNumber): readonly Moved[] => this.#out.get(account)?.rows ?? []
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
const placeOf = ({ starts }: Side, fen: bigint) => lastAtMost(starts.length, (at) => starts[at]! <= fen)

/** The last of so many places for which something holds that holds up to some place and not beyond; the first, if for none. */
function lastAtMost(count: number, holds: (place: number) => boolean): number {
  let low = 0
  for (let high = count - 1; low < high;) {
    const middle = (low + high + 1) >> 1
    if (holds(middle)) low = middle
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
