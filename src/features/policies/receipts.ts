import { sql } from 'kysely'
import { standOf } from '#features/obligations/index.ts'
import { withAbilities } from '#kernel/abilities.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Light } from '#kernel/link.ts'
import type { Day, Text } from '#kernel/words.ts'

type Page = {
  readonly unit?: string | undefined
  readonly receiver?: string | undefined
  readonly state: 'missing' | 'acknowledged' | 'all'
  readonly offset: number
  readonly limit: number
}

type Row = {
  unit: string
  zh: string
  en: string
  tier: string
  code: string | null
  policy: string
  title_zh: string
  title_en: string
  number: string | null
  acknowledgedOn: Day | null
  act: string | null
  person_zh: string | null
  person_en: string | null
  person_made_up: boolean | null
  due: Day | null
  supersededOn: Day | null
}

const receipts = (on: Day) => sql`
  select r.unit_id as unit, v.name_zh as zh, v.name_en as en, v.tier, v.code, r.policy_id as policy, p.title_zh, p.title_en, p.number,
         t.acknowledged_on as "acknowledgedOn", t.act_id as act, q.name_zh as person_zh, q.name_en as person_en,
         q.made_up as person_made_up, s.superseded_on as "supersededOn", v.lineage,
         (select obligation_due(i.id, i.due_on, ${on}::date) from obligation_item i where i.unit_id = r.unit_id and i.obligation = 'acknowledge-policy'
             and i.subject = p.id::text and i.opened_on <= ${on}::date order by i.opened_on limit 1) as due
    from policy_receiver r
    join policy p on p.id = r.policy_id and p.issued_on <= ${on}::date
    join unit_version v on v.unit_id = r.unit_id and (v.valid_at @> ${on}::date) is true
    left join policy_receipt t on t.policy_id = r.policy_id and t.unit_id = r.unit_id and t.acknowledged_on <= ${on}::date
    left join person q on q.id = t.person_id
    left join policy_supersession s on s.policy_id = p.id and s.superseded_on <= ${on}::date`

/** How a receipt stands on a day, in a light and in words. */
export function standOfReceipt(
  reader: Reader,
  receipt: Pick<Row, 'acknowledgedOn' | 'due' | 'supersededOn'>,
): { light: Light; words: Text } {
  const { acknowledgedOn, due, supersededOn } = receipt
  if (acknowledgedOn !== null) return { light: 'green', words: { zh: '已签收', en: 'acknowledged' } }
  if (supersededOn !== null)
    return { light: 'none', words: { zh: '已被取代，无需签收', en: 'superseded; nothing to acknowledge' } }
  if (due === null) return { light: 'none', words: { zh: '未签收', en: 'not acknowledged' } }
  const { light, words } = standOf(reader, due, null)
  return { light, words: { zh: `未签收，${words.zh}`, en: `not acknowledged, ${words.en}` } }
}

/** Who received what, and whether it was acknowledged by the day asked as of. */
export async function readReceipts(
  reader: Reader,
  policy: string | undefined,
  { unit, receiver, state, offset, limit }: Page,
) {
  const which = sql`true
    ${policy ? sql`and policy = ${policy}` : sql``}
    ${receiver ? sql`and unit = ${receiver}` : sql``}
    ${unit ? sql`and lineage @> array[${unit}]::uuid[]` : sql``}
    ${state === 'missing' ? sql`and "acknowledgedOn" is null and "supersededOn" is null` : sql``}
    ${state === 'acknowledged' ? sql`and "acknowledgedOn" is not null` : sql``}`
  const [total, { rows }] = await Promise.all([
    sql<{ n: number }>`select count(*)::int as n from (${receipts(reader.on)}) r where ${which}`.execute(reader.db),
    sql<Row>`select * from (${receipts(reader.on)}) r where ${which}
      order by "acknowledgedOn" desc nulls first, code nulls last, policy limit ${limit} offset ${offset}`.execute(
      reader.db,
    ),
  ])
  const localisers = Object.keys(reader.charter.findDuty('localise-policies', reader.on)?.held_by ?? {})
  const things = rows.map((row) => ({
    unit: row.unit,
    name: { zh: row.zh, en: row.en } satisfies Text,
    tier: row.tier,
    code: row.code,
    policy: row.policy,
    title: { zh: row.title_zh, en: row.title_en } satisfies Text,
    number: row.number,
    acknowledgedOn: row.acknowledgedOn,
    by:
      row.person_zh === null
        ? null
        : { name: { zh: row.person_zh, en: row.person_en ?? '' }, madeUp: row.person_made_up === true },
    act: row.act,
    due: row.due,
    isInForce: row.supersededOn === null,
    mayLocalise: localisers.includes(row.tier),
    ...standOfReceipt(reader, row),
  }))
  return { total: total.rows[0]?.n ?? 0, receipts: await withAbilities(reader, 'receipt', things) }
}
