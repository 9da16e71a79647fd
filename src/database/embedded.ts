import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findBinaries } from './binaries.ts'
import { damaged, layOut, makePrivate, marker, recognise, type Layout } from './data-directory.ts'
import { withFileLock } from './lock.ts'
import { countOrphans, findPostmaster, type Postmaster } from './postmaster.ts'
import { runAs, type RunAs } from './run-as.ts'

export { DataDirectoryError } from './data-directory.ts'

/** The superuser of an embedded cluster. It bypasses row-level security: the application never connects as it. */
export const ownerRole = 'zeren_owner'

export interface EmbeddedOptions {
  /** A directory of its own: empty or missing at first, then always the same. */
  dataDir: string
  /** PostgreSQL settings for this run; ignored when a running server is re-used. */
  settings?: Record<string, string>
}

export interface EmbeddedServer {
  socketDir: string
  port: number
  pid: number
  /** True if the server ran already: another process uses it too, or an earlier one was killed and left it behind. */
  reused: boolean
  /** How to reach it as the owner; `database` is the empty maintenance database. */
  connection: { host: string; port: number; user: string; database: string }
  /** Ends the server: open transactions are rolled back, committed ones are on disk. */
  stop(): Promise<void>
}

const pollMs = 5
const otherServerWaitMsMax = 120_000

/**
 * Starts the PostgreSQL server that comes with the program, on a unix socket only, or re-uses the one that runs on this
 * data directory already. Refuses with `DataDirectoryError` what is not ours, of another version or damaged, and then
 * changes nothing. Safe when several processes do it at once.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const as = runAs()
  const layout = layOut(options.dataDir, as)
  recognise(layout)
  mkdirSync(layout.root, { recursive: true })
  return withFileLock(layout.lock, async () => {
    const running = await findSettledServer(layout)
    if (running) return describe(layout, running, true)
    const binaries = findBinaries(as)
    if (recognise(layout) === 'new') initialise(layout, binaries, as)
    return describe(layout, await launch(layout, binaries, as, options.settings ?? {}), false)
  })
}

/** A server that is starting or stopping will soon be ready or gone, and so will what a killed one has left running. */
async function findSettledServer(layout: Layout): Promise<Postmaster | null> {
  const until = performance.now() + otherServerWaitMsMax
  for (;;) {
    const server = findPostmaster(layout.cluster)
    if (server?.status === 'ready') return server
    const orphans = countOrphans(layout.cluster)
    if (!server && orphans === 0) return null
    if (performance.now() > until) {
      throw damaged(layout, server ? `pid ${server.pid}: ${server.status}` : `${orphans} processes of a killed server`)
    }
    await delay(pollMs)
  }
}

/** Initialises beside the final place, marks as ours, then renames: an interruption leaves no half cluster. */
function initialise(layout: Layout, binaries: string, as: RunAs): void {
  rmSync(layout.half, { recursive: true, force: true })
  makePrivate(layout.half, as)
  // In Chinese text pg_trgm finds nothing under LC_CTYPE=C; everything else sorts by code point, alike on every machine.
  const locale = ['--locale=C', '--lc-ctype=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['-U', ownerRole, '--auth-local=trust', '--auth-host=scram-sha-256']
  const args = ['-D', layout.half, '--encoding=UTF8', ...locale, ...access]
  const [command, ...words] = [...as.prefix, join(binaries, 'bin/initdb'), ...args]
  const done = spawnSync(command!, words, { ...as.options, env: environment(), encoding: 'utf8' })
  if (done.status !== 0) {
    rmSync(layout.half, { recursive: true, force: true })
    throw new Error(`initdb failed: ${done.error?.message ?? ''}${String(done.stdout)}${String(done.stderr)}`)
  }
  writeFileSync(join(layout.half, 'zeren.json'), JSON.stringify(marker) + '\n')
  renameSync(layout.half, layout.cluster)
}

/**
 * Serializable acts remember each row that they read. With PostgreSQL's small defaults they would remember whole pages and tables
 * instead after a few rows, and fail on acts over other counties that they have nothing to do with.
 */
const predicateLocks = { max_pred_locks_per_transaction: '1024', max_pred_locks_per_page: '128' }

async function launch(
  layout: Layout,
  binaries: string,
  as: RunAs,
  settings: Record<string, string>,
): Promise<Postmaster> {
  // A stale file, whose server and orphans are gone. PostgreSQL would stop at it if its pid now belongs to another process.
  rmSync(join(layout.cluster, 'postmaster.pid'), { force: true })
  makePrivate(layout.socketDir, as)
  const all = {
    listen_addresses: '',
    unix_socket_directories: layout.socketDir,
    unix_socket_permissions: '0700',
    ...predicateLocks,
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const [command, ...args] = [...as.prefix, join(binaries, 'bin/postgres'), '-D', layout.cluster, ...flags]
  const logStart = existsSync(layout.log) ? statSync(layout.log).size : 0
  const log = openSync(layout.log, 'a')
  // Detached: Ctrl-C in a terminal would otherwise reach PostgreSQL before the application has finished its requests.
  const child = spawn(command!, args, {
    ...as.options,
    env: environment(),
    stdio: ['ignore', log, log],
    detached: true,
  })
  closeSync(log)
  const server = await waitUntilReady(layout, child)
  if (!server) throw damaged(layout, lastLines(layout.log, logStart))
  child.unref()
  return server
}

/** Null if the server ended instead. Recovery after a crash takes as long as it takes. */
async function waitUntilReady(layout: Layout, child: ChildProcess): Promise<Postmaster | null> {
  let failure: Error | undefined
  child.once('error', (error) => (failure = error))
  for (;;) {
    if (failure) throw failure
    if (child.exitCode !== null || child.signalCode !== null) return null
    const server = findPostmaster(layout.cluster)
    if (server && server.pid === child.pid && server.status === 'ready') return server
    await delay(pollMs)
  }
}

function lastLines(log: string, from: number): string {
  return readFileSync(log).subarray(from).toString('utf8').trim().split('\n').slice(-5).join('\n')
}

/** PostgreSQL takes its messages' language and its time zone from here; nothing else of ours concerns it. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', LC_MESSAGES: 'C', TZ: 'UTC' }
}

function describe(layout: Layout, server: Postmaster, reused: boolean): EmbeddedServer {
  const { pid, port, socketDir } = server
  return {
    pid,
    port,
    socketDir,
    reused,
    connection: { host: socketDir, port, user: ownerRole, database: 'postgres' },
    stop: () => stop(layout, pid),
  }
}

async function stop(layout: Layout, pid: number): Promise<void> {
  if (findPostmaster(layout.cluster)?.pid !== pid) return
  process.kill(pid, 'SIGINT')
  while (findPostmaster(layout.cluster)?.pid === pid) await delay(pollMs)
}
