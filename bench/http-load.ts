import { connect, type Socket } from 'node:net'
import { load, percentile } from './world.ts'

const CONNECTIONS = 50
const WARM_UP = 1_000
const REQUESTS = 6_000

/**
 * Fifty keep-alive connections that attest headcounts, each request with a key of its own, or ask a bare server for as much; told to the
 * parent when done. It writes and reads HTTP/1.1 by hand, to take as little as it can of the processors that it shares with the server.
 */
const url = new URL(process.argv[2] ?? '')
const isBare = process.argv[3] === 'bare'

type Answer = { readonly status: number; readonly cookie: string }

/** One connection, one request at a time. */
class Line {
  readonly #socket: Socket = connect(Number(url.port), url.hostname).setNoDelay(true).setEncoding('latin1')
  #heard = ''
  #answer: ((answer: Answer) => void) | undefined

  constructor() {
    this.#socket.on('data', (text: string) => this.#hear(text))
    this.#socket.on('error', (error) => {
      throw error
    })
  }

  post(path: string, body: unknown, headers = ''): Promise<Answer> {
    const text = JSON.stringify(body)
    return new Promise((resolve) => {
      this.#answer = resolve
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      )
    })
  }

  close() {
    this.#socket.destroy()
  }

  #hear(text: string) {
    this.#heard += text
    const end = this.#heard.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = this.#heard.slice(0, end)
    const length = /^content-length: (\d+)$/im.exec(head)?.[1]
    if (length === undefined) throw new Error(`An answer without a length: ${head}`)
    if (this.#heard.length < end + 4 + Number(length)) return
    this.#heard = ''
    const cookies = [...head.matchAll(/^set-cookie: ([^;\r]*)/gim)].map(([, cookie]) => cookie)
    this.#answer?.({ status: Number(head.slice(9, 12)), cookie: cookies.join('; ') })
  }
}

process.once('message', (seats: { unit: string; post: string }[]) => void run(seats))

async function run(seats: readonly { unit: string; post: string }[]) {
  const idle = Array.from({ length: CONNECTIONS }, () => new Line())
  const post = async (path: string, body: unknown, headers?: string) => {
    const line = idle.pop()
    if (!line) throw new Error('More at once than connections.')
    const answer = await line.post(path, body, headers)
    idle.push(line)
    return answer
  }
  const cookies: string[] = []
  if (!isBare)
    await load(seats.length, CONNECTIONS, async (at) => {
      cookies[at] = (await post('/api/session', seats[at])).cookie
    })
  let failed = 0
  const attest = async (at: number) => {
    const seat = at % seats.length
    const year = 2000 + (Math.floor(at / seats.length) % 19)
    const body = {
      unit: seats[seat]?.unit,
      year,
      poorPersons: 800 + (at % 90),
      ruralPersons: 90_000,
      villages: 80,
      villagesOut: 79,
      asOf: `${year}-12-01`,
    }
    const key = `load-${process.pid}-${process.hrtime.bigint()}-${at}`
    const { status } = await post(
      '/api/acts/headcount.attest',
      body,
      `cookie: ${cookies[seat] ?? ''}\r\nidempotency-key: ${key}\r\n`,
    )
    if (status !== 200) failed += 1
  }
  await load(WARM_UP, CONNECTIONS, attest)
  failed = 0
  const { rate, ms } = await load(REQUESTS, CONNECTIONS, attest)
  process.send?.(
    { requests: REQUESTS, seconds: REQUESTS / rate, p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), failed },
    () => process.exit(0),
  )
}
