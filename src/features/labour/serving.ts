import { sql } from 'kysely'
import type { By, Line, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { WorkerFacts } from './read.ts'
import type { Ending, Role } from './words.ts'

export type JoinCode = 'worker-unknown' | 'serves-elsewhere' | 'not-available' | 'term-too-short' | HomeCode
type HomeCode = 'home-township' | 'home-county'
export type CrewCode = 'one-leader' | 'one-first-secretary'

/** Somebody who is to serve in a team. */
export type Joining = {
  readonly worker: string
  readonly role: Role
  readonly firstSecretary: boolean
  readonly termUntil: Day
}
export type Place = { readonly village: Text; readonly township: Text }

/** The first day on which a term of so many years, begun on a day, is over. */
export const yearsAfter = (day: Day, years: number): Day => {
  const [year = '', month = '', date = ''] = day.split('-')
  const last = new Date(Date.UTC(Number(year) + years, Number(month), 0)).getUTCDate()
  return `${Number(year) + years}-${month}-${String(Math.min(Number(date), last)).padStart(2, '0')}`
}

/** Whether somebody may serve in a place, from the day of the deed: all reasons against it. */
export function mayJoin(
  found: WorkerFacts | undefined,
  joining: Joining,
  { village, township }: Place,
  { refuse, advise, by }: { refuse: Refuse<JoinCode>; advise: Refuse<'serves-at-home'>; by: By },
): readonly Line<JoinCode | 'serves-at-home'>[] {
  const unit = by.lineage[0]
  if (found?.unit !== unit.id) return [refuse('worker-unknown', { unit: unit.name, worker: joining.worker })]
  const worker = found.name
  const years = by.parameter('team_term_years_min').value
  return [
    found.serves === null ||
      refuse('serves-elsewhere', { worker, since: found.serves.since, village: found.serves.village }),
    found.serves !== null ||
      found.lastEnd === null ||
      found.lastEnd <= by.on ||
      refuse('serves-elsewhere', { worker, since: found.lastEnd, village }),
    found.available || refuse('not-available', { worker }),
    joining.termUntil >= yearsAfter(by.on, years) ||
      refuse('term-too-short', { worker, until: joining.termUntil, years }),
    ...atHome(found, township, { refuse, advise, by }),
  ]
}

/** Nobody serves at home unless it is allowed: refused where the charter bars it, told where it does not. */
function atHome(
  { name: worker, homeUnit, homeTownship, homeAllowed }: WorkerFacts,
  township: Text,
  { refuse, advise, by }: { refuse: Refuse<HomeCode>; advise: Refuse<'serves-at-home'>; by: By },
): readonly Line<HomeCode | 'serves-at-home'>[] {
  const county = by.lineage[0]
  if (homeUnit !== county.id || homeAllowed) return []
  const isBarred = (parameter: string) => by.parameter(parameter).value === 1
  if (homeTownship === township.zh && isBarred('home_township_barred'))
    return [refuse('home-township', { worker, township })]
  if (isBarred('home_county_barred')) return [refuse('home-county', { worker })]
  return [advise('serves-at-home', { worker, home: homeTownship === township.zh ? township : county.name })]
}

type Crew = readonly { readonly role: Role; readonly firstSecretary: boolean }[]

/** A team is led by one of its people and has no more than one first secretary. */
export function crewLines(
  village: Text,
  crew: Crew,
  { refuse, advise }: { refuse: Refuse<CrewCode>; advise: Refuse<'no-first-secretary'> },
): readonly Line<CrewCode | 'no-first-secretary'>[] {
  const leaders = crew.filter((each) => each.role === 'leader').length
  const secretaries = crew.filter((each) => each.firstSecretary).length
  return [
    leaders === 1 || refuse('one-leader', { village, count: leaders }),
    secretaries <= 1 || refuse('one-first-secretary', { village, count: secretaries }),
    secretaries !== 0 || advise('no-first-secretary', { village }),
  ]
}

export const twice = (
  workers: readonly string[],
  nameOf: (worker: string) => Text | string,
  refuse: Refuse<'worker-twice'>,
): readonly Line<'worker-twice'>[] =>
  [...new Set(workers.filter((id, at) => workers.indexOf(id) !== at))].map((id) =>
    refuse('worker-twice', { worker: nameOf(id) }),
  )

/** People join teams on the day of the deed. */
export const join = (tx: Tx, by: By, rows: readonly (Joining & { readonly team: string })[]) =>
  sql`insert into team_member (team_id, worker_id, role, first_secretary, term_until, valid_at, act_id)
    select team, worker, role, first, until, daterange(${by.on}, null), ${by.act}
      from unnest(${rows.map((row) => row.team)}::uuid[], ${rows.map((row) => row.worker)}::uuid[],
                  ${rows.map((row) => row.role)}::text[], ${rows.map((row) => row.firstSecretary)}::boolean[],
                  ${rows.map((row) => row.termUntil)}::date[]) as x (team, worker, role, first, until)`.execute(tx)

/** People leave their teams: the day before the deed was their last. */
export const leaveTeams = (
  tx: Tx,
  by: By,
  why: Ending,
  rows: readonly { readonly worker: string; readonly note: string | null }[],
) =>
  sql`update team_member m
       set valid_at = daterange(lower(m.valid_at), ${by.on}), ended_by = ${by.act}, ended_why = ${why}, ended_note = x.note
      from unnest(${rows.map((row) => row.worker)}::uuid[], ${rows.map((row) => row.note)}::text[]) as x (worker, note)
     where m.worker_id = x.worker and m.ended_by is null`.execute(tx)

/** Whether somebody can leave on the day of the deed. */
export const canLeave = (
  { name, since }: { readonly name: Text; readonly since: Day },
  refuse: Refuse<'joined-too-late'>,
  by: By,
): Line<'joined-too-late'> => since < by.on || refuse('joined-too-late', { worker: name, since })
