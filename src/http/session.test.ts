import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Failure } from '#src/client/client.ts'
import { delegateDuty, endAppointment, makeAppointment } from '#features/seats/index.ts'
import { importUnits } from '#features/units/index.ts'
import { TestServer } from '#test/server.ts'
import { idOf } from '#test/world.ts'

const codesOf = async (doing: Promise<unknown>): Promise<string[]> => {
  const failure = await doing.then(
    () => assert.fail('It was not refused.'),
    (error: unknown) => error,
  )
  assert.ok(failure instanceof Failure, String(failure))
  return failure.refusals.map(({ code }) => code)
}
const statusOf = async (doing: Promise<unknown>): Promise<number> => {
  const failure = await doing.then(
    () => assert.fail('It was not refused.'),
    (error: unknown) => error,
  )
  assert.ok(failure instanceof Failure, String(failure))
  return failure.problem.status
}

describe('The session of a demonstration', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open()
  })
  after(() => server.close())

  it('Before anybody signs in it says which day it is, under which law, and that nobody is here', async () => {
    const session = await server.client().session()
    assert.deepEqual(
      {
        mode: session.mode,
        today: session.today,
        charter: session.charter,
        ready: session.ready,
        root: session.root,
        actor: session.actor,
      },
      {
        mode: 'demonstration',
        today: '2016-03-01',
        charter: 'cn-poverty-2016',
        ready: null,
        root: server.world.unit('The Centre'),
        actor: null,
      },
    )
  })

  it('A visitor sits down as the head of Liu County and is known as that made-up person', async () => {
    const client = await server.as(['Liu County', 'county-head'])
    const { actor, seats } = await client.session()
    assert.equal(actor?.person.id, server.world.person('Liu County', 'county-head'))
    assert.equal(actor?.person.madeUp, true)
    assert.equal(actor?.postName.zh, '县长')
    assert.equal(actor?.unit.name.zh, '柳县')
    assert.equal(seats.length, 1)
    await client.signOut()
    assert.equal((await client.session()).actor, null)
  })

  it('A unit may be named by its code or its name, a post by its title', async () => {
    for (const said of [
      { unit: '130627', post: 'county-head' },
      { unit: '柳县', post: '县长' },
      { unit: 'Liu County', post: 'County head' },
    ]) {
      const client = server.client()
      await client.signIn(said)
      assert.equal((await client.session()).actor?.unit.code, '130627')
    }
  })

  it('A unit that does not exist is told: `unit-unknown`', async () => {
    assert.deepEqual(await codesOf(server.client().signIn({ unit: 'Atlantis', post: 'mayor' })), ['unit-unknown'])
  })

  it('A post that the unit does not have is told with those that it has: `post-unknown`', async () => {
    assert.deepEqual(await codesOf(server.client().signIn({ unit: '130627', post: 'mayor' })), ['post-unknown'])
  })

  it('A name that two units bear is told with their codes: `unit-ambiguous`', async () => {
    const units = ['Twin A', 'Twin B'].map((name, at) => ({
      id: idOf(name),
      parent: server.world.unit('Heyang City'),
      tier: 'county',
      name: { zh: '双县', en: 'Twin County' },
      code: `13068${at}`,
    }))
    await server.world.done(
      importUnits,
      { under: server.world.unit('The Centre'), units },
      { as: ['The Centre', 'office-director'] },
    )
    assert.deepEqual(await codesOf(server.client().signIn({ unit: '双县', post: 'county-head' })), ['unit-ambiguous'])
  })

  it('In a vacant seat there is nobody to sign in as: `seat-vacant`', async () => {
    assert.deepEqual(await codesOf(server.client().signIn({ unit: '130680', post: 'county-head' })), ['seat-vacant'])
  })

  it('A delegation that does not stand is refused: `delegation-not-of-seat`', async () => {
    const said = { unit: '130627', post: 'county-head', delegation: idOf('no such delegation') }
    assert.deepEqual(await codesOf(server.client().signIn(said)), ['delegation-not-of-seat'])
  })

  it('Whoever acts for another under a delegation sits in that seat, and the session names the principal', async () => {
    const liu = server.world.unit('Liu County')
    const delegate = server.world.person('Liu County', 'poverty-office-director-county')
    const input = { unit: liu, post: 'county-head', duty: 'set-schedule', to: delegate, until: '2016-12-31' }
    const { delegation } = await server.world.done(delegateDuty, input, { as: ['Liu County', 'county-head'] })
    const client = server.client()
    await client.signIn({ unit: '130627', post: 'county-head', delegation })
    const { actor, seats } = await client.session()
    assert.equal(actor?.person.id, delegate)
    assert.deepEqual(actor?.seat, { unit: liu, post: 'county-head' })
    assert.equal(actor?.delegation, delegation)
    assert.deepEqual(
      seats.map(({ seat }) => seat.post),
      ['poverty-office-director-county', 'county-head'],
    )
  })

  it('Whoever no longer sits where they signed in is nobody here', async () => {
    const who = { id: idOf('guest'), name: { zh: '客', en: 'Guest' }, madeUp: true }
    const seat = { unit: idOf('Twin A'), post: 'county-head' }
    const twin = ['Heyang City', 'party-secretary-city'] as const
    await server.world.done(makeAppointment, { ...seat, person: who }, { as: twin })
    const client = server.client()
    await client.signIn(seat)
    assert.equal((await client.session()).actor?.person.id, who.id)
    await server.world.done(endAppointment, { ...seat, reason: '任期届满' }, { as: twin, on: '2016-02-01' })
    assert.equal((await client.session()).actor, null)
  })

  it('An e-mail address and a password open nothing in a demonstration', async () => {
    assert.equal(await statusOf(server.client().signIn({ email: 'a@example.org', password: 'a password' })), 400)
  })
})

describe('The day of a demonstration', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open({ day: '2016-10-17' })
  })
  after(() => server.close())

  it('It only moves forward: `day-not-forward`', async () => {
    assert.deepEqual(await codesOf(server.client().moveDay('2016-10-17')), ['day-not-forward'])
    assert.deepEqual(await codesOf(server.client().moveDay('2016-01-01')), ['day-not-forward'])
  })

  it('It moves at most four hundred days at once: `day-too-far`', async () => {
    assert.deepEqual(await codesOf(server.client().moveDay('2018-01-01')), ['day-too-far'])
  })

  it('A day that is none is malformed', async () => {
    assert.equal(await statusOf(server.client().moveDay('2017-02-29')), 400)
  })

  it('When it passes into a new year, the mechanism opens that year’s obligations, once', async () => {
    const client = server.client()
    assert.deepEqual(await client.moveDay('2017-01-20'), { today: '2017-01-20' })
    assert.equal((await client.session()).today, '2017-01-20')
    const { rows } = await server.world.engine.database.pool.query(
      `select actor_kind, done_on from journal where act = 'calendar.open' and not (input ? 'month') and input->>'year' = '2017'`,
    )
    assert.deepEqual(rows, [{ actor_kind: 'mechanism', done_on: '2017-01-01' }])
  })

  it('Every check is run again as of the day that it reaches, and only of that', async () => {
    const { rows } = await server.world.engine.database.pool.query(
      `select distinct on_day, count(*)::int as checks from check_run group by on_day`,
    )
    assert.deepEqual(rows, [{ on_day: '2017-01-20', checks: server.program.checks.length }])
  })

  it('The database refuses a day before the last one, whoever asks', async () => {
    await assert.rejects(
      server.world.engine.database.pool.query(`insert into demonstration_day (day) values ('2016-11-01')`),
      /only moves forward/,
    )
  })

  it('Deeds of the day are done after nine in the morning', () => {
    const { clock } = server.program
    assert.equal(clock.now().toISOString().slice(0, 13), '2017-01-20T01')
  })
})
