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
  const things = (obligation: string, how: 'opened' | 'settled'): readonly Thing[] => {
    if (act.concerns) return act.concerns(input, result, obligation, how)
    const concerned =
      how === 'opened' ? act.obliges?.(input, result, obligation) : act.settles?.(input, result, obligation)
    const units = concerned ?? here
    return units.map((unit) => ({ unit, subject: subjectOf(obligation) }))
  }
  return by.charter.obligationsOn(by.on).flatMap((obligation) => {
    const statements: [string, unknown[]][] = []
    const doesMeet = obligation.met_by.includes(act.name) && (act.meets?.(input, result) ?? true)
    if (doesMeet || obligation.lapses_with.includes(act.name)) {
      const settled = things(obligation.id, 'settled')
      if (settled.length > 0) statements.push(...settlingOf(doesMeet ? 'met' : 'lapsed', obligation.id, settled, by))
    }
    return [...statements, ...opened(act.name, by, obligation, () => things(obligation.id, 'opened'))]
  })
}

/**
 * What an act of this name triggers for each of many things, for an effect that would name more of them than a result should hold;
 * the act's own `concerns` then names none.
 */
export const openings = (act: string, by: By, things: readonly Thing[]): [text: string, values: unknown[]][] =>
  by.charter.obligationsOn(by.on).flatMap((obligation) => opened(act, by, obligation, () => things))

function opened(
  act: string,
  by: By,
  obligation: Charter['text']['obligations'][number],
  thingsOf: () => readonly Thing[],
): [text: string, values: unknown[]][] {
  if (!obligation.triggered?.by.includes(act) || !obligation.within) return []
  const things = thingsOf()
  if (things.length === 0) return []
  const codes = by.lineage.map((unit) => unit.code)
  const due = addSpan(by.on, by.charter.getSpan(obligation.within, by.on, codes), by.charter.calendar)
  const byDue = Map.groupBy(things, (thing) => thing.due ?? due)
  return [...byDue].map(([day, together]) => [OPEN, opening(by, obligation, together, day)])
}

/** What an obligation speaks of, the unit that owes it, and a due day of its own where somebody set one. */
type Thing = { readonly unit: string; readonly subject: string; readonly due?: Day }
const unitsOf = (things: readonly Thing[]) => things.map((thing) => thing.unit)
const subjectsOf = (things: readonly Thing[]) => things.map((thing) => thing.subject)

/** So few are looked up one by one. */
const ONE_BY_ONE_MAX = 16

/**
 * Few things are looked up by their key, each in a statement of its own: joined to a list, the planner would read whole indexes of a
 * young table, and acts over different units would conflict. What is open is asked for in a form that keeps it off the small index of
 * open items, where they would meet too.
 */
function settlingOf(
  what: 'met' | 'lapsed',
  obligation: string,
  things: readonly Thing[],
  by: By,
): [string, unknown[]][] {
  if (things.length > ONE_BY_ONE_MAX)
    return [[SETTLE_MANY[what], [unitsOf(things), obligation, subjectsOf(things), by.on, by.act]]]
  return things.map(({ unit, subject }) => [SETTLE_ONE[what], [unit, obligation, subject, by.on, by.act]])
}

const settle = (what: 'met' | 'lapsed', which: string) =>
  `update obligation_item i set ${what}_on = $4, ${what}_by = $5 ${which} and coalesce(i.met_on, i.lapsed_on) is null`
const one = 'where i.unit_id = $1 and i.obligation = $2 and i.subject = $3'
const many = `from unnest($1::uuid[], $3::text[]) as thing (unit, subject)
   where i.unit_id = thing.unit and i.obligation = $2 and i.subject = thing.subject`
const SETTLE_ONE = { met: settle('met', one), lapsed: settle('lapsed', one) }
const SETTLE_MANY = { met: settle('met', many), lapsed: settle('lapsed', many) }

/** One that is open already for the same subject stays as it is. */
const OPEN = `
  insert into obligation_item (id, obligation, duty, charter_version, unit_id, subject, opened_on, due_on, opened_by)
  select id, $3, $4, $5, unit, subject, $7, $8, $9 from unnest($1::uuid[], $2::uuid[], $6::text[]) as item (id, unit, subject)
  on conflict do nothing`

const opening = (by: By, obligation: Owed, things: readonly Thing[], due: Day) => [
  things.map(() => uuidv7()),
  unitsOf(things),
  obligation.id,
  obligation.duty,
  by.charter.versionOn(by.on)?.id ?? '',
  subjectsOf(things),
  by.on,
  due,
  by.act,
]

/** Opens an item for each unit; one that is open already for the same subject stays as it is. */
export async function openItems(tx: Tx, by: By, obligation: Owed, units: readonly string[], subject: string, due: Day) {
  if (units.length > 0)
    await tx.executeQuery(
      CompiledQuery.raw(
        OPEN,
        opening(
          by,
          obligation,
          units.map((unit) => ({ unit, subject })),
          due,
        ),
      ),
    )
}

type Owed = Pick<Charter['text']['obligations'][number], 'id' | 'duty'>
