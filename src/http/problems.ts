import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { NotFound } from '#kernel/ask.ts'
import { Malformed, NotYourDuty, type Told } from '#kernel/outcome.ts'
import type { Text } from '#kernel/words.ts'
import { languageOf } from './language.ts'

/** What a caller is told of a request that was not carried out (RFC 9457), with its sentence in both languages. */
export class Problem extends Error {
  readonly status: number
  readonly type: string
  readonly sentence: Text
  readonly members: Readonly<Record<string, unknown>>

  constructor(
    type: keyof typeof sentences,
    members: Readonly<Record<string, unknown>> = {},
    sentence: Text = sentences[type].text,
  ) {
    super(sentence.en)
    this.status = sentences[type].status
    this.type = type
    this.sentence = sentence
    this.members = members
  }
}

const sentences = {
  malformed: {
    status: 400,
    text: {
      zh: '提交的内容无法读取，请按所列字段改正。',
      en: 'What was sent cannot be read; mend the fields that are listed.',
    },
  },
  'sign-in-first': { status: 401, text: { zh: '请先登录。', en: 'Sign in first.' } },
  'wrong-credentials': {
    status: 401,
    text: { zh: '邮箱或密码不正确。', en: 'The e-mail address or the password is wrong.' },
  },
  'not-your-duty': { status: 403, text: { zh: '这不是您的职责。', en: 'This is not your duty.' } },
  'no-seat': {
    status: 403,
    text: {
      zh: '您目前没有任何职务，不能办理。请与上级联系。',
      en: 'You hold no seat at present. Ask the level above.',
    },
  },
  'not-your-seat': {
    status: 403,
    text: {
      zh: '这不是您的职务，也没有委托给您。',
      en: 'This seat is not yours, and nothing of it is delegated to you.',
    },
  },
  'another-site': {
    status: 403,
    text: { zh: '请求来自别的网站，未予执行。', en: 'The request came from another site and was not carried out.' },
  },
  'not-found': { status: 404, text: { zh: '没有这个地址。', en: 'There is nothing at this address.' } },
  refused: { status: 409, text: { zh: '未予办理，理由如下。', en: 'It was not done, for the reasons given.' } },
  'too-large': { status: 413, text: { zh: '提交的内容过大。', en: 'What was sent is too large.' } },
  'wrong-form': {
    status: 415,
    text: {
      zh: '内容须为 JSON（Content-Type: application/json）。',
      en: 'The content must be JSON (Content-Type: application/json).',
    },
  },
  'too-often': {
    status: 429,
    text: { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests; try again in a while.' },
  },
  bug: {
    status: 500,
    text: {
      zh: '系统出错，什么也没有改变；请记下编号告诉维护人员。',
      en: 'Something is wrong with the program; nothing was changed. Tell its keepers the number of the incident.',
    },
  },
  unreachable: {
    status: 503,
    text: {
      zh: '数据库暂时连不上，什么也没有改变；请稍后用同一编号重试。',
      en: 'The database cannot be reached; nothing was changed. Try again with the same key.',
    },
  },
  busy: { status: 503, text: { zh: '系统繁忙，请稍后再试。', en: 'The program is busy; try again in a moment.' } },
} as const satisfies Record<string, { status: number; text: Text }>

export const malformed = (field: string, problem: Text) => new Malformed([{ field, problem }])
export const notFound = (what: Text) => new Problem('not-found', {}, what)
export const refused = (refusals: readonly Told[], members: Readonly<Record<string, unknown>> = {}) =>
  new Problem('refused', { refusals, ...members })

/** Turns whatever was thrown into what the caller may know. A bug gets a number, is logged once, and tells nothing of its insides. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error)
  if (problem.status >= 500) {
    const incident = randomUUID()
    request.log.error({ err: error, incident, method: request.method, path: request.url.split('?')[0] }, 'incident')
    return send(problem, request, reply, { incident })
  }
  return send(problem, request, reply)
}

function send(problem: Problem, request: FastifyRequest, reply: FastifyReply, more: object = {}) {
  const language = languageOf(request)
  const { status, type, sentence, members } = problem
  if (status === 503) reply.header('retry-after', '2')
  return reply
    .code(status)
    .header('content-language', language)
    .type('application/problem+json; charset=utf-8')
    .send({ type: `/problems/${type}`, title: sentence[language], status, sentence, ...members, ...more })
}

type Coded = { readonly code?: unknown; readonly statusCode?: unknown }

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE', '57P01', '57P02', '57P03', '53300'])

/** What whoever asked may know of whatever was thrown. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Malformed) return new Problem('malformed', { issues: error.issues })
  if (error instanceof NotYourDuty)
    return new Problem('not-your-duty', { duty: error.duty, unit: error.unit, answerable: error.answerable })
  if (error instanceof NotFound) return notFound(error.what)
  return ofTheServer(error as Coded)
}

/** What fastify itself refuses, and what the operating system tells of a database that is gone. */
function ofTheServer({ code, statusCode }: Coded): Problem {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('too-large')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Problem('wrong-form')
  if (code === 'FST_UNDER_PRESSURE') return new Problem('busy')
  if (statusCode === 429) return new Problem('too-often')
  if (statusCode === 413) return new Problem('too-large')
  if (statusCode === 404) return new Problem('not-found')
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return new Problem('malformed', {
      issues: [{ field: 'body', problem: { zh: '不是有效的 JSON 内容。', en: 'This is not valid JSON.' } }],
    })
  if (typeof code === 'string' && UNREACHABLE.has(code)) return new Problem('unreachable')
  return new Problem('bug')
}

/** What came in is no HTTP that could be routed, such as a letter in the address that should have been encoded. */
export function answerUnreadable(_error: Error, socket: Socket) {
  if (socket.destroyed || !socket.writable) return
  const { status, text } = sentences.malformed
  const issue = {
    field: '(request)',
    problem: {
      zh: '请求行或请求头不合规范；地址中的汉字须先编码。',
      en: 'The request line or a header breaks the form; letters beyond ASCII in an address must be encoded.',
    },
  }
  const body = JSON.stringify({ type: '/problems/malformed', title: text.en, status, sentence: text, issues: [issue] })
  const head = [
    `HTTP/1.1 ${status} Bad Request`,
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}
