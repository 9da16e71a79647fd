import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { Client } from '#src/client/client.ts'
import { programRoot, shippedCharter } from '#src/program/home.ts'
import { TestServer } from '#test/server.ts'

const scratch = mkdtempSync(path.join(tmpdir(), 'zeren-cli-'))
const home = path.join(scratch, 'home')
after(() => rmSync(scratch, { recursive: true, force: true }))

type Surroundings = { readonly input?: string; readonly env?: Record<string, string> }

function start(typed: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const { DATABASE_URL: _theirs, ZEREN_EMAIL: _mail, ZEREN_PASSWORD: _password, ...rest } = process.env
  return spawn(process.execPath, [path.join(programRoot, 'bin/zeren.mjs'), ...typed], {
    env: { ...rest, LANG: 'en_GB.UTF-8', LC_ALL: '', ZEREN_HOME: home, ...env },
    stdio: 'pipe',
  })
}

/** Types a command, and gives what it said and its exit code. */
async function zeren(typed: readonly string[], { input = '', env = {} }: Surroundings = {}) {
  const child = start(typed, env)
  child.stdin?.end(input)
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [out, err] = await Promise.all([text(child.stdout!), text(child.stderr!)])
  return { code: await ended, out, err }
}

describe('The command line', () => {
  it('It tells what can be typed in the reader’s language', async () => {
    const english = await zeren(['--help'])
    assert.equal(english.code, 0)
    assert.match(english.out, /zeren charter check/)
    assert.match((await zeren(['help'], { env: { LANG: 'zh_CN.UTF-8' } })).out, /责任（Zeren）/)
    assert.match((await zeren(['--help', '--lang', 'zh'])).out, /用法/)
  })

  it('A command, an option and a language that do not exist are typed wrongly: 2', async () => {
    assert.equal((await zeren(['abolish'])).code, 2)
    assert.equal((await zeren(['reset', '--really'])).code, 2)
    assert.equal((await zeren(['check', '--lang', 'fr'])).code, 2)
    assert.equal((await zeren(['demo', '--port', 'banana'])).code, 2)
    assert.equal((await zeren(['demo', '--day', '2018-02-30'])).code, 2)
  })

  it('The shipped charter has no gap; one with a gap is refused with the list: 3', async () => {
    assert.equal((await zeren(['charter', 'check'])).code, 0)
    const folder = path.join(scratch, 'charter')
    cpSync(shippedCharter, folder, { recursive: true })
    writeFileSync(path.join(folder, 'duties/public.yaml'), '[]\n')
    const { code, out } = await zeren(['charter', 'check', '--charter', folder])
    assert.equal(code, 3)
    assert.match(out, /notice\.object/)
  })

  it('What each version of the charter added is told, and a version that does not exist is not', async () => {
    const { code, out } = await zeren(['charter', 'diff', '2015-06', '2015-11'])
    assert.equal(code, 0)
    assert.match(out, /\+ duty bear-main-responsibility/)
    assert.equal((await zeren(['charter', 'diff', '1949-10'])).code, 2)
    const json = JSON.parse((await zeren(['charter', 'show', '--json'])).out) as { duties: unknown[] }
    assert.ok(json.duties.length > 30)
  })

  it('Where no server runs, that is what it says: 3', async () => {
    const { code, err } = await zeren(['ask', 'unit.show'])
    assert.equal(code, 3)
    assert.match(err, /No server is running/)
    assert.match((await zeren(['session', '--lang', 'zh'])).err, /没有/)
    assert.match((await zeren(['check', '--server', 'http://127.0.0.1:1'])).err, /Nothing answers/)
  })

  it('A directory that is not ours is not forgotten', async () => {
    const foreign = path.join(scratch, 'foreign')
    mkdirSync(path.join(foreign, 'demonstration/database'), { recursive: true })
    writeFileSync(path.join(foreign, 'demonstration/database/thesis.txt'), 'mine')
    const { code, err } = await zeren(['reset', '--yes'], { env: { ZEREN_HOME: foreign } })
    assert.equal(code, 3)
    assert.match(err, /was not made by Zeren/)
    assert.equal(readFileSync(path.join(foreign, 'demonstration/database/thesis.txt'), 'utf8'), 'mine')
  })
})

describe('The command line against a running server', () => {
  let server: TestServer
  before(async () => {
    server = await TestServer.open()
  })
  after(() => server.close())
  const at = () => ['--server', server.url]

  it('The secretary of Heyang appoints nobody to a seat that is taken: refused with its reasons: 3', async () => {
    const input = JSON.stringify({
      unit: server.world.unit('Liu County'),
      post: 'county-head',
      person: { id: server.world.person('Liu County', 'county-head'), name: { zh: '甲', en: 'A' }, madeUp: true },
    })
    const typed = ['act', 'appointment.make', '--input', '-', '--as', 'Heyang City/party-secretary-city', ...at()]
    const { code, out } = await zeren(typed, { input })
    assert.equal(code, 3)
    assert.match(out, /\[seat-taken/)
    const rehearsed = await zeren([...typed, '--dry-run'], { input })
    assert.equal(rehearsed.code, 3)
    assert.match(rehearsed.out, /✓ the unit has this post/)
  })

  it('What a dry run finds fine is then done, and the journal says that it came by the command line', async () => {
    const head = { unit: server.world.unit('Tong County'), post: 'county-head', reason: '调任其他岗位' }
    const file = path.join(scratch, 'end.json')
    writeFileSync(file, JSON.stringify(head))
    const typed = [
      'act',
      'appointment.end',
      '--input',
      file,
      '--as',
      '130600/party-secretary-city',
      '--key',
      'k1',
      ...at(),
    ]
    assert.equal((await zeren([...typed, '--dry-run'])).code, 0)
    const { code, out } = await zeren([...typed, '--json'])
    assert.equal(code, 0, out)
    const { rows } = await server.world.engine.database.pool.query(
      `select via, idempotency_key from journal where act = 'appointment.end'`,
    )
    assert.deepEqual(rows, [{ via: 'cli', idempotency_key: 'k1' }])
  })

  it('Somebody who has not signed in, a file that is none and a unit that does not exist are told as sentences', async () => {
    assert.match(
      (await zeren(['act', 'appointment.end', '--input', '-', ...at()], { input: '{}' })).err,
      /Sign in first/,
    )
    assert.equal((await zeren(['act', 'appointment.end', '--input', '/nowhere.json', ...at()])).code, 2)
    assert.equal((await zeren(['act', 'appointment.end', '--input', '-', ...at()], { input: '{' })).code, 2)
    assert.match((await zeren(['check', '--as', 'Atlantis/mayor', ...at()])).out, /unit-unknown/)
    assert.equal((await zeren(['check', '--as', 'Atlantis', ...at()])).code, 2)
  })

  it('Who answers is named with their post, and marked as made up; a vacancy says who stands in', async () => {
    const { out } = await zeren(['answer', '--duty', 'set-schedule', '--unit', '柳县', '--lang', 'zh', ...at()])
    assert.match(out, /柳县县委书记 某party-secretary-county（虚构）/)
    const vacant = await zeren(['answer', '--duty', 'land-projects', '--unit', 'Tong County', ...at()])
    assert.match(vacant.out, /the seat of the County head of Tong County is vacant; .* stands in/)
  })

  it('A figure and a check are read for a unit', async () => {
    const [figure] = server.program.figures
    assert.equal((await zeren(['figure', figure?.name ?? '', '--unit', 'Heyang City', ...at()])).code, 0)
    assert.equal((await zeren(['check', ...at()])).code, 0)
    assert.equal((await zeren(['figure', 'no.such', ...at()])).code, 3)
  })
})

describe('A server started from the command line', () => {
  const children: ChildProcess[] = []
  after(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  /** Starts a server, and gives its address as it printed it. */
  async function serving(typed: readonly string[], env: Record<string, string> = {}) {
    const child = start(typed, env)
    children.push(child)
    let said = ''
    child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const deadline = performance.now() + 60_000
    for (;;) {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0]
      if (url) return { child, url, said: () => said }
      assert.ok(child.exitCode === null && performance.now() < deadline, said)
      await delay(50)
    }
  }
  async function stop(child: ChildProcess) {
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    child.kill('SIGTERM')
    return ended
  }

  it('A demonstration starts on a taken port’s neighbour, answers while history is performed, stops in order and is forgotten', async () => {
    const blocker = createServer()
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve))
    // Whatever fails below, it holds up nobody.
    blocker.unref()
    const { port } = blocker.address() as { port: number }
    const { child, url, said } = await serving(['demo', '--day', '2015-06-18', '--port', String(port)])
    assert.notEqual(url, `http://127.0.0.1:${port}`)
    assert.match(said(), new RegExp(`Port ${port} is taken`))
    const session = await new Client({ server: url }).session()
    assert.equal(session.today, '2015-06-18')
    assert.equal(session.mode, 'demonstration')
    const second = await zeren(['demo'])
    assert.equal(second.code, 3)
    assert.match(second.err, /A server runs already/)
    assert.equal((await zeren(['reset', '--yes'])).code, 3)
    assert.equal(await stop(child), 0)
    assert.equal(existsSync(path.join(home, 'server.json')), false)
    assert.equal((await zeren(['demo', '--day', '2019-01-01'])).code, 3)
    assert.equal((await zeren(['reset'])).code, 2)
    assert.equal((await zeren(['reset', '--yes'])).code, 0)
    assert.equal(existsSync(path.join(home, 'demonstration')), false)
    blocker.close()
  })

  it('A production is founded with its first administrator, who then signs in over HTTP and from the command line', async () => {
    const env = { ZEREN_PASSWORD: 'correct horse battery', ZEREN_LOG: 'silent' }
    const first = ['init', '--person', '张三/Zhang San', '--email', 'zhang@example.org']
    assert.equal((await zeren(first)).code, 3, 'without a password there is no account')
    const founded = await zeren(first, { env })
    assert.equal(founded.code, 0, founded.err)
    assert.equal((await zeren(first, { env })).code, 3, 'it is founded once')
    const { child, url } = await serving(['serve', '--port', '0'], env)
    const client = new Client({ server: url })
    await assert.rejects(client.signIn({ email: 'zhang@example.org', password: 'a wrong password' }))
    await client.signIn({ email: 'zhang@example.org', password: env.ZEREN_PASSWORD })
    const { actor, mode } = await client.session()
    assert.equal(mode, 'production')
    assert.deepEqual(actor?.person.name, { zh: '张三', en: 'Zhang San' })
    assert.equal(actor?.person.madeUp, false)
    await assert.rejects(client.moveDay('2030-01-01'))
    const asked = await zeren(['check', '--server', url], { env: { ...env, ZEREN_EMAIL: 'zhang@example.org' } })
    assert.equal(asked.code, 0, asked.err)
    assert.equal(await stop(child), 0)
  })
})
