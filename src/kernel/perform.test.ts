import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { endAppointment, makeAppointment } from '#features/seats/index.ts'
import { renameUnit } from '#features/units/index.ts'
import { findAct } from '#src/acts.ts'
import { idOf, World } from '#test/world.ts'
import { momentOf } from './calendar.ts'
import { openDb } from './db.ts'
import { Malformed, NotYourDuty } from './outcome.ts'
import { engine, perform } from './perform.ts'

const clerk = ['The Centre', 'minister-civil-affairs'] as const

describe('perform', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const renaming = (name: string, unit = 'Liu County') => ({
    unit: world.unit(unit),
    name: { zh: `${name}县`, en: `${name} County` },
  })
  const journalled = async () =>
    (
      await world.db
        .selectFrom('journal')
        .select(sql<number>`count(*)::int`.as('n'))
        .executeTakeFirstOrThrow()
    ).n

  it('The same key with the same input gives the first outcome again, and does nothing twice', async () => {
    const when = { as: clerk, key: 'once', on: '2016-02-01' }
    const first = await world.perform(renameUnit, renaming('Once'), when)
    const count = await journalled()
    assert.equal(first.outcome, 'done')
    assert.deepEqual(await world.perform(renameUnit, renaming('Once'), when), first)
    assert.equal(await journalled(), count)
  })

  it('A first refusal is given again for its key, also when the world has changed since', async () => {
    const when = { as: clerk, key: 'refused once', on: '2016-02-02' }
    const refused = await world.perform(renameUnit, renaming('Once'), when)
    assert.equal(refused.outcome, 'refused')
    await world.done(renameUnit, renaming('Another'), { as: clerk, on: '2016-02-02' })
    assert.deepEqual(await world.perform(renameUnit, renaming('Once'), when), refused)
  })

  it("The same key with another input is refused: 'key-reused'", async () => {
    await world.done(renameUnit, renaming('Keyed'), { as: clerk, key: 'reused', on: '2016-02-03' })
    const count = await journalled()
    assert.deepEqual(
      await world.codes(renameUnit, renaming('Otherwise'), { as: clerk, key: 'reused', on: '2016-02-03' }),
      ['key-reused'],
    )
    assert.equal(await journalled(), count)
  })

  it('One key sent twenty times at once is one act', async () => {
    const when = { as: clerk, key: 'twenty', on: '2016-02-04' }
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => world.perform(renameUnit, renaming('Twenty'), when)),
    )
    assert.equal(new Set(outcomes.map((outcome) => outcome.id)).size, 1)
    assert.ok(outcomes.every((outcome) => outcome.outcome === 'done'))
  })

  it('One key sent at once for two counties with two inputs is done for one of them only', async () => {
    const when = { as: clerk, key: 'two counties', on: '2016-02-05' }
    const outcomes = await Promise.all([
      world.perform(renameUnit, renaming('Left'), when),
      world.perform(renameUnit, renaming('Right', 'Tong County'), when),
    ])
    assert.deepEqual(outcomes.map((outcome) => outcome.outcome).toSorted(), ['done', 'refused'])
  })

  it('A conflict of which one hears only behind the questions that it took along is tried again', async () => {
    const owner = new pg.Client(world.database.owner)
    await owner.connect()
    await owner.query(`
      create sequence met;
      grant usage on sequence met to zeren_app;
      create function meet() returns void language plpgsql as $$ begin
        if nextval('met') = 1 then raise exception 'met a neighbour' using errcode = '40001'; end if;
      end $$`)
    const meeting = {
      ...renameUnit,
      facts: async (...[tx, input, by]: Parameters<typeof renameUnit.facts>) => {
        const met = sql`select meet()`.execute(tx).catch(async (error: unknown) => {
          await new Promise(setImmediate)
          throw error
        })
        const [facts] = await Promise.all([renameUnit.facts(tx, input, by), met])
        return facts
      },
    }
    await world.done(meeting as typeof renameUnit, renaming('Meeting'), { as: clerk, on: '2016-02-06' })
    const { rows } = await owner.query<{ last_value: string }>('select last_value from met')
    assert.equal(Number(rows[0]?.last_value), 2)
    await owner.end()
  })

  it("Another's key is not mine: keys of two people don't meet", async () => {
    await world.done(renameUnit, renaming('Mine'), { as: clerk, key: 'shared', on: '2016-02-06' })
    const outcome = await world.perform(renameUnit, renaming('Yours'), {
      as: ['The Centre', 'office-director'],
      key: 'shared',
      on: '2016-02-06',
    })
    assert.equal(outcome.outcome, 'done')
  })

  it('What cannot be read is told field by field in both languages', async () => {
    const error = await world
      .perform(renameUnit, { unit: 'Liu', name: { zh: '', en: 'Liu' }, more: 1 }, { as: clerk })
      .catch((e: unknown) => e)
    assert.ok(error instanceof Malformed)
    assert.deepEqual(error.issues.map((issue) => issue.field).toSorted(), ['(input)', 'name.zh', 'unit'])
    for (const { problem } of error.issues) assert.match(problem.zh, /\p{Script=Han}/u)
    for (const { problem } of error.issues) assert.doesNotMatch(problem.en, /\p{Script=Han}/u)
  })

  it('A county head who wants to rename a county hears whose duty it is', async () => {
    const error = await world
      .perform(renameUnit, renaming('Own'), { as: ['Liu County', 'county-head'] })
      .catch((e: unknown) => e)
    assert.ok(error instanceof NotYourDuty)
    assert.equal(error.duty.id, 'maintain-divisions')
    assert.ok(error.answerable.kind === 'holder' && error.answerable.unit.id === world.unit('The Centre'))
  })

  it('Somebody who says that they sit where another sits may not act', async () => {
    const actor = {
      kind: 'person',
      person: world.person('Liu County', 'county-head'),
      seat: { unit: world.unit('The Centre'), post: clerk[1] },
    } as const
    const act = perform(world.engine, renameUnit, renaming('Forged'), {
      actor,
      key: 'forged',
      at: momentOf('2016-02-07'),
      via: 'test',
    })
    await assert.rejects(act, NotYourDuty)
  })

  it("A unit that did not exist on the day is refused: 'unit-unknown'", async () => {
    const input = { ...renaming('Nowhere'), unit: idOf('nowhere') }
    assert.deepEqual(await world.codes(renameUnit, input, { as: clerk, on: '2016-02-08' }), ['unit-unknown'])
  })

  it("Nothing can be done on a day without a charter: 'no-charter-in-force'", async () => {
    assert.deepEqual(await world.codes(renameUnit, renaming('Early'), { as: clerk, on: '2014-01-01' }), [
      'no-charter-in-force',
    ])
  })

  it("An act whose duty came with a later charter is refused before its day: 'duty-not-in-force'", async () => {
    const commission = findAct('evaluation.commission')
    assert.ok(commission)
    const input = {
      unit: world.unit('Liu County'),
      year: 2016,
      evaluator: 'A university',
      headcount: 1,
      wrongExit: 1,
      miss: 1,
      approval: 95,
    }
    assert.deepEqual(
      await world.codes(commission, input, { as: ['Qingshan Province', 'governor'], on: '2016-03-01' }),
      ['duty-not-in-force'],
    )
  })

  it("An act that waits too long for another over its unit is refused, and nothing is done: 'unit-busy'", async () => {
    const blocker = new pg.Client(world.database.app)
    await blocker.connect()
    await blocker.query('select pg_advisory_lock(hashtextextended($1, 0))', [world.unit('Song County')])
    const database = openDb({ ...world.database.app, forActs: true, lockTimeoutMs: 50 })
    try {
      const deed = { actor: world.actor(clerk), key: 'waits', at: momentOf('2016-02-09'), via: 'test' } as const
      const count = await journalled()
      const outcome = await perform(
        engine(database, world.charter, 50),
        renameUnit,
        renaming('Late', 'Song County'),
        deed,
      )
      assert.ok(outcome.outcome === 'refused')
      assert.deepEqual(
        outcome.refusals.map((told) => told.code),
        ['unit-busy'],
      )
      assert.equal(await journalled(), count)
      await blocker.query('select pg_advisory_unlock_all()')
      const again = await perform(
        engine(database, world.charter, 5000),
        renameUnit,
        renaming('Late', 'Song County'),
        deed,
      )
      assert.equal(again.outcome, 'done')
    } finally {
      await blocker.end()
      await database.close()
    }
  })

  it('Fifty acts at once over one county are all done, on one connection of the pool', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, at) =>
        world.perform(renameUnit, renaming(`Fifty ${at}`, 'Tong County'), { as: clerk, on: '2016-02-10' }),
      ),
    )
    assert.ok(outcomes.every((outcome) => outcome.outcome === 'done'))
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int as n from journal where unit_id = ${world.unit('Tong County')} and done_on = '2016-02-10'`.execute(
      world.db,
    )
    assert.equal(rows[0]?.n, 50)
  })

  it('A dry run says what would be refused and changes nothing', async () => {
    const count = await journalled()
    const same = await world.rehearse(
      renameUnit,
      { unit: world.unit('Yan County'), name: { zh: '岩县', en: 'Yan County' } },
      { as: clerk, on: '2016-02-11' },
    )
    assert.equal(same.refusals.length, 1)
    const other = await world.rehearse(renameUnit, renaming('Fine', 'Yan County'), { as: clerk, on: '2016-02-11' })
    assert.deepEqual(other.refusals, [])
    assert.equal(await journalled(), count)
  })

  it('The journal keeps two clocks: the day of the deed and the moment of its recording', async () => {
    const outcome = await world.perform(renameUnit, renaming('Clocks', 'Yan County'), {
      as: clerk,
      on: '2016-02-12',
      hour: 15,
    })
    const entry = await world.db
      .selectFrom('journal')
      .selectAll()
      .where('id', '=', outcome.id)
      .executeTakeFirstOrThrow()
    assert.equal(entry.done_on, '2016-02-12')
    assert.equal(entry.done_at.toISOString(), '2016-02-12T07:00:00.000Z')
    assert.ok(entry.recorded_at.getFullYear() >= 2024)
  })

  it('When the seats of a unit that hold a duty are vacant, the level above may act, and the journal says on what ground', async () => {
    const holders = ['county-head', 'party-secretary-county'] as const
    const city = ['Heyang City', 'party-secretary-city'] as const
    for (const post of holders)
      await world.done(
        endAppointment,
        { unit: world.unit('Song County'), post, reason: 'Moved to another post' },
        { as: city, on: '2016-02-13' },
      )
    const replacement = { id: idOf('deputy'), name: { zh: '副手', en: 'A deputy' }, madeUp: true }
    const input = { unit: world.unit('Song County'), post: 'finance-director-county', person: replacement }
    await world.done(
      endAppointment,
      { unit: input.unit, post: input.post, reason: 'Retired' },
      { as: city, on: '2016-02-13' },
    )
    const outcome = await world.perform(makeAppointment, input, { as: city, on: '2016-02-14' })
    const entry = await world.db
      .selectFrom('journal')
      .select('ground')
      .where('id', '=', outcome.id)
      .executeTakeFirstOrThrow()
    assert.equal(entry.ground, 'vacancy')
  })

  it('Acts over many units that conflict with each other are all done, and none leaves a lock behind', async () => {
    const units = ['Liu County', 'Tong County', 'Song County', 'Ye County', 'Yan County', 'Heyang City']
    const outcomes = await Promise.all(
      Array.from({ length: 60 }, (_, at) => {
        const name = `Crowd ${at}`
        const input = { unit: world.unit(units[at % units.length] ?? ''), name: { zh: `${name}县`, en: name } }
        return world.perform(renameUnit, input, { as: clerk, on: '2016-03-10' })
      }),
    )
    assert.ok(outcomes.every((outcome) => outcome.outcome === 'done'))
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`.execute(
      world.db,
    )
    assert.equal(rows[0]?.n, 0)
  })
})

describe('the journal', () => {
  let world: World
  before(async () => {
    world = await World.open()
  })
  after(() => world.close())

  const attempts = ["update journal set act = 'x'", 'delete from journal', 'truncate journal cascade'] as const

  for (const attempt of attempts)
    it(`The application's role may not «${attempt}»`, async () => {
      const client = new pg.Client(world.database.app)
      await client.connect()
      await assert.rejects(client.query(attempt), { code: '42501' })
      await client.end()
    })

  for (const attempt of attempts)
    it(`Not even the owner's «${attempt}» passes its guard`, async () => {
      const client = new pg.Client(world.database.owner)
      await client.connect()
      await assert.rejects(client.query(attempt), { code: '23001' })
      await client.end()
    })

  it('A row that names an act of another transaction is not committed, not even for the owner', async () => {
    const client = new pg.Client(world.database.owner)
    await client.connect()
    const { rows } = await client.query<{ id: string }>('select id from journal order by seq limit 1')
    const write = client.query(
      `insert into unit_designation (unit_id, kind, valid_at, act_id) values ($1, 'other', daterange('2016-01-01', null), $2)`,
      [world.unit('Liu County'), rows[0]?.id],
    )
    await assert.rejects(write, { code: '23503', message: /not journalled in this transaction/ })
    await client.end()
  })

  it('Every column that names an act of the journal is held to it by the database', async () => {
    const client = new pg.Client(world.database.owner)
    await client.connect()
    const { rows } = await client.query<{ named: string; held: boolean }>(
      `select c.table_name || '.' || c.column_name as named,
              exists (select from pg_trigger t where t.tgrelid = format('public.%I', c.table_name)::regclass
                        and t.tgname = c.column_name || '_is_journalled') as held
         from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> 'journal'
          and (c.column_name = 'act_id' or right(c.column_name, 3) = '_by' and c.data_type = 'uuid')
        order by 1`,
    )
    await client.end()
    assert.ok(rows.length >= 40, `Only ${rows.length} columns were seen.`)
    assert.deepEqual(
      rows.filter((row) => !row.held).map((row) => row.named),
      [],
    )
  })

  it('The role that reads may write nothing', async () => {
    const client = new pg.Client(world.database.reader)
    await client.connect()
    await assert.rejects(client.query('insert into unit select * from unit'), { code: '42501' })
    await client.end()
  })
})
