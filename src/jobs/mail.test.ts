import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { findAct } from '#src/acts.ts'
import { type Database, openDb } from '#kernel/db.ts'
import { Mailbox } from '#test/mailbox.ts'
import type { MailTask } from '#test/mail-worker.ts'
import { type As, World } from '#test/world.ts'
import { carryMail, fillOutbox, type Post } from './mail.ts'
import { openMailServer } from './mail-server.ts'

const act = (name: string) => {
  const found = findAct(name)
  assert.ok(found, name)
  return found
}
const governor = ['Qingshan Province', 'governor'] as const
const mayor = ['Heyang City', 'mayor'] as const
const worker = path.join(import.meta.dirname, '../../test/mail-worker.ts')
const HOUR_MS = 3_600_000
const quick = { pausesMs: [1, 1, 1], awayMs: [1, 5] as const, leaseMs: 60_000 }

type Row = { state: string; offers: number; tries: number; said: string | null; event: string }

describe('Mail', () => {
  let world: World
  let owner: Database
  let mailbox: Mailbox
  const rows = async (where = 'true') =>
    (await owner.pool.query<Row>(`select state, offers, tries, said, event from mail where ${where} order by event`))
      .rows
  const settings = (connections: number) => ({
    host: '127.0.0.1',
    port: mailbox.port,
    tls: 'none' as const,
    user: undefined,
    password: undefined,
    from: 'zeren@office.example',
    connections,
  })
  const post = (more: Partial<Post> = {}, timeoutMs = 2_000): Post => {
    const connections = more.connections ?? 2
    const server = openMailServer(settings(connections), timeoutMs)
    return { database: world.engine.database, server, connections, url: 'https://zeren.example', ...quick, ...more }
  }
  const carry = async (more: Partial<Post> = {}, timeoutMs?: number, forMs = 10_000) => {
    const each = post(more, timeoutMs)
    const carried = await carryMail(each, AbortSignal.timeout(forMs))
    each.server.close()
    return carried
  }
  /** So many messages to one person, as the queue would put them there. */
  const put = (count: number) =>
    owner.pool.query(
      `insert into mail (id, person_id, event, says, of_day)
       select gen_random_uuid(), $1, 'test/' || n, $2, '2016-04-01' from generate_series(1, $3) n`,
      [
        world.person(...governor),
        JSON.stringify({
          kind: 'event',
          what: { zh: '已逾期', en: 'Late' },
          title: { zh: '年度计划', en: 'Annual plan' },
          unit: { zh: '青山省', en: 'Qingshan Province' },
          due: '2016-03-31',
          record: '/obligations/1',
        }),
        count,
      ],
    )
  /** Sets and confirms an address for whoever sits in a seat. */
  async function reach(as: readonly [string, string], address: string, more: object, on: string) {
    const unit = world.unit(as[0])
    await world.done(act('contact.set'), { unit, address, ...more }, { as, on })
    const asked = await owner.pool.query<{ code: string }>(
      'select p.code from contact_private p join contact c on c.id = p.contact_id where c.person_id = $1 and c.confirmed_on is null',
      [world.person(...as)],
    )
    await carry()
    const kept = [...mailbox.kept.values()].findLast((each) => each.to === address)
    const body = bodyOf(kept?.raw ?? '')
    const code = /\b\d{6}\b/.exec(body)?.[0] ?? ''
    assert.equal(code, asked.rows[0]?.code, body)
    await world.done(act('contact.confirm'), { unit, code }, { as, on })
  }

  before(async () => {
    world = await World.open()
    owner = openDb(world.database.owner)
    mailbox = await Mailbox.open()
    const centre: As = ['The Centre', 'office-director']
    const units = ['Liu County', 'Ye County'].map(world.unit)
    await world.done(act('unit.designate'), { unit: world.unit('The Centre'), units }, { as: centre })
    await reach(governor, 'governor@province.example', { language: 'zh' }, '2016-01-04')
    await reach(mayor, 'mayor@city.example', {}, '2016-01-04')
  })
  beforeEach(async () => {
    mailbox.manners = {}
    mailbox.kept.clear()
    mailbox.taken = 0
    await owner.pool.query('delete from mail')
  })
  after(async () => {
    await mailbox.close()
    await owner.close()
    await world.close()
  })

  it('What happened is put into the outbox once for each person, however often and by however many it is looked for', async () => {
    const input = { unit: world.unit('The Centre'), year: 2016 }
    await world.done(act('calendar.open'), input, { as: 'mechanism', on: '2016-01-05' })
    const reader = world.reader('2016-01-05')
    const added = await Promise.all([1, 2, 3].map(() => fillOutbox(world.engine.database, reader)))
    assert.ok(added.reduce((sum, each) => sum + each, 0) > 0)
    const before = await rows()
    assert.equal(await fillOutbox(world.engine.database, reader), 0)
    assert.deepEqual(await rows(), before)
    await carry()
    const [kept] = [...mailbox.kept.values()].filter((each) => each.to === 'governor@province.example')
    assert.ok(kept)
    const subject = kept.subject
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'))
    assert.match(subject, /新的应办事项/)
    assert.doesNotMatch(subject, /Newly/)
    assert.match(kept.raw, /^Auto-Submitted: auto-generated/m)
    assert.ok((await rows()).every((row) => row.state === 'sent' && row.offers === 1))
  })

  it('A recipient whom the server does not know has failed for good, and its answer is kept: 550', async () => {
    await put(2)
    mailbox.manners = { recipient: () => 550 }
    await carry()
    const all = await rows()
    assert.ok(all.every((row) => row.state === 'failed' && row.offers === 1 && row.said?.includes('550')))
  })

  it('A server that says later is asked again after a while, and takes it: 451', async () => {
    await put(1)
    mailbox.manners = { recipient: graylist() }
    await carry({ pausesMs: [HOUR_MS] })
    assert.deepEqual(
      (await rows()).map(({ state }) => state),
      ['deferred'],
    )
    await carry()
    assert.equal((await rows())[0]?.offers, 1)
    await owner.pool.query('update mail set not_before = now()')
    await carry()
    const [row] = await rows()
    assert.deepEqual([row?.state, row?.offers, row?.tries], ['sent', 2, 1])
  })

  it('A server that says later too often is not asked for ever; the message is kept as failed', async () => {
    await put(1)
    mailbox.manners = { recipient: () => 451 }
    for (let time = 0; time < 6; time += 1) {
      await carry()
      await new Promise((resume) => setTimeout(resume, 15))
    }
    const [row] = await rows()
    assert.deepEqual([row?.state, row?.tries], ['failed', 4])
  })

  it('A server that refuses at the greeting says nothing of any message: all wait, none is counted against', async () => {
    await put(3)
    mailbox.manners = { refuses: true }
    await carry({}, 500, 300)
    assert.ok((await rows()).every((row) => ['deferred', 'queued'].includes(row.state) && row.tries === 0))
    mailbox.manners = {}
    await carry()
    assert.ok((await rows()).every((row) => row.state === 'sent'))
    assert.equal(mailbox.kept.size, 3)
  })

  it('A server that falls silent is given up after a while, and the message is offered again', async () => {
    await put(1)
    let asked = 0
    mailbox.manners = { recipient: () => ((asked += 1) === 1 ? 'silence' : undefined) }
    await carry({}, 200)
    await new Promise((resume) => setTimeout(resume, 20))
    await carry({}, 200)
    const [row] = await rows()
    assert.deepEqual([row?.state, mailbox.kept.size], ['sent', 1])
  })

  it('A connection that breaks in the middle of a message loses nothing and doubles nothing', async () => {
    await put(20)
    mailbox.manners = { drops: (times) => times % 3 === 0 }
    for (let time = 0; time < 6 && (await rows(`state <> 'sent'`)).length > 0; time += 1) {
      await carry({ pausesMs: Array.from({ length: 12 }, () => 1) })
      await new Promise((resume) => setTimeout(resume, 10))
    }
    assert.ok((await rows()).every((row) => row.state === 'sent'))
    assert.deepEqual([mailbox.kept.size, mailbox.taken], [20, 20])
  })

  it('Two workers at once share the outbox and offer nothing twice', async () => {
    await put(60)
    await Promise.all([carry(), carry({ connections: 3 })])
    assert.deepEqual([mailbox.kept.size, mailbox.taken], [60, 60])
    assert.ok((await rows()).every((row) => row.offers === 1))
  })

  it('A worker that is killed loses nothing; what it had under way is offered again under the same number and kept once', async () => {
    await put(200)
    mailbox.manners = { slowMs: 5 }
    const connections = 4
    const task: MailTask = { database: world.database.app, port: mailbox.port, connections, leaseMs: 300 }
    const child = spawn(process.execPath, [worker], {
      env: { ...process.env, MAIL_TASK: JSON.stringify(task) },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    while (mailbox.taken < 60) await new Promise((resume) => setTimeout(resume, 2))
    child.kill('SIGKILL')
    await once(child, 'exit')
    assert.ok(mailbox.taken < 200)
    mailbox.manners = {}
    await new Promise((resume) => setTimeout(resume, 350))
    await carry({ connections })
    assert.equal(mailbox.kept.size, 200)
    assert.ok(mailbox.taken - 200 <= connections, `${mailbox.taken - 200} were taken twice`)
    const all = await rows()
    assert.ok(all.every((row) => row.state === 'sent'))
    assert.ok(all.filter((row) => row.offers > 1).length <= connections)
  })

  it('What is met before the outbox is filled is not written about, and who stopped mail gets nothing that still waits', async () => {
    await put(1)
    await world.done(act('contact.end'), { unit: world.unit('Qingshan Province') }, { as: governor, on: '2016-04-02' })
    await carry()
    assert.deepEqual(
      (await rows()).map(({ state }) => state),
      ['dropped'],
    )
    assert.equal(mailbox.taken, 0)
  })
})

/** What a message says below its head; of one that is nearly plain, as it travels. */
function bodyOf(raw: string): string {
  const body = raw.split('\r\n\r\n').slice(1).join('\r\n\r\n')
  return /^Content-Transfer-Encoding: base64/im.test(raw) ? Buffer.from(body, 'base64').toString('utf8') : body
}

/** Turns each recipient away once. */
function graylist() {
  const seen = new Set<string>()
  return (address: string) => {
    if (seen.has(address)) return undefined
    seen.add(address)
    return 451
  }
}
