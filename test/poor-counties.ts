import pg from 'pg'
import { foundingDay, type World } from './world.ts'

/** Puts counties of the small country on the list of poor counties from its founding on. */
export async function designatePoor(world: World, names: readonly string[], on = foundingDay): Promise<void> {
  const owner = new pg.Client(world.database.owner)
  await owner.connect()
  try {
    await owner.query(
      `insert into unit_designation (unit_id, kind, valid_at, act_id)
       select unnest($1::uuid[]), 'poor-county', daterange($2, null), (select id from journal order by seq limit 1)`,
      [names.map(world.unit), on],
    )
  } finally {
    await owner.end()
  }
}
