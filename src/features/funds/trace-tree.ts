import type { Slice } from './trace.ts'
import type { Traced, TracedAccount, TracedTransfer } from './trace-read.ts'

/** A place on the way of money: a holder, a project, a payee; years of the books and what came back are drawn together. */
export type Grown = {
  readonly key: string
  readonly parent: Grown | null
  readonly account: TracedAccount | null
  /** The transfer that first reached it. */
  readonly transfer: TracedTransfer | null
  /** What came to rest here, and here or beyond. */
  rests: bigint
  amount: bigint
  readonly children: Map<string, Grown>
}

const grown = (
  key: string,
  parent: Grown | null,
  account: TracedAccount | null,
  transfer: TracedTransfer | null,
): Grown => ({ key, parent, account, transfer, rests: 0n, amount: 0n, children: new Map() })

function keyOf(account: TracedAccount, transfer: TracedTransfer): string {
  switch (account.kind) {
    case 'source':
      return `appropriation ${transfer.act} ${transfer.n}`
    case 'paid':
      return `payee ${transfer.payee}`
    case 'committed':
      return `project ${account.project} ${account.line}`
    case 'fee':
      return `fee ${account.unit} ${account.line}`
    case 'available':
      return `holder ${account.unit} ${account.line}`
  }
}

/** The place that money of a transfer comes to: one that it was at before, if it comes back, else a new one beyond. */
function step(at: Grown, account: TracedAccount, transfer: TracedTransfer): Grown {
  const key = keyOf(account, transfer)
  for (let place: Grown | null = at; place; place = place.parent) if (place.key === key) return place
  let child = at.children.get(key)
  if (!child) at.children.set(key, (child = grown(key, at, account, transfer)))
  return child
}

function rest(at: Grown, amount: bigint) {
  at.rests += amount
  for (let place: Grown | null = at; place; place = place.parent) place.amount += amount
}

/** The way of some money as a tree: down to where it rests, or up to the appropriations that it comes from. Every amount is the sum of its parts. */
export function grow({ course, accounts }: Traced, begin: readonly Slice[], direction: 'up' | 'down'): Grown {
  const root = grown('root', null, null, null)
  const way = begin.map((slice) => ({ slice, at: root }))
  for (let here = way.pop(); here; here = way.pop()) {
    const { slice } = here
    const moved = slice.moved as TracedTransfer
    const at = step(here.at, accounts.get(direction === 'down' ? moved.to : moved.from)!, moved)
    const next = direction === 'down' ? course.after(slice) : course.before(slice)
    const went = next.reduce((sum, each) => sum + each.amount, 0n)
    if (went < slice.amount) rest(at, slice.amount - went)
    for (const each of next) way.push({ slice: each, at })
  }
  return root
}

/** Every place of a tree whose children are cut to the largest ones, and what was cut off. */
export type Pruned = {
  readonly place: Grown
  readonly children: readonly Pruned[]
  readonly more: { readonly count: number; readonly amount: bigint } | null
}

/** So many places are shown at most; whoever wants to see more begins further down. */
export const PLACES_MAX = 1_500

/** Cuts a tree level by level: of each place the largest children, for as long as there is room. */
export function prune(root: Grown, top: number, placesMax = PLACES_MAX): Pruned {
  type Growing = { place: Grown; children: Growing[]; more: Pruned['more'] }
  const growing = (place: Grown): Growing => ({ place, children: [], more: null })
  const tree = growing(root)
  let room = placesMax - 1
  for (let level = [tree]; level.length > 0; level = level.flatMap(({ children }) => children))
    for (const each of level) {
      const sorted = [...each.place.children.values()].filter((child) => child.amount > 0n).toSorted(largerFirst)
      const shown = sorted.slice(0, Math.min(top, room))
      const small = sorted.slice(shown.length)
      room -= shown.length
      each.children = shown.map(growing)
      if (small.length > 0)
        each.more = { count: small.length, amount: small.reduce((sum, child) => sum + child.amount, 0n) }
    }
  return tree
}

const largerFirst = (a: Grown, b: Grown) =>
  a.amount === b.amount ? (a.key < b.key ? -1 : 1) : a.amount > b.amount ? -1 : 1

export const placesOf = ({ place, children }: Pruned): readonly Grown[] => [place, ...children.flatMap(placesOf)]
