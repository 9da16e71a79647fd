import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { Problem } from '#src/http/problems.ts'

/** A page that was written may stand so long after something changed, and is written anew no more often than that. */
const STALE_MS_MAX = 30_000
const RENEWED_MS_MIN = 10_000
/** So many are written anew at once while readers are served from what stands. */
const RENEWED_AT_ONCE = 1
/** So many of what few ask for may wait their turn; whoever comes then is told to come again. */
const RARE_WAITING_MAX = 60
const MARK_MS = 250
const BYTES_MAX = 64 * 1024 * 1024
const COMPRESSED_FROM_BYTES = 1_024
const BROTLI_QUALITY = 4

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)

/** An answer as it is sent, in each form that a browser may ask for, with a name that says whether it changed. */
export type Leaf = {
  readonly type: string
  readonly tag: string
  readonly plain: Buffer
  readonly gzip: Buffer | undefined
  readonly br: Buffer | undefined
  readonly headers: Readonly<Record<string, string>>
}
export type Written = {
  readonly type: string
  readonly text: string
  readonly headers?: Readonly<Record<string, string>>
}

async function leafOf({ type, text, headers = {} }: Written): Promise<Leaf> {
  const plain = Buffer.from(text)
  const tag = `W/"${createHash('sha1').update(plain).digest('base64url')}"`
  if (plain.length < COMPRESSED_FROM_BYTES) return { type, tag, plain, gzip: undefined, br: undefined, headers }
  const [zip, br] = await Promise.all([
    gzipped(plain),
    brotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  ])
  return { type, tag, plain, gzip: zip, br, headers }
}

type Kept = { leaf: Leaf; mark: string; at: number; renewing: boolean }

/**
 * The pages that everybody may read, kept as they were written. They say the same to everybody, so each is written once for all
 * readers: anew when anything at all was written to the database since, which its own account of what can be seen tells.
 */
export class Shelf {
  readonly #markNow: () => Promise<string>
  readonly #kept = new Map<string, Kept>()
  readonly #coming = new Map<string, Promise<Leaf>>()
  #bytes = 0
  #renewing = 0
  #waiting = 0
  #turn: Promise<unknown> = Promise.resolve()
  #mark: { at: number; value: Promise<string> } | undefined

  constructor(markNow: () => Promise<string>) {
    this.#markNow = markNow
  }

  /** `about` names what the page is of, with the day and the language in it; what is rare is written one at a time. */
  async take(about: string, ask: () => Promise<Written>, isRare = false): Promise<Leaf> {
    const write = isRare ? () => this.#inTurn(ask) : ask
    const mark = await this.#markOf()
    const kept = this.#kept.get(about)
    if (!kept) return this.#written(about, mark, write)
    this.#kept.delete(about)
    this.#kept.set(about, kept)
    const age = performance.now() - kept.at
    if (kept.mark === mark) return kept.leaf
    if (age > STALE_MS_MAX) return this.#written(about, mark, write)
    if (age > RENEWED_MS_MIN && !kept.renewing && this.#renewing < RENEWED_AT_ONCE) {
      kept.renewing = true
      this.#renewing += 1
      // Whoever asks next hears of what went wrong; this reader has a page.
      this.#written(about, mark, write)
        .catch(() => this.#drop(about))
        .finally(() => (this.#renewing -= 1))
    }
    return kept.leaf
  }

  /** Whoever just did something sees it. */
  clear() {
    this.#kept.clear()
    this.#coming.clear()
    this.#bytes = 0
    this.#mark = undefined
  }

  #markOf(): Promise<string> {
    const now = performance.now()
    if (!this.#mark || now - this.#mark.at > MARK_MS) {
      const value = this.#markNow()
      value.catch(() => {
        this.#mark = undefined
      })
      this.#mark = { at: now, value }
    }
    return this.#mark.value
  }

  async #inTurn(write: () => Promise<Written>): Promise<Written> {
    if (this.#waiting >= RARE_WAITING_MAX) throw new Problem('busy')
    this.#waiting += 1
    const before = this.#turn
    const written = before.then(write)
    this.#turn = written.then(
      () => undefined,
      () => undefined,
    )
    try {
      return await written
    } finally {
      this.#waiting -= 1
    }
  }

  /** Many readers who want the same page at once wait for one writing of it. */
  #written(about: string, mark: string, write: () => Promise<Written>): Promise<Leaf> {
    const coming = this.#coming.get(about)
    if (coming) return coming
    const made = write()
      .then(leafOf)
      .then((leaf) => {
        if (this.#coming.get(about) === made) this.#keep(about, { leaf, mark, at: performance.now(), renewing: false })
        return leaf
      })
      .finally(() => {
        if (this.#coming.get(about) === made) this.#coming.delete(about)
      })
    this.#coming.set(about, made)
    return made
  }

  #keep(about: string, kept: Kept) {
    this.#drop(about)
    this.#kept.set(about, kept)
    this.#bytes += weightOf(kept)
    for (const [oldest] of this.#kept) {
      if (this.#bytes <= BYTES_MAX) break
      this.#drop(oldest)
    }
  }

  #drop(about: string) {
    const kept = this.#kept.get(about)
    if (!kept) return
    this.#kept.delete(about)
    this.#bytes -= weightOf(kept)
  }
}

const weightOf = ({ leaf }: Kept) => leaf.plain.length + (leaf.gzip?.length ?? 0) + (leaf.br?.length ?? 0)
