import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { deskOf } from './desk.ts'
import { orderBy, sortOf, versionOn } from './names.ts'
import { readPledges } from './pledge-list.ts'
import { type HelpKind, helpKinds, helpKindWords, type NeedState, needStateWords } from './states.ts'

type Row = {
  id: string
  unit: string
  unitName: Text
  village: Text | null
  campaign: string | null
  title: string
  why: string
  kind: HelpKind
  quantity: number
  measure: string | null
  matched: number
  confirmed: number
  pledges: number
  wanted: Day
  on: Day
  closedOn: Day | null
  closedFor: string | null
  state: NeedState
  act: string
  madeUp: boolean
}

/** Every need as it stood on a day. Quantities are whole fen for money and purchases, else whole pieces or people. */
export const needsOn = (on: Day) => sql`
  select n.id, n.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", v.lineage, n.title, n.why, n.kind,
         n.quantity::float8 as quantity, n.measure, o.matched::float8 as matched, o.confirmed::float8 as confirmed,
         (select count(*)::int from pledge p where p.need_id = n.id and p.on_day <= ${on}::date) as pledges,
         n.wanted_by as wanted, n.on_day as "on", o.closed_on as "closedOn", x.reason as "closedFor", o.state, n.act_id as act,
         j.via = 'replay' as "madeUp", c.title as campaign,
         case when g.id is not null then json_build_object('zh', g.name_zh, 'en', g.name_en) end as village
    from need_on(${on}::date) o
    join need n on n.id = o.need_id
    join journal j on j.id = n.act_id
    join ${versionOn(sql.ref('n.unit_id'), on)} v on true
    left join need_closing x on x.need_id = n.id and x.on_day <= ${on}::date
    left join campaign c on c.id = n.campaign_id
    left join village g on g.id = n.village_id`

async function readNeeds(reader: Reader, which: RawBuilder<unknown>, page = sql``) {
  const { rows } = await sql<Row>`select * from (${needsOn(reader.on)}) n where ${which} ${page}`.execute(reader.db)
  const things = rows.map((row) => ({
    ...row,
    kindWords: helpKindWords[row.kind],
    stateWords: needStateWords[row.state],
  }))
  return withAbilities(reader, 'need', things)
}

const needColumns = {
  need: 'title',
  county: 'unitName.en',
  kind: 'kind',
  needed: 'quantity',
  met: 'confirmed',
  state: 'state',
  wanted: 'wanted',
  published: 'on',
} as const

/** The needs of an area, for anyone to read. */
export const listNeeds = ask({
  name: 'need.list',
  title: { zh: '帮扶需求', en: 'Needs' },
  purpose: {
    zh: '各县、村向社会公布的需求：要什么、要多少、何时要、已对接和收到多少。',
    en: 'What counties and villages told the public that they need: what, how much, by when, and how much is matched and received.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    kind: z.enum(helpKinds).optional(),
    state: z.enum(['open', 'matched', 'met', 'closed', 'all']).default('all'),
    search: z.string().trim().max(100).optional(),
    sort: sortOf(needColumns).default('-published'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, kind, state, search, sort, offset, limit }) {
    const which = sql`true
      ${state === 'all' ? sql`` : sql`and state = ${state}`} ${kind ? sql`and kind = ${kind}` : sql``}
      ${unit ? sql`and lineage @> array[${unit}]::uuid[]` : sql``}
      ${search ? sql`and strpos(lower(title || ' ' || why || ' ' || ("unitName" ->> 'zh') || ' ' || ("unitName" ->> 'en')), lower(${search})) > 0` : sql``}`
    const [total, needs, desk] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${needsOn(reader.on)}) n where ${which}`.execute(reader.db),
      readNeeds(reader, which, sql`order by ${orderBy(needColumns, sort)} limit ${limit} offset ${offset}`),
      deskOf(reader, unit),
    ])
    return { total: total.rows[0]?.n ?? 0, needs, can: desk }
  },
})

/** One need with what was pledged for it. */
export const showNeed = ask({
  name: 'need.show',
  title: { zh: '一项需求', en: 'One need' },
  purpose: {
    zh: '一项需求和为它所作的认捐，走到了哪一步；不显示任何个人信息。',
    en: 'A need with the pledges for it and how far they have come; never anybody’s personal data.',
  },
  access: 'public',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const [need] = await readNeeds(reader, sql`id = ${id}`)
    if (!need) throw new NotFound({ zh: '没有这项需求，或当日尚未发布。', en: 'There is no such need on that day.' })
    const pledges = await readPledges(reader, sql`(need = ${id} or "matchedNeed" = ${id})`, sql`order by "on", id`)
    return { ...need, list: pledges }
  },
})
