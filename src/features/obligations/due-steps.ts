import { sql } from 'kysely'
import { lineagesOf } from '#kernel/abilities.ts'
import type { Charter } from '#kernel/charter.ts'
import type { Db } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'
import { bearerOf, datedLadder, dueHorizon, ladderOf, type LadderStep, takerOf } from './ladder.ts'

declare module '#kernel/db.ts' {
  interface DB {
    obligation_step: {
      item_id: string
      step: string
      on_day: string
      by_unit_id: string | null
      reason: string | null
      act_id: string
    }
    obligation_answer: {
      item_id: string
      ordinal: number
      explanation: string
      promised_on: string
      on_day: string
      act_id: string
    }
    obligation_extension: {
      item_id: string
      ordinal: number
      due_on: string
      from_due_on: string
      by_unit_id: string
      reason: string
      on_day: string
      act_id: string
    }
  }
}

/** A step of an item's ladder whose day has come and which nobody has taken. */
export type DueStep = {
  readonly item: string
  readonly step: LadderStep
  /** On whose behalf it is to be taken; undefined for the mechanism's own. */
  readonly taker: string | undefined
}

type Row = {
  readonly id: string
  readonly unit: string
  readonly duty: string
  readonly opened_on: Day
  readonly due_on: Day
  readonly taken: readonly LadderStep[]
}

/** A unit with all below it, found by their parents' keys, so that an act reads nobody else's rows. */
const below = (unit: string, on: Day) => sql`
    with recursive below as (
      select ${unit}::uuid as unit_id
      union all
      select v.unit_id from below b join unit_version v on v.parent_id = b.unit_id and (v.valid_at @> ${on}::date) is true)`

/**
 * All steps that are due on a day for what is owed at and below a unit, or in the whole country, in one question: items that are still owed, by the day that they
 * were last put off to, without what was taken already and without those that have come to the ladder's end.
 */
export async function findDueSteps(db: Db, charter: Charter, on: Day, within?: string): Promise<readonly DueStep[]> {
  const last = ladderOf(charter).at(-1)?.step
  if (last === undefined) return []
  const { rows } = await sql<Row>`
    ${within ? below(within, on) : sql``}
    select i.id, i.unit_id as unit, i.duty, i.opened_on, obligation_due(i.id, i.due_on, 'infinity') as due_on,
           array(select s.step from obligation_step s where s.item_id = i.id) as taken
      from ${within ? sql`below b join obligation_item i on i.unit_id = b.unit_id` : sql`obligation_item i`}
     where i.met_on is null and i.lapsed_on is null and i.opened_on <= ${on}::date and i.due_on <= ${dueHorizon(charter, on)}::date
       and not exists (select from obligation_step s where s.item_id = i.id and s.step = ${last})`.execute(db)
  const ladders = new Map<string, readonly { readonly step: LadderStep; readonly by: string; readonly on: Day }[]>()
  const lineages = await lineagesOf(
    db,
    rows.map((row) => row.unit),
    on,
  )
  const takers = new Map<string, string | undefined>()
  return rows.flatMap((row) => {
    const key = `${row.opened_on} ${row.due_on}`
    let ladder = ladders.get(key)
    if (!ladder) {
      ladder = datedLadder(charter, row).map((each) => ({ step: each.step.step, by: each.step.by, on: each.on }))
      ladders.set(key, ladder)
    }
    const lineage = lineages.get(row.unit)
    if (!lineage) return []
    return ladder
      .filter((each) => each.on <= on && !row.taken.includes(each.step))
      .map(({ step, by }) => {
        const place = `${row.unit} ${row.duty} ${by}`
        if (!takers.has(place)) {
          const bearer = bearerOf(charter, row.duty, lineage, on)
          takers.set(place, takerOf(charter, { by: by as 'superior' }, lineage, bearer)?.id)
        }
        return { item: row.id, step, taker: takers.get(place) }
      })
  })
}
