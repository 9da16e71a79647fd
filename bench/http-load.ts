import { Agent, request } from 'node:http'
import { load, percentile } from './world.ts'

const CONNECTIONS = 50
const WARM_UP = 1_000
const ACTS = 6_000

/** Fifty keep-alive connections that attest headcounts, each request with a key of its own; told to the parent when done. */
const url = new URL(process.argv[2] ?? '')
const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; cookie: string }>((resolve, reject) => {
    const sent = request(
      {
        host: url.hostname,
        port: url.port,
        path,
        method: 'POST',
        agent,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (answer) => {
        answer.resume()
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            cookie: (answer.headers['set-cookie'] ?? []).map((each) => each.split(';')[0]).join('; '),
          }),
        )
      },
    )
    sent.on('error', reject)
    sent.end(JSON.stringify(body))
  })

process.once('message', (seats: { unit: string; post: string }[]) => void run(seats))

async function run(seats: readonly { unit: string; post: string }[]) {
  const cookies = await Promise.all(seats.map(async (seat) => (await post('/api/session', seat)).cookie))
  let failed = 0
  const attest = async (at: number) => {
    const seat = seats[at % seats.length]
    const body = {
      unit: seat?.unit,
      year: 2000 + (Math.floor(at / seats.length) % 19),
      poorPersons: 800 + (at % 90),
      ruralPersons: 90_000,
      villages: 80,
      villagesOut: 79,
      asOf: `${2000 + (Math.floor(at / seats.length) % 19)}-12-01`,
    }
    const headers = {
      cookie: cookies[at % seats.length] ?? '',
      'idempotency-key': `load-${process.pid}-${process.hrtime.bigint()}-${at}`,
    }
    const { status } = await post('/api/acts/headcount.attest', body, headers)
    if (status !== 200) failed += 1
  }
  await load(WARM_UP, CONNECTIONS, attest)
  failed = 0
  const { rate, ms } = await load(ACTS, CONNECTIONS, attest)
  process.send?.(
    { acts: ACTS, seconds: ACTS / rate, p50: percentile(ms, 0.5), p99: percentile(ms, 0.99), failed },
    () => process.exit(0),
  )
}
