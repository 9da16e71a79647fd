import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Client, Failure } from '#src/client/client.ts'
import { ProgramError } from '#src/program/error.ts'
import { TestServer } from '#test/server.ts'

const password = 'correct horse battery'

const problemOf = async (doing: Promise<unknown>) => {
  const failure = await doing.then(
    () => assert.fail('It was not refused.'),
    (error: unknown) => error,
  )
  assert.ok(failure instanceof Failure, String(failure))
  return failure.problem
}

describe('A production installation', () => {
  let server: TestServer
  const head = ['Liu County', 'county-head'] as const
  before(async () => {
    server = await TestServer.open({ mode: 'production', options: { limits: { signInsPerMinute: 50 } } })
    await account(head, 'head@liu.example')
  })
  after(() => server.close())

  const account = ([unit, post]: readonly [string, string], email: string) =>
    server.program.identity?.createAccount({
      person: server.world.person(unit, post),
      name: 'Somebody',
      email,
      password,
    })

  it('Nobody signs in by choosing a seat, and there is no day to move', async () => {
    assert.equal((await problemOf(server.client().signIn({ unit: '130627', post: 'county-head' }))).status, 401)
    assert.equal((await problemOf(server.client().moveDay('2030-01-01'))).status, 404)
    assert.equal((await server.client().session()).mode, 'production')
  })

  it('A person signs in with a password, sits in their own seat, and signs out for good', async () => {
    const client = server.client()
    await client.signIn({ email: 'Head@Liu.example', password })
    const { actor } = await client.session()
    assert.equal(actor?.person.id, server.world.person(...head))
    assert.equal(actor?.seat.post, 'county-head')
    const { rows } = await server.world.engine.database.pool.query('select count(*)::int as n from identity.session')
    assert.equal(rows[0].n, 1)
    await client.signOut()
    assert.equal((await client.session()).actor, null)
    assert.equal((await server.world.engine.database.pool.query('select from identity.session')).rowCount, 0)
  })

  it('A wrong password and an unknown address are told alike', async () => {
    const wrong = await problemOf(server.client().signIn({ email: 'head@liu.example', password: 'not the password' }))
    const unknown = await problemOf(server.client().signIn({ email: 'nobody@liu.example', password }))
    assert.equal(wrong.status, 401)
    assert.deepEqual(wrong, unknown)
  })

  it('A seat of somebody else cannot be chosen', async () => {
    const client = server.client()
    await client.signIn({ email: 'head@liu.example', password })
    const other = { unit: server.world.unit('Tong County'), post: 'county-head' }
    assert.equal((await problemOf(client.signIn(other))).status, 403)
    await client.signIn({ unit: server.world.unit('Liu County'), post: 'county-head' })
  })

  it('The seat’s cookie alone, without the session, is nobody', async () => {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'head@liu.example', password }),
    })
    const seat =
      response.headers
        .getSetCookie()
        .find((cookie) => cookie.startsWith('zeren_seat='))
        ?.split(';')[0] ?? ''
    const session = (await (await fetch(`${server.url}/api/session`, { headers: { cookie: seat } })).json()) as {
      actor: unknown
    }
    assert.equal(session.actor, null)
  })

  it('Cookies are out of reach of scripts and of other sites', async () => {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'head@liu.example', password }),
    })
    const cookies = response.headers.getSetCookie()
    assert.ok(cookies.length >= 2)
    for (const cookie of cookies) assert.match(cookie, /HttpOnly.*SameSite|SameSite.*HttpOnly/i)
  })

  it('Nobody signs up, one person has one account, and a short password is refused', async () => {
    assert.equal((await fetch(`${server.url}/api/auth/sign-up/email`, { method: 'POST' })).status, 404)
    const again = account(head, 'second@liu.example')
    await assert.rejects(again as Promise<void>, ProgramError)
    const short = server.program.identity?.createAccount({
      person: server.world.person('Tong County', 'county-head'),
      name: 'T',
      email: 't@t',
      password: 'short',
    })
    await assert.rejects(short as Promise<void>, ProgramError)
  })

  it('The reader’s role sees no account', async () => {
    const { reads } = server.program
    await assert.rejects(reads.pool.query('select from identity."user"'), /permission denied/)
    await assert.rejects(reads.pool.query('create table t ()'), /read-only transaction|permission denied/)
  })

  it('Passwords can be tried only so often', async () => {
    const strict = await TestServer.open({
      mode: 'production',
      world: server.world,
      options: { limits: { signInsPerMinute: 3 } },
    })
    const statuses: number[] = []
    for (let attempt = 0; attempt < 4; attempt++)
      statuses.push(
        (
          await problemOf(
            new Client({ server: strict.url }).signIn({ email: 'head@liu.example', password: 'a guess at it' }),
          )
        ).status,
      )
    assert.deepEqual(statuses, [401, 401, 401, 429])
    await strict.close()
  })

  it('A production’s database is not opened as a demonstration, nor the other way', async () => {
    const secretary = ['Heyang City', 'party-secretary-city'] as const
    await account(secretary, 'secretary@heyang.example')
    const client = server.client()
    await client.signIn({ email: 'secretary@heyang.example', password })
    const input = {
      unit: server.world.unit('Liu County'),
      post: 'county-head',
      person: { id: server.world.person(...head), name: { zh: '甲', en: 'A' }, madeUp: true },
    }
    assert.equal((await problemOf(client.act('appointment.make', input, { key: 'a-deed-of-production' }))).status, 409)
    await assert.rejects(TestServer.open({ mode: 'demonstration', world: server.world }), /belongs to a production/)
    await server.world.engine.database.pool.query(`insert into demonstration_day (day) values ('2018-10-17')`)
    await assert.rejects(TestServer.open({ mode: 'production', world: server.world }), /holds a demonstration/)
  })
})
