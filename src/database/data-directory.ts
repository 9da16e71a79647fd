import { createHash } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { majorVersion } from './binaries.ts'
import { maySearch, type RunAs } from './run-as.ts'

/** What `zeren.json` says inside a cluster that is ours; the format changes only if this layout does. */
export const marker = { product: 'zeren', format: 1 }

/** The data directory cannot be used, and was left exactly as it was found. */
export class DataDirectoryError extends Error {
  readonly code: 'foreign' | 'unreachable' | 'other-version' | 'damaged'
  readonly text: { zh: string; en: string }

  constructor(code: DataDirectoryError['code'], text: { zh: string; en: string }, options?: ErrorOptions) {
    super(`${text.zh}\n${text.en}`, options)
    this.name = 'DataDirectoryError'
    this.code = code
    this.text = text
  }
}

/** Where the parts of one data directory lie; everything that the server writes is below it, except a socket too deep. */
export interface Layout {
  /** What was asked for; the same as `root`, unless the user who runs PostgreSQL cannot go there. */
  asked: string
  root: string
  cluster: string
  /** Where a cluster is initialised; a left one is the remains of an interruption. */
  half: string
  log: string
  lock: string
  socketDir: string
}

const fileNames = {
  cluster: 'postgres',
  half: 'postgres.init',
  log: 'postgres.log',
  lock: 'start.lock',
  journal: 'start.lock-journal',
  socket: 'socket',
}

/** A unix socket path may have at most 107 bytes; `/.s.PGSQL.5432.lock` takes 19 of them. */
const socketDirBytesMax = 107 - 19

export function layOut(dataDir: string, as: RunAs): Layout {
  const asked = resolve(dataDir)
  const root = place(asked, as)
  const below = join(root, fileNames.socket)
  const isShort = Buffer.byteLength(below) <= socketDirBytesMax
  return {
    asked,
    root,
    cluster: join(root, fileNames.cluster),
    half: join(root, fileNames.half),
    log: join(root, fileNames.log),
    lock: join(root, fileNames.lock),
    socketDir: isShort ? below : join(tmpdir(), `zeren-${fingerprint(root)}`),
  }
}

/** Another user than root cannot reach a directory below /root: the data then lives under /var/lib, found by its path. */
function place(root: string, as: RunAs): string {
  if (!as.owner) return root
  let parent = root
  while (!existsSync(parent)) parent = dirname(parent)
  return maySearch(parent, as) ? root : join('/var/lib/zeren', fingerprint(root))
}

function fingerprint(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 12)
}

/** Makes a directory that the user who runs PostgreSQL owns and nobody else reads. */
export function makePrivate(directory: string, as: RunAs): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  if (as.owner) chownSync(directory, as.owner.uid, as.owner.gid)
}

/** `new` if a cluster may be made here, `ours` if there is one of ours; anything else is refused before a byte is written. */
export function recognise(layout: Layout): 'new' | 'ours' {
  if (layout.asked !== layout.root) refuseIfUsed(layout.asked)
  if (!existsSync(layout.cluster)) {
    const strangers = existsSync(layout.root) ? readdirSync(layout.root).filter(isStranger) : []
    if (strangers.length > 0) throw foreign(layout.root, strangers)
    return 'new'
  }
  if (!isMarkedOurs(layout.cluster)) throw foreign(layout.root, readdirSync(layout.root))
  const versionFile = join(layout.cluster, 'PG_VERSION')
  if (!existsSync(versionFile)) throw damaged(layout, 'PG_VERSION ✗')
  const version = readFileSync(versionFile, 'utf8').trim()
  if (version !== majorVersion) throw otherVersion(layout.root, version)
  return 'ours'
}

/** Going elsewhere in silence would show an empty database to somebody whose data lie here. */
function refuseIfUsed(asked: string): void {
  const found = existsSync(asked) ? readdirSync(asked) : []
  const strangers = found.filter(isStranger)
  if (strangers.length > 0) throw foreign(asked, strangers)
  if (found.length > 0) throw unreachable(asked)
}

function isStranger(name: string): boolean {
  return !Object.values(fileNames).includes(name)
}

function isMarkedOurs(cluster: string): boolean {
  const file = join(cluster, 'zeren.json')
  if (!existsSync(file)) return false
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<typeof marker>
    return found.product === marker.product && found.format === marker.format
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function foreign(root: string, found: string[]): DataDirectoryError {
  const names = found.slice(0, 3).join(', ')
  return new DataDirectoryError('foreign', {
    zh: `数据目录 ${root} 不是空的,也不是责任系统建立的(内有 ${names})。未作任何改动。请指定一个空目录或原有的数据目录。`,
    en:
      `The data directory ${root} is not empty and was not made by Zeren (it holds ${names}). ` +
      'Nothing in it was changed. Name an empty directory, or the one that Zeren made before.',
  })
}

function unreachable(asked: string): DataDirectoryError {
  return new DataDirectoryError('unreachable', {
    zh: `数据目录 ${asked} 已有数据,但运行 PostgreSQL 的用户不能进入。未作任何改动。请开放上级目录的进入权限。`,
    en:
      `The data directory ${asked} holds data, but the user who runs PostgreSQL may not enter it. ` +
      'Nothing in it was changed. Let that user pass through the directories above it.',
  })
}

function otherVersion(root: string, version: string): DataDirectoryError {
  return new DataDirectoryError('other-version', {
    zh: `数据目录 ${root} 属于 PostgreSQL ${version},本程序使用 ${majorVersion}。未作任何改动。请用原版本程序导出后再导入。`,
    en:
      `The data directory ${root} belongs to PostgreSQL ${version}; this program carries ${majorVersion}. ` +
      'Nothing in it was changed. Open it with the program that made it, export, and import here.',
  })
}

/** `reason` is PostgreSQL's own last words, in its own language. */
export function damaged(layout: Layout, reason: string): DataDirectoryError {
  return new DataDirectoryError('damaged', {
    zh: `数据目录 ${layout.root} 中的数据库不能启动。未作任何覆盖。请查看 ${layout.log},或从备份恢复。原因:\n${reason}`,
    en:
      `The database in ${layout.root} does not start. Nothing was overwritten. ` +
      `Read ${layout.log}, or restore from a backup. The reason:\n${reason}`,
  })
}
