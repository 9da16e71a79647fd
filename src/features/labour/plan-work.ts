import type { SearchLimits, Workbench } from '#src/optimiser/index.ts'
import { type Blame, blame } from './plan-blame.ts'
import { bestOf, greedy, nobodyPlaced } from './plan-greedy.ts'
import { type Assignment, type Model, modelOf, NOWHERE, type Parts, partsOf, type Problem } from './plan-model.ts'
import type { Tools } from './plan-price.ts'
import { type Found, search } from './plan-search.ts'

/** What stands in the way, by ids. */
export type BlameById =
  | { readonly limit: 'people'; readonly village: string; readonly missing: number }
  | {
      readonly limit: Exclude<Blame['limit'], 'people' | 'moved'>
      readonly village: string
      readonly mover: string
      readonly people: readonly string[]
    }
  | { readonly limit: 'moved'; readonly people: number }

export type Plan = {
  /** Who is in another place than now, or in none. */
  readonly changes: readonly { readonly mover: string; readonly from: string | null; readonly to: string | null }[]
  readonly present: Parts
  readonly proposal: Parts
  /** What a clerk would find, village by village: what the proposal is measured by. */
  readonly clerk: Parts
  readonly blames: readonly BlameById[]
  readonly isLeast: boolean
  readonly search: Omit<Found, 'assignment' | 'parts'> & {
    readonly limits: SearchLimits
    readonly solver: string
    readonly ms: number
  }
}

export type Task = { readonly problem: Problem; readonly limits: SearchLimits }

const TEAMS_FIRST_FROM = 10_000

/** Makes the plan, in the thread that it was given: first whether all that must be can be, then the best that can. */
export function work({ problem, limits }: Task, { solver, heard, isStopped }: Workbench): Plan {
  const begun = performance.now()
  const msLeft = () => Math.max(0, limits.msMax - (performance.now() - begun))
  const model = modelOf(problem)
  heard({ step: 'limits', worth: null, bound: null })
  const tools = { solver, limits, isStopped, msLeft }
  const verdict = blame(model, tools)
  heard({ step: 'search', worth: null, bound: null })
  const clerks = [greedy(model, model.present), greedy(model, nobodyPlaced(model))]
  const { assignment, parts, ...found } = search(model, verdict, [...clerks, ...teamsFirst(model, tools)], {
    ...tools,
    heard: ({ worth, bound }) => heard({ step: 'search', worth, bound }),
  })
  const idOf = (village: number) => (village === NOWHERE ? null : model.villages[village]!.id)
  return {
    changes: assignment.flatMap((village, at) =>
      village === model.present[at]
        ? []
        : [{ mover: model.movers[at]!.id, from: idOf(model.present[at]!), to: idOf(village) }],
    ),
    present: partsOf(model, model.present),
    proposal: parts,
    clerk: partsOf(model, bestOf(model, clerks)),
    blames: verdict.blames.map((each): BlameById => {
      if (each.limit === 'moved') return each
      const village = model.villages[each.village]!.id
      if (each.limit === 'people') return { ...each, village }
      const { id, people } = model.movers[each.mover]!
      return {
        limit: each.limit,
        village,
        mover: id,
        people: 'people' in each ? each.people : people.map((one) => one.id),
      }
    }),
    isLeast: verdict.isLeast,
    search: { ...found, limits, solver: solver.version, ms: Math.round(performance.now() - begun) },
  }
}

/** Where many people are placed beside many teams, the teams are placed first, and the people where they are still wanted: to begin with. */
function teamsFirst(model: Model, tools: Tools): readonly Assignment[] {
  const { movers, villages, problem, present, fixed } = model
  const teams = movers.flatMap((mover, at) => (mover.isTeam ? [at] : []))
  if (teams.length === 0 || teams.length === movers.length || movers.length * villages.length < TEAMS_FIRST_FROM)
    return []
  const only = modelOf({ ...problem, movers: teams.map((at) => movers[at]!) })
  const nothingAsked = { blames: [], isLeast: true, start: only.present, must: new Set<number>(), movedMax: null }
  const msLeft = () => tools.msLeft() - tools.limits.msMax / 2
  const { assignment } = search(only, nothingAsked, [greedy(only, nobodyPlaced(only))], { ...tools, msLeft })
  const placed = movers.map((_, mover) => (fixed.has(mover) ? present[mover]! : NOWHERE))
  for (const [at, mover] of teams.entries()) placed[mover] = assignment[at]!
  return [greedy(model, placed)]
}
