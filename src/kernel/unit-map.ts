import { sql } from 'kysely'
import type { Db } from './db.ts'
import type { Day, Text } from './words.ts'

type Place = {
  readonly unit: string
  readonly tier: string
  readonly code: string | null
  readonly name: Text
  readonly parent: string | null
  /** From the root down to the unit itself. */
  readonly lineage: readonly string[]
}

/** The country's units as they lie on a day, held in memory: a few thousand, asked for with every figure. */
export type UnitMap = {
  readonly places: ReadonlyMap<string, Place>
  /** Where a unit that the day does not know lies on it, with its share in each place. */
  readonly restated: ReadonlyMap<string, readonly { readonly to: string; readonly weight: number }[]>
}

const MAPS_MAX = 48

type Shelf = { mark: string; readonly maps: Map<Day, Promise<UnitMap>> }
const shelves = new WeakMap<Db, Shelf>()

/**
 * The map of a day. It is read once and kept until any unit changes: every version names the act that made it what it is,
 * closings and successions are only ever added, so that a sum over the acts and two numbers tell whether what is kept still holds.
 */
export async function unitMapOn(db: Db, day: Day): Promise<UnitMap> {
  const { rows } = await sql<{ mark: string }>`
    select concat_ws('/', (select count(*) || ':' || sum(uuid_hash(act_id)) from unit_version), (select count(closed_on) from unit),
                     (select count(*) from unit_succession)) as mark`.execute(db)
  const mark = rows[0]?.mark ?? ''
  let shelf = shelves.get(db)
  if (shelf?.mark !== mark) {
    shelf = { mark, maps: new Map() }
    shelves.set(db, shelf)
  }
  const { maps } = shelf
  let map = maps.get(day)
  if (!map) {
    map = readMap(db, day)
    maps.set(day, map)
    map.catch(() => maps.delete(day))
    const [oldest] = maps.keys()
    if (maps.size > MAPS_MAX && oldest !== undefined) maps.delete(oldest)
  }
  return map
}

async function readMap(db: Db, day: Day): Promise<UnitMap> {
  const [known, strange] = await Promise.all([
    sql<Omit<Place, 'name'> & { zh: string; en: string }>`
      select unit_id as unit, tier, code, name_zh as zh, name_en as en, parent_id as parent, lineage
        from unit_version where valid_at @> ${day}::date order by code nulls last, name_en`.execute(db),
    sql<{ unit: string; to: string; weight: number }>`
      select unit_id as unit, to_unit_id as "to", weight::float8 as weight from unit_restated(${day}::date)`.execute(
      db,
    ),
  ])
  const restated = Map.groupBy(strange.rows, (row) => row.unit)
  return {
    places: new Map(known.rows.map(({ zh, en, ...place }) => [place.unit, { ...place, name: { zh, en } }])),
    restated,
  }
}

/** Values by unit, put where their units lie on a map; what lies nowhere on it is left out, as the map leaves it out. */
export function* placed(
  map: UnitMap,
  values: Iterable<{ readonly unit: string; readonly value: number }>,
): Generator<{ readonly place: Place; readonly value: number }> {
  for (const { unit, value } of values) {
    const here = map.places.get(unit)
    if (here) yield { place: here, value }
    else
      for (const { to, weight } of map.restated.get(unit) ?? []) {
        const place = map.places.get(to)
        if (place) yield { place, value: value * weight }
      }
  }
}
