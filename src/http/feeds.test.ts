import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import ICAL from 'ical.js'
import { findAct } from '#src/acts.ts'
import { type Database, openDb } from '#kernel/db.ts'
import { TestServer } from '#test/server.ts'

const act = (name: string) => {
  const found = findAct(name)
  assert.ok(found, name)
  return found
}
const day = '2016-03-29'
const governor = ['Qingshan Province', 'governor'] as const

describe('The calendar of a seat', () => {
  let server: TestServer
  let owner: Database
  let cookie: string
  const seat = () => ({ unit: server.world.unit('Qingshan Province'), post: 'governor' })
  const address = async () => {
    const response = await fetch(`${server.url}/api/inbox/delivery`, { headers: { cookie } })
    return ((await response.json()) as { calendar: string | null; mail: unknown }).calendar
  }
  const read = async (url: string, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const share = (more: object = {}, on = day) =>
    server.world.done(act('calendar.share'), { ...seat(), ...more }, { as: governor, on })
  const eventsOf = (text: string) =>
    new ICAL.Component(ICAL.parse(text) as never).getAllSubcomponents('vevent').map((each) => new ICAL.Event(each))

  before(async () => {
    server = await TestServer.open({ day })
    owner = openDb(server.world.database.owner)
    const centre = { unit: server.world.unit('The Centre') }
    const units = ['Liu County', 'Ye County'].map(server.world.unit)
    await server.world.done(act('unit.designate'), { ...centre, units }, { as: ['The Centre', 'office-director'] })
    await server.world.done(act('calendar.open'), { ...centre, year: 2016 }, { as: 'mechanism', on: '2016-01-05' })
    cookie = await server.cookieOf(...governor)
  })
  after(async () => {
    await owner.close()
    await server.close()
  })

  it('Before it is shared it has no address', async () => {
    assert.equal(await address(), null)
  })

  it('Once shared, a calendar program finds what the seat owes, each as a whole day without a time zone', async () => {
    await share({ language: 'en' })
    const url = await address()
    assert.match(url ?? '', /\/calendar\/[\w-]{43}\.ics$/)
    const { status, headers, text } = await read(url ?? '')
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^text\/calendar; charset=utf-8/)
    const plan = eventsOf(text).find((event) => event.summary.startsWith('Adopt the annual plan'))
    assert.ok(plan)
    assert.equal(plan.startDate.isDate, true)
    assert.equal(plan.startDate.toString(), '2016-03-31')
    assert.equal(plan.endDate.toString(), '2016-04-01')
    assert.match(plan.description, /2 working days left\nhttp:\/\/127\.0\.0\.1:\d+\/obligations\//)
    assert.match(text, /DTSTAMP:20160105T/)
  })

  it('It is written as RFC 5545 has it: lines end with CRLF, none is longer than 75 octets, commas and newlines are escaped', async () => {
    await share({ language: 'both' })
    const { text } = await read((await address()) ?? '')
    assert.ok(text.endsWith('END:VCALENDAR\r\n'))
    assert.doesNotMatch(text.replaceAll('\r\n', ''), /[\r\n]/)
    for (const line of text.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.match(
      text.replaceAll('\r\n ', ''),
      /X-WR-CALNAME:责任 · 青山省 省长 \/ Zeren · Qingshan Province · Governor/,
    )
    const again = eventsOf((await read((await address()) ?? '')).text).map((event) => event.uid)
    assert.deepEqual(
      eventsOf(text).map((event) => event.uid),
      again,
    )
    assert.ok(again.length > 0 && new Set(again).size === again.length)
  })

  it('What has not changed is not sent again', async () => {
    const url = (await address()) ?? ''
    const { headers } = await read(url)
    const tag = headers.get('etag') ?? ''
    assert.equal((await read(url, { 'if-none-match': tag })).status, 304)
  })

  it('Of an address that leads nowhere nothing is told: made up, cut, changed by a letter, replaced, or withdrawn', async () => {
    const first = (await address()) ?? ''
    const token = /calendar\/(.+)\.ics/.exec(first)?.[1] ?? ''
    const other = token.endsWith('A') ? `${token.slice(0, -1)}Q` : `${token.slice(0, -1)}A`
    const bad = [other, token.slice(0, -1), 'x', 'A'.repeat(43), `${token}A`].map(
      (each) => `${server.url}/calendar/${each}.ics`,
    )
    await share()
    const second = (await address()) ?? ''
    assert.notEqual(second, first)
    assert.equal((await read(second)).status, 200)
    await server.world.done(act('calendar.withdraw'), seat(), { as: governor, on: day })
    const told = await Promise.all(
      [...bad, first, second].map(async (url) => ({ ...(await read(url)), headers: undefined })),
    )
    assert.deepEqual(new Set(told.map(({ status }) => status)), new Set([404]))
    assert.equal(new Set(told.map(({ text }) => text)).size, 1)
  })

  it('It ends when whoever shared it leaves the seat', async () => {
    await share()
    const url = (await address()) ?? ''
    assert.equal((await read(url)).status, 200)
    await owner.pool.query(
      `update appointment set valid_at = daterange(lower(valid_at), $3) where unit_id = $1 and post = $2`,
      [seat().unit, seat().post, day],
    )
    assert.equal((await read(url)).status, 404)
  })

  it('The number of messages in each state is there for whoever operates the program, and whether mail is sent at all', async () => {
    assert.match((await read(`${server.url}/metrics`)).text, /zeren_mail\{state="failed"\} 0/)
  })
})
