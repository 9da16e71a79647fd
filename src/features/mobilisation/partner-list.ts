import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import { deskOf } from './desk.ts'
import { versionOn } from './names.ts'
import { bodyOf } from './pledge-list.ts'

const paging = {
  search: z.string().trim().max(100).optional(),
  offset: z.int().min(0).default(0),
  limit: z.int().min(1).max(200).default(50),
}

type PairRow = {
  id: string
  unit: string
  east: Text
  west: Text
  westUnit: string
  status: string
  source: string
  since: Day
  until: Day | null
  endReason: string | null
  act: string
  root: string
  pledges: number
  total: number
}

/** Which eastern unit helps which western one, with how sure that is. */
export const listPairings = ask({
  name: 'pairing.list',
  title: { zh: '东西部扶贫协作', en: 'Pairs of east and west' },
  purpose: {
    zh: '当日有效（或已结束）的结对关系，每对注明依据和核实程度。',
    en: 'The pairs that hold on the day, or have ended, each with its ground and how sure it is.',
  },
  access: 'public',
  input: z.object({
    /** On either side: the unit itself, one below it, or one that it lies in. */
    unit: UnitId.optional(),
    state: z.enum(['standing', 'ended', 'all']).default('standing'),
    sort: z.enum(['east', 'west']).default('east'),
    ...paging,
  }),
  async answer(reader, { unit, state, sort, search, offset, limit }) {
    const { on, db } = reader
    const name = (alias: string) =>
      sql`json_build_object('zh', ${sql.ref(`${alias}.name_zh`)}, 'en', ${sql.ref(`${alias}.name_en`)})`
    const { rows } = await sql<PairRow>`
      select q.*, count(*) over ()::int as total from (
        select p.id, p.east_unit_id as unit, ${name('e')} as east, ${name('w')} as west, p.west_unit_id as "westUnit", p.status, p.source,
               lower(p.valid_at) as since, case when upper(p.valid_at) <= ${on}::date then upper(p.valid_at) end as until,
               case when upper(p.valid_at) <= ${on}::date then p.end_reason end as "endReason", p.act_id as act, e.lineage[1] as root,
               e.name_zh as ez, w.name_zh as wz, e.name_en as ee, w.name_en as we, e.lineage as el, w.lineage as wl,
               (select count(*)::int from pledge x where x.pairing_id = p.id and x.on_day <= ${on}::date) as pledges
          from pairing p
          join ${versionOn(sql.ref('p.east_unit_id'), on)} e on true
          join ${versionOn(sql.ref('p.west_unit_id'), on)} w on true
         where lower(p.valid_at) <= ${on}::date) q
       where ${state === 'all' ? sql`true` : state === 'standing' ? sql`until is null` : sql`until is not null`}
         ${unit ? sql`and (el @> array[${unit}]::uuid[] or wl @> array[${unit}]::uuid[] or "westUnit" in (select unnest(lineage) from unit_version a where a.unit_id = ${unit} and (a.valid_at @> ${on}::date) is true))` : sql``}
         ${search ? sql`and strpos(lower(concat_ws(' ', ez, ee, wz, we)), lower(${search})) > 0` : sql``}
       order by ${sort === 'east' ? sql`ee, we` : sql`we, ee`}, id limit ${limit} offset ${offset}`.execute(db)
    const items = rows.map(({ id, unit: east, total: _total, ...row }) => ({
      id,
      unit: east,
      east: row.east,
      west: row.west,
      westUnit: row.westUnit,
      status: row.status,
      source: row.source,
      since: row.since,
      until: row.until,
      endReason: row.endReason,
      act: row.act,
      root: row.root,
      pledges: row.pledges,
    }))
    return {
      total: rows[0]?.total ?? 0,
      items: await withAbilities(reader, 'pairing', items),
      can: await deskOf(reader, undefined),
    }
  },
})

type PartnerRow = {
  id: string
  unit: string
  unitName: Text
  kind: 'assistant' | 'enterprise' | 'organisation'
  name: string | null
  post: string | null
  about: string
  status: string
  since: Day
  until: Day | null
  state: 'asking' | 'helping' | 'ended'
  pledges: number
  confirmed: number
  act: string
  madeUp: boolean
  total: number
}

const partnerStates = {
  asking: { zh: '待县里答复', en: 'waits for the county' },
  helping: { zh: '帮扶中', en: 'helping' },
  ended: { zh: '已结束', en: 'ended' },
} as const satisfies Record<PartnerRow['state'], Text>
const partnerKinds = {
  assistant: { zh: '定点帮扶单位', en: 'central body' },
  enterprise: { zh: '企业', en: 'enterprise' },
  organisation: { zh: '社会组织', en: 'organisation' },
} as const satisfies Record<PartnerRow['kind'], Text>

/** Central bodies, enterprises and organisations that help counties. The public sees those that the county admitted. */
export const listPartners = ask({
  name: 'partner.list',
  title: { zh: '帮扶方', en: 'Partners' },
  purpose: {
    zh: '定点帮扶单位、参与的企业和社会组织，各帮扶哪个县、认捐和收到多少项。',
    en: 'Central bodies, enterprises and organisations: which county each helps, how often it pledged and how often that was received.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId.optional(),
    kind: z.enum(['assistant', 'enterprise', 'organisation', 'all']).default('all'),
    ...paging,
  }),
  async answer(reader, { unit, kind, search, offset, limit }) {
    const { on, db } = reader
    const isSeated = reader.actor?.kind === 'person'
    const { rows } = await sql<PartnerRow>`
      select q.*, count(*) over ()::int as total from (
        select p.id, p.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", v.lineage, p.kind, p.name, p.post,
               p.about, p.status, lower(p.valid_at) as since, case when upper(p.valid_at) <= ${on}::date then upper(p.valid_at) end as until,
               case when upper(p.valid_at) <= ${on}::date then 'ended' when p.kind <> 'assistant' and a.on_day is null then 'asking' else 'helping' end as state,
               p.kind = 'assistant' or a.on_day is not null as "isPublic",
               (select count(*)::int from pledge x where x.partner_id = p.id and x.on_day <= ${on}::date) as pledges,
               (select count(*)::int from pledge x join pledge_step s on s.pledge_id = x.id and s.step = 'confirm' and s.on_day <= ${on}::date
                 where x.partner_id = p.id) as confirmed,
               p.act_id as act, j.via = 'replay' as "madeUp"
          from partner p
          join journal j on j.id = p.act_id
          join ${versionOn(sql.ref('p.unit_id'), on)} v on true
          left join partner_admission a on a.partner_id = p.id and a.on_day <= ${on}::date
         where lower(p.valid_at) <= ${on}::date) q
       where (${isSeated} or "isPublic") ${kind === 'all' ? sql`` : sql`and kind = ${kind}`}
         ${unit ? sql`and lineage @> array[${unit}]::uuid[]` : sql``}
         ${search ? sql`and strpos(lower(concat_ws(' ', name, "unitName" ->> 'zh', "unitName" ->> 'en')), lower(${search})) > 0` : sql``}
       order by state, since desc, id limit ${limit} offset ${offset}`.execute(db)
    const items = rows.map(({ total: _total, name, post, about, ...row }) => ({
      ...row,
      name: (post === null ? undefined : bodyOf(reader, post)) ?? { zh: name ?? '', en: name ?? '' },
      about: isSeated ? about : null,
      kindWords: partnerKinds[row.kind],
      stateWords: partnerStates[row.state],
    }))
    return { total: rows[0]?.total ?? 0, items: await withAbilities(reader, 'partner', items) }
  },
})

type CampaignRow = {
  id: string
  unit: string
  unitName: Text
  title: string
  purpose: string
  from: Day
  until: Day
  needs: number
  pledges: number
  act: string
  madeUp: boolean
  total: number
}

/** Campaigns that were announced to an area, or to one that it lies in. */
export const listCampaigns = ask({
  name: 'campaign.list',
  title: { zh: '帮扶活动', en: 'Campaigns' },
  purpose: {
    zh: '各地发起的帮扶活动，起止日期、目的，以及归入的需求和认捐。',
    en: 'Campaigns with their days and purpose, and how many needs and pledges belong to each.',
  },
  access: 'public',
  input: z.object({ unit: UnitId.optional(), ...paging }),
  async answer({ db, on }, { unit, search, offset, limit }) {
    const { rows } = await sql<CampaignRow>`
      select c.id, c.unit_id as unit, json_build_object('zh', v.name_zh, 'en', v.name_en) as "unitName", c.title, c.purpose,
             c.from_day as from, c.until_day as until, c.act_id as act, j.via = 'replay' as "madeUp",
             (select count(*)::int from need n where n.campaign_id = c.id and n.on_day <= ${on}::date) as needs,
             (select count(*)::int from pledge p where p.campaign_id = c.id and p.on_day <= ${on}::date) as pledges,
             count(*) over ()::int as total
        from campaign c
        join journal j on j.id = c.act_id
        join ${versionOn(sql.ref('c.unit_id'), on)} v on true
       where c.on_day <= ${on}::date
         ${unit ? sql`and (v.lineage @> array[${unit}]::uuid[] or c.unit_id in (select unnest(lineage) from unit_version a where a.unit_id = ${unit} and (a.valid_at @> ${on}::date) is true))` : sql``}
         ${search ? sql`and strpos(lower(c.title || ' ' || c.purpose), lower(${search})) > 0` : sql``}
       order by c.from_day desc, c.id limit ${limit} offset ${offset}`.execute(db)
    return { total: rows[0]?.total ?? 0, items: rows.map(({ total: _total, ...row }) => row) }
  },
})
