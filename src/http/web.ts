import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Program } from '#src/program/open.ts'
import { notFound, Problem } from './problems.ts'

const YEAR_SECONDS = 365 * 86_400

/** The pages: files with a fingerprint in their name are kept for good, every other path of the app is the app itself. */
export async function webRoutes(app: FastifyInstance, program: Program, folder: string) {
  const index = path.join(folder, 'index.html')
  const page = existsSync(index) ? readFileSync(index) : undefined
  if (page)
    await app.register(fastifyStatic, {
      root: folder,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders(reply, file) {
        const isHashed = file.startsWith(path.join(folder, 'assets') + path.sep)
        reply.header('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
      },
    })
  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) throw nothingAt(program, request)
    if (!page)
      throw notFound({
        zh: '网页尚未构建，请先运行 npm start 或 vite build。',
        en: 'The pages are not built yet: run npm start, or vite build.',
      })
    return sendPage(reply, page)
  })
}

const sendPage = (reply: FastifyReply, page: Buffer) =>
  reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)

/** The addresses of the app that end with the name of an act or a figure, which has a dot in it. */
const namedPage = /^\/(act|figures)\/[a-z.-]+$/

/** Every address without an extension is a page of the app, which finds its own way. */
function isPage({ method, url }: FastifyRequest): boolean {
  const pathname = url.split('?')[0] ?? ''
  return (
    (method === 'GET' || method === 'HEAD') &&
    !pathname.startsWith('/api/') &&
    (!path.extname(pathname) || namedPage.test(pathname))
  )
}

const kinds = {
  acts: { zh: '行为', en: 'act' },
  asks: { zh: '问题', en: 'question' },
  figures: { zh: '指标', en: 'figure' },
  checks: { zh: '核查', en: 'check' },
} as const

/** Says what it is that does not exist: an act, a question, a figure, a check, or just the address. */
function nothingAt(program: Program, { url, method }: FastifyRequest): Problem {
  const [, kind = '', name = ''] = /^\/api\/(\w+)\/([^/?]+)/.exec(url) ?? []
  if (!(kind in kinds)) return new Problem('not-found')
  const noun = kinds[kind as keyof typeof kinds]
  const said = name.slice(0, 80)
  const isKnown = [...program.acts, ...program.asks, ...program.figures].some((each) => each.name === said)
  return isKnown
    ? notFound({
        zh: `${noun.zh}“${said}”不接受 ${method} 请求。`,
        en: `The ${noun.en} «${said}» does not take ${method}.`,
      })
    : notFound({ zh: `没有“${said}”这个${noun.zh}。`, en: `There is no ${noun.en} «${said}».` })
}
