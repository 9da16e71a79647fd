import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { canonical } from '#kernel/canonical.ts'
import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { attestationsOf, type Case } from './books.ts'

/**
 * Seals all that an approval stands on: every step of every round, the attestations, the notices, and the objections with
 * their answers — never who objected. The text is written once in canonical form and never changes.
 */
export async function freezeEvidence(
  tx: Tx,
  { unit, year }: { unit: string; year: number },
  at: Case,
  by: By,
): Promise<string> {
  const [attestations, notices, objections] = await Promise.all([
    attestationsOf(tx, unit, year),
    sql<Record<string, unknown>>`
      select round, from_day as "from", until_day as until, act_id as act from exit_notice
       where unit_id = ${unit} and exit_year = ${year} order by round`.execute(tx),
    sql<Record<string, unknown>>`
      select o.id, o.round, o.statement, o.on_day as "on", a.outcome, a.reason, a.on_day as "answeredOn"
        from exit_objection o left join objection_answer a on a.objection_id = o.id
       where o.unit_id = ${unit} and o.exit_year = ${year} order by o.id`.execute(tx),
  ])
  const county = by.lineage[0]
  const evidence = canonical({
    county: { id: county.id, code: county.code, name: county.name },
    year,
    charter: { id: by.charter.id, version: by.charter.versionOn(by.on)?.id },
    approved: { on: by.on, act: by.act },
    steps: at.steps,
    attestations,
    notices: notices.rows,
    objections: objections.rows,
  })
  const sha256 = createHash('sha256').update(evidence).digest('hex')
  await tx
    .insertInto('exit_evidence')
    .values({ unit_id: unit, exit_year: year, round: at.round, evidence, sha256, on_day: by.on, act_id: by.act })
    .execute()
  return sha256
}
