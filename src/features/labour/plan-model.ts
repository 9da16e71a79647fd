import type { Text } from '#kernel/words.ts'

/** Where something lies, in metres east and north of one point that all of them share. */
type Place = { readonly eastM: number; readonly northM: number }

/** A village with what it needs: one to be served by a team, or not. */
export type Village = {
  readonly id: string
  readonly name: Text
  readonly township: string
  readonly townshipName: Text
  readonly madeUp: boolean
  readonly place: Place | null
  /** How many people it asks for; a team may be smaller, but never below the rules' least. */
  readonly people: number
  /** How heavily it weighs beside other villages. */
  readonly weight: number
  readonly needs: readonly { readonly skill: string; readonly people: number }[]
}

/** One person, as the rules look at them. */
export type Person = {
  readonly id: string
  readonly name: Text
  readonly madeUp: boolean
  readonly skills: readonly string[]
  /** The township where they may not serve, because it is their home; '' is the whole county, null is none. */
  readonly barredTownship: string | null
  /** They can be sent somewhere else. */
  readonly isAvailable: boolean
  readonly place: Place | null
  readonly kmMax: number | null
  /** They cannot stay overnight. */
  readonly noNight: boolean
  /** The last day of the term that was agreed, if they serve now. */
  readonly termUntil: string | null
}

/** What is placed as one: a team that stays together, or a person alone. Either is in one village or in none. */
export type Mover = {
  readonly id: string
  readonly name: Text
  readonly isTeam: boolean
  readonly people: readonly Person[]
  /** The village where it serves now. */
  readonly present: string | null
}

/** How heavily each part counts: worth by village weight, by person and skill, by person and kilometre, by person moved. */
export type Weights = {
  readonly need: number
  readonly skill: number
  readonly travel: number
  readonly continuity: number
}

export type Rules = {
  readonly weights: Weights
  /** Fewer people than this are no team. */
  readonly teamPeopleMin: number
  readonly kmMax: number | null
  /** How far from the village somebody may live who cannot stay overnight. */
  readonly noNightKmMax: number
  /** Villages that weigh at least this much must have a team. */
  readonly mustWeight: number | null
  /** So many people may be moved, newly sent or withdrawn at most. */
  readonly movedMax: number | null
  /** Movers that stay where they are. */
  readonly fixed: readonly string[]
}

/** The facts that a plan is made from, and nothing of what its maker wishes. */
export type Facts = {
  readonly on: string
  readonly villages: readonly Village[]
  readonly movers: readonly Mover[]
}
export type Problem = Facts & { readonly rules: Rules }

/** For each mover, in their order, the village where it is put, by its place in the list; -1 is none. */
export type Assignment = readonly number[]
export const NOWHERE = -1

/** Why a mover may not be put into a village. */
export const limits = ['home', 'travel', 'night', 'term', 'available'] as const
export type Limit = (typeof limits)[number]

/** A problem with its lookups made once: movers and villages in the order of their ids, so that the order given does not matter. */
export type Model = {
  readonly problem: Problem
  readonly villages: readonly Village[]
  readonly movers: readonly Mover[]
  readonly present: Assignment
  readonly fixed: ReadonlySet<number>
  /** Whole kilometres that the mover's people travel, all together. */
  km(mover: number, village: number): number
  /** What the rules have against it; nothing against a place where somebody decided that it stays. */
  broken(mover: number, village: number): readonly Limit[]
  /** How many of its people can do what the village needs, for each of its needs, and no more than it asks for. */
  matched(mover: number, village: number): readonly number[]
}

const byId = <T extends { readonly id: string }>(things: readonly T[]) =>
  things.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))

export function modelOf(problem: Problem): Model {
  const { rules, on } = problem
  const villages = byId(problem.villages)
  const movers = byId(problem.movers)
  const at = new Map(villages.map((village, index) => [village.id, index]))
  const present = movers.map((mover) => (mover.present === null ? NOWHERE : (at.get(mover.present) ?? NOWHERE)))
  const held = new Set(rules.fixed)
  const fixed = new Set(
    movers.flatMap((mover, index) => (held.has(mover.id) && present[index] !== NOWHERE ? [index] : [])),
  )
  const skills = movers.map(countSkills)
  const brokenAt = (mover: number, village: number): readonly Limit[] => {
    if (fixed.has(mover) && present[mover] === village) return nothing
    const isMoved = present[mover] !== village
    let found: readonly Limit[] = nothing
    for (const person of movers[mover]!.people) {
      const broken = brokenFor(person, villages[village]!, rules, isMoved, on)
      if (broken.length > 0) found = limits.filter((limit) => found.includes(limit) || broken.includes(limit))
    }
    return found
  }
  const kmAt = (mover: number, village: number) =>
    movers[mover]!.people.reduce((all, person) => all + kmBetween(person.place, villages[village]!.place), 0)
  const matchedAt = (mover: number, village: number) =>
    villages[village]!.needs.map(({ skill, people }) => Math.min(people, skills[mover]!.get(skill) ?? 0))
  return {
    problem,
    villages,
    movers,
    present,
    fixed,
    km: once(villages.length, kmAt),
    broken: once(villages.length, brokenAt),
    matched: once(villages.length, matchedAt),
  }
}

const nothing: readonly Limit[] = []

/** What is asked of the same pair again and again is reckoned once. */
function once<T>(width: number, of: (mover: number, village: number) => T): (mover: number, village: number) => T {
  const known: T[] = []
  return (mover, village) => {
    const found = known[mover * width + village] ?? of(mover, village)
    known[mover * width + village] = found
    return found
  }
}

function countSkills({ people }: Mover): Map<string, number> {
  const counts = new Map<string, number>()
  for (const skill of people.flatMap((person) => [...new Set(person.skills)]))
    counts.set(skill, (counts.get(skill) ?? 0) + 1)
  return counts
}

/** What the rules have against one person in one village. A place that is not known stands in nobody's way. */
export function brokenFor(
  person: Person,
  village: Village,
  rules: Rules,
  isMoved: boolean,
  on: string,
): readonly Limit[] {
  const km = kmBetween(person.place, village.place)
  const broken: Limit[] = []
  if (person.barredTownship === '' || person.barredTownship === village.township) broken.push('home')
  if (km > Math.min(rules.kmMax ?? Infinity, person.kmMax ?? Infinity)) broken.push('travel')
  if (person.noNight && km > rules.noNightKmMax) broken.push('night')
  if (isMoved && person.termUntil !== null && person.termUntil <= on) broken.push('term')
  if (isMoved && !person.isAvailable) broken.push('available')
  return broken
}

/** Whole kilometres as the crow flies; nothing where a place is not known. */
export function kmBetween(from: Place | null, to: Place | null): number {
  if (!from || !to) return 0
  return Math.round(Math.hypot(from.eastM - to.eastM, from.northM - to.northM) / 1000)
}

export const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0)
export const sizeOf = (mover: Mover) => mover.people.length

/**
 * What a deployment is worth, part by part; the same reckoning for the present one, a proposal and a peer's.
 * Who serves against a limit, or in a team that is too small, travels and counts for nothing else.
 */
export type Parts = {
  /** Villages served by a team that is large enough, and their weights together. */
  readonly served: number
  readonly servedWeight: number
  /** People whose skill a served village asked for; and weighed by the village. */
  readonly matched: number
  readonly matchedWeight: number
  readonly km: number
  /** People who would be elsewhere than now: moved, newly sent, or withdrawn. */
  readonly moved: number
  readonly worth: number
}

export function partsOf(model: Model, assignment: Assignment): Parts {
  const { villages, movers, present, problem } = model
  const { weights, teamPeopleMin } = problem.rules
  const there = Map.groupBy(assignment.keys(), (mover) => assignment[mover]!)
  let [served, servedWeight, matched, matchedWeight, km, moved] = [0, 0, 0, 0, 0, 0]
  for (const [village, placed] of there) {
    if (village === NOWHERE) continue
    const { needs, weight } = villages[village]!
    km += sum(placed.map((mover) => model.km(mover, village)))
    const counting = placed.filter((mover) => model.broken(mover, village).length === 0)
    if (sum(counting.map((mover) => sizeOf(movers[mover]!))) < teamPeopleMin) continue
    const found = counting.map((mover) => model.matched(mover, village))
    const fits = sum(needs.map(({ people }, need) => Math.min(people, sum(found.map((each) => each[need]!)))))
    served += 1
    servedWeight += weight
    matched += fits
    matchedWeight += fits * weight
  }
  for (const [mover, village] of present.entries()) if (assignment[mover] !== village) moved += sizeOf(movers[mover]!)
  const worth =
    weights.need * servedWeight + weights.skill * matchedWeight - weights.travel * km - weights.continuity * moved
  return { served, servedWeight, matched, matchedWeight, km, moved, worth }
}
