import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { TestServer } from '#test/server.ts'

describe('The pages', () => {
  let server: TestServer
  const folder = mkdtempSync(path.join(tmpdir(), 'zeren-web-'))
  const script = `console.log('${'x'.repeat(5_000)}')`
  before(async () => {
    mkdirSync(path.join(folder, 'assets'))
    writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Zeren</title>')
    writeFileSync(path.join(folder, 'icon.svg'), '<svg/>')
    writeFileSync(path.join(folder, 'assets/main-1a2b3c.js'), script)
    server = await TestServer.open({ options: { web: folder } })
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const get = async (where: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${where}`, { headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }

  it('Every address of the app is the app itself, asked for anew each time', async () => {
    for (const where of ['/', '/units/130627', '/exits?on=2016-01-01']) {
      const { status, headers, text } = await get(where)
      assert.equal(status, 200, where)
      assert.match(text, /<title>Zeren/)
      assert.equal(headers.get('cache-control'), 'no-cache')
    }
  })

  it('A file with a fingerprint in its name is kept for good and travels compressed', async () => {
    const { headers, text } = await get('/assets/main-1a2b3c.js', { 'accept-encoding': 'gzip' })
    assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal(headers.get('content-encoding'), 'gzip')
    assert.equal(text, script)
    assert.equal((await get('/icon.svg')).headers.get('cache-control'), 'no-cache')
  })

  it('The address of an act or a figure is a page, although its name has a dot in it', async () => {
    for (const page of ['/act/exit.propose', '/figures/exits.by-year?year=2018'])
      assert.equal((await get(page)).status, 200, page)
  })

  it('A file that does not exist is not the app, and nothing outside the folder is a page', async () => {
    assert.equal((await get('/assets/main-old.js')).status, 404)
    assert.equal((await get('/..%2f..%2fetc/passwd.txt')).status, 404)
    assert.equal((await get('/api/units/x')).status, 404)
  })
})

describe('A server whose database is gone', () => {
  it('It tells that the database cannot be reached, and that nothing was changed', async () => {
    const server = await TestServer.open({ readerGone: true })
    try {
      const ready = await fetch(`${server.url}/readyz`)
      assert.equal(ready.status, 503)
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200)
      const answer = await fetch(`${server.url}/api/units?named=130627`)
      assert.equal(answer.status, 503)
      assert.ok(answer.headers.get('retry-after'))
      assert.equal(((await answer.json()) as { type: string }).type, '/problems/unreachable')
    } finally {
      await server.close()
    }
  })
})
