/**
 * Divides a sum of money by factors: pure, in whole numbers, to the fen.
 *
 * Each factor is a share of its own total (or of the total of its reciprocals, where less of it calls for more money); shares are
 * weighed and added up to a score; money goes by scores, within each unit's floor and cap, and what is left by rounding goes to the
 * largest remainders. Nothing depends on the order in which units are given.
 */

/** A value of a factor in ten-thousandths, so that nothing is a floating number. */
export type Scaled = bigint
const DECIMALS = 4
export const VALUE_SCALE = 10n ** BigInt(DECIMALS)

/** The grain of a normalised share: 10⁻¹⁸ of a factor's total. */
const GRAIN = 10n ** 18n
const RECIPROCAL = 10n ** 36n

/** A value with at most four decimals as whole ten-thousandths. */
export const scaled = (value: number): Scaled => BigInt(Math.round(value * Number(VALUE_SCALE)))

export type Weighed = {
  readonly factor: string
  /** In basis points; all of a formula's are 10 000 together. */
  readonly weightBp: number
  /** Whether more of it calls for more money, or less of it does. */
  readonly direction: 'more' | 'less'
  readonly values: ReadonlyMap<string, Scaled>
}

/** What can't be shared by: nobody has any of it, or somebody has none of what is divided by. */
export type Unshareable = {
  readonly factor: string
  readonly why: 'all-zero' | 'zero-of-less'
  readonly units: readonly string[]
}

export type Scores =
  | {
      readonly ok: true
      /** What each factor adds to a unit's share, in 10⁻²² of the whole (grains × basis points). */
      readonly contributions: ReadonlyMap<string, ReadonlyMap<string, bigint>>
      readonly scores: ReadonlyMap<string, bigint>
    }
  | { readonly ok: false; readonly problems: readonly Unshareable[] }

/** One whole in the measure of scores: 10 000 basis points of 10¹⁸ grains. */
export const WHOLE = GRAIN * 10_000n

/** The score of each unit: its normalised share of every factor, weighed. A factor without weight is not looked at. */
export function scoresOf(units: readonly string[], factors: readonly Weighed[]): Scores {
  const weighing = factors.filter((factor) => factor.weightBp > 0)
  const problems = weighing.flatMap((factor) => unshareable(units, factor) ?? [])
  if (problems.length > 0) return { ok: false, problems }
  const contributions = new Map(
    weighing.map((factor) => {
      const parts = partsOf(units, factor)
      const total = sum(parts.values())
      const weight = BigInt(factor.weightBp)
      return [factor.factor, new Map([...parts].map(([unit, part]) => [unit, ((part * GRAIN) / total) * weight]))]
    }),
  )
  const scores = new Map(
    units.map((unit) => [unit, sum([...contributions.values()].map((each) => each.get(unit) ?? 0n))]),
  )
  return { ok: true, contributions, scores }
}

function unshareable(units: readonly string[], { factor, direction, values }: Weighed): Unshareable | undefined {
  const none = units.filter((unit) => (values.get(unit) ?? 0n) <= 0n)
  if (direction === 'less') return none.length > 0 ? { factor, why: 'zero-of-less', units: none } : undefined
  return none.length === units.length ? { factor, why: 'all-zero', units: none } : undefined
}

const partsOf = (units: readonly string[], { direction, values }: Weighed): ReadonlyMap<string, bigint> =>
  new Map(
    units.map((unit) => {
      const value = values.get(unit) ?? 0n
      return [unit, direction === 'more' ? value : RECIPROCAL / value]
    }),
  )

/** Between what a unit's share must lie, in fen; without a cap there is none. */
export type Bounds = { readonly floor: bigint; readonly cap: bigint | null }

export type Claim = {
  /** What breaks a tie between equal remainders: the smaller goes first. */
  readonly key: string
  readonly score: bigint
  readonly bounds: Bounds
}

export type Portion = {
  readonly fen: bigint
  /** What the score alone would give, without floors and caps, rounded down. */
  readonly rawFen: bigint
  /** The bound that decides its share, if one does. */
  readonly held: 'floor' | 'cap' | null
  /** Whether it got one of the fen that were left by rounding. */
  readonly extra: boolean
}

export type Infeasible = {
  readonly ok: false
  readonly reason: 'floor-above-cap' | 'floors-above-total' | 'caps-below-total' | 'nothing-to-share-by'
  /** The keys of the units that stand in the way. */
  readonly keys: readonly string[]
  /** What the bounds add up to, in fen. */
  readonly boundFen: bigint
}

export type Portions = {
  readonly ok: true
  readonly portions: ReadonlyMap<string, Portion>
  /** How many single fen were given to the largest remainders. */
  readonly remainderFen: bigint
  /** How many times the rest was shared anew because somebody's floor or cap held. */
  readonly rounds: number
}

/**
 * Shares a total by scores within floors and caps, to the fen.
 *
 * Where shares by score break bounds, the side that is broken by more is fixed at its bounds and the rest is shared anew among the
 * others, until nobody's bound is broken. The result is the only one in which all who are not held get in proportion to their scores.
 */
export function portion(total: bigint, claims: readonly Claim[]): Portions | Infeasible {
  const ordered = claims.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  const infeasible = findInfeasible(total, ordered)
  if (infeasible) return infeasible
  const raw = proportional(total, ordered)
  const held = new Map<string, 'floor' | 'cap'>()
  let free = ordered
  let rest = total
  let rounds = 0
  for (;;) {
    const broken = brokenBy(rest, free)
    if (broken === 'nothing-to-share-by')
      return { ok: false, reason: broken, keys: free.map((claim) => claim.key), boundFen: total - rest }
    if (broken.claims.length === 0) break
    rounds += 1
    for (const claim of broken.claims) {
      held.set(claim.key, broken.at)
      rest -= boundOf(claim, broken.at)
    }
    free = free.filter((claim) => !held.has(claim.key))
  }
  const shared = proportional(rest, free)
  const portions = new Map(
    ordered.map((claim) => {
      const at = held.get(claim.key)
      const given = shared.get(claim.key)
      const fen = at ? boundOf(claim, at) : (given?.fen ?? 0n) + (given?.extra ? 1n : 0n)
      return [claim.key, { fen, rawFen: raw.get(claim.key)?.fen ?? 0n, held: at ?? null, extra: given?.extra ?? false }]
    }),
  )
  const remainderFen = BigInt([...shared.values()].filter((each) => each.extra).length)
  return { ok: true, portions, remainderFen, rounds }
}

function findInfeasible(total: bigint, claims: readonly Claim[]): Infeasible | undefined {
  const crossed = claims.filter(({ bounds }) => bounds.cap !== null && bounds.floor > bounds.cap)
  const floors = sum(claims.map((claim) => claim.bounds.floor))
  const capped = claims.filter((claim) => claim.bounds.cap !== null)
  const caps = sum(capped.map((claim) => claim.bounds.cap ?? 0n))
  const fail = (reason: Infeasible['reason'], of: readonly Claim[], boundFen: bigint): Infeasible => ({
    ok: false,
    reason,
    keys: of.map((claim) => claim.key),
    boundFen,
  })
  if (crossed.length > 0) return fail('floor-above-cap', crossed, 0n)
  if (floors > total)
    return fail(
      'floors-above-total',
      claims.filter((claim) => claim.bounds.floor > 0n),
      floors,
    )
  if (capped.length > 0 && capped.length === claims.length && caps < total)
    return fail('caps-below-total', capped, caps)
  return undefined
}

const boundOf = ({ bounds }: Claim, at: 'floor' | 'cap') => (at === 'floor' ? bounds.floor : (bounds.cap ?? 0n))

/** Whose bounds sharing the rest by score would break, on the side that is broken by more. */
function brokenBy(rest: bigint, claims: readonly Claim[]) {
  const whole = sum(claims.map((claim) => claim.score))
  if (whole === 0n) {
    if (rest === 0n) return { at: 'floor' as const, claims: [] }
    // Nobody left has a score: their floors are all that they can get.
    const floors = claims.filter((claim) => claim.bounds.floor > 0n)
    return floors.length > 0 ? { at: 'floor' as const, claims: floors } : nothing
  }
  const below = claims.filter(({ score, bounds }) => rest * score < bounds.floor * whole)
  const above = claims.filter(({ score, bounds }) => bounds.cap !== null && rest * score > bounds.cap * whole)
  const lacking = sum(below.map(({ score, bounds }) => bounds.floor * whole - rest * score))
  const exceeding = sum(above.map(({ score, bounds }) => rest * score - (bounds.cap ?? 0n) * whole))
  return lacking >= exceeding && below.length > 0
    ? { at: 'floor' as const, claims: below }
    : { at: 'cap' as const, claims: above }
}
const nothing = 'nothing-to-share-by' as const

/** Whole fen by score, and who has the largest remainders for the fen that are left. */
function proportional(total: bigint, claims: readonly Claim[]): Map<string, { fen: bigint; extra: boolean }> {
  const whole = sum(claims.map((claim) => claim.score))
  if (whole === 0n) return new Map(claims.map((claim) => [claim.key, { fen: 0n, extra: false }]))
  const parts = claims.map(({ key, score }) => ({
    key,
    fen: (total * score) / whole,
    remainder: (total * score) % whole,
  }))
  const left = Number(total - sum(parts.map((part) => part.fen)))
  const first = parts.toSorted((a, b) =>
    a.remainder === b.remainder ? (a.key < b.key ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  )
  const lucky = new Set(first.slice(0, left).map((part) => part.key))
  return new Map(parts.map(({ key, fen }) => [key, { fen, extra: lucky.has(key) }]))
}

export type Limits = {
  /** At least, and at most, this share of the total, in basis points. */
  readonly floorTotalBp: number | null
  readonly capTotalBp: number | null
  /** At least, and at most, this share of what the unit got last year, in basis points. */
  readonly floorLastBp: number | null
  readonly capLastBp: number | null
}

export const noLimits: Limits = { floorTotalBp: null, capTotalBp: null, floorLastBp: null, capLastBp: null }

/** Floors and caps in fen: floors rounded up, caps down. Who got nothing last year is not bound by last year. */
export function boundsOf(limits: Limits, total: bigint, last: bigint): Bounds {
  const floors = [upTo(total, limits.floorTotalBp), last > 0n ? upTo(last, limits.floorLastBp) : null]
  const caps = [downTo(total, limits.capTotalBp), last > 0n ? downTo(last, limits.capLastBp) : null]
  return {
    floor: floors.reduce<bigint>((high, each) => (each !== null && each > high ? each : high), 0n),
    cap: caps.reduce<bigint | null>((low, each) => (each !== null && (low === null || each < low) ? each : low), null),
  }
}

const downTo = (of: bigint, bp: number | null) => (bp === null ? null : (of * BigInt(bp)) / 10_000n)
const upTo = (of: bigint, bp: number | null) => (bp === null ? null : (of * BigInt(bp) + 9_999n) / 10_000n)

function sum(values: Iterable<bigint>): bigint {
  let total = 0n
  for (const value of values) total += value
  return total
}
