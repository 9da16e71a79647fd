import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound } from '#kernel/ask.ts'
import { figure } from '#kernel/figure.ts'
import type { Problem } from '#src/client/wire.ts'
import { TestServer } from '#test/server.ts'

const echo = ask({
  name: 'test.echo',
  title: { zh: '回声', en: 'Echo' },
  purpose: { zh: '只供测试', en: 'Only for this test' },
  access: 'public',
  input: z.object({
    count: z.int().default(1),
    share: z.number().optional(),
    open: z.boolean().optional(),
    units: z.array(z.string()).optional(),
    what: z.string().max(10_000).optional(),
    maybe: z.int().nullable().optional(),
  }),
  answer: (reader, input) =>
    Promise.resolve({ ...input, on: reader.on, map: reader.map, today: reader.today, big: 12n }),
})
const hidden = ask({ ...echo, name: 'test.hidden', access: 'seated' })
const missing = ask({
  ...echo,
  name: 'test.missing',
  answer: () => Promise.reject(new NotFound({ zh: '没有这封责任书。', en: 'There is no such letter.' })),
})
const writing = ask({
  ...echo,
  name: 'test.write',
  answer: (reader) => sql`insert into unit (id) values (gen_random_uuid())`.execute(reader.db),
})
const seats = figure({
  name: 'test.seats',
  title: { zh: '职务数', en: '=Seats' },
  definition: { zh: '有人担任的职务', en: 'Seats that somebody holds' },
  measure: { zh: '个', en: 'seats' },
  kind: 'sum',
  duty: 'appoint-officials',
  better: 'more',
  records: ({ on }) => sql`
    select unit_id, 1 as value, '/seats/' || unit_id || '/' || post as record, post as label_zh, post as label_en, lower(valid_at) as since, act_id
      from appointment where valid_at @> ${on}::date`,
})
const vacant = {
  id: 'test-vacant',
  title: { zh: '空缺', en: 'Vacant' },
  severity: 'warning',
  why: { zh: '无人负责', en: 'Nobody answers' },
  todo: { zh: '任命', en: 'Appoint' },
  duty: 'appoint-officials',
  details: `select unit_id, '/units/' || unit_id as record, 'x' as label_zh, 'x' as label_en, $1::date as since from unit_version limit 2`,
} as const

describe('Reads over HTTP', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open({
      more: { asks: [echo, hidden, missing, writing], figures: [seats], checks: [vacant] },
    })
  })
  after(() => server.close())

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, { headers })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : null) as never,
    }
  }
  const fields = (body: never) => (body as Problem).issues?.map(({ field }) => field)

  it('Numbers, yes-or-no and lists are read as the question says they are; a number that looks like a name stays one', async () => {
    const { body } = await get(
      '/api/asks/test.echo?count=3&share=0.25&open=true&units=a,b&what=007&maybe=4&on=2016-02-01',
    )
    assert.deepEqual(body, {
      count: 3,
      share: 0.25,
      open: true,
      units: ['a', 'b'],
      what: '007',
      maybe: 4,
      on: '2016-02-01',
      map: '2016-02-01',
      today: '2016-03-01',
      big: '12',
    })
    const lists = await Promise.all(
      ['units=a&units=b', 'units=["a","b"]', 'units=%5B%22a%22%2C%22b%22%5D'].map((query) =>
        get(`/api/asks/test.echo?${query}`),
      ),
    )
    for (const { body } of lists) assert.deepEqual((body as { units: string[] }).units, ['a', 'b'])
  })

  it('A parameter that does not exist, a number that is none and a day that is none are malformed, each named', async () => {
    assert.deepEqual(fields((await get('/api/asks/test.echo?colour=red')).body), ['colour'])
    assert.deepEqual(fields((await get('/api/asks/test.echo?count=many')).body), ['count'])
    assert.deepEqual(fields((await get('/api/asks/test.echo?on=2016-02-30')).body), ['on'])
    assert.deepEqual(fields((await get('/api/asks/test.echo?what=%00')).body), ['what'])
    assert.deepEqual(fields((await get('/api/figures/test.seats?unit=seven')).body), ['unit'])
  })

  it('A day that has not come cannot be asked as of, nor its map', async () => {
    assert.deepEqual(fields((await get('/api/asks/test.echo?on=2016-03-02')).body), ['on'])
    assert.deepEqual(fields((await get('/api/asks/test.echo?map=2020-01-01')).body), ['map'])
  })

  it('A language that the house does not speak is malformed where it is a parameter, and passed over where it is a wish', async () => {
    assert.deepEqual(fields((await get('/api/asks/test.echo?lang=fr')).body), ['lang'])
    const { headers, body } = await get('/api/asks/test.missing', { 'accept-language': 'fr, de' })
    assert.equal(headers.get('content-language'), 'zh')
    assert.equal((body as Problem).title, '没有这封责任书。')
  })

  it('What is not found is told in the words of the question', async () => {
    const { status, body } = await get('/api/asks/test.missing?lang=en')
    assert.equal(status, 404)
    assert.equal((body as Problem).title, 'There is no such letter.')
  })

  it('What is not for the public is for people with a seat', async () => {
    assert.equal((await get('/api/asks/test.hidden')).status, 401)
    assert.equal((await get('/api/figures/test.seats/records')).status, 401)
    assert.equal((await get('/api/checks/test-vacant')).status, 401)
    const client = await server.as(['Liu County', 'county-head'])
    assert.equal((await client.send<{ count: number }>('GET', '/api/asks/test.hidden')).count, 1)
    assert.equal((await client.check('test-vacant')).total, 2)
    const summary = await client.checkSummary('test-vacant')
    assert.deepEqual([summary.total, summary.units.reduce((sum, each) => sum + each.total, 0)], [2, 2])
  })

  it('A question that would write is stopped by the database, and is a bug', async () => {
    const { status, body } = await get('/api/asks/test.write')
    assert.equal(status, 500)
    assert.ok((body as Problem).incident)
  })

  it('An answer that still stands is not sent again', async () => {
    const first = await get('/api/asks/test.echo')
    const tag = first.headers.get('etag') ?? ''
    assert.match(tag, /^W\//)
    assert.equal((await get('/api/asks/test.echo', { 'if-none-match': tag })).status, 304)
    assert.equal((await get('/api/asks/test.echo?count=2', { 'if-none-match': tag })).status, 200)
  })

  it('A figure of the root adds up from the units below it, and says who answers', async () => {
    const { body } = await get('/api/figures/test.seats')
    const { reading, below, answerable, unit } = body as {
      reading: { value: number }
      below: { value: number }[]
      answerable: { kind: string }
      unit: string
    }
    assert.equal(unit, server.world.unit('The Centre'))
    const own = server.world.charter.postsOf('centre').length
    assert.equal(reading.value, own + below.reduce((sum, row) => sum + row.value, 0))
    assert.equal(answerable.kind, 'holder')
  })

  it('A figure opens to its records, a page at a time', async () => {
    const client = await server.as(['Liu County', 'county-head'])
    const told = await client.send<{ total: number; records: { record: string; act: string }[] }>(
      'GET',
      `/api/figures/test.seats/records?unit=${server.world.unit('Liu County')}&limit=2`,
    )
    assert.equal(told.records.length, 2)
    assert.equal(told.total, server.world.charter.postsOf('county').length)
    assert.ok(told.records[0]?.act)
  })

  it('A figure over time is read at the end of each month, and too many months at once are malformed', async () => {
    const { body } = await get('/api/figures/test.seats/series?from=2015-11-15&to=2016-02-10')
    const { points } = body as { points: { on: string; value: number }[] }
    assert.deepEqual(
      points.map(({ on }) => on),
      ['2015-11-30', '2015-12-31', '2016-01-31', '2016-02-10'],
    )
    assert.deepEqual(
      points.map(({ value }) => value > 0),
      [false, false, true, true],
    )
    assert.deepEqual(fields((await get('/api/figures/test.seats/series?from=1990-01-01')).body), ['every'])
    assert.deepEqual(fields((await get('/api/figures/test.seats/series?from=2016-02-01&to=2016-01-01')).body), ['from'])
  })

  it('A figure is a table, too, which no spreadsheet takes for a formula', async () => {
    const { text, headers } = await get('/api/figures/test.seats.csv', { 'accept-language': 'zh' })
    assert.match(headers.get('content-type') ?? '', /^text\/csv/)
    assert.match(text, /代码,单位,数值/)
    assert.match(text, /青山省/)
    assert.match(text, /合计/)
  })

  it('Exactly one person answers for a duty over a county on a day', async () => {
    const { body } = await get(
      `/api/answerable?duty=propose-exit&unit=${server.world.unit('Liu County')}&on=2016-02-01`,
    )
    const told = body as { answerable: { kind: string; person: { id: string } }; unit: { name: { en: string } } }
    assert.equal(told.answerable.kind, 'holder')
    assert.equal(told.unit.name.en, 'Liu County')
    assert.equal((await get(`/api/answerable?duty=no-such-duty&unit=${server.world.unit('Liu County')}`)).status, 404)
    assert.deepEqual(fields((await get('/api/answerable?duty=propose-exit')).body), ['unit'])
  })
})
