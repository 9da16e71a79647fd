import { sql } from 'kysely'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { PolicyKind } from './tables.ts'

export type PolicyFacts = {
  readonly id: string
  readonly unit: string
  readonly kind: PolicyKind
  readonly number: string | null
  readonly title: Text
  readonly issuedOn: Day
  readonly supersededOn: Day | null
}

/** A document as it stood on a day; undefined if it had not been issued. */
export async function findPolicy(tx: Tx, id: string, on: Day): Promise<PolicyFacts | undefined> {
  const { rows } = await sql<Omit<PolicyFacts, 'title'> & { zh: string; en: string }>`
    select p.id, p.unit_id as unit, p.kind, p.number, p.title_zh as zh, p.title_en as en, p.issued_on as "issuedOn",
           s.superseded_on as "supersededOn"
      from policy p left join policy_supersession s on s.policy_id = p.id and s.superseded_on <= ${on}::date
     where p.id = ${id} and p.issued_on <= ${on}::date`.execute(tx)
  const [found] = rows
  if (!found) return undefined
  const { zh, en, ...facts } = found
  return { ...facts, title: { zh, en } }
}

/** Whether a document was sent to a unit, and when it was acknowledged there. */
export async function findReceipt(tx: Tx, policy: string, unit: string, on: Day) {
  const { rows } = await sql<{ acknowledgedOn: Day | null }>`
    select t.acknowledged_on as "acknowledgedOn"
      from policy_receiver r
      left join policy_receipt t on t.policy_id = r.policy_id and t.unit_id = r.unit_id and t.acknowledged_on <= ${on}::date
     where r.policy_id = ${policy} and r.unit_id = ${unit}`.execute(tx)
  return rows[0]
}

/** Reasons that speak of the document itself, and that several acts give. */
export const policyRefusals = {
  'policy-unknown': {
    zh: '没有这份文件，或不是{unit}的文件。',
    en: 'There is no such document, or it is not {unit}’s.',
    topic: { zh: '文件存在', en: 'the document exists' },
  },
  'policy-superseded': {
    zh: '《{title}》已于{on}被取代。',
    en: '«{title}» was superseded on {on}.',
    topic: { zh: '文件有效', en: 'the document is in force' },
    remedy: { zh: '办理取代它的新文件。', en: 'Turn to the document that replaced it.' },
  },
} as const
