import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import pino from 'pino'
import { Client } from '#src/client/client.ts'
import type { Problem } from '#src/client/wire.ts'
import { buildServer, type ServerOptions } from '#src/http/server.ts'
import { assemble, type Parts, type Program, type Registry, shippedRegistry } from '#src/program/open.ts'
import { type As, World } from './world.ts'

const BUSY_TRIES_MAX = 20

export type Serving = {
  readonly mode?: 'demonstration' | 'production'
  readonly day?: string
  readonly charter?: 'campaign' | 'three-tiers'
  /** What the test adds to the product's own acts, questions and checks. */
  readonly more?: Partial<Registry>
  readonly options?: Partial<ServerOptions>
  /** The server starts on a database in which nothing was founded. */
  readonly world?: World
  /** Whether what reads run on cannot be reached. */
  readonly readerGone?: boolean
}

type Sending = {
  readonly body?: string
  readonly headers?: Record<string, string>
  /** The cookies to send; by default those that the test has set. */
  readonly as?: string
  readonly method?: string
}

/** A real server on a free port of this machine, over the small country. */
export class TestServer {
  readonly world: World
  readonly program: Program
  readonly app: FastifyInstance
  readonly url: string
  /** What the server wrote to its log. */
  readonly log: readonly Record<string, unknown>[]
  /** What `send` sends unless told otherwise. */
  cookie = ''
  readonly #ownsWorld: boolean

  private constructor(
    world: World,
    program: Program,
    app: FastifyInstance,
    log: readonly Record<string, unknown>[],
    ownsWorld: boolean,
  ) {
    this.world = world
    this.program = program
    this.app = app
    this.log = log
    this.#ownsWorld = ownsWorld
    this.url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  }

  static async open({
    mode = 'demonstration',
    day = '2016-03-01',
    charter,
    more = {},
    options = {},
    world: given,
    readerGone = false,
  }: Serving = {}): Promise<TestServer> {
    const world = given ?? (await World.open(charter))
    const shipped = shippedRegistry()
    const registry: Registry = {
      acts: [...shipped.acts, ...(more.acts ?? [])],
      asks: [...shipped.asks, ...(more.asks ?? [])],
      figures: [...shipped.figures, ...(more.figures ?? [])],
      checks: [...shipped.checks, ...(more.checks ?? [])],
    }
    const { owner, app: role, reader } = world.database
    const gone = { ...reader, host: '/nowhere' }
    const connections: Parts['connections'] = {
      owner,
      app: role,
      reader: readerGone ? gone : reader,
      embedded: true,
      stop: () => Promise.resolve(),
    }
    const program = await assemble({
      mode,
      charter: world.charter,
      registry,
      connections,
      secret: 'a secret that only this test knows, long enough',
      ...(mode === 'demonstration' && { day }),
    })
    const log: Record<string, unknown>[] = []
    const logger = pino(
      { level: 'info' },
      { write: (line: string) => log.push(JSON.parse(line) as Record<string, unknown>) },
    )
    const app = await buildServer(program, { logger, ...options })
    await app.listen({ host: '127.0.0.1', port: 0 })
    return new TestServer(world, program, app, log, given === undefined)
  }

  async close() {
    await this.app.close()
    await this.program.close()
    if (this.#ownsWorld) await this.world.close()
  }

  client = (language: 'zh' | 'en' = 'en') => new Client({ server: this.url, language })

  /** The cookies of whoever sits in a seat, as a browser would keep them. */
  async cookieOf(unit: string, post: string): Promise<string> {
    const sitDown = () =>
      fetch(`${this.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ unit: this.world.unit(unit), post }),
      })
    let response = await sitDown()
    // On a machine with much else to do a server that has just started may say so.
    for (let tries = 0; response.status === 503 && tries < BUSY_TRIES_MAX; tries += 1) {
      await new Promise((resume) => setTimeout(resume, 500))
      response = await sitDown()
    }
    assert.equal(response.status, 200, await response.clone().text())
    return response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
  }

  /** One raw request, as badly formed as a test wants it. */
  async send(path: string, { body = '{}', headers = {}, as = this.cookie, method = 'POST' }: Sending = {}) {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', cookie: as, 'idempotency-key': randomUUID(), ...headers },
      ...(method !== 'GET' && { body }),
    })
    const problem = (await response.json()) as Problem & { readonly id?: string }
    return { status: response.status, headers: response.headers, problem }
  }

  async countJournal(): Promise<number | undefined> {
    const { rows } = await this.world.engine.database.pool.query<{ n: number }>(
      'select count(*)::int as n from journal',
    )
    return rows[0]?.n
  }

  /** A client that sits in a seat of the small country. */
  async as([unit, post]: Exclude<As, string>): Promise<Client> {
    const client = this.client()
    await client.signIn({ unit: this.world.unit(unit), post })
    return client
  }
}
