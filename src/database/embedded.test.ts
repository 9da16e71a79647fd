import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { layOut, recognise } from './data-directory.ts'
import { DataDirectoryError, startEmbedded, type EmbeddedServer } from './embedded.ts'

const cache = join(import.meta.dirname, '../../.cache')
mkdirSync(cache, { recursive: true })
const base = mkdtempSync(join(cache, 'embedded-'))
// Where user namespaces are forbidden, root runs PostgreSQL as another user, who must be able to come here.
chmodSync(base, 0o755)
const started: EmbeddedServer[] = []

after(async () => {
  await Promise.all(started.map((server) => server.stop()))
  rmSync(base, { recursive: true, force: true })
})

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir })
  started.push(server)
  return server
}

async function connect(server: EmbeddedServer): Promise<pg.Client> {
  const client = new pg.Client(server.connection)
  // A killed server ends its connections; the tests look at what is left, not at that.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

async function count(server: EmbeddedServer): Promise<number> {
  const client = await connect(server)
  const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM household')
  await client.end()
  return Number(rows[0]?.count)
}

/** Everything in a directory, name by name, so that a test can say that nothing was touched. */
function picture(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => `${file} ${readFileSync(file).toString('base64')}`)
}

function isRefusedAs(code: DataDirectoryError['code']) {
  return (error: unknown) => {
    assert.ok(error instanceof DataDirectoryError, String(error))
    assert.equal(error.code, code)
    assert.match(error.text.zh, /数据目录/)
    assert.match(error.text.en, /Nothing/)
    return true
  }
}

test('A server killed with -9 keeps every committed row and nothing else', async () => {
  const dataDir = join(base, 'killed')
  const server = await start(dataDir)
  const client = await connect(server)
  await client.query('CREATE TABLE household (id int)')
  for (let id = 0; id < 50; id++) await client.query('INSERT INTO household VALUES ($1)', [id])
  await client.query('BEGIN')
  await client.query('INSERT INTO household SELECT generate_series(50, 20000)')
  process.kill(server.pid, 'SIGKILL')
  const again = await start(dataDir)
  assert.equal(again.reused, false)
  assert.notEqual(again.pid, server.pid)
  assert.equal(await count(again), 50)
})

test('A second start waits until a busy process of a killed server has ended', async () => {
  const dataDir = join(base, 'busy')
  const server = await start(dataDir)
  const client = await connect(server)
  await client.query('CREATE TABLE household (id int)')
  await client.query('INSERT INTO household VALUES (1)')
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  const busy = client.query(`DO $$ DECLARE t timestamptz := clock_timestamp();
    BEGIN WHILE clock_timestamp() < t + interval '1 second' LOOP END LOOP; END $$`)
  busy.catch(() => undefined)
  await untilBusy(server)
  process.kill(server.pid, 'SIGKILL')
  const again = await start(dataDir)
  assert.equal(isRunning(rows[0]!.pid), false)
  assert.equal(await count(again), 1)
})

/** Whether a process still has memory, and with it the cluster's: one that is ending, or that nobody reaps, has none. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/maps`, 'utf8') !== ''
  } catch (error) {
    if (['ESRCH', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return false
    throw error
  }
}

async function untilBusy(server: EmbeddedServer): Promise<void> {
  const observer = await connect(server)
  for (let seen = 0; seen === 0;) {
    const { rowCount } = await observer.query(
      `SELECT FROM pg_stat_activity WHERE state = 'active' AND query LIKE 'DO $$ DECLARE t%'`,
    )
    seen = rowCount ?? 0
  }
  await observer.end()
}

test('Starting twice uses one server, also when both start at once', async () => {
  const dataDir = join(base, 'twice')
  const servers = await Promise.all([start(dataDir), start(dataDir), start(dataDir)])
  assert.equal(new Set(servers.map((server) => server.pid)).size, 1)
  assert.equal(servers.filter((server) => server.reused).length, 2)
})

test('A server outlives the program that was killed, and the next program takes it over', async () => {
  const dataDir = join(base, 'outlives')
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(join(import.meta.dirname, 'embedded.ts'))})
    const { pid } = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)} })
    console.log(pid)
    setInterval(() => {}, 1000)`
  const program = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise((resolve) => program.stdout.once('data', (data: Buffer) => resolve(Number(data))))
  program.kill('SIGKILL')
  const server = await start(dataDir)
  assert.equal(server.reused, true)
  assert.equal(server.pid, pid)
})

test('A pid file that names somebody else is not taken for a server', async () => {
  const dataDir = join(base, 'stale')
  const server = await start(dataDir)
  const file = join(dataDir, 'postgres/postmaster.pid')
  const lines = readFileSync(file, 'utf8').split('\n')
  await server.stop()
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join('\n'))
  const again = await start(dataDir)
  assert.equal(again.reused, false)
})

test('An initialisation that was interrupted is begun anew', async () => {
  const dataDir = join(base, 'interrupted')
  mkdirSync(join(dataDir, 'postgres.init/base'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres.init/PG_VERSION'), '18\n')
  const server = await start(dataDir)
  assert.equal(server.reused, false)
  assert.equal(readdirSync(dataDir).includes('postgres.init'), false)
})

test('A data directory below a very long path works, for its socket lies elsewhere', async () => {
  const dataDir = join(base, '望都县'.repeat(6), 'x'.repeat(60))
  const client = await connect(await start(dataDir))
  await client.end()
})

test('Chinese text is found by its trigrams', async () => {
  const client = await connect(await start(join(base, 'twice')))
  await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm')
  const { rows } = await client.query<{ trigrams: string[] }>(`SELECT show_trgm('责任') AS trigrams`)
  await client.end()
  assert.ok(rows[0]!.trigrams.length > 0)
})

test('A data directory of another product is refused and left as it was', async () => {
  const dataDir = join(base, 'foreign')
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'accounts.xlsx'), 'theirs')
  const before = picture(dataDir)
  await assert.rejects(start(dataDir), isRefusedAs('foreign'))
  assert.deepEqual(picture(dataDir), before)
})

test('Data that the user who runs PostgreSQL cannot reach are not hidden behind an empty database', () => {
  const dataDir = join(base, 'locked/data')
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  chmodSync(join(base, 'locked'), 0o700)
  const other = { prefix: [], options: { uid: 65534, gid: 65534 }, owner: { uid: 65534, gid: 65534 } }
  assert.throws(() => recognise(layOut(dataDir, other)), isRefusedAs('unreachable'))
})

test('A PostgreSQL cluster that another product made is refused and left as it was', async () => {
  const dataDir = join(base, 'cluster')
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '18\n')
  const before = picture(dataDir)
  await assert.rejects(start(dataDir), isRefusedAs('foreign'))
  assert.deepEqual(picture(dataDir), before)
})

test('A cluster of PostgreSQL 17 is refused and left as it was', async () => {
  const dataDir = join(base, 'version')
  mkdirSync(join(dataDir, 'postgres'), { recursive: true })
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n')
  writeFileSync(join(dataDir, 'postgres/zeren.json'), '{"product":"zeren","format":1}')
  const before = picture(dataDir)
  await assert.rejects(start(dataDir), isRefusedAs('other-version'))
  assert.deepEqual(picture(dataDir), before)
})

test('A damaged cluster is refused with the words of PostgreSQL, and its files are left as they were', async () => {
  const dataDir = join(base, 'damaged')
  await (await start(dataDir)).stop()
  writeFileSync(join(dataDir, 'postgres/global/pg_control'), Buffer.alloc(8192))
  const before = picture(join(dataDir, 'postgres'))
  await assert.rejects(start(dataDir), (error) => {
    assert.match(String(error), /FATAL|PANIC/)
    return isRefusedAs('damaged')(error)
  })
  const changed = picture(join(dataDir, 'postgres')).filter((line) => !before.includes(line))
  assert.deepEqual(
    changed.filter((line) => !line.includes('postmaster.')),
    [],
  )
})
