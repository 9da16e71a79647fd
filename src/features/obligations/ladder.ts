import { addDays, isCalendarPublished, shiftWorkingDays } from '#kernel/calendar.ts'
import type { Charter, Escalation } from '#kernel/charter.ts'
import { findBearer, type Lineage, type UnitFacts } from '#kernel/standing.ts'
import type { Day } from '#kernel/words.ts'

export type LadderStep = Escalation['step']

/** The charter's steps in the order in which they are taken. */
export const ladderOf = (charter: Charter): readonly Escalation[] => charter.text.escalation

/** The steps that somebody above takes, and may take earlier by hand. */
export const handSteps = ['urge', 'report', 'notice', 'interview'] as const satisfies readonly LadderStep[]
export type HandStep = (typeof handSteps)[number]
export const isHandStep = (step: LadderStep): step is HandStep => (handSteps as readonly LadderStep[]).includes(step)

const DAYS_KEPT_MAX = 20_000
const daysKept = new Map<string, Day>()

/** The day of a step for what is due on a day; many items share few days, so the answers are kept. */
export function dayOfStep({ calendar }: Charter, { after_working_days: after }: Escalation, due: Day): Day {
  const key = `${calendar} ${after} ${due}`
  let day = daysKept.get(key)
  if (day === undefined) {
    if (daysKept.size >= DAYS_KEPT_MAX) daysKept.clear()
    day = shiftWorkingDays(due, after, calendar)
    daysKept.set(key, day)
  }
  return day
}

/** A step with its day for an item. */
export type Dated = { readonly step: Escalation; readonly on: Day }

/**
 * The steps that an item's ladder has, with their days. Reminders that would lie before the item was opened are left out:
 * whoever has a day or two was told of it by its opening.
 */
export const datedLadder = (
  charter: Charter,
  item: { readonly opened_on: Day; readonly due_on: Day },
): readonly Dated[] =>
  ladderOf(charter)
    .map((step) => ({ step, on: dayOfStep(charter, step, item.due_on) }))
    .filter(({ step, on }) => step.after_working_days > 0 || on >= item.opened_on)

/** The last due day for which some step of the ladder may have come by a day: nothing due later need be looked at. */
export function dueHorizon(charter: Charter, on: Day): Day {
  const earliest = Math.min(0, ...ladderOf(charter).map((step) => step.after_working_days))
  // However long the holidays, two weeks and three days for each working day reach beyond them.
  return addDays(on, 14 - 3 * earliest)
}

/** The unit directly above one on its line; where the tier between is missing, the unit that has its duties. The root stands above itself. */
export function superiorOf(charter: Charter, lineage: Lineage, unit: UnitFacts): UnitFacts {
  const at = lineage.findIndex((each) => each.id === unit.id)
  const above = lineage.slice(at + 1)
  const [next] = above
  if (!next) return unit
  const order = charter.tiers.map((tier) => tier.id)
  for (let tier: string | undefined = order[order.indexOf(unit.tier) - 1]; tier !== undefined;) {
    const found = above.find((each) => each.tier === tier)
    if (found) return found
    tier = charter.tier(tier).taken_over_by
  }
  return next
}

/** On whose behalf a step is taken against a bearer; the mechanism's own steps are nobody's. */
export function takerOf(charter: Charter, { by }: Pick<Escalation, 'by'>, lineage: Lineage, bearer: UnitFacts) {
  if (by === 'mechanism') return undefined
  const superior = superiorOf(charter, lineage, bearer)
  return by === 'superior' ? superior : superiorOf(charter, lineage, superior)
}

/** The unit whose seats owe an item. */
export function bearerOf(charter: Charter, dutyId: string, lineage: Lineage, on: Day): UnitFacts {
  const duty = charter.findDuty(dutyId, on)
  return (duty && findBearer(charter, duty, lineage)?.unit) ?? lineage[0]
}

/** Whether all days of an item's ladder, and its own, were counted by a published calendar. */
export function isDated(charter: Charter, item: { readonly opened_on: Day; readonly due_on: Day }): boolean {
  const last = ladderOf(charter).at(-1)
  const until = last ? dayOfStep(charter, last, item.due_on) : item.due_on
  return isCalendarPublished(item.opened_on, until > item.due_on ? until : item.due_on, charter.calendar)
}
