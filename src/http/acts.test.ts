import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { TestServer } from '#test/server.ts'
import { idOf } from '#test/world.ts'
import type { Problem } from '#src/client/wire.ts'

const planted = {
  duty: 'appoint-officials',
  purpose: { zh: '只供测试', en: 'Only for this test' },
  refusals: {},
  input: z.object({ unit: UnitId }),
  over: (input: { unit: string }) => input.unit,
  facts: () => Promise.resolve({}),
  rule: () => [],
} as const

const failingAct = act({
  ...planted,
  name: 'test.fail',
  title: { zh: '出错', en: 'Fail' },
  effect: () => Promise.reject(new Error('the password of the database is swordfish')),
})
const slowAct = act({
  ...planted,
  name: 'test.dawdle',
  title: { zh: '慢慢办', en: 'Take a while' },
  effect: async () => {
    await delay(300)
    return { took: 'a while' }
  },
})

describe('Acts over HTTP', () => {
  let server: TestServer
  let cookie = ''
  before(async () => {
    server = await TestServer.open({ more: { acts: [failingAct, slowAct] } })
    cookie = await cookieOf('Heyang City', 'party-secretary-city')
  })
  after(() => server.close())

  async function cookieOf(unit: string, post: string) {
    const response = await fetch(`${server.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ unit: server.world.unit(unit), post }),
    })
    assert.equal(response.status, 200, await response.clone().text())
    return response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
  }

  type Sending = {
    readonly body?: string
    readonly headers?: Record<string, string>
    readonly as?: string
    readonly method?: string
  }
  async function send(path: string, { body = '{}', headers = {}, as = cookie, method = 'POST' }: Sending = {}) {
    const response = await fetch(`${server.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie: as, 'idempotency-key': randomUUID(), ...headers },
      ...(method !== 'GET' && { body }),
    })
    return {
      status: response.status,
      headers: response.headers,
      problem: (await response.json()) as Problem & { id?: string; outcome?: string },
    }
  }

  const successor = (name: string) => ({ id: idOf(name), name: { zh: '继任', en: name }, madeUp: true })
  const seatTaken = () =>
    JSON.stringify({ unit: server.world.unit('Liu County'), post: 'county-head', person: successor('A') })
  const unitOnly = () => JSON.stringify({ unit: server.world.unit('Heyang City') })
  const countJournal = async () =>
    (await server.world.engine.database.pool.query<{ n: number }>('select count(*)::int as n from journal')).rows[0]?.n

  it('A refused act is told with all its reasons in both languages, and its title in the caller’s', async () => {
    const { status, headers, problem } = await send('/api/acts/appointment.make', {
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
    const inChinese = await send('/api/acts/appointment.make', {
      body: seatTaken(),
      headers: { 'accept-language': 'zh-CN' },
    })
    assert.equal(inChinese.problem.title, '未予办理，理由如下。')
  })

  it('An act without an Idempotency-Key is malformed, and the header is named', async () => {
    const { status, problem } = await send('/api/acts/appointment.make', {
      body: seatTaken(),
      headers: { 'idempotency-key': '' },
    })
    assert.equal(status, 400)
    assert.equal(problem.issues?.[0]?.field, 'Idempotency-Key')
  })

  it('JSON that is broken, a field that is wrong, and one that does not exist are malformed, each named', async () => {
    const broken = await send('/api/acts/appointment.make', { body: '{"unit": ' })
    assert.equal(broken.status, 400)
    assert.equal(broken.problem.issues?.[0]?.field, 'body')
    const wrong = await send('/api/acts/appointment.make', {
      body: JSON.stringify({ unit: 'seven', post: 'county-head', person: successor('B') }),
    })
    assert.deepEqual(
      wrong.problem.issues?.map(({ field }) => field),
      ['unit'],
    )
    assert.ok(wrong.problem.issues?.[0]?.problem.zh && wrong.problem.issues[0].problem.en)
    const extra = await send('/api/acts/test.dawdle', {
      body: JSON.stringify({ unit: server.world.unit('Heyang City'), also: 1 }),
    })
    assert.equal(extra.status, 400)
    const none = await send('/api/acts/test.dawdle', { body: '' })
    assert.equal(none.status, 400)
  })

  it('A character that no text can hold is malformed, and where it stands is named', async () => {
    const body = JSON.stringify({
      unit: server.world.unit('Liu County'),
      post: 'county-head',
      person: { ...successor('C'), name: { zh: 'a\0b', en: 'C' } },
    })
    const { status, problem } = await send('/api/acts/appointment.make', { body })
    assert.equal(status, 400)
    assert.equal(problem.issues?.[0]?.field, 'person.name.zh')
  })

  it('Content that is no JSON at all is told so', async () => {
    const { status } = await send('/api/acts/test.dawdle', {
      headers: { 'content-type': 'text/plain' },
      body: 'unit=1',
    })
    assert.equal(status, 415)
  })

  it('Somebody who has not signed in is asked to', async () => {
    const { status, problem } = await send('/api/acts/appointment.make', { body: seatTaken(), as: '' })
    assert.equal(status, 401)
    assert.ok(problem.sentence.zh)
  })

  it('A forged seat is no seat', async () => {
    const forged = Buffer.from(
      JSON.stringify({ unit: server.world.unit('The Centre'), post: 'office-director', person: idOf('x') }),
    ).toString('base64url')
    assert.equal(
      (await send('/api/acts/appointment.make', { body: seatTaken(), as: `zeren_seat=${forged}.AAAA` })).status,
      401,
    )
  })

  it('The head of one county who acts for another is told whose duty it is', async () => {
    const { status, problem } = await send('/api/acts/appointment.make', {
      body: seatTaken(),
      as: await cookieOf('Tong County', 'county-head'),
    })
    assert.equal(status, 403)
    assert.equal(problem.duty?.id, 'appoint-officials')
    assert.equal(problem.answerable?.kind, 'holder')
    assert.ok(problem.unit?.name.zh)
  })

  it('An act, a question, a figure and an address that do not exist are told by name', async () => {
    const nowhere = await send('/api/acts/exit.abolish')
    assert.equal(nowhere.status, 404)
    assert.match(nowhere.problem.sentence.en, /no act «exit\.abolish»/)
    assert.match((await send('/api/asks/exit.why', { method: 'GET' })).problem.sentence.zh, /没有“exit\.why”这个问题/)
    assert.equal((await send('/api/figures/exits.none', { method: 'GET' })).status, 404)
    assert.equal((await send('/api/nothing', { method: 'GET' })).status, 404)
  })

  it('A body of more than a megabyte is too large', async () => {
    const { status, problem } = await send('/api/acts/appointment.make', {
      body: JSON.stringify({ unit: 'x'.repeat(1_100_000) }),
    })
    assert.equal(status, 413)
    assert.ok(problem.sentence.en)
  })

  it('A list of divisions may be longer than a megabyte', async () => {
    const body = JSON.stringify({ under: server.world.unit('Heyang City'), units: 'x'.repeat(1_100_000) })
    assert.equal((await send('/api/acts/unit.import', { body })).status, 400)
  })

  it('A bug is told by the number of its incident alone, is logged once, and nothing is half done', async () => {
    const before = await countJournal()
    const { status, problem } = await send('/api/acts/test.fail', { body: unitOnly() })
    assert.equal(status, 500)
    assert.match(problem.incident ?? '', /^[0-9a-f-]{36}$/)
    assert.doesNotMatch(JSON.stringify(problem), /swordfish/)
    const logged = server.log.filter((line) => line['incident'] === problem.incident)
    assert.equal(logged.length, 1)
    assert.match(JSON.stringify(logged[0]), /swordfish/)
    assert.equal(await countJournal(), before)
  })

  it('The same key with the same input gives the first outcome; with another it is refused: `key-reused`', async () => {
    const headers = { 'idempotency-key': 'one-deed' }
    const first = await send('/api/acts/test.dawdle', { body: unitOnly(), headers })
    const again = await send('/api/acts/test.dawdle', { body: unitOnly(), headers })
    assert.equal(first.status, 200)
    assert.deepEqual(again.problem, first.problem)
    const other = await send('/api/acts/test.dawdle', {
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
    const head = `POST /api/acts/test.dawdle HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\ncookie: ${cookie}\r\nidempotency-key: ${key}\r\ncontent-length: ${body.length}\r\n\r\n`
    socket.write(head + body)
    await delay(100)
    socket.destroy()
    const { status, problem } = await send('/api/acts/test.dawdle', { body, headers: { 'idempotency-key': key } })
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
    const before = await countJournal()
    const response = await fetch(`${server.url}/api/acts/appointment.make?dry-run`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: seatTaken(),
    })
    const told = (await response.json()) as { refusals: { code: string }[]; fine: { zh: string }[] }
    assert.equal(response.status, 200)
    assert.deepEqual(
      told.refusals.map(({ code }) => code),
      ['seat-taken'],
    )
    assert.ok(told.fine.some(({ zh }) => zh === '职务属于该单位'))
    assert.equal(await countJournal(), before)
  })

  it('What another site’s page sends is refused', async () => {
    const foreign = await send('/api/acts/test.dawdle', {
      body: unitOnly(),
      headers: { origin: 'https://elsewhere.example' },
    })
    assert.equal(foreign.status, 403)
    const own = await send('/api/acts/test.dawdle', { body: unitOnly(), headers: { origin: server.url } })
    assert.equal(own.status, 200)
  })

  it('The catalogue gives each act its duty with its quotation, its form and every sentence that may come back', async () => {
    const { problem } = await send('/api/acts', { method: 'GET' })
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
    assert.equal((await send('/api/acts/appointment.make', { method: 'GET' })).status, 200)
  })
})
