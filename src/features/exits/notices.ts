import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { daysBetween } from '#kernel/calendar.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { ExitCase } from './books.ts'
import { asPercent, sharePercent } from './proposal.ts'
import { type State, standings } from './state.ts'

type Row = {
  unit: string
  zh: string
  en: string
  aboveZh: string
  aboveEn: string
  code: string | null
  year: number
  round: number
  from: Day
  until: Day
  isOpen: boolean
  objections: number
  answered: number
  state: State
  stateRound: number
}

/** Notices as of a day, with what the public may know of each. */
const noticesOn = (on: Day) => sql`
  select n.unit_id as unit, v.name_zh as zh, v.name_en as en, v.code, v.lineage, n.exit_year as year, n.round,
         coalesce(w.name_zh, '') as "aboveZh", coalesce(w.name_en, '') as "aboveEn",
         n.from_day as "from", n.until_day as until, s.state, s.round as "stateRound",
         n.until_day >= ${on}::date and s.state = 'noticed' and s.round = n.round as "isOpen", q.objections, q.answered
    from exit_notice n
    cross join lateral (select * from unit_version w where w.unit_id = n.unit_id and lower(w.valid_at) <= ${on}::date
                         order by lower(w.valid_at) desc limit 1) v
    left join unit_version w on w.unit_id = v.lineage[2] and w.unit_id <> v.unit_id and (w.valid_at @> ${on}::date) is true
    cross join lateral (select state, round from exit_step e where e.unit_id = n.unit_id and e.exit_year = n.exit_year
                           and e.on_day <= ${on}::date order by e.ordinal desc limit 1) s
    cross join lateral (select count(*)::int as objections, count(a.objection_id)::int as answered
                          from exit_objection o left join objection_answer a on a.objection_id = o.id and a.on_day <= ${on}::date
                         where o.unit_id = n.unit_id and o.exit_year = n.exit_year and o.round = n.round and o.on_day <= ${on}::date) q
   where n.from_day <= ${on}::date`

function shown(reader: Reader, { zh, en, aboveZh, aboveEn, state, stateRound, ...row }: Row) {
  const became: Text =
    stateRound > row.round ? { zh: '退回后重新提出', en: 'returned, and proposed again' } : standings[state].name
  return {
    ...row,
    name: { zh, en },
    above: { zh: aboveZh, en: aboveEn },
    address: `/notices/${row.unit}/${row.year}/${row.round}`,
    daysLeft: row.isOpen ? daysBetween(reader.on, row.until) : null,
    became,
  }
}

/** The public notices, those that stand first. */
export const listNotices = ask({
  name: 'notice.list',
  title: { zh: '退出公示', en: 'Public notices' },
  purpose: { zh: '正在公示和以往公示的拟退出县。', en: 'The exits before the public now, and those that were.' },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    year: Year.optional(),
    state: z.enum(['open', 'closed', 'all']).default('all'),
    search: z.string().max(100).optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year, state, search, offset, limit }) {
    const { rows } = await sql<Row & { total: number }>`
      select n.*, count(*) over ()::int as total from (${noticesOn(reader.on)}) n
       where (${unit ?? null}::uuid is null or n.lineage @> array[${unit ?? null}]::uuid[])
         and (${year ?? null}::int is null or n.year = ${year ?? null})
         and (${state} = 'all' or n."isOpen" = (${state} = 'open'))
         and (${search ?? null}::text is null or strpos(n.zh || lower(n.en), lower(${search ?? null})) > 0)
       order by n."isOpen" desc, n."from" desc, n.code nulls last, n.unit limit ${limit} offset ${offset}`.execute(
      reader.db,
    )
    const items = rows.map(({ total: _total, ...row }) => shown(reader, withoutLineage(row)))
    return { total: rows[0]?.total ?? 0, items: await withAbilities(reader, 'notice', items) }
  },
})

const withoutLineage = (row: Row & { lineage?: unknown }): Row => {
  const { lineage: _lineage, ...rest } = row
  return rest
}

/** One notice at its permanent address, as the public reads it. */
export const showNotice = ask({
  name: 'notice.show',
  title: { zh: '一份退出公示', en: 'One public notice' },
  purpose: {
    zh: '拟退出县的依据、公示期和异议情况；公示期内任何人可提出异议。',
    en: 'On what an exit stands, until when one may object, and what became of the objections.',
  },
  access: 'public',
  input: z.object({ ...ExitCase, round: z.int().min(1) }),
  async answer(reader, { unit, year, round }) {
    const { db, on } = reader
    const [{ rows }, proposal, objections] = await Promise.all([
      sql<Row>`select n.* from (${noticesOn(on)}) n where n.unit = ${unit} and n.year = ${year} and n.round = ${round}`.execute(
        db,
      ),
      sql<{ evidence: Evidence }>`select evidence from exit_step
        where unit_id = ${unit} and exit_year = ${year} and round = ${round} and step = 'propose'`.execute(db),
      sql<{ on: Day; answeredOn: Day | null; outcome: 'upheld' | 'dismissed' | null }>`
        select o.on_day as "on", a.on_day as "answeredOn", a.outcome
          from exit_objection o left join objection_answer a on a.objection_id = o.id and a.on_day <= ${on}::date
         where o.unit_id = ${unit} and o.exit_year = ${year} and o.round = ${round} and o.on_day <= ${on}::date order by o.id`.execute(
        db,
      ),
    ])
    if (!rows[0]) throw new NotFound({ zh: '没有这份公示。', en: 'There is no such notice.' })
    const [notice] = await withAbilities(reader, 'notice', [shown(reader, withoutLineage(rows[0]))])
    return { ...notice!, basis: basisOf(proposal.rows[0]?.evidence), list: objections.rows }
  },
})

type Evidence = {
  headcount: { poorPersons: number; ruralPersons: number; villages: number; villagesOut: number; asOf: Day }
  limits: { headcountMax_bp: number }
}

/** The numbers on which the exit stands, as the public reads them. */
function basisOf(evidence: Evidence | undefined) {
  if (!evidence) return null
  const { headcount, limits } = evidence
  return {
    ...headcount,
    rate: sharePercent(headcount.poorPersons, headcount.ruralPersons),
    limit: asPercent(limits.headcountMax_bp),
  }
}
