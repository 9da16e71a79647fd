import { asAct } from './act.ts'
import type { World } from './world.ts'

/** Puts units on the list of poor counties straight into the tables, for tests that are not about the list. */
export const designate = (world: World, names: readonly string[], from = '2014-01-01') =>
  asAct(world, (client, act) =>
    client.query(
      `insert into unit_designation (unit_id, kind, valid_at, act_id)
       select u, 'poor-county', daterange($2, null), $3 from unnest($1::uuid[]) u`,
      [names.map((name) => world.unit(name)), from, act],
    ),
  )

/** The poor counties of the small named country: one per kind of place in the tree. */
export const poorCounties = ['Liu County', 'Tong County', 'Song County', 'Ye County', 'Yan County']
