import { type Assignment, type Model, NOWHERE, partsOf, sizeOf, sum } from './plan-model.ts'
import { capacitiesOf } from './plan-program.ts'

/**
 * A deployment as a careful clerk would make it: village by village from the heaviest, whoever is free and fits best is put there. Either
 * everybody who serves stays, or all but those who are held begin as free. What the search begins with, and what it is compared to.
 */
export function greedy(model: Model, from: 'present' | 'nothing'): Assignment {
  const { movers, villages, present, fixed } = model
  const assignment = present.map((village, mover) => (from === 'present' || fixed.has(mover) ? village : NOWHERE))
  const heaviest = villages
    .map((_, village) => village)
    .toSorted((a, b) => villages[b]!.weight - villages[a]!.weight || a - b)
  const capacity = capacitiesOf(model)
  for (const village of heaviest)
    for (const mover of teamFor(model, assignment, village, capacity[village]!)) assignment[mover] = village
  // Who found nothing stays, unless a team came to where they are.
  const taken = new Set(assignment.filter((village, mover) => village !== NOWHERE && movers[mover]!.isTeam))
  return assignment.map((village, mover) =>
    village !== NOWHERE || (movers[mover]!.isTeam && taken.has(present[mover]!)) ? village : present[mover]!,
  )
}

/** Who goes to a village that nobody serves yet, so that it is served and more is gained than lost; else nobody. */
function teamFor(model: Model, assignment: Assignment, village: number, capacity: number): readonly number[] {
  const { movers, villages, problem, present } = model
  const { teamPeopleMin, weights } = problem.rules
  const there = assignment.flatMap((at, mover) => (at === village ? [mover] : []))
  let people = sum(
    there.filter((mover) => model.broken(mover, village).length === 0).map((mover) => sizeOf(movers[mover]!)),
  )
  if (people >= teamPeopleMin) return []
  let hasTeam = there.some((mover) => movers[mover]!.isTeam)
  const worth = (mover: number) =>
    weights.skill * villages[village]!.weight * sum(model.matched(mover, village)) -
    weights.travel * model.km(mover, village) +
    (present[mover] === village ? weights.continuity * sizeOf(movers[mover]!) : 0)
  const free = assignment
    .flatMap((at, mover) =>
      at === NOWHERE && model.broken(mover, village).length === 0 ? [[mover, worth(mover)] as const] : [],
    )
    .toSorted(([a, ofA], [b, ofB]) => ofB - ofA || a - b)
  const chosen: number[] = []
  let gain = weights.need * villages[village]!.weight
  for (const [mover, gained] of free) {
    if (people >= teamPeopleMin) break
    const { isTeam } = movers[mover]!
    if (isTeam ? hasTeam : people + 1 > capacity) continue
    chosen.push(mover)
    people += sizeOf(movers[mover]!)
    gain += gained
    hasTeam ||= isTeam
  }
  return people >= teamPeopleMin && gain > 0 ? chosen : []
}

/** Which of some deployments is worth most; the first of equals. */
export const bestOf = (model: Model, of: readonly Assignment[]): Assignment =>
  of.reduce((a, b) => (partsOf(model, b).worth > partsOf(model, a).worth ? b : a))
