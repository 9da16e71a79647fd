import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { CompiledQuery } from 'kysely'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Charter } from './charter.ts'
import type { Db } from './db.ts'
import { type Day, DutyId, Text } from './words.ts'

/** Something that must not be: how bad, why it matters, what to do, and the SQL that finds it. */
export const Check = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: Text,
  severity: z.enum(['info', 'warning', 'severe', 'critical']),
  why: Text,
  todo: Text,
  /** Whose bearer is to put it right. */
  duty: DutyId,
  /** The charter's parameters that the SQL holds things against: `check_parameter($2, 'id', unit_id, $1)` gives the value for a unit. */
  parameters: z.array(z.string()).optional(),
  /** One row for each finding on the day `$1`: `unit_id uuid, record text, label_zh text, label_en text, since date`. */
  details: z.string(),
})
export type Check = z.output<typeof Check>

export type Finding = {
  readonly unit: string
  readonly record: string
  readonly label: Text
  readonly since: Day | null
}

/** Reads every check of a folder, one YAML file each, named after its id. */
export function readChecks(folder: string): readonly Check[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
  return files.map((file) => {
    const check = Check.parse(parse(readFileSync(path.join(folder, file), 'utf8')))
    if (`${check.id}.yaml` !== file) throw new Error(`${file} holds the check «${check.id}»: name the file after it.`)
    return check
  })
}

let shipped: readonly Check[] | undefined

/** The checks that the product ships, read once. */
export function shippedChecks(): readonly Check[] {
  const folder = path.join(import.meta.dirname, '../../checks')
  return (shipped ??= existsSync(folder) ? readChecks(folder) : [])
}

/** Everything that a check finds as of a day, under the charter's thresholds of that day. */
export async function runCheck(db: Db, check: Check, on: Day, charter?: Charter): Promise<readonly Finding[]> {
  type Row = { unit_id: string; record: string; label_zh: string; label_en: string; since: string | null }
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(check.details, valuesOf(check, on, charter)))
  return rows.map((row) => ({
    unit: row.unit_id,
    record: row.record,
    label: { zh: row.label_zh, en: row.label_en },
    since: row.since,
  }))
}

/** The SQL of a check's summary: how many it finds in each unit. It follows from the details, so that the two never tell different things. */
export const summaryOf = ({ details }: Pick<Check, 'details'>) =>
  `select unit_id, count(*)::int as total from (\n${details.trimEnd()}\n) found group by unit_id order by total desc, unit_id`

/** How many a check finds in each unit as of a day, most first. */
export async function countCheck(db: Db, check: Check, on: Day, charter?: Charter) {
  type Row = { unit_id: string; total: number }
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(summaryOf(check), valuesOf(check, on, charter)))
  return rows.map((row) => ({ unit: row.unit_id, total: row.total }))
}

/** The day, and for each parameter its value in general (under no code) and by the codes of units that have their own. */
function valuesOf({ id, parameters = [] }: Check, on: Day, charter: Charter | undefined): unknown[] {
  if (parameters.length === 0) return [on]
  if (!charter) throw new Error(`The check «${id}» needs the charter's parameters.`)
  const of = (parameter: string) => {
    const codes = Object.keys(charter.text.parameters.find((each) => each.id === parameter)?.by_unit ?? {})
    const given = ['', ...codes].map((code) => [code, charter.findParameter(parameter, on, [code])?.value])
    return Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, number>
  }
  return [on, JSON.stringify(Object.fromEntries(parameters.map((each) => [each, of(each)])))]
}
