import type { z } from 'zod'
import type { Act } from '#kernel/act.ts'
import type { Ask } from '#kernel/ask.ts'
import type { Told } from '#kernel/outcome.ts'
import type { acts } from '#src/acts.ts'
import type { asks } from '#src/asks.ts'
import type {
  AnswerableAnswer,
  CheckAnswer,
  CheckSummary,
  FigureAnswer,
  FigureQuery,
  Params,
  Problem,
  Rehearsed,
  Session,
  UnitFacts,
} from './wire.ts'

type KnownAct = (typeof acts)[number]
export type ActName = KnownAct['name']
type ActOf<Name extends ActName> = Extract<KnownAct, { readonly name: Name }>
export type ActInput<Name extends ActName> = z.input<ActOf<Name>['input']>
export type ActResult<Name extends ActName> =
  ActOf<Name> extends Act<string, infer _Input, infer _Facts, infer _Code, infer _Advice, infer Result> ? Result : never

type KnownAsk = (typeof asks)[number]
export type AskName = KnownAsk['name']
type AskOf<Name extends AskName> = Extract<KnownAsk, { readonly name: Name }>
export type AskInput<Name extends AskName> = z.input<AskOf<Name>['input']>
export type AskAnswer<Name extends AskName> =
  AskOf<Name> extends Ask<string, infer _Input, infer Answer> ? Answer : never

/** The server did not do what was asked, and says why. */
export class Failure extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.name = 'Failure'
    this.problem = problem
  }
  get refusals(): readonly Told[] {
    return this.problem.refusals ?? []
  }
}

export type ClientOptions = {
  /** Where the server listens; in a browser, by default, where the page came from. */
  readonly server?: string
  readonly language?: 'zh' | 'en'
  /** What acts come in through, as the journal keeps it. */
  readonly via?: 'web' | 'cli'
  readonly fetch?: typeof fetch
}

/** As of which day, and restated to the map of which day. */
export type AsOf = { readonly on?: string; readonly map?: string }

/** Everything that the server can be asked and told, with the types of the acts and questions themselves. */
export class Client {
  readonly #options: ClientOptions
  readonly #cookies = new Map<string, string>()

  constructor(options: ClientOptions = {}) {
    this.#options = options
  }

  /** Does an act under a key of the caller's own: the same key, sent again, gives the first outcome. */
  act<Name extends ActName>(name: Name, input: ActInput<Name>, { key }: { readonly key: string }) {
    return this.send<{ id: string; outcome: 'done'; result: ActResult<Name> }>('POST', `/api/acts/${name}`, input, {
      'idempotency-key': key,
    })
  }

  /** Says what would be refused, and changes nothing. */
  rehearse<Name extends ActName>(name: Name, input: ActInput<Name>) {
    return this.send<Rehearsed>('POST', `/api/acts/${name}?dry-run`, input)
  }

  ask<Name extends AskName>(name: Name, input: AskInput<Name>, asOf: AsOf = {}) {
    return this.send<AskAnswer<Name>>('GET', `/api/asks/${name}${query({ ...(input as Params), ...asOf })}`)
  }

  figure(name: string, about: FigureQuery = {}) {
    return this.send<FigureAnswer>('GET', `/api/figures/${name}${query(about)}`)
  }

  checkSummary(id: string, asOf: AsOf = {}) {
    return this.send<CheckSummary>('GET', `/api/checks/${id}/summary${query(asOf)}`)
  }

  check(id: string, asOf: AsOf = {}) {
    return this.send<CheckAnswer>('GET', `/api/checks/${id}${query(asOf)}`)
  }

  answerable(about: { readonly duty: string; readonly unit: string; readonly on?: string }) {
    return this.send<AnswerableAnswer>('GET', `/api/answerable${query(about)}`)
  }

  /** Units that a code or a name may mean. */
  units(named: string, on?: string) {
    return this.send<readonly UnitFacts[]>('GET', `/api/units${query({ named, on })}`)
  }

  session() {
    return this.send<Session>('GET', '/api/session')
  }

  signIn(
    who:
      | { readonly unit: string; readonly post: string; readonly delegation?: string }
      | { readonly email: string; readonly password: string },
  ) {
    return this.send<{ signedIn: true }>('POST', '/api/session', who)
  }

  signOut() {
    return this.send<{ signedIn: false }>('DELETE', '/api/session')
  }

  moveDay(day: string) {
    return this.send<{ today: string }>('POST', '/api/demonstration/day', { day })
  }

  /** A file as the server makes it; what it refuses is thrown as of any question. */
  async download(path: string, params: Params = {}): Promise<Response> {
    const response = await this.#request('GET', `${path}${query(params)}`)
    if (!response.ok) throw new Failure((await response.json()) as Problem)
    return response
  }

  /** Sends a file as it is. */
  upload<Answer>(path: string, file: Blob, params: Params = {}) {
    return this.send<Answer>('POST', `${path}${query(params)}`, file, { 'content-type': 'application/octet-stream' })
  }

  /** One request with its answer. */
  async send<Answer>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const response = await this.#request(method, path, body, headers)
    const answer: unknown = await response.json()
    if (!response.ok) throw new Failure(answer as Problem)
    return answer as Answer
  }

  /** A browser keeps the cookies itself, elsewhere they are kept here. */
  async #request(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { server = '', language, via, fetch: send = fetch } = this.#options
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await send(`${server}${path}`, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(language && { 'accept-language': language }),
        ...(via && { 'zeren-via': via }),
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body instanceof Blob ? body : JSON.stringify(body) }),
    })
    this.#keepCookies(response)
    return response
  }

  #keepCookies({ headers }: Response) {
    for (const line of headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name === undefined || value === undefined) continue
      if (value === '') this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
  }
}

/** Parameters as a query string; what is undefined is left out, what is no plain text is written as JSON. */
function query(params: Params): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined)
  const written = given.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)])
  const text = new URLSearchParams(written as [string, string][]).toString()
  return text && `?${text}`
}
