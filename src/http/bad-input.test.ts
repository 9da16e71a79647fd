import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { failingAct, publicAct, slowAct } from '#test/planted.ts'
import { TestServer } from '#test/server.ts'
import { idOf } from '#test/world.ts'

describe('Bad input over HTTP', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open({ more: { acts: [failingAct, slowAct] } })
    server.cookie = await server.cookieOf('Heyang City', 'party-secretary-city')
  })
  after(() => server.close())

  const successor = (name: string) => ({ id: idOf(name), name: { zh: '继任', en: name }, madeUp: true })
  const seatTaken = () =>
    JSON.stringify({ unit: server.world.unit('Liu County'), post: 'county-head', person: successor('A') })
  const unitOnly = () => JSON.stringify({ unit: server.world.unit('Heyang City') })

  it('An act without an Idempotency-Key is malformed, and the header is named', async () => {
    const { status, problem } = await server.send('/api/acts/appointment.make', {
      body: seatTaken(),
      headers: { 'idempotency-key': '' },
    })
    assert.equal(status, 400)
    assert.equal(problem.issues?.[0]?.field, 'Idempotency-Key')
  })

  it('A request that is no HTTP is told what breaks its form, in both languages, as a problem like any other', async () => {
    const { hostname, port } = new URL(server.url)
    const socket = connect(Number(port), hostname)
    socket.end('GET /api/units?named=望都县 HTTP/1.1\r\nhost: x\r\n\r\n')
    const answer = (await socket.setEncoding('utf8').toArray()).join('')
    assert.match(answer, /^HTTP\/1\.1 400 /)
    const problem = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))) as {
      type: string
      sentence: { zh: string; en: string }
    }
    assert.equal(problem.type, '/problems/malformed')
    assert.ok(problem.sentence.zh && problem.sentence.en)
  })

  it('JSON that is broken, a field that is wrong, and one that does not exist are malformed, each named', async () => {
    const broken = await server.send('/api/acts/appointment.make', { body: '{"unit": ' })
    assert.equal(broken.status, 400)
    assert.equal(broken.problem.issues?.[0]?.field, 'body')
    const wrong = await server.send('/api/acts/appointment.make', {
      body: JSON.stringify({ unit: 'seven', post: 'county-head', person: successor('B') }),
    })
    assert.deepEqual(
      wrong.problem.issues?.map(({ field }) => field),
      ['unit'],
    )
    assert.ok(wrong.problem.issues?.[0]?.problem.zh && wrong.problem.issues[0].problem.en)
    const extra = await server.send('/api/acts/test.dawdle', {
      body: JSON.stringify({ unit: server.world.unit('Heyang City'), also: 1 }),
    })
    assert.equal(extra.status, 400)
    const none = await server.send('/api/acts/test.dawdle', { body: '' })
    assert.equal(none.status, 400)
  })

  it('A character that no text can hold is malformed, and where it stands is named', async () => {
    const body = JSON.stringify({
      unit: server.world.unit('Liu County'),
      post: 'county-head',
      person: { ...successor('C'), name: { zh: 'a\0b', en: 'C' } },
    })
    const { status, problem } = await server.send('/api/acts/appointment.make', { body })
    assert.equal(status, 400)
    assert.equal(problem.issues?.[0]?.field, 'person.name.zh')
  })

  it('Content that is no JSON at all is told so', async () => {
    const { status } = await server.send('/api/acts/test.dawdle', {
      headers: { 'content-type': 'text/plain' },
      body: 'unit=1',
    })
    assert.equal(status, 415)
  })

  it('Somebody who has not signed in is asked to', async () => {
    const { status, problem } = await server.send('/api/acts/appointment.make', { body: seatTaken(), as: '' })
    assert.equal(status, 401)
    assert.ok(problem.sentence.zh)
  })

  it('A forged seat is no seat', async () => {
    const forged = Buffer.from(
      JSON.stringify({ unit: server.world.unit('The Centre'), post: 'office-director', person: idOf('x') }),
    ).toString('base64url')
    assert.equal(
      (await server.send('/api/acts/appointment.make', { body: seatTaken(), as: `zeren_seat=${forged}.AAAA` })).status,
      401,
    )
  })

  it('An act, a question, a figure and an address that do not exist are told by name', async () => {
    const nowhere = await server.send('/api/acts/exit.abolish')
    assert.equal(nowhere.status, 404)
    assert.match(nowhere.problem.sentence.en, /no act «exit\.abolish»/)
    assert.match(
      (await server.send('/api/asks/exit.why', { method: 'GET' })).problem.sentence.zh,
      /没有“exit\.why”这个问题/,
    )
    assert.equal((await server.send('/api/figures/exits.none', { method: 'GET' })).status, 404)
    assert.equal((await server.send('/api/nothing', { method: 'GET' })).status, 404)
  })

  it('A body of more than a megabyte is too large', async () => {
    const { status, problem } = await server.send('/api/acts/appointment.make', {
      body: JSON.stringify({ unit: 'x'.repeat(1_100_000) }),
    })
    assert.equal(status, 413)
    assert.ok(problem.sentence.en)
  })

  it('A list of divisions may be longer than a megabyte', async () => {
    const body = JSON.stringify({ under: server.world.unit('Heyang City'), units: 'x'.repeat(1_100_000) })
    assert.equal((await server.send('/api/acts/unit.import', { body })).status, 400)
  })

  it('What another site’s page sends is refused', async () => {
    const foreign = await server.send('/api/acts/test.dawdle', {
      body: unitOnly(),
      headers: { origin: 'https://elsewhere.example' },
    })
    assert.equal(foreign.status, 403)
    const own = await server.send('/api/acts/test.dawdle', { body: unitOnly(), headers: { origin: server.url } })
    assert.equal(own.status, 200)
  })

  it('One address speaks up as the public only so often', async () => {
    const strict = await TestServer.open({
      world: server.world,
      more: { acts: [publicAct] },
      options: { limits: { publicActsPerMinute: 2 } },
    })
    const body = JSON.stringify({ unit: server.world.unit('Liu County') })
    const statuses: number[] = []
    for (let time = 0; time < 3; time++) statuses.push((await strict.send('/api/acts/test.speak-up', { body })).status)
    assert.deepEqual(statuses, [200, 200, 429])
    await strict.close()
  })
})
