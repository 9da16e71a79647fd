import { CompiledQuery } from 'kysely'
import type { AnyAct, By } from './act.ts'
import { addSpan } from './calendar.ts'
import type { Charter } from './charter.ts'
import type { Tx } from './db.ts'
import { v7 as uuidv7 } from './uuid.ts'
import type { Day } from './words.ts'

/** What an act opens for others to do, and what it met or left without an object, as statements with their values. */
export function settlements(act: AnyAct, input: unknown, result: unknown, by: By): [text: string, values: unknown[]][] {
  const subjectOf = (obligation: string) => act.subject?.(input, result, obligation) ?? ''
  const here = [by.lineage[0].id]
  return by.charter.obligationsOn(by.on).flatMap((obligation) => {
    const statements: [string, unknown[]][] = []
    const doesMeet = obligation.met_by.includes(act.name) && (act.meets?.(input, result) ?? true)
    if (doesMeet || obligation.lapses_with.includes(act.name)) {
      const units = act.settles?.(input, result, obligation.id) ?? here
      if (units.length > 0)
        statements.push([doesMeet ? MEET : LAPSE, [units, obligation.id, subjectOf(obligation.id), by.on, by.act]])
    }
    if (obligation.triggered?.by.includes(act.name) && obligation.within) {
      const units = act.obliges?.(input, result, obligation.id) ?? here
      const codes = by.lineage.map((unit) => unit.code)
      const due = addSpan(by.on, by.charter.getSpan(obligation.within, by.on, codes), by.charter.calendar)
      if (units.length > 0) statements.push([OPEN, opening(by, obligation, units, subjectOf(obligation.id), due)])
    }
    return statements
  })
}

const settling = (what: 'met' | 'lapsed') => `
  update obligation_item set ${what}_on = $4, ${what}_by = $5
   where unit_id = any ($1::uuid[]) and obligation = $2 and subject = $3 and met_on is null and lapsed_on is null`
const MEET = settling('met')
const LAPSE = settling('lapsed')

/** One that is open already for the same subject stays as it is. */
const OPEN = `
  insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
  select id, $3, $4, $5, unit, $6, $7, $8, $9 from unnest($1::uuid[], $2::uuid[]) as item (id, unit)
  on conflict do nothing`

const opening = (by: By, obligation: Owed, units: readonly string[], subject: string, due: Day) => [
  units.map(() => uuidv7()),
  units,
  obligation.id,
  obligation.duty,
  by.charter.versionOn(by.on)?.id ?? '',
  subject,
  by.on,
  due,
  by.act,
]

/** Opens an item for each unit; one that is open already for the same subject stays as it is. */
export async function openItems(tx: Tx, by: By, obligation: Owed, units: readonly string[], subject: string, due: Day) {
  if (units.length > 0) await tx.executeQuery(CompiledQuery.raw(OPEN, opening(by, obligation, units, subject, due)))
}

type Owed = Pick<Charter['text']['obligations'][number], 'id' | 'duty'>
