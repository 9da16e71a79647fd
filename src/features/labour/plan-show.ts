import type { Text } from '#kernel/words.ts'
import { type Assignment, type Model, modelOf, NOWHERE, type Problem, sizeOf, sum } from './plan-model.ts'
import { type Index, limitsOf, limitWords, tellBlame, tellWhy } from './plan-tell.ts'
import type { Plan } from './plan-work.ts'

/** Who serves a village, whether they count, and how many of the skills that it asks for they bring. */
type Coverage = {
  readonly movers: readonly {
    readonly id: string
    readonly name: Text
    readonly isTeam: boolean
    readonly people: number
  }[]
  readonly people: number
  readonly isServed: boolean
  readonly matched: number
  readonly km: number
}

/** A plan as it is shown: every change with its reasons, every village before and after, what stands in the way. */
export function showPlan(problem: Problem, plan: Plan, index: Index, leftOut: ReadonlySet<string>) {
  const model = modelOf(problem)
  const goal = new Map(plan.changes.map((change) => [change.mover, change.to]))
  const at = new Map(model.villages.map((village, position) => [village.id, position]))
  const proposed = model.movers.map((mover, position) => {
    const to = goal.get(mover.id)
    return to === undefined ? model.present[position]! : to === null ? NOWHERE : at.get(to)!
  })
  const before = coverages(model, model.present)
  const after = coverages(model, proposed)
  const served = new Set(
    model.villages.flatMap((village, position) => (before[position]!.isServed ? [village.id] : [])),
  )
  const placeName = (village: string | null) =>
    village === null
      ? null
      : { id: village, name: index.villages.get(village)!.name, weight: index.villages.get(village)!.weight }
  return {
    present: plan.present,
    proposal: plan.proposal,
    clerk: plan.clerk,
    blames: plan.blames.map((each) => ({ limit: each.limit, sentence: tellBlame(each, index) })),
    isLeast: plan.isLeast,
    search: plan.search,
    changes: plan.changes.map((change) => {
      const mover = index.movers.get(change.mover)!
      return {
        id: mover.id,
        isTeam: mover.isTeam,
        name: mover.name,
        people: mover.people.map(({ id, name, madeUp }) => ({ id, name, madeUp })),
        from: placeName(change.from),
        to: placeName(change.to),
        why: tellWhy(problem, index, change, served),
        isAccepted: !leftOut.has(mover.id),
      }
    }),
    villages: model.villages.map(({ id, name, townshipName, madeUp, place, people, weight, needs }, position) => ({
      id,
      name,
      township: townshipName,
      madeUp,
      place,
      people,
      weight,
      asked: sum(needs.map((need) => need.people)),
      before: before[position]!,
      after: after[position]!,
    })),
    staying: model.movers.flatMap((mover, position) => {
      const village = model.present[position]!
      if (village === NOWHERE) return []
      const limits = limitsOf(problem, mover, model.villages[village]!).map((limit) => limitWords[limit])
      return [
        {
          id: mover.id,
          name: mover.name,
          isTeam: mover.isTeam,
          people: sizeOf(mover),
          village: model.villages[village]!.name,
          limits,
          isFixed: model.fixed.has(position),
          isChanged: goal.has(mover.id),
        },
      ]
    }),
    free: model.movers.filter((_, position) => model.present[position] === NOWHERE).length,
  }
}
export type Shown = ReturnType<typeof showPlan>

function coverages(model: Model, assignment: Assignment): readonly Coverage[] {
  const there = Map.groupBy(assignment.keys(), (mover) => assignment[mover]!)
  return model.villages.map((village, at) => {
    const placed = there.get(at) ?? []
    const counting = placed.filter((mover) => model.broken(mover, at).length === 0)
    const isServed = sum(counting.map((mover) => sizeOf(model.movers[mover]!))) >= model.problem.rules.teamPeopleMin
    const found = counting.map((mover) => model.matched(mover, at))
    return {
      movers: placed.map((mover) => {
        const { id, name, isTeam } = model.movers[mover]!
        return { id, name, isTeam, people: sizeOf(model.movers[mover]!) }
      }),
      people: sum(placed.map((mover) => sizeOf(model.movers[mover]!))),
      isServed,
      matched: isServed
        ? sum(village.needs.map(({ people }, need) => Math.min(people, sum(found.map((each) => each[need]!)))))
        : 0,
      km: sum(placed.map((mover) => model.km(mover, at))),
    }
  })
}
