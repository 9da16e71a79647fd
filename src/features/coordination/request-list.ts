import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import { findLineage } from '#kernel/standing.ts'
import { type Day, type Text, UnitId, Year } from '#kernel/words.ts'
import { standOf } from '#features/obligations/index.ts'
import { usesOf } from './requests.ts'

type Row = {
  id: string
  unit: string
  unit_zh: string
  unit_en: string
  post: string
  title: string
  reason: string
  due: Day
  askedOn: Day
  act: string
  madeUp: boolean
  withdrawnOn: Day | null
  withdrawnFor: string | null
  givesBack: boolean | null
  receivers: number
  answered: number
  typed: number
  held: number
  minutes: number
}

/** Every request as it stood on a day: who asked, how many were asked and had answered, what it had cost. */
const requestsOn = (on: Day) => sql`
  select r.id, r.unit_id as unit, v.name_zh as unit_zh, v.name_en as unit_en, v.lineage, r.post, r.title, r.reason, r.due_on as due,
         r.on_day as "askedOn", r.act_id as act, j.via = 'replay' as "madeUp", w.on_day as "withdrawnOn", w.reason as "withdrawnFor",
         w.gives_back as "givesBack",
         (select count(*)::int from report_request_receiver p where p.request_id = r.id) as receivers,
         (select count(*)::int from request_answer a where a.request_id = r.id and a.version = 1 and a.on_day <= ${on}::date) as answered,
         (select count(*)::int from report_request_field f where f.request_id = r.id and f.kind <> 'figure') as typed,
         (select count(*)::int from report_request_field f where f.request_id = r.id and f.kind = 'figure') as held,
         (select coalesce(sum(x.minutes), 0)::float8 from request_answer a
            join request_answer_value x on x.request_id = a.request_id and x.unit_id = a.unit_id and x.version = a.version
           where a.request_id = r.id and a.on_day <= ${on}::date) as minutes
    from report_request r
    join journal j on j.id = r.act_id
    left join report_request_withdrawal w on w.request_id = r.id and w.on_day <= ${on}::date
    join lateral (
      select name_zh, name_en, lineage from unit_version w where w.unit_id = r.unit_id and lower(w.valid_at) <= ${on}::date
       order by lower(w.valid_at) desc limit 1) v on true
   where r.on_day <= ${on}::date`

function standing(reader: Reader, row: Row): { light: Light; words: Text } {
  if (row.withdrawnOn !== null) return { light: 'none', words: { zh: '已撤回', en: 'withdrawn' } }
  if (row.answered >= row.receivers) return { light: 'green', words: { zh: '都已填报', en: 'all have answered' } }
  return standOf(reader, row.due, null)
}

export async function readRequests(reader: Reader, which: RawBuilder<unknown>, page = sql``) {
  const { rows } = await sql<Row>`select * from (${requestsOn(reader.on)}) r where ${which} ${page}`.execute(reader.db)
  const things = rows.map(({ unit_zh, unit_en, ...row }) => ({
    ...row,
    unitName: { zh: unit_zh, en: unit_en } satisfies Text,
    postName: reader.charter.findPost(row.post)?.name ?? { zh: row.post, en: row.post },
    ...standing(reader, { unit_zh, unit_en, ...row }),
  }))
  return withAbilities(reader, 'request', things)
}

/** The requests for reports outside the charter. */
export const listRequests = ask({
  name: 'request.list',
  title: { zh: '章程以外的报送要求', en: 'Requests for reports' },
  purpose: {
    zh: '谁向哪些单位要了什么、要在哪天前、填了几个、占用多少时间。',
    en: 'Who asked which units for what, by when, how many have answered and what it cost them.',
  },
  access: 'seated',
  input: z.object({
    /** Asked of this unit or units below it, or asked by them. */
    unit: UnitId.optional(),
    state: z.enum(['open', 'answered', 'withdrawn', 'all']).default('all'),
    search: z.string().trim().max(100).optional(),
    sort: z.enum(['newest', 'oldest', 'due', 'minutes']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, search, sort, offset, limit }) {
    const states = {
      all: sql`true`,
      open: sql`"withdrawnOn" is null and answered < receivers`,
      answered: sql`"withdrawnOn" is null and answered >= receivers`,
      withdrawn: sql`"withdrawnOn" is not null`,
    }
    const which = sql`${states[state]}
      ${
        unit
          ? sql`and (lineage @> array[${unit}]::uuid[] or exists (
              select from report_request_receiver p
                join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> ${reader.on}::date) is true
               where p.request_id = r.id and v.lineage @> array[${unit}]::uuid[]))`
          : sql``
      }
      ${search ? sql`and strpos(lower(title || ' ' || unit_zh || ' ' || unit_en), lower(${search})) > 0` : sql``}`
    const order = {
      newest: sql`"askedOn" desc, id desc`,
      oldest: sql`"askedOn", id`,
      due: sql`due, id`,
      minutes: sql`minutes desc, id`,
    }[sort]
    const [total, requests] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${requestsOn(reader.on)}) r where ${which}`.execute(reader.db),
      readRequests(reader, which, sql`order by ${order} limit ${limit} offset ${offset}`),
    ])
    const desk = reader.actor?.kind === 'person' ? [{ unit: reader.actor.seat.unit }] : []
    return {
      total: total.rows[0]?.n ?? 0,
      requests,
      can: (await withAbilities(reader, 'request-desk', desk)).flatMap((each) => each.can),
    }
  },
})

/** How much of a unit's budget of requests is used, and by whom. */
export const showBudget = ask({
  name: 'request.budget',
  title: { zh: '报送要求额度', en: 'Budget of requests' },
  purpose: {
    zh: '一个单位当年可被要求几次、已用几次、被谁用去。',
    en: 'How often a unit may be asked in a year, how often it was, and by whom.',
  },
  access: 'seated',
  input: z.object({ unit: UnitId, year: Year.optional() }),
  async answer(reader, { unit, year = Number(reader.on.slice(0, 4)) }) {
    const lineage = await findLineage(reader.db, unit, reader.on)
    const day = `${year}-12-31` < reader.on ? `${year}-12-31` : reader.on
    const codes = lineage?.map((each) => each.code) ?? []
    const uses = await usesOf(reader.db, [unit], year)
    const setting = reader.charter.text.parameters.find((each) => each.id === 'request_budget')?.values[0]
    return {
      unit,
      year,
      budget: reader.charter.getParameter('request_budget', day, codes).value,
      status: setting?.status ?? null,
      uses: uses
        .filter((use) => use.on <= reader.on)
        .map((use) => ({
          ...use,
          postName: reader.charter.findPost(use.post)?.name ?? { zh: use.post, en: use.post },
        })),
    }
  },
})
