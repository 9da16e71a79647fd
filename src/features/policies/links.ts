import { sql } from 'kysely'
import type { Links } from '#kernel/link.ts'
import type { Day } from '#kernel/words.ts'
import { standOfReceipt } from './receipts.ts'

/** How many of the last documents a link shows. */
const LAST = 2

type Row = {
  policy: string
  upper: string
  lower: string
  zh: string
  en: string
  issuedOn: Day
  acknowledgedOn: Day | null
  due: Day | null
}

/** The last documents that each unit of a lineage handed down to the next, and whether they were acknowledged. */
export const policyLinks: Links = async (reader, lineage) => {
  const pairs = lineage.slice(0, -1).map((lower, at) => ({ lower: lower.id, upper: lineage[at + 1]?.id ?? '' }))
  if (pairs.length === 0) return []
  const { rows } = await sql<Row>`
    select l.policy, pair.upper, pair.lower, l.zh, l.en, l."issuedOn", l."acknowledgedOn", l.due
      from unnest(${pairs.map((pair) => pair.upper)}::uuid[], ${pairs.map((pair) => pair.lower)}::uuid[]) pair (upper, lower)
      cross join lateral (
        select p.id as policy, p.title_zh as zh, p.title_en as en, p.issued_on as "issuedOn", t.acknowledged_on as "acknowledgedOn",
               (select i.due_on from obligation_item i where i.unit_id = pair.lower and i.obligation = 'acknowledge-policy'
                   and i.subject = p.id::text and i.opened_on <= ${reader.on}::date limit 1) as due
          from policy_receiver r
          join policy p on p.id = r.policy_id and p.unit_id = pair.upper and p.issued_on <= ${reader.on}::date
          left join policy_receipt t on t.policy_id = p.id and t.unit_id = r.unit_id and t.acknowledged_on <= ${reader.on}::date
         where r.unit_id = pair.lower
           and not exists (select from policy_supersession s where s.policy_id = p.id and s.superseded_on <= ${reader.on}::date)
         order by p.issued_on desc, p.id desc limit ${LAST}) l`.execute(reader.db)
  return rows.map(({ policy, upper, lower, zh, en, issuedOn, acknowledgedOn, due }) => ({
    upper,
    lower,
    direction: 'down' as const,
    label: { zh, en },
    on: issuedOn,
    ...standOfReceipt(reader, { acknowledgedOn, due, supersededOn: null }),
    record: `/policies/${policy}`,
  }))
}
