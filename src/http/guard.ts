import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { malformed, Problem } from './problems.ts'

/** Refuses what another site's page makes a browser send, whatever cookies come along. */
export function guardOrigin(app: FastifyInstance) {
  app.addHook('onRequest', (request, _reply, done) => {
    done(isReading(request) || isFromHere(request) ? undefined : new Problem('another-site'))
  })
}

const isReading = ({ method }: FastifyRequest) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS'

function isFromHere({ headers, host }: FastifyRequest): boolean {
  if (headers['sec-fetch-site'] === 'cross-site') return false
  const { origin } = headers
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)
}

/** Reads JSON; a character that no text of a database can hold is told, not stumbled over. */
export function readJsonBodies(app: FastifyInstance) {
  const read = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
    if (text === '') return done(null, undefined)
    return read(request, text, (error, body: unknown) => {
      if (error) return done(error)
      // Only an escape can bring such a character in, and few bodies have one.
      const field = /\\u(0000|[dD][89a-fA-F])/.test(text) ? findUnwritable(body) : undefined
      if (field === undefined) return done(null, body)
      return done(malformed(field, { zh: '含有无法保存的字符。', en: 'It holds a character that cannot be kept.' }))
    })
  })
}

function findUnwritable(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0') ? undefined : at || '(input)'
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, each] of Object.entries(value)) {
    const here = at === '' ? key : `${at}.${key}`
    const found = key.isWellFormed() && !key.includes('\0') ? findUnwritable(each, here) : at || '(input)'
    if (found !== undefined) return found
  }
  return undefined
}

/** Lets a browser keep an answer and ask only whether it still stands. */
export function markAnswers(app: FastifyInstance) {
  app.addHook('onSend', async (request, reply, payload) => {
    if (
      request.method !== 'GET' ||
      !request.url.startsWith('/api/') ||
      reply.statusCode !== 200 ||
      typeof payload !== 'string'
    )
      return payload
    const tag = `W/"${createHash('sha1').update(payload).digest('base64url')}"`
    reply.header('etag', tag).header('cache-control', 'private, no-cache').header('vary', 'Cookie, Accept-Language')
    if (request.headers['if-none-match'] !== tag) return payload
    reply.code(304)
    return ''
  })
}
