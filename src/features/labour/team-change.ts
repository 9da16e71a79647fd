import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Day, Reason, UnitId } from '#kernel/words.ts'
import { FirstSecretary, RoleField, TeamId, WorkerId } from './inputs.ts'
import { type MemberFacts, readTeams, readWorkers } from './read.ts'
import { canLeave, crewLines, join, leaveTeams, mayJoin, twice } from './serving.ts'
import { shared, sharedAdvice } from './words.ts'

const PEOPLE_MAX = 50

const Joining = z.strictObject({
  worker: WorkerId,
  role: RoleField,
  firstSecretary: FirstSecretary,
  termUntil: Day.meta({ label: { zh: '驻村期限至', en: 'Term until' }, widget: 'day' }),
})
const Leaving = z.strictObject({ worker: WorkerId, reason: Reason })
const Role = z.strictObject({ worker: WorkerId, role: RoleField, firstSecretary: FirstSecretary })

const some = <T extends z.ZodType>(of: T, zh: string, en: string) =>
  z.array(of).max(PEOPLE_MAX).default([]).meta({ label: { zh, en } })

/** People join a team, leave it before the end of their term, or change places in it. */
export const changeTeam = act({
  name: 'team.change',
  title: { zh: '调整驻村工作队', en: 'Change a resident team' },
  purpose: {
    zh: '增派人员、提前离队（须有理由）、改任队长或第一书记；缺员的工作队由此补齐。',
    en: 'People join, leave before their term is over (with a reason), or become leader or first secretary; a team that lost its members is completed so.',
  },
  duty: 'coordinate-labour',
  parameters: ['team_people_min', 'team_term_years_min', 'home_township_barred', 'home_county_barred'],
  input: z.object({
    unit: UnitId,
    team: TeamId,
    join: some(Joining, '增派', 'Joining'),
    leave: some(Leaving, '离队', 'Leaving'),
    roles: some(Role, '改任', 'Other roles'),
  }),
  refusals: {
    'team-unknown': shared['team-unknown'],
    'worker-unknown': shared['worker-unknown'],
    'worker-twice': shared['worker-twice'],
    'serves-elsewhere': shared['serves-elsewhere'],
    'not-available': shared['not-available'],
    'home-township': shared['home-township'],
    'home-county': shared['home-county'],
    'term-too-short': shared['term-too-short'],
    'one-leader': shared['one-leader'],
    'one-first-secretary': shared['one-first-secretary'],
    'joined-too-late': shared['joined-too-late'],
    'not-in-the-team': {
      zh: '{worker}不在这支工作队。',
      en: '{worker} does not serve in this team.',
      topic: { zh: '离队、改任的人在队', en: 'those who leave or change places are in the team' },
    },
    'nothing-changes': {
      zh: '没有写明任何调整。',
      en: 'Nothing is to change.',
      topic: { zh: '写明了调整', en: 'there is a change' },
    },
    'nobody-left': {
      zh: '{village}的工作队将一人不剩；请改用“撤回驻村工作队”。',
      en: 'Nobody would be left in the team of {village}; dissolve it instead.',
      topic: { zh: '队里还有人', en: 'somebody is left' },
    },
  },
  advice: sharedAdvice,
  about: {
    kind: 'team',
    input: (team: { unit: string; id: string }) => ({ unit: team.unit, team: team.id, join: [{ role: 'member' }] }),
  },
  over: (input) => input.unit,
  async facts(tx, { team, join: joining }) {
    const [teams, workers] = await Promise.all([
      readTeams(tx, [team]),
      readWorkers(
        tx,
        joining.map((each) => each.worker),
      ),
    ])
    return { team: teams.get(team), workers }
  },
  rule({ team, workers }, input, refuse, by, advise) {
    if (team?.unit !== input.unit) return [refuse('team-unknown', { unit: by.lineage[0].name })]
    const { villageName: village, township } = team
    const crew = crewAfter(team.members, input)
    const inTeam = (id: string) => team.members.find((each) => each.worker === id)
    const nameOf = (id: string) => inTeam(id)?.name ?? workers.get(id)?.name ?? id
    const named = [...input.join, ...input.leave, ...input.roles].map((each) => each.worker)
    const min = by.parameter('team_people_min').value
    return [
      named.length > 0 || refuse('nothing-changes'),
      ...twice(named, nameOf, refuse),
      ...input.join.flatMap((each) =>
        mayJoin(workers.get(each.worker), each, { village, township }, { refuse, advise, by }),
      ),
      ...[...input.leave, ...input.roles].map(({ worker }) => {
        const member = inTeam(worker)
        return member ? canLeave(member, refuse, by) : refuse('not-in-the-team', { worker: nameOf(worker) })
      }),
      crew.length > 0 || refuse('nobody-left', { village }),
      ...(crew.length > 0 ? crewLines(village, crew, { refuse, advise }) : []),
      crew.length >= min || crew.length === 0 || advise('below-minimum', { village, count: crew.length, min }),
    ]
  },
  async effect(tx, input, { team }, by) {
    const members = team?.members ?? []
    const leaving = input.leave.map(({ worker, reason }) => ({ worker, note: reason }))
    const moving = input.roles.map(({ worker }) => ({ worker, note: null }))
    if (leaving.length + moving.length > 0) await leaveTeams(tx, by, 'changed', [...leaving, ...moving])
    const changed = input.roles.map((each) => ({
      ...each,
      termUntil: members.find((member) => member.worker === each.worker)?.termUntil ?? by.on,
    }))
    const joining = [...input.join, ...changed].map((each) => ({ ...each, team: input.team }))
    if (joining.length > 0) await join(tx, by, joining)
    const people = crewAfter(members, input).length
    return {
      unit: input.unit,
      team: input.team,
      people,
      complete: people >= by.parameter('team_people_min').value,
      joined: input.join.length,
    }
  },
  concerns: ({ unit, team }, { complete, joined }, obligation, how) => {
    const isDue = how === 'opened' ? !complete : obligation === 'replace-recalled' ? joined > 0 : complete
    return isDue ? [{ unit, subject: team }] : []
  },
})

type Change = {
  readonly join: readonly { readonly role: 'leader' | 'member'; readonly firstSecretary: boolean }[]
  readonly leave: readonly { readonly worker: string }[]
  readonly roles: readonly {
    readonly worker: string
    readonly role: 'leader' | 'member'
    readonly firstSecretary: boolean
  }[]
}

/** Who serves in a team once a change is made. */
function crewAfter(members: readonly MemberFacts[], { join: joining, leave, roles }: Change) {
  const stays = members.filter((member) => !leave.some((each) => each.worker === member.worker))
  const placed = stays.map((member) => roles.find((each) => each.worker === member.worker) ?? member)
  return [...placed, ...joining]
}
