import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Postmaster {
  pid: number
  port: number
  socketDir: string
  /** `starting`, `ready`, `stopping` or `standby`, as PostgreSQL itself writes it. */
  status: string
}

/** The server that runs on this cluster now, or null. A pid file left by a killed server is not a server. */
export function findPostmaster(cluster: string): Postmaster | null {
  const lines = readIfThere(join(cluster, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!lines || !(pid > 0) || !isLivePostgres(pid)) return null
  return { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', status: (lines[7] ?? '').trim() }
}

/** The pid of a dead server may belong to an unrelated process by now, or to a zombie that nobody has reaped. */
function isLivePostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return commandOf(pid).includes('postgres')
  const isZombie = /^\d+ \(.*\) Z/.test(readIfThere(`/proc/${pid}/stat`) ?? '')
  return !isZombie && (readIfThere(`/proc/${pid}/cmdline`) ?? '').includes('postgres')
}

function commandOf(pid: number): string {
  return spawnSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8' }).stdout
}

/**
 * How many processes of a killed server still work in its shared memory. PostgreSQL finds them by its pid file, which
 * must therefore not be removed before they are gone: two servers on one cluster would destroy it.
 */
export function countOrphans(cluster: string): number {
  const sharedMemoryId = readIfThere(join(cluster, 'postmaster.pid'))?.split('\n')[6]?.trim().split(/\s+/)[1]
  const segments = readIfThere('/proc/sysvipc/shm')?.split('\n').slice(1) ?? []
  const segment = segments.map((line) => line.trim().split(/\s+/)).find(([, id]) => id === sharedMemoryId)
  return Number(segment?.[6] ?? 0)
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    // ESRCH: the process ended while its entry in /proc was being read.
    if (['ENOENT', 'ENOTDIR', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
