import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By, type Line, type Refuse } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { Day, UnitId } from '#kernel/words.ts'
import { FirstSecretary, RoleField, VillageId, WorkerId } from './inputs.ts'
import { readVillages, readWorkers, type VillageFacts, type WorkerFacts } from './read.ts'
import { type CrewCode, crewLines, join, type JoinCode, mayJoin, twice } from './serving.ts'
import { BATCH_MAX, shared, sharedAdvice } from './words.ts'

const Team = z.strictObject({
  village: VillageId,
  termUntil: Day.meta({ label: { zh: '驻村期限至', en: 'Term until' }, widget: 'day' }),
})
const Member = z.strictObject({
  village: VillageId,
  worker: WorkerId,
  role: RoleField,
  firstSecretary: FirstSecretary,
})

/** A county sends resident teams to villages. */
export const formTeams = act({
  name: 'team.form',
  title: { zh: '选派驻村工作队', en: 'Form resident teams' },
  purpose: {
    zh: '向村选派驻村工作队：人数、期限符合规定，一名队长（可兼第一书记）；一人同一时间只在一支工作队。',
    en: 'Sends a resident team to a village: enough people, for long enough, with one leader, who may be the first secretary; nobody serves in two teams at once.',
  },
  duty: 'coordinate-labour',
  parameters: ['team_people_min', 'team_term_years_min', 'home_township_barred', 'home_county_barred'],
  input: z.object({
    unit: UnitId,
    teams: z
      .array(Team)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '工作队', en: 'Teams' } }),
    members: z
      .array(Member)
      .min(1)
      .max(BATCH_MAX * 4)
      .meta({
        label: { zh: '队员', en: 'Members' },
        hint: { zh: '每人一行，写明到哪个村。', en: 'A row for each person, with the village they go to.' },
      }),
  }),
  refusals: {
    'village-unknown': shared['village-unknown'],
    'worker-unknown': shared['worker-unknown'],
    'worker-twice': shared['worker-twice'],
    'serves-elsewhere': shared['serves-elsewhere'],
    'not-available': shared['not-available'],
    'home-township': shared['home-township'],
    'home-county': shared['home-county'],
    'term-too-short': shared['term-too-short'],
    'one-leader': shared['one-leader'],
    'one-first-secretary': shared['one-first-secretary'],
    'village-has-a-team': {
      zh: '{village}已有工作队。',
      en: '{village} has a team already.',
      topic: { zh: '村里还没有工作队', en: 'the villages have no team yet' },
      remedy: { zh: '调整原工作队，或先撤回。', en: 'Change that team, or dissolve it first.' },
    },
    'team-twice': {
      zh: '{village}在同一次选派中列了两次。',
      en: '{village} is listed twice.',
      topic: { zh: '每村一队', en: 'one team for a village' },
    },
    'too-few-people': {
      zh: '{village}的工作队只有{count}人，不足{min}人。',
      en: 'The team of {village} has {count} people, fewer than {min}.',
      topic: { zh: '人数符合规定', en: 'there are enough people' },
      cites: 'parameter:team_people_min',
    },
    'member-of-no-team': {
      zh: '{worker}要去的村不在这次选派的工作队中。',
      en: '{worker} is sent to a village that is not among these teams.',
      topic: { zh: '每人都在某支工作队', en: 'everybody belongs to one of the teams' },
    },
  },
  advice: {
    'serves-at-home': sharedAdvice['serves-at-home'],
    'no-first-secretary': sharedAdvice['no-first-secretary'],
  },
  then: [
    {
      zh: '自当日起驻村；考勤、请假、轮换都记在队员名下。',
      en: 'They serve from this day; attendance, leave and terms are kept for each.',
    },
  ],
  about: {
    kind: 'village',
    offered: (village: { team?: unknown; people?: number }) => village.team === null && (village.people ?? 1) > 0,
    input: (village: { unit: string; id: string }) => ({
      unit: village.unit,
      teams: [{ village: village.id }],
      members: [
        { village: village.id, role: 'leader', firstSecretary: true },
        { village: village.id, role: 'member', firstSecretary: false },
        { village: village.id, role: 'member', firstSecretary: false },
      ],
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { teams, members }) {
    const [villages, workers] = await Promise.all([
      readVillages(
        tx,
        teams.map((each) => each.village),
      ),
      readWorkers(
        tx,
        members.map((each) => each.worker),
      ),
    ])
    return { villages, workers }
  },
  rule({ villages, workers }, { unit, teams, members }, refuse, by, advise) {
    const sent = teams.map((each) => each.village)
    const ids = members.map((each) => each.worker)
    const nameOf = (id: string) => workers.get(id)?.name ?? id
    return [
      ...teams.flatMap((team, at): readonly Line<TeamCode | TeamAdvice>[] => {
        const village = villages.get(team.village)
        if (village?.unit !== unit)
          return [refuse('village-unknown', { unit: by.lineage[0].name, village: village?.name ?? team.village })]
        if (sent.indexOf(team.village) !== at) return [refuse('team-twice', { village: village.name })]
        const crew = members.filter((each) => each.village === team.village)
        return teamLines(village, team.termUntil, crew, workers, { refuse, advise, by })
      }),
      ...twice(ids, nameOf, refuse),
      ...members.map(
        (each) => sent.includes(each.village) || refuse('member-of-no-team', { worker: nameOf(each.worker) }),
      ),
    ]
  },
  async effect(tx, { unit, teams, members }, _facts, by) {
    const formed = teams.map((each, at) => ({ ...each, id: scattered(by.act, at) }))
    await sql`insert into team (id, unit_id, village_id, valid_at, act_id)
      select id, ${unit}, village, daterange(${by.on}, null), ${by.act}
        from unnest(${formed.map((each) => each.id)}::uuid[], ${formed.map((each) => each.village)}::uuid[]) as x (id, village)`.execute(
      tx,
    )
    const of = new Map(formed.map((each) => [each.village, each]))
    await join(
      tx,
      by,
      members.map((each) => ({
        ...each,
        team: of.get(each.village)?.id ?? '',
        termUntil: of.get(each.village)?.termUntil ?? '',
      })),
    )
    return { unit, teams: formed.map(({ id, village }) => ({ team: id, village })) }
  },
})

type TeamCode = 'village-unknown' | 'team-twice' | 'village-has-a-team' | 'too-few-people' | CrewCode | JoinCode
type TeamAdvice = 'serves-at-home' | 'no-first-secretary'
type Said = {
  readonly refuse: Refuse<TeamCode>
  readonly advise: Refuse<TeamAdvice>
  readonly by: By
}

/** What speaks against one team: its village, its crew, each of its people. */
function teamLines(
  village: VillageFacts,
  termUntil: Day,
  crew: readonly z.output<typeof Member>[],
  workers: ReadonlyMap<string, WorkerFacts>,
  { refuse, advise, by }: Said,
): readonly Line<TeamCode | TeamAdvice>[] {
  const min = by.parameter('team_people_min').value
  return [
    village.team === null || refuse('village-has-a-team', { village: village.name }),
    crew.length >= min || refuse('too-few-people', { village: village.name, count: crew.length, min }),
    ...crewLines(village.name, crew, { refuse, advise }),
    ...crew.flatMap((each) =>
      mayJoin(
        workers.get(each.worker),
        { ...each, termUntil },
        { village: village.name, township: village.township },
        { refuse, advise, by },
      ),
    ),
  ]
}
