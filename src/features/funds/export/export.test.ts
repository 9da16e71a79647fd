import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { openBook } from '#src/sheets/index.ts'
import { seedBooks } from '#test/seeded-books.ts'
import { TestServer } from '#test/server.ts'
import { readText } from '#test/plain-text-books.ts'

describe('the books as files', () => {
  let server: TestServer
  let seeded: Awaited<ReturnType<typeof seedBooks>>
  let cookie: string
  before(async () => {
    server = await TestServer.open({ day: '2017-01-02' })
    seeded = await seedBooks(server.world)
    cookie = await server.cookieOf('Liu County', 'finance-director-county')
  })
  after(() => server.close())

  const get = (path: string, as = cookie) => fetch(`${server.url}/api/exports/${path}`, { headers: { cookie: as } })
  /** An own reader of RFC 4180. */
  const readCsv = (text: string) => {
    const rows: string[][] = []
    for (const [, quoted, plain = '', end] of text.slice(1).matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
      const row = rows.at(-1)?.at(-1) === '\0' ? rows.at(-1) : undefined
      const cell = quoted?.replaceAll('""', '"') ?? plain
      if (row) row.splice(-1, 1, cell)
      else rows.push([cell])
      if (end === ',') rows.at(-1)?.push('\0')
    }
    return rows
  }

  it('A finance director takes the whole country’s books away as a journal, and they balance', async () => {
    const response = await get('funds.journal?lang=zh')
    assert.equal(response.status, 200)
    assert.match(
      response.headers.get('content-disposition') ?? '',
      /attachment; filename="funds-hledger-2017-01-02.journal"/,
    )
    const { counted, asserted, transactions } = readText(await response.text())
    assert.equal(transactions, 22)
    assert.deepEqual(counted, asserted)
  })

  it('Whoever has no seat is asked to sign in before any payment is named', async () => {
    for (const ending of ['journal', 'ledger', 'beancount', 'csv', 'xlsx'])
      assert.equal((await get(`funds.${ending}`, '')).status, 401, ending)
  })

  it('Anybody takes what the projects got, in the forms of IATI and OC4IDS', async () => {
    for (const [ending, type] of [
      ['iati.xml', /application\/xml/],
      ['oc4ids.json', /application\/json/],
    ] as const) {
      const response = await get(`funds.${ending}`, '')
      assert.equal(response.status, 200)
      assert.match(response.headers.get('content-type') ?? '', type)
      assert.match(await response.text(), /东村道路/)
      const none = await get(`funds.${ending}?on=2016-01-15`, '')
      assert.equal(none.status, 404)
    }
  })

  it('A unit that nobody knows, a year that is none and a day that has not come are told as problems', async () => {
    assert.equal((await get('funds.csv?unit=00000000-0000-8000-8000-000000000000')).status, 404)
    for (const query of ['unit=x', 'year=16', 'on=2018-01-01', 'format=csv'])
      assert.equal((await get(`funds.csv?${query}`)).status, 400, query)
  })

  it('A table of the transfers keeps every fen, every comma and every quote', async () => {
    const response = await get(`funds.csv?unit=${seeded.liu}&lang=en`)
    // What follows the mark is read as it was sent.
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
    assert.ok(text.startsWith('\uFEFFday,document,act,'))
    const [header = [], ...rows] = readCsv(text)
    assert.equal(rows.length, 11)
    const column = (name: string) => rows.map((row) => row[header.indexOf(name)])
    assert.ok(rows.every((row) => row.length === header.length))
    assert.ok(column('amount (yuan)').includes('1234567.89'))
    assert.ok(column('work').includes('路基: 第一段, "甲"'))
    assert.ok(column('payee').includes('柳县"路桥"公司; (一分公司)|甲'))
    assert.ok(column('reverses').includes(`${seeded.pay}/3`))
  })

  it('A cell that a spreadsheet would run as a formula is written as text, and an amount below zero stays a number', async () => {
    const { csvLine } = await import('./cells.ts')
    assert.equal(
      csvLine(['=1+1', '-2.00', null, 'a\nb'], (at) => at === 1),
      `'=1+1,-2.00,,"a\nb"\r\n`,
    )
  })

  it('The sheet holds the same transfers, with amounts that can be added up', async () => {
    const response = await get('funds.xlsx?lang=en')
    assert.equal(response.status, 200)
    const book = await openBook(new Uint8Array(await response.arrayBuffer()))
    const rows = []
    for await (const row of book.sheets[0]?.rows() ?? []) rows.push(row)
    await book.close()
    assert.equal(rows.length, 23)
    assert.match(JSON.stringify(rows), /1234567\.89/)
    assert.match(JSON.stringify(rows), /90000000000000\.01/)
  })

  it('A caller who goes away in the midst leaves no connection behind', async () => {
    for (let n = 0; n < 8; n++) {
      const gone = new AbortController()
      const response = await fetch(`${server.url}/api/exports/funds.csv`, { headers: { cookie }, signal: gone.signal })
      assert.equal(response.status, 200)
      gone.abort()
    }
    const last = await get('funds.csv')
    assert.equal(last.status, 200)
    await last.text()
  })

  it('On the command line the books go to a file or to whoever reads on, and a payment to the bank’s file', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'zeren-funds-'))
    const zeren = (...typed: string[]) =>
      promisify(execFile)(
        process.execPath,
        ['bin/zeren.mjs', 'funds', ...typed, '--server', server.url, '--lang', 'en'],
        {
          env: { ...process.env, ZEREN_HOME: folder },
        },
      )
    const as = ['--as', '130627/finance-director-county']
    try {
      const { stdout } = await zeren('export', '--format', 'hledger', '--unit', '130627', ...as)
      const { counted, asserted } = readText(stdout)
      assert.ok(counted.size > 5)
      assert.deepEqual(counted, asserted)
      const file = path.join(folder, 'books.csv')
      await zeren('export', '--format', 'csv', '--year', '2016', '--out', file, ...as)
      assert.match(readFileSync(file, 'utf8'), /1234567\.89/)
      const bank = path.join(folder, 'bank.csv')
      await zeren('payments', '--act', seeded.pay, '--format', 'csv', '--out', bank, ...as)
      assert.match(readFileSync(bank, 'utf8'), /6217000000000000019/)
      await assert.rejects(zeren('export', '--format', 'pdf', ...as), /--format is one of hledger, ledger/)
      await assert.rejects(
        zeren('export', '--format', 'csv', '--out', path.join(folder, 'no/where.csv'), ...as),
        /cannot be written/,
      )
      await assert.rejects(zeren('export', '--format', 'csv'), /Sign in/i)
      assert.ok(readdirSync(folder).every((name) => !name.endsWith('.part')))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
