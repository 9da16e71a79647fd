import { connect, type Socket } from 'node:net'
import { load, percentile } from './world.ts'

const READERS = 200
const WARM_UP = 2_000
const PAGES_READ = 20_000
/** Few people read a page in a tenth of a second. */
const PAUSE_MS = 100

/**
 * Two hundred keep-alive readers of the public site, each asking for one page after another and reading it whole before the next, first
 * as fast as they come and then with a short pause between; told to the parent when done. HTTP/1.1 by hand, to take as little as it can of the processors that it shares with the server.
 */
const url = new URL(process.argv[2] ?? '')

class Reader {
  readonly #socket: Socket = connect(Number(url.port), url.hostname).setNoDelay(true)
  #heard: Buffer = Buffer.alloc(0)
  #answer: ((status: number) => void) | undefined

  constructor() {
    this.#socket.on('data', (bytes: Buffer) => this.#hear(bytes))
    this.#socket.on('error', (error) => {
      throw error
    })
  }

  get(path: string): Promise<number> {
    return new Promise((resolve) => {
      this.#answer = resolve
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nhost: ${url.host}\r\naccept-encoding: gzip, br\r\naccept-language: zh-CN\r\n\r\n`,
      )
    })
  }

  close() {
    this.#socket.destroy()
  }

  #hear(bytes: Buffer) {
    this.#heard = this.#heard.length === 0 ? bytes : Buffer.concat([this.#heard, bytes])
    const end = this.#heard.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#heard.toString('latin1', 0, end)
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? Number.NaN)
    if (Number.isNaN(length)) throw new Error(`An answer without a length: ${head}`)
    if (this.#heard.length < end + 4 + length) return
    this.#heard = Buffer.alloc(0)
    this.#answer?.(Number(head.slice(9, 12)))
  }
}

process.once('message', (pages: string[]) => void run(pages))

async function run(pages: readonly string[]) {
  const idle = Array.from({ length: READERS }, () => new Reader())
  let failed = 0
  const read = async (at: number) => {
    const reader = idle.pop()
    if (!reader) throw new Error('More at once than readers.')
    // Not all of them the same page at once: every reader goes their own way through the site.
    const status = await reader.get(pages[(at * 7919) % pages.length] ?? '/public')
    if (status !== 200) failed += 1
    idle.push(reader)
  }
  const measured = async (work: (at: number) => Promise<void>, ms: number[]) => {
    failed = 0
    const { rate } = await load(PAGES_READ, READERS, work)
    return { rate, p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), failed }
  }
  const timed = (ms: number[]) => async (at: number) => {
    const from = performance.now()
    await read(at)
    ms.push(performance.now() - from)
  }
  await load(WARM_UP, READERS, read)
  const hurried: number[] = []
  const flatOut = await measured(timed(hurried), hurried)
  const calm: number[] = []
  const readOne = timed(calm)
  const pausing = await measured(async (at) => {
    await readOne(at)
    await new Promise((resume) => setTimeout(resume, PAUSE_MS))
  }, calm)
  for (const reader of idle) reader.close()
  process.send?.({ pages: PAGES_READ, flatOut, pausing }, () => process.exit(0))
}
