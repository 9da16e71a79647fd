import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { failingAct, publicAct, slowAct } from '#test/planted.ts'
import { TestServer } from '#test/server.ts'
import { idOf } from '#test/world.ts'

describe('Acts over HTTP', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open({ more: { acts: [failingAct, slowAct, publicAct] } })
    server.cookie = await server.cookieOf('Heyang City', 'party-secretary-city')
  })
  after(() => server.close())

  const successor = (name: string) => ({ id: idOf(name), name: { zh: '继任', en: name }, madeUp: true })
  const seatTaken = () =>
    JSON.stringify({ unit: server.world.unit('Liu County'), post: 'county-head', person: successor('A') })
  const unitOnly = () => JSON.stringify({ unit: server.world.unit('Heyang City') })

  it('A refused act is told with all its reasons in both languages, and its title in the caller’s', async () => {
    const { status, headers, problem } = await server.send('/api/acts/appointment.make', {
      body: seatTaken(),
      headers: { 'accept-language': 'en-GB,zh;q=0.5' },
    })
    assert.equal(status, 409)
    assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/)
    assert.equal(problem.title, 'It was not done, for the reasons given.')
    assert.deepEqual(
      problem.refusals?.map((told) => told.code),
      ['seat-taken'],
    )
    assert.ok(problem.refusals?.[0]?.sentence.zh)
    assert.ok(problem.id, 'the journal entry of the refusal is named')
    const inChinese = await server.send('/api/acts/appointment.make', {
      body: seatTaken(),
      headers: { 'accept-language': 'zh-CN' },
    })
    assert.equal(inChinese.problem.title, '未予办理，理由如下。')
  })

  it('The head of one county who acts for another is told whose duty it is', async () => {
    const { status, problem } = await server.send('/api/acts/appointment.make', {
      body: seatTaken(),
      as: await server.cookieOf('Tong County', 'county-head'),
    })
    assert.equal(status, 403)
    assert.equal(problem.duty?.id, 'appoint-officials')
    assert.equal(problem.answerable?.kind, 'holder')
    assert.ok(problem.unit?.name.zh)
  })

  it('A bug is told by the number of its incident alone, is logged once, and nothing is half done', async () => {
    const before = await server.countJournal()
    const { status, problem } = await server.send('/api/acts/test.fail', { body: unitOnly() })
    assert.equal(status, 500)
    assert.match(problem.incident ?? '', /^[0-9a-f-]{36}$/)
    assert.doesNotMatch(JSON.stringify(problem), /swordfish/)
    const logged = server.log.filter((line) => line['incident'] === problem.incident)
    assert.equal(logged.length, 1)
    assert.match(JSON.stringify(logged[0]), /swordfish/)
    assert.equal(await server.countJournal(), before)
  })

  it('The same key with the same input gives the first outcome; with another it is refused: `key-reused`', async () => {
    const headers = { 'idempotency-key': 'one-deed' }
    const first = await server.send('/api/acts/test.dawdle', { body: unitOnly(), headers })
    const again = await server.send('/api/acts/test.dawdle', { body: unitOnly(), headers })
    assert.equal(first.status, 200)
    assert.deepEqual(again.problem, first.problem)
    const other = await server.send('/api/acts/test.dawdle', {
      body: JSON.stringify({ unit: server.world.unit('Liu County') }),
      headers,
    })
    assert.deepEqual(
      other.problem.refusals?.map((told) => told.code),
      ['key-reused'],
    )
  })

  it('A connection lost in mid-act leaves the act whole, and the same key gives its outcome', async () => {
    const key = randomUUID()
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
    const body = unitOnly()
    const head = `POST /api/acts/test.dawdle HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncookie: ${server.cookie}\r\nidempotency-key: ${key}\r\ncontent-length: ${body.length}\r\n\r\n`
    socket.write(head + body)
    await delay(100)
    socket.destroy()
    const { status, problem } = await server.send('/api/acts/test.dawdle', {
      body,
      headers: { 'idempotency-key': key },
    })
    assert.equal(status, 200)
    const { rows } = await server.world.engine.database.pool.query(
      'select id from journal where idempotency_key = $1',
      [key],
    )
    assert.deepEqual(
      rows.map((row: { id: string }) => row.id),
      [problem.id],
    )
  })

  it('A dry run says what would be refused and what is fine, and changes nothing', async () => {
    const before = await server.countJournal()
    const response = await fetch(`${server.url}/api/acts/appointment.make?dry-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: server.cookie },
      body: seatTaken(),
    })
    const told = (await response.json()) as { refusals: { code: string }[]; fine: { zh: string }[] }
    assert.equal(response.status, 200)
    assert.deepEqual(
      told.refusals.map(({ code }) => code),
      ['seat-taken'],
    )
    assert.ok(told.fine.some(({ zh }) => zh === '职务属于该单位'))
    assert.equal(await server.countJournal(), before)
  })

  it('The catalogue gives each act its duty with its quotation, its form and every sentence that may come back', async () => {
    const { problem } = await server.send('/api/acts', { method: 'GET' })
    const acts = problem as unknown as {
      name: string
      duty: { quote: { zh: string } }
      refusals: unknown[]
      form: { key: string; label: { zh: string }; widget: string; required: boolean }[]
    }[]
    const make = acts.find(({ name }) => name === 'appointment.make')
    assert.ok(make?.duty.quote.zh)
    assert.equal(make.refusals.length, 3)
    assert.deepEqual(
      make.form.map(({ key, widget, required }) => [key, widget, required]),
      [
        ['unit', 'unit', true],
        ['post', 'post', true],
        ['person', 'person', true],
        ['capacity', 'choice', false],
      ],
    )
    for (const { form } of acts) for (const { label } of form) assert.ok(label.zh)
    assert.equal((await server.send('/api/acts/appointment.make', { method: 'GET' })).status, 200)
  })

  it('A citizen acts without an account, once for each key, and an official who does so acts as a citizen', async () => {
    const body = JSON.stringify({ unit: server.world.unit('Liu County') })
    const headers = { 'idempotency-key': randomUUID() }
    const first = await server.send('/api/acts/test.speak-up', { body, headers, as: '' })
    assert.equal(first.status, 200)
    assert.equal((await server.send('/api/acts/test.speak-up', { body, headers, as: '' })).problem.id, first.problem.id)
    assert.equal((await server.send('/api/acts/test.speak-up', { body })).status, 200)
    const { rows } = await server.world.engine.database.pool.query(
      `select actor_kind, person_id, count(*)::int as n from journal where act = 'test.speak-up' group by 1, 2`,
    )
    assert.deepEqual(rows, [{ actor_kind: 'public', person_id: null, n: 2 }])
  })
})
