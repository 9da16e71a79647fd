import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '#kernel/canonical.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { Facts, Mover, Person, Village } from './plan-model.ts'
import type { Role } from './words.ts'

/** What the charter says of teams, as it applies to a county on a day. */
export type TeamLaw = {
  readonly peopleMin: number
  readonly isTownshipBarred: boolean
  readonly isCountyBarred: boolean
}
export const teamParameters = ['team_people_min', 'home_township_barred', 'home_county_barred'] as const

export const teamLaw = (parameter: (id: string) => { readonly value: number }): TeamLaw => ({
  peopleMin: parameter('team_people_min').value,
  isTownshipBarred: parameter('home_township_barred').value === 1,
  isCountyBarred: parameter('home_county_barred').value === 1,
})

/** A team that is there, with its people as they serve in it. */
export type Serving = {
  readonly team: string
  readonly village: string
  readonly since: Day
  readonly members: readonly {
    readonly worker: string
    readonly role: Role
    readonly firstSecretary: boolean
    readonly since: Day
    readonly termUntil: Day
  }[]
}

/** Everything that a plan of a county is made from, as it stood on a day. */
export type PlanFacts = Facts & {
  readonly teams: readonly Serving[]
  readonly workers: ReadonlyMap<string, Person>
  readonly law: TeamLaw
  /** Two plans with the same digest were made from the same facts. */
  readonly digest: string
}

export async function readPlanFacts(db: Db | Tx, unit: string, on: Day, law: TeamLaw): Promise<PlanFacts> {
  const teams = await teamsOn(db, unit, on)
  const workers = await workersOn(db, unit, on, law)
  const villages = await villagesOn(db, unit, on, teams, law)
  const movers = moversOf(teams, workers, villages, law)
  const known = { villages, movers, teams, workers: [...workers.values()], law }
  const digest = createHash('sha256').update(canonical(known)).digest('hex')
  return { on, villages, movers, teams, workers, law, digest }
}

/** The teams of a county; whoever serves in one from another county's people counts too. */
async function teamsOn(db: Db | Tx, unit: string, on: Day): Promise<readonly Serving[]> {
  const { rows } = await sql<Serving>`
    select t.id as team, t.village_id as village, lower(t.valid_at) as since,
           coalesce((select json_agg(json_build_object('worker', m.worker_id, 'role', m.role, 'firstSecretary', m.first_secretary,
                       'since', lower(m.valid_at), 'termUntil', m.term_until) order by m.role, m.worker_id)
              from team_member m where m.team_id = t.id and (m.valid_at @> ${on}::date) is true), '[]') as members
      from team t where t.unit_id = ${unit} and (t.valid_at @> ${on}::date) is true
     order by t.id`.execute(db)
  return rows
}

type WorkerRow = {
  id: string
  zh: string
  en: string
  madeUp: boolean
  skills: string[]
  home: boolean
  township: string | null
  allowed: boolean
  east: number | null
  north: number | null
  km: number | null
  noNight: boolean
  available: boolean
  until: Day | null
}

async function workersOn(db: Db | Tx, unit: string, on: Day, law: TeamLaw): Promise<ReadonlyMap<string, Person>> {
  const { rows } = await sql<WorkerRow>`
    select w.id, p.name_zh as zh, p.name_en as en, p.made_up as "madeUp", v.skills, v.home_unit_id is not distinct from ${unit}::uuid as home,
           v.home_township_zh as township, v.home_allowed as allowed, v.east_m as east, v.north_m as north, v.travel_km_max as km,
           v.no_night as "noNight", v.available,
           (select m.term_until from team_member m where m.worker_id = w.id and (m.valid_at @> ${on}::date) is true) as until
      from worker w
      join person p on p.id = w.id
      cross join lateral (select * from worker_version x where x.worker_id = w.id and x.on_day <= ${on} order by x.n desc limit 1) v
     where w.unit_id = ${unit}
     order by w.id`.execute(db)
  const barred = ({ home, allowed, township }: WorkerRow) => {
    if (!home || allowed) return null
    return law.isCountyBarred ? '' : law.isTownshipBarred ? township : null
  }
  return new Map(
    rows.map((row): [string, Person] => [
      row.id,
      {
        id: row.id,
        name: { zh: row.zh, en: row.en },
        madeUp: row.madeUp,
        skills: row.skills.toSorted(),
        barredTownship: barred(row),
        isAvailable: row.available,
        place: placeOf(row),
        kmMax: row.km,
        noNight: row.noNight,
        termUntil: row.until,
      },
    ]),
  )
}

const placeOf = ({ east, north }: { readonly east: number | null; readonly north: number | null }) =>
  east === null || north === null ? null : { eastM: east, northM: north }

type VillageRow = {
  id: string
  zh: string
  en: string
  township: string
  townshipEn: string
  madeUp: boolean
  east: number | null
  north: number | null
  people: number | null
  weight: number | null
  needs: { skill: string; people: number }[]
}

/** The villages that ask for people, and those where a team is; one whose needs nobody stated asks for a team and nothing more. */
async function villagesOn(
  db: Db | Tx,
  unit: string,
  on: Day,
  teams: readonly Serving[],
  law: TeamLaw,
): Promise<readonly Village[]> {
  const { rows } = await sql<VillageRow>`
    select v.id, v.name_zh as zh, v.name_en as en, v.township_zh as township, v.township_en as "townshipEn",
           v.made_up as "madeUp", v.east_m as east, v.north_m as north, s.people, s.weight,
           coalesce((select json_agg(json_build_object('skill', d.skill, 'people', d.people) order by d.skill)
              from village_need d where d.village_id = v.id and d.n = s.n), '[]') as needs
      from village v
      left join lateral (select * from village_statement x where x.village_id = v.id and x.on_day <= ${on} order by x.n desc limit 1) s on true
     where v.unit_id = ${unit} and v.on_day <= ${on}
     order by v.id`.execute(db)
  const served = new Set(teams.map((team) => team.village))
  return rows
    .filter(({ id, people }) => (people !== null && people > 0) || served.has(id))
    .map(({ id, zh, en, township, townshipEn, madeUp, people, weight, needs, ...row }) => ({
      id,
      name: { zh, en },
      township,
      townshipName: { zh: township, en: townshipEn },
      madeUp,
      place: placeOf(row),
      people: people ?? law.peopleMin,
      // One that needs nobody any more weighs nothing.
      weight: people === 0 ? 0 : (weight ?? 1),
      needs: people === 0 ? [] : needs,
    }))
}

export const teamName = (village: Text): Text => ({ zh: `${village.zh}工作队`, en: `Team of ${village.en}` })

/** Teams large enough are placed as they are; the people of smaller ones, and those who are free, one by one. */
function moversOf(
  teams: readonly Serving[],
  workers: ReadonlyMap<string, Person>,
  villages: readonly Village[],
  law: TeamLaw,
): readonly Mover[] {
  const nameOf = new Map(villages.map((village) => [village.id, village.name]))
  const crews = teams.map(({ team, village, members }) => ({
    team,
    village,
    people: members.flatMap(({ worker }) => workers.get(worker) ?? []),
  }))
  const serving = new Set(crews.flatMap(({ people }) => people.map((person) => person.id)))
  const alone = (person: Person, present: string | null): Mover => ({
    id: person.id,
    name: person.name,
    isTeam: false,
    people: [person],
    present,
  })
  return [
    ...crews.flatMap(({ team, village, people }): Mover[] =>
      people.length >= law.peopleMin
        ? [
            {
              id: team,
              name: teamName(nameOf.get(village) ?? { zh: '', en: '' }),
              isTeam: true,
              people,
              present: village,
            },
          ]
        : people.map((person) => alone(person, village)),
    ),
    ...[...workers.values()]
      .filter(({ id, isAvailable }) => isAvailable && !serving.has(id))
      .map((person) => alone(person, null)),
  ]
}
