import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { TestServer } from '#test/server.ts'

describe('The server in operation', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open()
  })
  after(() => server.close())

  const get = async (path: string) => {
    const response = await fetch(`${server.url}${path}`)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('The process says that it lives, that it can be worked with, and how it is doing', async () => {
    assert.equal((await get('/healthz')).status, 200)
    assert.equal((await get('/readyz')).status, 200)
    const { text } = await get('/metrics')
    assert.match(text, /zeren_http_request_duration_seconds_bucket/)
    assert.match(text, /zeren_pool_connections\{pool="acts",state="total"\}/)
  })

  it('While history is being replayed everything can be read and nothing done: `history-loading`', async () => {
    const progress = { done: 3, total: 10, label: { zh: '已到 2016-01-01', en: 'up to 2016-01-01' } }
    const history = server.program.history as { progress: unknown; failure: unknown }
    const client = await server.as(['Liu County', 'county-head'])
    Object.assign(history, { progress })
    try {
      assert.deepEqual((await client.session()).ready, progress)
      assert.equal((await get('/api/acts')).status, 200)
      assert.equal((await get('/readyz')).status, 503)
      const refused = await client
        .act('programme.found', {} as never, { key: 'k' })
        .catch((error: { refusals: { code: string }[] }) => error.refusals)
      assert.deepEqual(
        (refused as { code: string }[]).map(({ code }) => code),
        ['history-loading'],
      )
    } finally {
      Object.assign(history, { progress: null })
    }
  })

  it('When the replay of history stopped short nothing can be done: `history-stopped`', async () => {
    const history = server.program.history as { failure: unknown }
    const client = await server.as(['Liu County', 'county-head'])
    Object.assign(history, { failure: new Error('cut off') })
    try {
      const refused = await client
        .moveDay('2016-04-01')
        .catch((error: { refusals: { code: string }[] }) => error.refusals)
      assert.deepEqual(
        (refused as { code: string }[]).map(({ code }) => code),
        ['history-stopped'],
      )
    } finally {
      Object.assign(history, { failure: undefined })
    }
  })

  it('Pages come with a policy that lets no script in from elsewhere', async () => {
    const { headers } = await get('/healthz')
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /script-src 'self'(;|$)/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
  })

  it('A server that stops answers what was asked and waits for nobody who only connected', async () => {
    const own = await TestServer.open({ world: server.world })
    const { port } = new URL(own.url)
    const silent = connect(Number(port), '127.0.0.1')
    await once(silent, 'connect')
    // Known to the server too, once it has answered a later one.
    await fetch(`${own.url}/healthz`).then((response) => response.text())
    const begun = performance.now()
    await Promise.all([own.close(), once(silent, 'close')])
    assert.ok(performance.now() - begun < 10_000)
  })
})
