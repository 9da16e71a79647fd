import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { testDatabase } from './pg.ts'

async function query(config: pg.PoolConfig, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows
  } finally {
    await client.end()
  }
}

test('A test database has all migrations, and its three users are who they say', async () => {
  const database = await testDatabase()
  const [migrations] = await query(database.owner, 'SELECT count(*)::int FROM migration')
  assert.ok(Number(migrations?.['count']) > 0)
  for (const [config, name] of [
    [database.owner, 'zeren_owner'],
    [database.app, 'zeren_app'],
    [database.reader, 'zeren_reader'],
  ] as const) {
    assert.deepEqual(await query(config, 'SELECT current_user AS name, current_database() AS database'), [
      { name, database: database.name },
    ])
  }
  await database.drop()
})

test('What one test writes no other test sees', async () => {
  const [one, other] = await Promise.all([testDatabase(), testDatabase()])
  await query(one.owner, 'CREATE TABLE mine (id int)')
  assert.deepEqual(await query(other.owner, `SELECT to_regclass('mine') AS mine`), [{ mine: null }])
  await Promise.all([one.drop(), other.drop()])
})
