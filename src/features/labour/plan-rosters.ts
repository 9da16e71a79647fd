import type { Day } from '#kernel/words.ts'
import type { PlanFacts, Serving } from './plan-facts.ts'
import type { Role } from './words.ts'

/** What is to be done with a team as a whole, or with one person: to a village, or away. */
export type Move = { readonly mover: string; readonly to: string | null }

type Crew = Serving['members'][number]
/** Who joins which team: one that is there, or one that is made for a village. */
export type Joiner = {
  readonly worker: string
  readonly village: string
  readonly role: Role
  readonly firstSecretary: boolean
  readonly termUntil: Day
}

/** What moves come to, in teams and people: which teams end, who leaves one that goes on, which teams begin, who joins. */
export type Rosters = {
  readonly ending: readonly Serving[]
  readonly leaving: readonly { readonly worker: string; readonly since: Day; readonly why: 'changed' | 'dissolved' }[]
  /** Villages for which a team begins. */
  readonly beginning: readonly string[]
  readonly joining: readonly Joiner[]
  /** How many teams would be in each village that something changes in, and how many people. */
  readonly teamsAt: ReadonlyMap<string, number>
  readonly peopleAt: ReadonlyMap<string, number>
}

/**
 * Works out what moves come to. A team that moves ends, and begins anew elsewhere with the same people, roles and terms. People who come to
 * a village where some of an earlier team stay join them; else they form a team, led by whoever led before, or by the first of them.
 */
export function rostersOf(facts: PlanFacts, moves: readonly Move[], termFrom: Day): Rosters {
  const goal = new Map(moves.map(({ mover, to }) => [mover, to]))
  const moved = facts.teams.filter((team) => goal.has(team.team))
  const kept = facts.teams.filter((team) => !goal.has(team.team))
  // Teams too small to be one are placed person by person: some stay, and the team goes on with them.
  const staying = kept.map((team) => ({ team, members: team.members.filter(({ worker }) => !goal.has(worker)) }))
  const emptied = staying
    .filter(({ team, members }) => members.length === 0 && team.members.length > 0)
    .map(({ team }) => team)
  const crewOf = new Map(facts.teams.flatMap((team) => team.members.map((member) => [member.worker, member])))
  const alone = moves.flatMap(({ mover, to }) =>
    to !== null && facts.workers.has(mover) ? [{ worker: mover, village: to }] : [],
  )
  const goesOn = new Set(staying.flatMap(({ team, members }) => (members.length > 0 ? [team.village] : [])))
  const arriving = moved.flatMap((team) => {
    const village = goal.get(team.team) ?? null
    return village === null ? [] : [{ team, village }]
  })
  const wholeAt = new Set(arriving.map(({ village }) => village))
  const joining = [
    ...arriving.flatMap(({ team, village }) => team.members.map((member) => ({ ...member, village }))),
    ...[...Map.groupBy(alone, ({ village }) => village)].flatMap(([village, people]) =>
      withLeader(
        people.map(({ worker }) => joinerOf(crewOf.get(worker), worker, village, termFrom)),
        goesOn.has(village) || wholeAt.has(village),
      ),
    ),
  ]
  const beginning = [
    ...arriving.map(({ village }) => village),
    ...new Set(alone.map(({ village }) => village).filter((village) => !goesOn.has(village) && !wholeAt.has(village))),
  ]
  const ending = [...moved, ...emptied]
  const count = (of: readonly string[]) =>
    new Map([...Map.groupBy(of, (village) => village)].map(([village, all]) => [village, all.length]))
  return {
    ending,
    leaving: facts.teams.flatMap((team) =>
      team.members.flatMap(({ worker, since }) => {
        const isGone = goal.has(team.team) ? goal.get(team.team) === null : goal.get(worker) === null
        if (!goal.has(team.team) && !goal.has(worker)) return []
        return [{ worker, since, why: isGone ? ('dissolved' as const) : ('changed' as const) }]
      }),
    ),
    beginning,
    joining: joining.map(({ worker, village, role, firstSecretary, termUntil }) => ({
      worker,
      village,
      role,
      firstSecretary,
      termUntil,
    })),
    teamsAt: count([...goesOn, ...beginning]),
    peopleAt: count([
      ...staying.flatMap(({ team, members }) => members.map(() => team.village)),
      ...joining.map(({ village }) => village),
    ]),
  }
}

const joinerOf = (member: Crew | undefined, worker: string, village: string, termFrom: Day): Joiner => ({
  worker,
  village,
  role: member?.role ?? 'member',
  firstSecretary: member?.firstSecretary ?? false,
  termUntil: member?.termUntil ?? termFrom,
})

/** One leads, and one at most is first secretary; where a team goes on, it has its own. */
function withLeader(people: readonly Joiner[], isLed: boolean): readonly Joiner[] {
  const leader = isLed
    ? -1
    : Math.max(
        0,
        people.findIndex(({ role }) => role === 'leader'),
      )
  const secretary = isLed ? -1 : people.findIndex(({ firstSecretary }) => firstSecretary)
  return people.map((each, at) => ({
    ...each,
    role: at === leader ? 'leader' : 'member',
    firstSecretary: at === secretary,
  }))
}
