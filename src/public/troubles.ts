import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Told } from '#kernel/outcome.ts'
import type { Text } from '#kernel/words.ts'
import { problemOf } from '#src/http/problems.ts'
import type { Program } from '#src/program/open.ts'
import { framed } from './frame.ts'
import { html } from './html.ts'
import { Visit } from './visit.ts'

const words = {
  back: {
    zh: '请用浏览器的“后退”回到表单，填写的内容还在。',
    en: 'Go back in your browser: what you filled in is still there.',
  },
  again: {
    zh: '{seconds} 秒后可以再试；阅读不受限制。',
    en: 'You can try again in {seconds} seconds; reading is not limited.',
  },
  home: { zh: '公开首页', en: 'The public pages' },
  number: { zh: '编号', en: 'Number' },
} satisfies Record<string, Text>

const fields: Readonly<Record<string, Text>> = {
  receipt: { zh: '回执编号', en: 'Receipt' },
  statement: { zh: '内容', en: 'What you say' },
  contact: { zh: '联系方式', en: 'How to reach you' },
  name: { zh: '姓名', en: 'Name' },
  unit: { zh: '单位', en: 'Place' },
}

type Members = {
  readonly refusals?: readonly Told[]
  readonly issues?: readonly { readonly field: string; readonly problem: Text }[]
}

/** Says in a page of its own what could not be done, in the reader's language. */
export function answerInWords(program: Program, error: unknown, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error)
  const incident = problem.status >= 500 ? randomUUID() : undefined
  if (incident)
    request.log.error({ err: error, incident, method: request.method, path: request.url.split('?')[0] }, 'incident')
  const visit = visitOf(program, request)
  const { say } = visit
  const { refusals = [], issues = [] } = problem.members as Members
  const waits = String(reply.getHeader('retry-after') ?? '')
  const body = html`<div class="card">
    <ul>
      ${refusals.map(
        ({ sentence, remedy }) => html`<li>${say(sentence)} ${remedy && say(remedy)}</li>`,
      )}${issues.map(({ field, problem: what }) => html`<li><b>${say(fields[field] ?? { zh: field, en: field })}</b>: ${say(what)}</li>`)}
    </ul>
    ${problem.status === 429 && waits && html`<p>${say(words.again).replace('{seconds}', waits)}</p>`}
    ${incident && html`<p>${say(words.number)}: <code>${incident}</code></p>`}
    ${request.method === 'POST' && html`<p>${say(words.back)}</p>`}
    <p><a href="${visit.to('/public')}">${say(words.home)}</a></p>
  </div>`
  if (problem.status === 503) reply.header('retry-after', '2')
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('content-language', visit.language)
    .type('text/html; charset=utf-8')
    .send(framed(visit, { title: say(problem.sentence), body }))
}

/** Whoever named a language that is none reads in the one that they accept. */
function visitOf(program: Program, request: FastifyRequest): Visit {
  const { lang } = request.query as { lang?: unknown }
  if (lang === undefined || lang === 'zh' || lang === 'en') return new Visit(program, request)
  ;(request.query as { lang?: unknown }).lang = undefined
  return new Visit(program, request)
}
