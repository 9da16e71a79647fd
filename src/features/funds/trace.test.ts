import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { type AccountNumber, Course, ends, type Moved, type Slice, standing } from './trace.ts'
import { type Grown, prune, type Pruned } from './trace-tree.ts'

const whole = (moved: Moved): Slice => ({ moved, at: 0n, amount: moved.amount })
const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, amount) => sum + amount, 0n)

const SOURCES = [0, 1, 2]
const ACCOUNTS = 9
const PAID = 9

/** A book in which money only moves where there is some: from three sources among six accounts, some of it paid out; some of it corrected. */
const book = fc
  .array(
    fc.record({
      from: fc.integer({ min: 0, max: ACCOUNTS - 1 }),
      to: fc.integer({ min: 3, max: PAID }),
      amount: fc.bigInt({ min: 1n, max: 500n }),
      reverse: fc.option(fc.nat(40), { freq: 6 }),
    }),
    { maxLength: 60 },
  )
  .map((steps) => {
    const held = new Map<AccountNumber, bigint>()
    const versions = new Map<AccountNumber, number>()
    const rows: (Moved & { reversesAct: string | null; reversesN: number | null })[] = []
    const turn = (account: AccountNumber) => {
      const version = (versions.get(account) ?? 0) + 1
      versions.set(account, version)
      return version
    }
    const move = (from: AccountNumber, to: AccountNumber, amount: bigint, reverses: Moved | null) => {
      const left = held.get(from) ?? 0n
      if (!SOURCES.includes(from) && left < amount) return
      held.set(from, left - amount)
      held.set(to, (held.get(to) ?? 0n) + amount)
      rows.push({
        act: 'a',
        n: rows.length + 1,
        from,
        to,
        amount,
        fromVersion: turn(from),
        toVersion: turn(to),
        reversesAct: reverses?.act ?? null,
        reversesN: reverses?.n ?? null,
      })
    }
    for (const { from, to, amount, reverse } of steps) {
      const corrected = reverse === null ? undefined : rows[reverse]
      if (corrected && corrected.reversesN === null && !rows.some((row) => row.reversesN === corrected.n))
        move(corrected.to, corrected.from, corrected.amount, corrected)
      else if (from !== to) move(from, to, amount, null)
    }
    return { rows: standing(rows), held }
  })

const appropriations = (rows: readonly Moved[]) => rows.filter((row) => SOURCES.includes(row.from))

describe('Following money', () => {
  it('No fen is lost on the way down: what the sources gave is what rests, account by account', () => {
    fc.assert(
      fc.property(book, ({ rows, held }) => {
        const course = new Course(rows)
        const rests = new Map<AccountNumber, bigint>()
        for (const { slice, rests: amount } of ends(course, appropriations(rows).map(whole), 'down'))
          rests.set(slice.moved.to, (rests.get(slice.moved.to) ?? 0n) + amount)
        for (const [account, amount] of held)
          if (!SOURCES.includes(account)) assert.equal(rests.get(account) ?? 0n, amount)
      }),
      { numRuns: 300 },
    )
  })

  it('Every payment comes whole from sources, and no source gives more than it gave', () => {
    fc.assert(
      fc.property(book, ({ rows }) => {
        const course = new Course(rows)
        const given = new Map<Moved, bigint>()
        for (const paid of rows.filter((row) => row.to === PAID)) {
          const origins = ends(course, [whole(paid)], 'up')
          assert.equal(sumOf(origins.map((end) => end.rests)), paid.amount)
          for (const { slice, rests } of origins) {
            assert.ok(SOURCES.includes(slice.moved.from))
            given.set(slice.moved, (given.get(slice.moved) ?? 0n) + rests)
          }
        }
        for (const [moved, amount] of given) assert.ok(amount <= moved.amount)
      }),
      { numRuns: 300 },
    )
  })

  it('Up and down agree: what an appropriation gives a payment is what the payment takes from it', () => {
    const between = (course: Course, from: readonly Moved[], direction: 'up' | 'down') =>
      from
        .flatMap((moved) =>
          ends(course, [whole(moved)], direction).map(({ slice, rests }) => ({
            begin: moved.n,
            end: slice.moved.n,
            rests,
          })),
        )
        .reduce((sums, { begin, end, rests }) => {
          const key = direction === 'down' ? `${begin} ${end}` : `${end} ${begin}`
          return sums.set(key, (sums.get(key) ?? 0n) + rests)
        }, new Map<string, bigint>())
    fc.assert(
      fc.property(book, ({ rows }) => {
        const course = new Course(rows)
        const paid = rows.filter((row) => row.to === PAID)
        const down = between(course, appropriations(rows), 'down')
        const up = between(course, paid, 'up')
        for (const key of down.keys()) if (!paid.some((row) => key.endsWith(` ${row.n}`))) down.delete(key)
        assert.deepEqual(down, up)
      }),
      { numRuns: 300 },
    )
  })

  it('Where two appropriations meet in a pool, the first in is the first out, to the fen', () => {
    const rows = [
      { act: 'a', n: 1, from: 1, to: 3, amount: 100n, fromVersion: 1, toVersion: 1 },
      { act: 'a', n: 2, from: 2, to: 3, amount: 50n, fromVersion: 1, toVersion: 2 },
      { act: 'a', n: 3, from: 3, to: 9, amount: 70n, fromVersion: 3, toVersion: 1 },
      { act: 'a', n: 4, from: 3, to: 9, amount: 60n, fromVersion: 4, toVersion: 2 },
    ]
    const course = new Course(rows)
    const origins = (n: number) =>
      ends(course, [whole(rows[n - 1]!)], 'up')
        .map(({ slice, rests }) => [slice.moved.n, rests])
        .toSorted(([a], [b]) => Number(a) - Number(b))
    assert.deepEqual(origins(3), [[1, 70n]])
    assert.deepEqual(origins(4), [
      [1, 30n],
      [2, 30n],
    ])
  })

  it('A tree cut for showing keeps its upper levels first, and says of each place how much it leaves out', () => {
    const grown = (key: string, amount: bigint): Grown => ({
      key,
      parent: null,
      account: null,
      transfer: null,
      rests: 0n,
      amount,
      children: new Map(),
    })
    const root = grown('root', 60n)
    for (const branch of [10n, 20n, 30n]) {
      const place = grown(`branch ${branch}`, branch)
      root.children.set(place.key, place)
      for (const n of [1n, 2n]) place.children.set(`leaf ${branch} ${n}`, grown(`leaf ${branch} ${n}`, branch / 2n))
    }
    const shown = ({ place, children, more }: Pruned): unknown => [place.key, children.map(shown), more]
    assert.deepEqual(shown(prune(root, 2, 5)), [
      'root',
      [
        [
          'branch 30',
          [
            ['leaf 30 1', [], null],
            ['leaf 30 2', [], null],
          ],
          null,
        ],
        ['branch 20', [], { count: 2, amount: 20n }],
      ],
      { count: 1, amount: 10n },
    ])
  })
})
