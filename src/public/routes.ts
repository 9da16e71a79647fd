import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import { NotFound } from '#kernel/ask.ts'
import { type Limits, networkOf } from '#src/http/limits.ts'
import { Problem } from '#src/http/problems.ts'
import type { Program } from '#src/program/open.ts'
import { complaints, file, more, status } from './complaints.ts'
import { catalogue, data, dataFile } from './data.ts'
import { readForms } from './forms.ts'
import { framed, type Page, style } from './frame.ts'
import { home } from './home.ts'
import { disclosure, money } from './money.ts'
import { needs } from './needs.ts'
import { notice, notices, Place } from './notices.ts'
import { object, objectForm, objection, objections } from './objections.ts'
import { project, projects } from './projects.ts'
import { Shelf, type Written } from './shelf.ts'
import { answerInWords } from './troubles.ts'
import { unit, units } from './units.ts'
import { Visit } from './visit.ts'

const YEAR_SECONDS = 365 * 86_400
/** A kept page may load its style and nothing else; it holds no script, and none would run. */
const guards = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'strict-transport-security': `max-age=${180 * 86_400}`,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin',
} as const
const HTML = 'text/html; charset=utf-8'

type Ask<Answer> = (visit: Visit, request: FastifyRequest) => Promise<Answer>

/**
 * The public site: pages of HTML without any script at addresses that stay, and files of open data. It knows what the public may ask
 * and no more. Pages that say the same to everybody are kept as written; forms and what follows them are kept by nobody.
 */
export function publicSite(app: FastifyInstance, program: Program, limits: Limits) {
  const shelf = new Shelf(() => markOf(program))
  void app.register(
    (site, _options, done) => {
      readForms(site)
      // A browser that tells no page where it came from tells no form either, and a form must come from here.
      site.addHook('onRequest', (_request, reply, next) => {
        reply.header('referrer-policy', 'same-origin')
        next()
      })
      site.setErrorHandler((error, request, reply) => answerInWords(program, error, request, reply))
      site.setNotFoundHandler(() => {
        throw new Problem('not-found')
      })
      reading(site, program, shelf)
      writing(site, program, shelf, limits)
      done()
    },
    { prefix: '/public' },
  )
}

/** The database's own account of which transactions can be seen: it changes when anything at all was written. */
async function markOf({ reads }: Program): Promise<string> {
  const { rows } = await sql<{ mark: string }>`select pg_current_snapshot()::text as mark`.execute(reads.db)
  return rows[0]?.mark ?? ''
}

const Id = z.object({ id: z.uuid() })
const idOf = (request: FastifyRequest): string => {
  const read = Id.safeParse(request.params)
  if (!read.success) throw new NotFound({ zh: '没有这个地址。', en: 'There is nothing at this address.' })
  return read.data.id
}
function placeOf(request: FastifyRequest): Place {
  const read = Place.safeParse(request.params)
  if (!read.success) throw new NotFound({ zh: '没有这份公示。', en: 'There is no such notice.' })
  return read.data
}

/** What few ask for, and what takes longest to write: whoever asks for much of it waits, and keeps no other reader waiting. */
const isRare = (visit: Visit, request: FastifyRequest) =>
  visit.on !== visit.today || 'year' in (request.query as object) || visit.path.startsWith('/public/data/')

/** Pages and files that are the same for everybody. */
function reading(site: FastifyInstance, program: Program, shelf: Shelf) {
  const written = (path: string, ask: Ask<Written>) =>
    // What is kept is compressed already, and its guards are always the same.
    site.get(path, { compress: false, helmet: false }, async (request, reply) => {
      const visit = new Visit(program, request, true)
      // The address as it was asked for: one with a parameter that no page knows is refused, and not kept.
      const about = `${visit.today} ${visit.language} ${visit.isSaid} ${request.url}`
      return hand(request, reply, await shelf.take(about, () => ask(visit, request), isRare(visit, request)))
    })
  const page = (path: string, ask: Ask<Page>) =>
    written(path, async (visit, request) => ({ type: HTML, text: framed(visit, await ask(visit, request)) }))
  page('/', (visit) => {
    visit.query(z.object({}))
    return home(visit)
  })
  page('/notices', notices)
  page('/notices/:unit/:year/:round', (visit, request) => notice(visit, placeOf(request)))
  page('/units', units)
  page('/units/:id', (visit, request) => unit(visit, idOf(request)))
  page('/projects', projects)
  page('/projects/:id', (visit, request) => project(visit, idOf(request)))
  page('/money', money)
  page('/money/:id', (visit, request) => disclosure(visit, idOf(request)))
  page('/needs', needs)
  page('/data', data)
  written('/data/catalogue.json', catalogue)
  written('/data/:file', (visit, request) => dataFile(visit, (request.params as { file: string }).file))
  site.get('/style.css', (_request, reply) =>
    reply
      .header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`)
      .type('text/css; charset=utf-8')
      .send(style),
  )
}

type Leaf = Awaited<ReturnType<Shelf['take']>>

/** Hands a kept page out in the form that the browser asked for, or says that the one it has still stands. */
function hand(request: FastifyRequest, reply: FastifyReply, leaf: Leaf) {
  reply
    .headers(guards)
    .header('etag', leaf.tag)
    .header('cache-control', 'public, no-cache')
    .header('vary', 'Accept-Language, Accept-Encoding')
  if (request.headers['if-none-match'] === leaf.tag) return reply.code(304).send()
  reply.headers(leaf.headers).type(leaf.type)
  const accepted = String(request.headers['accept-encoding'] ?? '')
  const form = leaf.br && /\bbr\b/.test(accepted) ? 'br' : leaf.gzip && /\bgzip\b/.test(accepted) ? 'gzip' : undefined
  return form ? reply.header('content-encoding', form).send(leaf[form]) : reply.send(leaf.plain)
}

/** Forms and what is done with them: fresh each time, and few from one address. */
function writing(site: FastifyInstance, program: Program, shelf: Shelf, limits: Limits) {
  const fresh = (ask: Ask<Page>) => async (request: FastifyRequest, reply: FastifyReply) => {
    const visit = new Visit(program, request)
    const page = await ask(visit, request)
    return reply.header('cache-control', 'no-store').type(HTML).send(framed(visit, page))
  }
  // Counted in memory, by address; the database never hears of it.
  const config = {
    rateLimit: {
      max: limits.publicActsPerMinute,
      timeWindow: 60_000,
      keyGenerator: ({ ip }: FastifyRequest) => networkOf(ip),
    },
  }
  const asked = (path: string, ask: Ask<Page>) => site.post(path, { config }, fresh(ask))
  const done = (path: string, ask: Ask<Page>) =>
    asked(path, async (visit, request) => {
      const page = await ask(visit, request)
      shelf.clear()
      return page
    })
  site.get('/complaints', fresh(complaints))
  site.get('/objections', fresh(objections))
  site.get(
    '/notices/:unit/:year/:round/object',
    fresh((visit, request) => objectForm(visit, placeOf(request))),
  )
  done('/notices/:unit/:year/:round/object', (visit, request) => object(visit, placeOf(request), request))
  asked('/objections', objection)
  done('/complaints', file)
  asked('/complaints/status', status)
  done('/complaints/add', (visit, request) => more(visit, request, 'complaint.add'))
  done('/complaints/contest', (visit, request) => more(visit, request, 'complaint.contest'))
}
