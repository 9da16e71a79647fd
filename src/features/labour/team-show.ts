import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { findLineage } from '#kernel/standing.ts'
import type { Day, Text } from '#kernel/words.ts'
import { daysOfMonth } from './attendance-record.ts'
import { Month, TeamId } from './inputs.ts'
import { parameterOf } from './standing.ts'
import { readTeamLeave } from './leave-list.ts'
import { type Ending, endings, marks, type Role, roles } from './words.ts'

type Head = {
  id: string
  unit: string
  village: string
  since: Day
  until: Day | null
  note: string | null
  villageName: Text
  township: Text
  villageMadeUp: boolean
  min: number
}
export type Member = {
  worker: string
  name: Text
  madeUp: boolean
  role: Role
  firstSecretary: boolean
  since: Day
  until: Day | null
  termUntil: Day
  why: Ending | null
  note: string | null
}

/** One team on a day: its people with their terms, their leave, and the attendance of a month. */
export const showTeam = ask({
  name: 'team.show',
  title: { zh: '驻村工作队', en: 'A resident team' },
  purpose: {
    zh: '一支驻村工作队的队员、期限、请假，和某月逐日考勤。',
    en: 'The people of a resident team with their terms and leave, and the attendance of a month day by day.',
  },
  access: 'seated',
  input: z.object({ team: TeamId, month: Month.optional() }),
  async answer(reader, { team, month = reader.on.slice(0, 7) }) {
    const { db, on, charter } = reader
    const { rows } = await sql<Head>`
      select t.id, t.unit_id as unit, t.village_id as village, lower(t.valid_at) as since,
             case when upper(t.valid_at) <= ${on}::date then upper(t.valid_at) end as until,
             case when upper(t.valid_at) <= ${on}::date then t.ended_note end as note,
             json_build_object('zh', v.name_zh, 'en', v.name_en) as "villageName",
             json_build_object('zh', v.township_zh, 'en', v.township_en) as township, v.made_up as "villageMadeUp",
             ${parameterOf(charter, 'team_people_min', on, 't.unit_id')}::int as min
        from team t join village v on v.id = t.village_id
       where t.id = ${team} and lower(t.valid_at) <= ${on}::date`.execute(db)
    const [head] = rows
    if (!head) throw new NotFound({ zh: '当日没有这支工作队。', en: 'There was no such team on that day.' })
    const [members, leave, sheets, owed, lineage] = await Promise.all([
      readMembers(reader, team),
      readTeamLeave(reader, team),
      readMonth(reader, team, month),
      sql<{ id: string; obligation: string; due: Day }>`
        select i.id, i.obligation, i.due_on as due from obligation_item i
         where i.unit_id = ${head.unit} and i.obligation in ('complete-team', 'replace-recalled') and i.subject = ${team}
           and i.opened_on <= ${on}::date and coalesce(i.met_on, i.lapsed_on, 'infinity') > ${on}::date order by i.due_on`.execute(
        db,
      ),
      findLineage(db, head.unit, on),
    ])
    const present = members.filter((each) => each.until === null)
    const served = members.filter((each) => each.since.slice(0, 7) <= month && (each.until ?? '9999') > `${month}-01`)
    const calendar = calendarOf(month, served, sheets, leave, on)
    const isThere = head.until === null
    const [thing] = await withAbilities(reader, 'team', [
      { ...head, month, sheets: isThere ? sheetsToFill(team, calendar) : [] },
    ])
    return {
      ...head,
      people: present.length,
      isShort: isThere && present.length < head.min,
      above: lineage ?? [],
      members: members.map((each) => ({
        ...each,
        roleName: roles[each.role],
        whyName: each.why && endings[each.why],
        isTermOver: each.until === null && each.termUntil < on,
      })),
      leave,
      month,
      days: daysOfMonth(month),
      calendar,
      markNames: marks,
      owed: owed.rows,
      can: isThere ? (thing?.can ?? []) : [],
    }
  },
})

async function readMembers({ db, on }: Reader, team: string): Promise<readonly Member[]> {
  const { rows } = await sql<Member>`
    select m.worker_id as worker, json_build_object('zh', p.name_zh, 'en', p.name_en) as name, p.made_up as "madeUp", m.role,
           m.first_secretary as "firstSecretary", lower(m.valid_at) as since, m.term_until as "termUntil",
           case when upper(m.valid_at) <= ${on}::date then upper(m.valid_at) end as until,
           case when upper(m.valid_at) <= ${on}::date then m.ended_why end as why,
           case when upper(m.valid_at) <= ${on}::date then m.ended_note end as note
      from team_member m join person p on p.id = m.worker_id
     where m.team_id = ${team} and lower(m.valid_at) <= ${on}::date
     order by upper(m.valid_at) desc nulls first, m.role, lower(m.valid_at), p.name_zh`.execute(db)
  return rows
}

type SheetRow = { worker: string; marks: string; n: number; entry: string; on: Day }

async function readMonth({ db, on }: Reader, team: string, month: string): Promise<readonly SheetRow[]> {
  const { rows } = await sql<SheetRow>`
    select distinct on (a.worker_id) a.worker_id as worker, a.marks, a.n, a.act_id as entry, a.on_day as "on"
      from attendance a
     where a.team_id = ${team} and a.month = ${`${month}-01`}::date and a.on_day <= ${on}::date
     order by a.worker_id, a.n desc`.execute(db)
  return rows
}

type Leave = Awaited<ReturnType<typeof readTeamLeave>>[number]
type Line = {
  readonly worker: string
  readonly name: Text
  readonly madeUp: boolean
  /** One mark for each day, as it was entered; nothing, if it was not. */
  readonly marks: string | null
  readonly entry: string | null
  readonly corrections: number
  readonly present: number
  /** What a new sheet begins with: leave is known already, and nobody types it again. */
  readonly known: string
}

function calendarOf(
  month: string,
  served: readonly Member[],
  sheets: readonly SheetRow[],
  leave: readonly Leave[],
  on: Day,
): readonly Line[] {
  const people = served.filter((each, at) => served.findIndex((other) => other.worker === each.worker) === at)
  return people.map(({ worker, name, madeUp }) => {
    const sheet = sheets.find((each) => each.worker === worker)
    const terms = served.filter((each) => each.worker === worker)
    const own = leave.filter((each) => each.worker === worker && each.outcome === 'granted')
    const known = daysOfMonth(month)
      .map((day) => {
        const serves = terms.some((term) => term.since <= day && (term.until === null || day < term.until))
        return serves && day <= on && own.some((each) => each.from <= day && day <= each.to) ? 'l' : '-'
      })
      .join('')
    return {
      worker,
      name,
      madeUp,
      marks: sheet?.marks ?? null,
      entry: sheet?.entry ?? null,
      corrections: (sheet?.n ?? 1) - 1,
      present: [...(sheet?.marks ?? '')].filter((mark) => mark === 'p').length,
      known,
    }
  })
}

/** The sheets that the form begins with: what was entered, to be corrected, or what is known beforehand. */
const sheetsToFill = (team: string, calendar: readonly Line[]) =>
  calendar.map(({ worker, marks: entered, known, entry }) => ({
    team,
    worker,
    marks: entered ?? known,
    ...(entry !== null && { corrects: entry }),
  }))
