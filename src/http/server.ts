import path from 'node:path'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { programRoot } from '#src/program/home.ts'
import { publicSite } from '#src/public/routes.ts'
import type { Program } from '#src/program/open.ts'
import { derive } from '#src/program/secret.ts'
import { actRoutes } from './acts.ts'
import { answerableRoutes } from './answerable.ts'
import { seatOf } from './cookies.ts'
import { askRoutes } from './asks.ts'
import { checkRoutes } from './checks.ts'
import { demonstrationRoutes } from './demonstration.ts'
import { exportRoutes } from './exports.ts'
import { feedRoutes } from './feeds.ts'
import { figureRoutes } from './figures.ts'
import { guardOrigin, markAnswers, readJsonBodies } from './guard.ts'
import { healthRoutes } from './health.ts'
import { letterRoutes } from './letters.ts'
import { importRoutes } from './imports.ts'
import { type Limits, limitsOf, networkOf } from './limits.ts'
import { metricRoutes } from './metrics.ts'
import { requestRoutes } from './requests.ts'
import { openApiRoutes } from './openapi.ts'
import { planRoutes } from './plans.ts'
import { answerError, answerUnreadable } from './problems.ts'
import { samplingRoutes } from './sampling.ts'
import { sessionRoutes } from './session.ts'
import { endUnasked } from './unasked.ts'
import { webRoutes } from './web.ts'

const BODY_BYTES_MAX = 1024 * 1024
/** Higher ones cost more time than the bytes that they save. */
const BROTLI_QUALITY = 4
const EVENT_LOOP_DELAY_MS_MAX = 3_000

export type ServerOptions = {
  readonly logger: FastifyBaseLogger
  /** Where the built pages lie. */
  readonly web?: string
  readonly limits?: Partial<Limits>
  /** Whether a proxy that we trust says who the caller is. */
  readonly trustProxy?: boolean
}

/** The server of a programme: it carries acts and questions to the kernel and the answers back, and decides nothing. */
export async function buildServer(
  program: Program,
  { logger, web = path.join(programRoot, 'dist/web'), limits, trustProxy = false }: ServerOptions,
): Promise<FastifyInstance> {
  const allowed = { ...limitsOf(program.mode), ...limits }
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_BYTES_MAX,
    trustProxy,
    forceCloseConnections: 'idle',
    clientErrorHandler: answerUnreadable,
    routerOptions: { maxParamLength: 200 },
  })
  app.setErrorHandler(answerError)
  endUnasked(app)
  await protect(app, program, allowed)
  readJsonBodies(app)
  const count = metricRoutes(app, program)
  healthRoutes(app, program)
  openApiRoutes(app, program.charter, program)
  sessionRoutes(app, program, allowed.signInsPerMinute)
  actRoutes(app, program, allowed, count)
  askRoutes(app, program)
  figureRoutes(app, program)
  checkRoutes(app, program)
  answerableRoutes(app, program)
  letterRoutes(app, program)
  importRoutes(app, program)
  exportRoutes(app, program)
  samplingRoutes(app, program)
  requestRoutes(app, program)
  planRoutes(app, program)
  feedRoutes(app, program)
  demonstrationRoutes(app, program)
  publicSite(app, program, allowed)
  await webRoutes(app, program, web)
  // Last, so that the time that it takes to build all this is not taken for pressure, and the first callers for too many.
  await app.register(underPressure, { maxEventLoopDelay: EVENT_LOOP_DELAY_MS_MAX, retryAfter: 2 })
  return app
}

/** What stands before every route: who may come in how often, what a page may load, and how answers travel. */
async function protect(app: FastifyInstance, { secret }: Program, limits: Limits) {
  guardOrigin(app)
  await app.register(cookie, { secret: derive(secret, 'cookies') })
  await app.register(rateLimit, {
    global: true,
    max: limits.requestsPerMinute,
    timeWindow: 60_000,
    // A whole office may come from one address: whoever sits in a seat is counted by it.
    keyGenerator: (request) => seatOf(request) ?? networkOf(request.ip),
  })
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // The component library writes its styles into the page; a style cannot act.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        workerSrc: ["'self'", 'blob:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Opened without TLS, a browser ignores it; behind TLS it keeps to it.
    strictTransportSecurity: { maxAge: 180 * 86_400, includeSubDomains: false },
  })
  markAnswers(app)
  await app.register(compress, {
    global: true,
    threshold: 1024,
    encodings: ['br', 'gzip', 'identity'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
  })
}
