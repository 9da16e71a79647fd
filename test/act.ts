import pg from 'pg'
import type { World } from './world.ts'

/** Writes rows straight into the tables, as the owner, in the name of a made-up act that is journalled in the same transaction. */
export async function asAct<T>(world: World, write: (client: pg.Client, act: string) => Promise<T>): Promise<T> {
  const client = new pg.Client(world.database.owner)
  await client.connect()
  try {
    await client.query('begin')
    const { rows } = await client.query<{ id: string }>(
      `insert into journal (id, act, duty, charter_version, actor_kind, ground, unit_id, done_at, done_on, actor, idempotency_key,
                            input_digest, input, outcome, detail, via)
       select uuidv7(), 'test.write', 'test', 'test', 'mechanism', 'mechanism', unit_id, done_at, done_on, 'test', uuidv7()::text,
              input_digest, '{}', 'done', '{}', 'test'
         from journal order by seq limit 1
       returning id`,
    )
    const result = await write(client, rows[0]?.id ?? '')
    await client.query('commit')
    return result
  } finally {
    await client.end()
  }
}
