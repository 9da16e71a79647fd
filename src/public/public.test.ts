import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import fastify from 'fastify'
import pg from 'pg'
import { get } from '#test/exit-walk.ts'
import { crawl, findPersonalData, type Read } from '#test/personal-data.ts'
import { TestServer } from '#test/server.ts'
import { helpCounties } from '../../test/e2e/help.ts'
import { sendPeople } from '../../test/e2e/labour.ts'
import { planMajors } from '../../test/e2e/majors.ts'
import { handMoneyDown } from '../../test/e2e/money.ts'
import { Prepared, storyDay, written } from '../../test/e2e/prepare.ts'
import { spendMoney } from '../../test/e2e/spend.ts'
import { toCsv } from '#src/http/csv.ts'
import { limitsOf, networkOf } from '#src/http/limits.ts'
import { asks } from '#src/asks.ts'
import { html } from './html.ts'
import { publicSite } from './routes.ts'
import { Shelf } from './shelf.ts'

const complaint = {
  kind: 'money',
  statement: '这段话只有办理单位可以看',
  contact: '电话 13900000009',
  receipt: 'Q7M2-8XKD-4RTB-W1HZ',
}
const objector = { name: '钱某某', contact: '微信 abc-objector' }
const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.from('a small picture'),
])

describe('The public site', () => {
  let prepared: Prepared
  let server: TestServer
  before(async () => {
    prepared = await Prepared.wholeCountry()
    const { world } = prepared
    await spendMoney(world, await handMoneyDown(world))
    await planMajors(world)
    await sendPeople(world)
    await helpCounties(world)
    const objecting = { unit: world.unit('Tong County'), year: 2018, statement: '另一条异议的内容', ...objector }
    await world.done(get('notice.object'), objecting, { as: 'public', on: storyDay })
    await world.done(
      get('complaint.file'),
      { unit: world.unit('Liu County'), ...complaint },
      { as: 'public', on: '2018-10-15' },
    )
    server = await TestServer.open({ day: storyDay, world, options: { limits: { publicActsPerMinute: 30 } } })
  })
  after(async () => {
    await server.close()
    await prepared.world.close()
  })

  const unit = (name: string) => prepared.world.unit(name)
  const read = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${server.url}${path}`, { headers })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const send = async (path: string, fields: Record<string, string | File>, multipart = false) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    const body = multipart ? form : new URLSearchParams(fields as Record<string, string>)
    const response = await fetch(`${server.url}${path}`, { method: 'POST', body, headers: { origin: server.url } })
    const text = await response.text()
    answers.push({ address: path, status: response.status, text })
    return { status: response.status, headers: response.headers, text }
  }
  /** What forms were answered with. */
  const answers: { address: string; status: number; text: string }[] = []
  const keyIn = (text: string) => /name="key" value="([^"]+)"/.exec(text)?.[1] ?? ''
  const receiptIn = (text: string) => /class="receipt">([^<]+)</.exec(text)?.[1] ?? ''

  /** What is known to be somebody's, as the database's owner sees it. */
  async function secretsOf(): Promise<string[]> {
    const owner = new pg.Client(prepared.world.database.owner)
    await owner.connect()
    const { rows } = await owner.query<{ secret: string | null }>(`
      select id_number as secret from worker_private union select phone from worker_private
      union select p.name_zh from worker w join person p on p.id = w.id
      union select name from payee_private r join payee p on p.id = r.payee_id where p.shown <> r.name
      union select account from payee_private
      union select name from objector union select contact from objector union select statement from exit_objection
      union select contact from complainant union select words from complaint_text`)
    await owner.end()
    // The last is the phrase by which somebody shows that a pledge is theirs.
    return [...rows.flatMap(({ secret }) => (secret ? [secret] : [])), 'by the old bridge']
  }

  /** With what the questions of the public are asked here, where they must be asked with something. */
  async function samples(): Promise<Readonly<Record<string, Record<string, string>>>> {
    const { rows } = await prepared.world.engine.database.pool.query<{ key: string; id: string }>(
      `
      select 'line' as key, (select line_id from fund_account where unit_id <> $1 order by id limit 1)::text as id
      union all select 'major', (select id from major_project limit 1)::text
      union all select 'need', (select id from need limit 1)::text
      union all select 'posting', (select act_id from fund_transfer where kind = 'pay' limit 1)::text
      union all select 'disclosure', (select id from fund_disclosure limit 1)::text`,
      [unit('The Centre')],
    )
    const of = Object.fromEntries(rows.map(({ key, id }) => [key, id]))
    const [place, line] = [{ unit: unit('Tong County') }, { line: of['line'] ?? '' }]
    const id = (value = '') => ({ id: value })
    const [receipt = '', objection = ''] = ['complaints', 'notices'].map((kind) =>
      answers
        .map(({ address, text }) => (address.includes(`/${kind}`) ? receiptIn(text) : ''))
        .find((each) => each !== ''),
    )
    return {
      'find.anything': { text: '桐' },
      'unit.show': place,
      'duty.answerable': { ...place, duty: 'answer-complaints' },
      'goal.tree': place,
      'goal.reconcile': place,
      'plan.list': place,
      'major-project.list': { unit: unit('The Centre') },
      'major-project.show': id(of['major']),
      'notice.show': { ...place, year: '2018', round: '1' },
      'objection.show': { receipt: objection },
      'funds.lines': place,
      'line.show': line,
      'funds.execution': place,
      'funds.flow': place,
      'account.entries': place,
      'posting.show': { act: of['posting'] ?? '' },
      'funds.trace': line,
      'disclosure.show': id(of['disclosure']),
      'need.show': id(of['need']),
      'complaint.status': { receipt },
      'letter.verify': { code: 'AAAA-AAAA-AAAA' },
    }
  }
  /** No policy was issued here. */
  const unanswered = { 'policy.show': { id: randomUUID() } }

  let pages: readonly Read[] = []
  const withPages = async () => {
    if (pages.length === 0) pages = await crawl(server.url, '/public')
    return pages
  }

  it('Everything that it leads to is there, in both languages and as files, and nothing needs a script', async () => {
    const all = await withPages()
    assert.deepEqual(
      all
        .filter(({ status, address }) => status !== 200 && !/complaints\/(status|add|contest)/.test(address))
        .map(({ address }) => address),
      [],
    )
    const kinds = [
      '/public/notices/',
      '/public/money/',
      '/public/projects/',
      '/public/units/',
      '.csv',
      '.json',
      'lang=en',
    ]
    for (const kind of kinds)
      assert.ok(
        all.some(({ address }) => address.includes(kind)),
        kind,
      )
    const html = all.filter(({ type }) => type.startsWith('text/html'))
    assert.ok(html.length > 40, `only ${html.length} pages were seen`)
    for (const { address, text } of html) {
      assert.doesNotMatch(text, /<script|javascript:|\son\w+=|<style|style="/i, address)
      assert.doesNotMatch(text, /(src|href)="(https?:)?\/\/(?!creativecommons\.org)/, address)
      assert.match(text, /<html lang="(zh-CN|en)">[\s\S]*<main id="main">\s*<h1>/, address)
      assert.match(text, /class="made-up"/, address)
      assert.doesNotMatch(text, /undefined|\[object|NaN/, address)
    }
  })
  it('No page and no file tells of a person what the public must not know', async () => {
    const secrets = await secretsOf()
    assert.ok(secrets.length > 15 && secrets.includes(complaint.statement) && secrets.includes(written.objection))
    const leaks = (await withPages()).flatMap(({ address, text }) =>
      findPersonalData(text, secrets).map(({ kind, where }) => `${address}: ${kind} in «${where}»`),
    )
    assert.deepEqual(leaks, [])
  })
  it('The scanner finds what is planted, and takes no id of ours for a person', () => {
    const planted = {
      '身份证号 130102199001011234': 'an ID number',
      '账号 6217000000000000002': 'a bank account',
      '电话 13912345678': 'a mobile telephone',
      '0312-5551234': 'a telephone',
      'a.b@example.org': 'an e-mail address',
    }
    for (const [text, kind] of Object.entries(planted))
      assert.ok(
        findPersonalData(`<p>${text}</p>`).some((leak) => leak.kind === kind),
        kind,
      )
    assert.deepEqual(findPersonalData('<p>张三</p>', ['张三'])[0]?.kind, '«张三»')
    assert.deepEqual(findPersonalData('/public/units/0199a1b2-1234-8123-8123-a13912345678 12,345,678.00 元'), [])
  })
  it('What is put into a page is text, whatever it looks like', () => {
    assert.equal(
      html`<p>${'<b onclick="x">'}${[html`<i>`]}${null}</p>`.text,
      '<p>&lt;b onclick=&quot;x&quot;&gt;<i></p>',
    )
  })
  it('A page is named by what it says: unchanged, it is not sent again; compressed, it says so', async () => {
    const first = await read('/public/notices', { 'accept-language': 'en', 'accept-encoding': 'gzip' })
    assert.match(first.text, /Notices of exits/)
    assert.equal(first.headers.get('content-encoding'), 'gzip')
    assert.equal(first.headers.get('cache-control'), 'public, no-cache')
    assert.match(first.headers.get('vary') ?? '', /Accept-Language/)
    assert.equal(first.headers.get('set-cookie'), null)
    assert.match(first.headers.get('content-security-policy') ?? '', /^default-src 'none'/)
    const tag = first.headers.get('etag') ?? ''
    const again = await read('/public/notices', { 'accept-language': 'en', 'if-none-match': tag })
    assert.deepEqual([again.status, again.text], [304, ''])
    const chinese = await read('/public/notices?lang=zh', { 'accept-language': 'en' })
    assert.match(chinese.text, /lang="zh-CN"[\s\S]*退出公示[\s\S]*还有 \d+ 天/)
  })
  it('What is not there, and what nobody can read, is said in a page in the reader’s language', async () => {
    const english = { 'accept-language': 'en' }
    const missing = await read(`/public/units/${randomUUID()}`, english)
    assert.deepEqual([missing.status, /There was no such unit/.test(missing.text)], [404, true])
    assert.equal((await read('/public/nowhere', english)).status, 404)
    const strange = await read('/public/notices?colour=red', english)
    assert.deepEqual([strange.status, /no such parameter/.test(strange.text)], [400, true])
    assert.equal((await read('/public/notices?on=2030-01-01', english)).status, 400)
    assert.equal((await read('/public/notices?on=yesterday', english)).status, 400)
    assert.equal((await read('/public/complaints?on=2018-01-01', english)).status, 400)
    assert.equal((await read('/public/notices?map=2018-01-01', english)).status, 400)
    assert.equal((await read('/public/notices?lang=fr', english)).status, 400)
    assert.equal((await read('/public/data/people.csv', english)).status, 404)
  })
  it('An address answers as of any earlier day, and whoever follows the links stays there; forms are of today', async () => {
    const address = `/public/notices/${unit('Tong County')}/2018/1`
    const now = await read(`${address}?lang=en`)
    const told = /on=(\d{4}-\d\d-\d\d)/
    assert.doesNotMatch(now.text.replaceAll(/<input[^>]*>/g, ''), told)
    const from = /<time datetime="([^"]+)"/.exec(now.text)?.[1] ?? ''
    const then = await read(`${address}?lang=en&on=${from}`)
    assert.match(then.text, /This is how it stood on [\s\S]*See today/)
    assert.match(then.text, new RegExp(`/public/notices\\?on=${from}&amp;lang=en`))
    assert.doesNotMatch(then.text, /object\?|\/public\/complaints\?on=/)
    assert.equal((await read(`${address}?on=2018-01-01`)).status, 404)
    const { asOf, rows } = JSON.parse((await read('/public/data/notices.json?on=2018-01-01')).text)
    assert.equal(asOf, '2018-01-01')
    assert.ok(rows.every((row: { from: string }) => row.from <= asOf))
    // Whatever is public on some day is so on each, and a scan of an earlier day finds nobody either.
    const old = await crawl(server.url, `/public?on=${from}`)
    assert.ok(old.filter(({ address: at, status }) => status === 200 && at.includes(`on=${from}`)).length > 20)
    const secrets = await secretsOf()
    assert.deepEqual(
      old.flatMap(({ address: at, text }) => findPersonalData(text, secrets).map(({ kind }) => `${at}: ${kind}`)),
      [],
    )
  })
  it('Long lists come a page at a time', async () => {
    const page = await read('/public/units?offset=3&lang=en')
    assert.match(page.text, /rel="prev"/)
    assert.equal((await read('/public/units?offset=-1')).status, 400)
  })
  it('Open data say what they are, and the numbers of a file are those of the page', async () => {
    const catalogue = JSON.parse((await read('/public/data/catalogue.json')).text)
    assert.deepEqual(
      catalogue.sets.map((set: { id: string }) => set.id),
      ['counties', 'notices', 'figures', 'money', 'projects', 'needs', 'campaigns', 'pairings'],
    )
    for (const { files } of catalogue.sets) {
      const [csv, json] = await Promise.all(files.map(({ address }: { address: string }) => read(address)))
      const told = JSON.parse(json.text)
      assert.ok(told.rows.length > 0, told.id)
      assert.equal(told.asOf, storyDay)
      assert.ok(told.madeUp && told.licence.id === 'CC-BY-4.0')
      const [head, ...lines] = csv.text.trim().replace('\uFEFF', '').split('\r\n')
      assert.equal(head, told.columns.map((column: { key: string }) => column.key).join(','))
      assert.equal(lines.length, told.rows.length)
    }
    const counties = JSON.parse((await read('/public/data/counties.json')).text)
    assert.equal(counties.rows.length, 5)
    assert.equal((await read('/public/data/counties.json?year=2018')).status, 400)
  })
  it('Anyone objects by a plain form, gets a receipt, and sending it twice does it once', async () => {
    const address = `/public/notices/${unit('Tong County')}/2018/1`
    const before = await read(`${address}?lang=en`)
    const form = await read(`${address}/object?lang=en`)
    assert.equal(form.headers.get('cache-control'), 'no-store')
    assert.equal(form.headers.get('referrer-policy'), 'same-origin')
    const fields = { key: keyIn(form.text), statement: '公示的数字不对', name: '', contact: '' }
    const done = await send(`${address}/object`, fields)
    const receipt = receiptIn(done.text)
    assert.match(receipt, /^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
    assert.equal(receiptIn((await send(`${address}/object`, fields)).text), receipt)
    const after = await read(`${address}?lang=en`)
    const count = (text: string) => text.match(/being looked into/g)?.length ?? 0
    assert.equal(count(after.text), count(before.text) + 1)
    const asked = await send('/public/objections?lang=en', { receipt })
    assert.match(asked.text, /being looked into/)
    const bad = await send(`${address}/object?lang=en`, { ...fields, key: randomUUID(), statement: 'no' })
    assert.deepEqual([bad.status, /What you say/.test(bad.text)], [400, true])
  })
  it('Anyone complains by a plain form with a picture, asks with the receipt, and adds to it', async () => {
    const page = await read(`/public/complaints?unit=${unit('Song County')}&lang=en`)
    const filed = {
      key: keyIn(page.text),
      unit: unit('Song County'),
      kind: 'project',
      against: 'leaders',
      statement: '路基没有压实\r\n已经开裂',
      contact: '',
      file: new File([png], '路.png', { type: 'image/png' }),
    }
    const done = await send('/public/complaints?lang=en', filed, true)
    assert.equal(done.status, 200, done.text)
    const receipt = receiptIn(done.text)
    assert.match(done.text, /Heyang City · Director of the city poverty office/)
    assert.equal(receiptIn((await send('/public/complaints', filed, true)).text), receipt)
    const status = await send('/public/complaints/status?lang=en', { receipt: receipt.toLowerCase() })
    assert.match(status.text, /being looked into/)
    assert.match(status.text, /hreflang="zh-CN" href="\/public\/complaints\?lang=zh"/)
    assert.doesNotMatch(status.text, /压实/)
    const added = await send('/public/complaints/add?lang=en', {
      key: keyIn(status.text),
      receipt,
      statement: '还有一段',
    })
    assert.match(added.text, /added to/)
    const early = await send('/public/complaints/contest?lang=en', { key: randomUUID(), receipt, statement: '不满意' })
    assert.equal(early.status, 400)
    const refused = await send('/public/complaints/contest?lang=en', {
      key: randomUUID(),
      receipt,
      statement: '我不满意',
    })
    assert.deepEqual([refused.status, /not answered yet/.test(refused.text)], [409, true])
    const none = await send('/public/complaints/status?lang=en', { receipt: complaint.receipt.replace('Q', 'R') })
    assert.deepEqual([none.status, /no such receipt/.test(none.text)], [404, true])
  })
  it('A file that is not what it says is refused in words, and one that is too large as such', async () => {
    const page = await read(`/public/complaints?unit=${unit('Song County')}&lang=en`)
    const filing = (file: File) =>
      send(
        '/public/complaints?lang=en',
        { key: keyIn(page.text), unit: unit('Song County'), kind: 'other', statement: '附件测试', file },
        true,
      )
    const lying = await filing(new File(['MZ a program'], 'a.pdf', { type: 'application/pdf' }))
    assert.deepEqual([lying.status, /holds something other/.test(lying.text)], [409, true])
    const large = await filing(new File([new Uint8Array(2 * 1024 * 1024 + 1)], 'a.png', { type: 'image/png' }))
    assert.deepEqual([large.status, /more than 2 MB/.test(large.text)], [413, true])
    const huge = await filing(new File([new Uint8Array(3 * 1024 * 1024)], 'a.png', { type: 'image/png' }))
    assert.equal(huge.status, 413)
  })
  it('What a program fills in without looking is not taken, and nothing of it is kept', async () => {
    const page = await read(`/public/complaints?unit=${unit('Song County')}&lang=en`)
    assert.match(page.text, /aria-hidden="true">\s*<label for="website">Leave this empty/)
    const fields = {
      key: keyIn(page.text),
      unit: unit('Song County'),
      kind: 'other',
      statement: 'cheap loans, buy now',
    }
    const spam = await send('/public/complaints?lang=en', { ...fields, website: 'https://spam.example' })
    assert.deepEqual([spam.status, /as programs do/.test(spam.text), receiptIn(spam.text)], [400, true, ''])
    const lookedFor = `select from journal where input::text like '%cheap loans%' or idempotency_key = $1`
    const key = createHash('sha256').update(`form ${fields.key}`).digest('base64url')
    assert.equal((await prepared.world.engine.database.pool.query(lookedFor, [key])).rows.length, 0)
    assert.equal((await send('/public/complaints?lang=en', { ...fields, website: '' })).status, 200)
  })
  it('What another site’s page sends is not carried out, and whoever floods the forms is told in words', async () => {
    const foreign = await fetch(`${server.url}/public/complaints`, {
      method: 'POST',
      body: new URLSearchParams({ statement: 'x' }),
      headers: { origin: 'https://elsewhere.example' },
    })
    assert.equal(foreign.status, 403)
    let last = await send('/public/objections?lang=en', { receipt: 'AAAAA-AAAAA' })
    for (let time = 0; time < 30 && last.status !== 429; time += 1)
      last = await send('/public/objections?lang=en', { receipt: 'AAAAA-AAAAA' })
    assert.deepEqual([last.status, /Too many requests/.test(last.text)], [429, true])
    assert.match(last.headers.get('retry-after') ?? '', /^\d+$/)
    assert.match(last.text, /try again in \d+ seconds; reading is not limited/)
    assert.equal((await read('/public')).status, 200)
    const { rows } = await prepared.world.engine.database.pool.query(
      `select from journal j where to_jsonb(j)::text ~ '127\\.0\\.0\\.1|::1'`,
    )
    assert.equal(rows.length, 0)
  })
  it('No page, file, form or question of the public is left out of the scan, whichever is added', async () => {
    const routes: { method: string; like: RegExp }[] = []
    const bare = fastify()
    bare.addHook('onRoute', ({ method, url }) => {
      if (method === 'GET' || method === 'POST')
        routes.push({ method, like: new RegExp(`^${url.replaceAll(/:\w+/g, '[^/?]+').replace(/\/$/, '')}([?].*)?$`) })
    })
    publicSite(bare, server.program, limitsOf('demonstration'))
    await bare.ready()
    await bare.close()
    const seen = { GET: await withPages(), POST: answers }
    const unseen = routes.filter(
      ({ method, like }) =>
        !seen[method as 'GET' | 'POST'].some(
          ({ address, status }) => like.test(address) && (status === 200 || method === 'POST'),
        ),
    )
    assert.ok(routes.length > 20, `only ${routes.length} routes`)
    assert.deepEqual(
      unseen.map(({ method, like }) => `${method} ${like.source}`),
      [],
    )
    const secrets = await secretsOf()
    const leaks = (answers as readonly { address: string; text: string }[]).flatMap(({ address, text }) =>
      findPersonalData(text, secrets).map(({ kind, where }) => `${address}: ${kind} in «${where}»`),
    )
    assert.deepEqual(leaks, [])
    const inputs = { ...(await samples()), ...unanswered } as Record<string, Record<string, string>>
    for (const { name } of asks.filter((each) => each.access === 'public')) {
      const asked = await read(`/api/asks/${name}?${new URLSearchParams(inputs[name] ?? {})}`)
      assert.equal(asked.status === 200, !(name in unanswered), `${name}: ${asked.text.slice(0, 400)}`)
      // Whoever holds the receipt of an objection reads what they said themselves.
      const foreign = secrets.filter((secret) => name !== 'objection.show' || secret !== '公示的数字不对')
      assert.deepEqual(findPersonalData(asked.text, foreign), [], name)
    }
  })
})

describe('Files of open data in a spreadsheet', () => {
  it('Long codes and codes with a zero before them stay whole, numbers stay numbers, and nothing is run', () => {
    const line = ['130102199001011234', '0099', '-12.50', 12, '=1+1', '甲,乙', null]
    assert.equal(toCsv([line]), `\uFEFF"\t130102199001011234","\t0099",-12.50,12,'=1+1,"甲,乙",\r\n`)
  })
})

describe('Whom an address is counted as', () => {
  it('One of the old kind is itself; of the new kind, the network that a household was given', () => {
    assert.deepEqual(
      ['10.0.0.7', '::ffff:10.0.0.7', '2001:db8:1:2:3:4:5:6', '2001:0DB8:1:2::9', '2001:db8::1', '::1'].map(networkOf),
      ['10.0.0.7', '::ffff:10.0.0.7', '2001:db8:1:2::/64', '2001:db8:1:2::/64', '2001:db8:0:0::/64', '0:0:0:0::/64'],
    )
  })
})

describe('The shelf of pages', () => {
  const page = (text: string) => () => Promise.resolve({ type: 'text/html', text })
  it('A page is written once for all who want it at once, and again when something changed', async () => {
    let mark = 'one'
    let written = 0
    const shelf = new Shelf(() => Promise.resolve(mark))
    const write = () => {
      written += 1
      return page(`${written}`)()
    }
    const both = await Promise.all([shelf.take('a', write), shelf.take('a', write)])
    assert.deepEqual([written, both[0] === both[1]], [1, true])
    mark = 'two'
    shelf.clear()
    assert.equal(String((await shelf.take('a', write)).plain), '2')
  })
  it('What few ask for is written one at a time, and others do not wait for it; when too many wait, the next is told so', async () => {
    const shelf = new Shelf(() => Promise.resolve('one'))
    const gate = Promise.withResolvers<void>()
    let writing = 0
    let most = 0
    const slow = async () => {
      most = Math.max(most, (writing += 1))
      await gate.promise
      writing -= 1
      return { type: 'text/html', text: 'old' }
    }
    const asked = Array.from({ length: 60 }, (_, at) => shelf.take(`day ${at}`, slow, true))
    await assert.rejects(shelf.take('day 60', slow, true), /busy/)
    assert.equal(String((await shelf.take('today', page('now'))).plain), 'now')
    gate.resolve()
    assert.equal((await Promise.all(asked)).length, 60)
    assert.equal(most, 1)
  })
  it('A page that cannot be written is not kept', async () => {
    const shelf = new Shelf(() => Promise.resolve('one'))
    await assert.rejects(
      shelf.take('a', () => Promise.reject(new Error('gone'))),
      /gone/,
    )
    assert.equal(String((await shelf.take('a', page('here'))).plain), 'here')
  })
})
