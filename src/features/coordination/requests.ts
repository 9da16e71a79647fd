import { sql } from 'kysely'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'
import type { FieldKind, TypedValue } from './fields.ts'
import type {} from './tables.ts'

export type RequestField = {
  readonly n: number
  readonly title: string
  readonly kind: FieldKind
  readonly figure: string | null
}

export type RequestFacts = {
  readonly id: string
  readonly unit: string
  readonly title: string
  readonly due: Day
  readonly on: Day
  readonly withdrawnOn: Day | null
}

/** A request and whether it was withdrawn, by its key. */
export async function findRequest(tx: Tx | Db, id: string): Promise<RequestFacts | undefined> {
  const { rows } = await sql<RequestFacts>`
    select r.id, r.unit_id as unit, r.title, r.due_on as due, r.on_day as "on",
           (select w.on_day from report_request_withdrawal w where w.request_id = r.id) as "withdrawnOn"
      from report_request r where r.id = ${id}`.execute(tx)
  return rows[0]
}

export async function fieldsOf(tx: Tx | Db, request: string): Promise<readonly RequestField[]> {
  return tx
    .selectFrom('report_request_field')
    .select(['n', 'title', 'kind', 'figure'])
    .where('request_id', '=', request)
    .orderBy('n')
    .execute()
}

export const receiversOf = async (tx: Tx | Db, request: string): Promise<readonly string[]> => {
  const rows = await tx
    .selectFrom('report_request_receiver')
    .select('unit_id')
    .where('request_id', '=', request)
    .orderBy('unit_id')
    .execute()
  return rows.map((row) => row.unit_id)
}

/** The newest answer of a unit with what was typed, or undefined before the first. */
export async function lastAnswer(tx: Tx | Db, request: string, unit: string) {
  const { rows } = await sql<{ version: number; on: Day; n: number } & TypedValue>`
    select v.version, a.on_day as "on", v.n, v.text_value as text, v.number_value::text as number
      from request_answer a
      join request_answer_value v on v.request_id = a.request_id and v.unit_id = a.unit_id and v.version = a.version
     where a.request_id = ${request} and a.unit_id = ${unit}
     order by v.version desc, v.n`.execute(tx)
  const [first] = rows
  if (!first) return undefined
  const values = rows.filter((row) => row.version === first.version)
  return { version: first.version, on: first.on, values: new Map(values.map((row) => [row.n, row])) }
}

/** How much of a unit's budget of a year is used, by whom and for what. */
export type Use = {
  readonly unit: string
  readonly slot: number
  readonly request: string
  readonly title: string
  readonly on: Day
  readonly by: Text
  readonly post: string
}

/** The uses of some units' budgets of a year that were not given back. */
export async function usesOf(tx: Tx | Db, units: readonly string[], year: number): Promise<readonly Use[]> {
  const { rows } = await sql<Omit<Use, 'by'> & { zh: string; en: string }>`
    select p.unit_id as unit, p.slot, p.request_id as request, r.title, p.on_day as "on", r.post, v.name_zh as zh, v.name_en as en
      from unnest(${units}::uuid[]) u (id)
      join report_request_receiver p on p.unit_id = u.id and p.year = ${year} and p.given_back_on is null
      join report_request r on r.id = p.request_id
      join unit_version v on v.unit_id = r.unit_id and (v.valid_at @> p.on_day) is true
     order by p.unit_id, p.slot`.execute(tx)
  return rows.map(({ zh, en, ...use }) => ({ ...use, by: { zh, en } }))
}

/** The first place in a year's budget that nobody has taken. */
export function freeSlot(uses: readonly Pick<Use, 'slot'>[]): number {
  const taken = new Set(uses.map((use) => use.slot))
  let slot = 1
  while (taken.has(slot)) slot += 1
  return slot
}
