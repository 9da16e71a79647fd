import { asAct } from './act.ts'
import type { World } from './world.ts'

/** Puts a letter that lacks no signature straight into the tables for each unit, for tests that are not about letters. */
export const signLetters = (world: World, names: readonly string[], on = '2016-01-05') =>
  asAct(world, (client, act) =>
    client.query(
      `insert into letter (id, from_unit_id, to_unit_id, years, offered_on, serial, number, content, code, act_id)
       select gen_random_uuid(), v.parent_id, v.unit_id, '[2016,2020]', $2, n, 'test ' || n, '{}', 'TEST-0000-' || lpad(n::text, 4, '0'), $3
         from unnest($1::uuid[]) with ordinality as u (id, n)
         join unit_version v on v.unit_id = u.id and v.valid_at @> $2::date`,
      [names.map((name) => world.unit(name)), on, act],
    ),
  )
