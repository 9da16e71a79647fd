import { plainText } from './text.ts'
import type { Told } from '#kernel/outcome.ts'
import type { Answerable, UnitFacts } from '#kernel/standing.ts'
import type { Text } from '#kernel/words.ts'

/** What the server tells when it does not do what was asked (RFC 9457), by its kind of failure. */
export type ProblemDetails = {
  readonly status: number
  readonly title?: string | Text
  readonly detail?: string | Text
  readonly refusals?: readonly Told[]
  readonly issues?: readonly { readonly field: string; readonly problem: Text }[]
  readonly duty?: { readonly id: string; readonly title: Text }
  readonly unit?: UnitFacts
  readonly answerable?: Answerable
  readonly incident?: string
}

/** The server said no, or could not be reached (`status` 0). */
export class Failure extends Error {
  readonly problem: ProblemDetails
  constructor(problem: ProblemDetails) {
    super(`${problem.status}`)
    this.problem = problem
  }
  get status() {
    return this.problem.status
  }
}

export type Params = Readonly<Record<string, unknown>>

/** Puts parameters into a query string; what is undefined or empty is left out, what is not a scalar goes as JSON. */
export function queryString(params: Params): string {
  const given = Object.entries(params).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(given.map(([key, value]) => [key, plainText(value)])).toString()
  return text && `?${text}`
}

export type Sending = {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
}

/** One request to our own server: the answer as it came, or a `Failure` that says what is wrong. */
export async function send<Answer>(
  method: string,
  path: string,
  { body, headers, signal }: Sending = {},
): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Failure({ status: 0 })
  }
  const text = await response.text()
  const told: unknown = text === '' ? null : readJson(text)
  if (!response.ok) throw new Failure({ ...(told as object), status: response.status })
  return told as Answer
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Whatever stands between us and the server answered in its own words; the status says enough.
    return null
  }
}
