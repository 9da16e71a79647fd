import { sql } from 'kysely'
import type { AnyAct, By } from './act.ts'
import { addSpan } from './calendar.ts'
import type { Charter } from './charter.ts'
import type { Tx } from './db.ts'
import { v7 as uuidv7 } from './uuid.ts'
import type { Day } from './words.ts'

/** Opens what an act obliges others to do, and settles what it met or left without an object. */
export async function settleObligations(tx: Tx, act: AnyAct, input: unknown, result: unknown, by: By): Promise<void> {
  const subjectOf = (obligation: string) => act.subject?.(input, result, obligation) ?? ''
  for (const obligation of by.charter.obligationsOn(by.on)) {
    const doesMeet = obligation.met_by.includes(act.name) && (act.meets?.(input, result) ?? true)
    const doesLapse = obligation.lapses_with.includes(act.name)
    if (doesMeet || doesLapse) {
      const units = act.settles?.(input, result, obligation.id) ?? [by.lineage[0].id]
      await settle(tx, obligation.id, units, subjectOf(obligation.id), doesMeet ? 'met' : 'lapsed', by)
    }
    if (obligation.triggered?.by.includes(act.name) && obligation.within) {
      const units = act.obliges?.(input, result, obligation.id) ?? [by.lineage[0].id]
      const due = addSpan(by.on, by.charter.getSpan(obligation.within, by.on, by.lineage.map((unit) => unit.code)), by.charter.calendar)
      await openItems(tx, by, obligation, units, subjectOf(obligation.id), due)
    }
  }
}

type Owed = Pick<Charter['text']['obligations'][number], 'id' | 'duty'>

/** Opens an item for each unit; one that is open already for the same subject stays as it is. */
export async function openItems(tx: Tx, by: By, obligation: Owed, units: readonly string[], subject: string, due: Day) {
  if (units.length === 0) return
  const ids = units.map(() => uuidv7())
  await sql`
    insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
    select id, ${obligation.id}, ${obligation.duty}, ${by.charter.versionOn(by.on)?.id ?? ''}, unit, ${subject}, ${by.on}, ${due}, ${by.act}
      from unnest(${ids}::uuid[], ${units}::uuid[]) as item (id, unit)
    on conflict do nothing`.execute(tx)
}

async function settle(tx: Tx, obligation: string, units: readonly string[], subject: string, how: 'met' | 'lapsed', by: By) {
  if (units.length === 0) return
  await tx
    .updateTable('obligation_item')
    .set(how === 'met' ? { met_on: by.on, met_by: by.act } : { lapsed_on: by.on, lapsed_by: by.act })
    .where('unit_id', 'in', units)
    .where('obligation', '=', obligation)
    .where('subject', '=', subject)
    .where('met_on', 'is', null)
    .where('lapsed_on', 'is', null)
    .execute()
}
