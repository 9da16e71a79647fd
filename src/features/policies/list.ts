import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask, type Reader } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'
import type { PolicyKind } from './tables.ts'

type Row = {
  id: string
  kind: PolicyKind
  unit: string
  number: string | null
  title_zh: string
  title_en: string
  unit_zh: string
  unit_en: string
  tier: string
  status: 'V' | 'P' | 'K' | 'made-up'
  issuedOn: Day
  act: string
  supersededOn: Day | null
  receivers: number
  /** Of the receivers, those that owe it by the charter to acknowledge it. */
  owing: number
  acknowledged: number
  localised: number
  isDivided: boolean
}

/** Every document that had been issued by a day, with how it stood then. */
export const policiesOn = (on: Day) => sql`
  select p.id, p.kind, p.unit_id as unit, p.number, p.title_zh, p.title_en, v.name_zh as unit_zh, v.name_en as unit_en, v.tier,
         p.status, p.issued_on as "issuedOn", p.act_id as act, s.superseded_on as "supersededOn",
         (select count(*)::int from policy_receiver r where r.policy_id = p.id) as receivers,
         (select count(*)::int from obligation_item i where i.subject = p.id::text and i.obligation = 'acknowledge-policy') as owing,
         (select count(*)::int from policy_receipt t where t.policy_id = p.id and t.acknowledged_on <= ${on}::date) as acknowledged,
         (select count(*)::int from policy l where l.localises = p.id and l.issued_on <= ${on}::date) as localised,
         exists (select from policy_division d where d.policy_id = p.id and d.divided_on <= ${on}::date) as "isDivided"
    from policy p
    join lateral (
      select name_zh, name_en, tier from unit_version w where w.unit_id = p.unit_id and lower(w.valid_at) <= ${on}::date
       order by lower(w.valid_at) desc limit 1) v on true
    left join policy_supersession s on s.policy_id = p.id and s.superseded_on <= ${on}::date
   where p.issued_on <= ${on}::date`

const policyLine = ({ title_zh, title_en, unit_zh, unit_en, ...row }: Row) => ({
  ...row,
  title: { zh: title_zh, en: title_en } satisfies Text,
  unitName: { zh: unit_zh, en: unit_en } satisfies Text,
  isInForce: row.supersededOn === null,
  madeUp: row.status === 'made-up',
})

export async function readPolicies(reader: Reader, which: ReturnType<typeof sql>, page = sql``) {
  const { rows } = await sql<Row>`select * from (${policiesOn(reader.on)}) p where ${which} ${page}`.execute(reader.db)
  return rows.map(policyLine)
}

/** The documents handed down, searched, sorted, page by page. */
export const listPolicies = ask({
  name: 'policy.list',
  title: { zh: '政策文件', en: 'Policies' },
  purpose: {
    zh: '各级发出的方针、战略、政策举措和本地措施，当日是否有效，签收、分工和落实的情况。',
    en: 'Principles, strategies, measures and localisations: in force or not, acknowledged, divided, localised.',
  },
  access: 'public',
  input: z.object({
    search: z.string().trim().max(200).optional(),
    kind: z.enum(['principle', 'strategy', 'measure', 'localisation']).optional(),
    state: z.enum(['in-force', 'superseded', 'all']).default('all'),
    /** Only what this unit issued or received. */
    unit: UnitId.optional(),
    sort: z.enum(['newest', 'oldest', 'number']).default('newest'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { search, kind, state, unit, sort, offset, limit }) {
    const which = sql`true
      ${kind ? sql`and kind = ${kind}` : sql``}
      ${state === 'all' ? sql`` : sql`and ("supersededOn" is null) = ${state === 'in-force'}`}
      ${unit ? sql`and (unit = ${unit} or exists (select from policy_receiver r where r.policy_id = p.id and r.unit_id = ${unit}))` : sql``}
      ${
        search
          ? sql`and (number || ' ' || title_zh || ' ' || title_en || ' ' || unit_zh || ' ' || unit_en ilike ${`%${search.replaceAll(/[%_\\]/g, '\\$&')}%`}
        or title_zh || ' ' || title_en ilike ${`%${search.replaceAll(/[%_\\]/g, '\\$&')}%`})`
          : sql``
      }`
    const order = {
      newest: sql`"issuedOn" desc, id desc`,
      oldest: sql`"issuedOn", id`,
      number: sql`number nulls last, id`,
    }[sort]
    const [total, policies] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${policiesOn(reader.on)}) p where ${which}`.execute(reader.db),
      readPolicies(reader, which, sql`order by ${order} limit ${limit} offset ${offset}`),
    ])
    const desk = reader.actor?.kind === 'person' ? [{ unit: reader.actor.seat.unit }] : []
    return {
      total: total.rows[0]?.n ?? 0,
      policies: await withAbilities(reader, 'policy', policies),
      /** What the asker's own unit may issue. */
      can: (await withAbilities(reader, 'policy-desk', desk)).flatMap((each) => each.can),
    }
  },
})
