import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { openItems } from '#kernel/obligations.ts'
import type { Day } from '#kernel/words.ts'
import { readVersions, type Version } from './versions.ts'

/** What closing some units would end with them. */
export type Closing = {
  readonly units: readonly Version[]
  /** Ids that are no units on the day. */
  readonly missing: readonly string[]
  /** Units with something that began only today: a day has one state, so they can't close on it. */
  readonly tooNew: readonly Version[]
  /** Units that were themselves established only today, and can't hand on what they did not have yet. */
  readonly newborn: readonly Version[]
  readonly seated: number
  readonly owed: number
  readonly poor: readonly Version[]
}

export async function readClosing(tx: Tx, units: readonly string[], on: Day): Promise<Closing> {
  const found = await readVersions(tx, units, on)
  const { rows } = await sql<{
    unit: string
    is_new: boolean
    is_newborn: boolean
    seated: number
    owed: number
    is_poor: boolean
  }>`
    select u.id as unit,
           exists (select from unit_designation d where d.unit_id = u.id and lower(d.valid_at) >= ${on} and upper_inf(d.valid_at))
             or exists (select from appointment a where a.unit_id = u.id and lower(a.valid_at) >= ${on}) as is_new,
           exists (select from unit where unit.id = u.id and established_on >= ${on}) as is_newborn,
           (select count(*)::int from appointment a where a.unit_id = u.id and (a.valid_at @> ${on}::date) is true) as seated,
           (select count(*)::int from obligation_item o
             where o.unit_id = u.id and o.met_on is null and o.lapsed_on is null) as owed,
           exists (select from unit_designation d
             where d.unit_id = u.id and d.kind = 'poor-county' and upper_inf(d.valid_at)) as is_poor
      from unnest(${units}::uuid[]) as u (id)`.execute(tx)
  const about = new Map(rows.map((row) => [row.unit, row]))
  return {
    units: found,
    missing: units.filter((id) => !found.some((each) => each.unit === id)),
    tooNew: found.filter((each) => each.since >= on || about.get(each.unit)?.is_new),
    newborn: found.filter((each) => about.get(each.unit)?.is_newborn),
    seated: rows.reduce((sum, row) => sum + row.seated, 0),
    owed: rows.reduce((sum, row) => sum + row.owed, 0),
    poor: found.filter((each) => about.get(each.unit)?.is_poor),
  }
}

/** Closes units: their names, seats, delegations, debts and designations end with this act; nothing of them is deleted. */
export async function closeUnits(tx: Tx, units: readonly string[], by: By) {
  const theirs = sql`= any (${units}::uuid[])`
  const until = sql`daterange(lower(valid_at), ${by.on})`
  await sql`update unit set closed_on = ${by.on} where id ${theirs}`.execute(tx)
  await sql`update unit_version set valid_at = ${until} where unit_id ${theirs} and upper_inf(valid_at)`.execute(tx)
  await sql`update unit_designation set valid_at = ${until}, ended_by = ${by.act}
    where unit_id ${theirs} and upper_inf(valid_at)`.execute(tx)
  await sql`update appointment set valid_at = ${until}, ended_by = ${by.act}
    where unit_id ${theirs} and upper_inf(valid_at)`.execute(tx)
  await sql`update delegation set valid_at = valid_at * daterange(null, ${by.on}), recalled_by = ${by.act}
    where (unit_id ${theirs} or over_unit_id ${theirs}) and upper(valid_at) > ${by.on} and recalled_by is null`.execute(
    tx,
  )
  await sql`update obligation_item set lapsed_on = ${by.on}, lapsed_by = ${by.act}
    where unit_id ${theirs} and met_on is null and lapsed_on is null`.execute(tx)
}

/** What became of what: `share` of everything that was counted in the one is counted in the other from today on. */
export const writeSuccession = (tx: Tx, parts: readonly { from: string; to: string; share: number }[], by: By) =>
  sql`insert into unit_succession (from_unit_id, to_unit_id, on_day, share, act_id)
    select (s->>'from')::uuid, (s->>'to')::uuid, ${by.on}, (s->>'share')::numeric, ${by.act}
      from jsonb_array_elements(${JSON.stringify(parts)}::jsonb) s`.execute(tx)

/**
 * What the closed units owed and somebody still waits for is owed by whoever carries them on, by the same day: the one who carries on
 * most of it, where there are several.
 */
export async function passOnDebts(tx: Tx, units: readonly string[], by: By) {
  const passing = by.charter.obligationsOn(by.on).filter((obligation) => obligation.passes_on)
  const { rows } = await sql<{ obligation: string; unit: string; subject: string; due: Day }>`
    select i.obligation, h.unit_id as unit, i.subject, min(obligation_due(i.id, i.due_on, ${by.on}::date)) as due
      from obligation_item i
     cross join lateral (select h.unit_id from unit_heirs_on(i.unit_id, ${by.on}::date) h order by h.share desc, h.unit_id limit 1) h
     where i.unit_id = any (${units}::uuid[]) and i.obligation = any (${passing.map(({ id }) => id)})
       and i.lapsed_on = ${by.on} and i.lapsed_by = ${by.act}
     group by i.obligation, h.unit_id, i.subject`.execute(tx)
  for (const { obligation, unit, subject, due } of rows) {
    const owed = passing.find(({ id }) => id === obligation)
    if (owed) await openItems(tx, by, owed, [unit], subject, due)
  }
}

/** The poor counties' list passes to those that carry on a poor county; one that is on it already stays on it as it is. */
export const designate = (tx: Tx, units: readonly string[], by: By) =>
  sql`insert into unit_designation (unit_id, kind, valid_at, act_id)
    select id, 'poor-county', daterange(${by.on}, null), ${by.act} from unnest(${units}::uuid[]) id
     where not exists (select from unit_designation d
       where d.unit_id = id and d.kind = 'poor-county' and (d.valid_at && daterange(${by.on}, null)) is true)`.execute(
    tx,
  )

/** Takes a unit off the poor counties' list on the day of the deed; the exits do it when an exit is approved. */
export const endDesignation = (tx: Tx, unit: string, by: By) =>
  sql`update unit_designation set valid_at = daterange(lower(valid_at), ${by.on}), ended_by = ${by.act}
    where unit_id = ${unit} and kind = 'poor-county' and upper_inf(valid_at)`.execute(tx)
