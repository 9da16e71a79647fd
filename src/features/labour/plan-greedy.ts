import { type Assignment, type Model, NOWHERE, partsOf, sizeOf, sum } from './plan-model.ts'
import { capacitiesOf } from './plan-program.ts'

/** Nobody placed but those who are held. */
export const nobodyPlaced = ({ present, fixed }: Model): Assignment =>
  present.map((village, mover) => (fixed.has(mover) ? village : NOWHERE))

/**
 * A deployment as a careful clerk would make it: village by village from the heaviest, whoever is free and fits best is put there. Who
 * is placed already stays. What the search begins with, and what it is compared to.
 */
export function greedy(model: Model, from: Assignment): Assignment {
  const { movers, villages, present } = model
  const assignment = [...from]
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

/** Who goes to a village that nobody serves yet, so that it is served and more is gained than lost: a team, or people; else nobody. */
function teamFor(model: Model, assignment: Assignment, village: number, capacity: number): readonly number[] {
  const { movers, villages, problem, present } = model
  const { teamPeopleMin, weights } = problem.rules
  const able = (mover: number) => model.broken(mover, village).length === 0
  const there = assignment.flatMap((at, mover) => (at === village ? [mover] : []))
  if (there.some((mover) => movers[mover]!.isTeam)) return []
  const people = there.filter(able).length
  if (people >= teamPeopleMin) return []
  const worth = (mover: number) =>
    weights.skill * villages[village]!.weight * sum(model.matched(mover, village)) -
    weights.travel * model.km(mover, village) +
    weights.continuity * sizeOf(movers[mover]!) * (present[mover] === village ? 1 : present[mover] === NOWHERE ? -1 : 0)
  const free = assignment
    .flatMap((at, mover) => (at === NOWHERE && able(mover) ? [{ mover, gain: worth(mover) }] : []))
    .toSorted((a, b) => b.gain - a.gain || a.mover - b.mover)
  const [team] = there.length > 0 ? [] : free.filter(({ mover }) => movers[mover]!.isTeam)
  const alone = free.filter(({ mover }) => !movers[mover]!.isTeam).slice(0, teamPeopleMin - people)
  const choices = [team ? [team] : [], people + alone.length >= teamPeopleMin && teamPeopleMin <= capacity ? alone : []]
  const gains = choices.map((of) =>
    of.length === 0 ? 0 : weights.need * villages[village]!.weight + sum(of.map(({ gain }) => gain)),
  )
  const best = Math.max(...gains)
  return best > 0 ? choices[gains.indexOf(best)]!.map(({ mover }) => mover) : []
}

/** Which of some deployments is worth most; the first of equals. */
export const bestOf = (model: Model, of: readonly Assignment[]): Assignment =>
  of.reduce((a, b) => (partsOf(model, b).worth > partsOf(model, a).worth ? b : a))
