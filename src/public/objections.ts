import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Text } from '#kernel/words.ts'
import { does, fieldsOf, formKey, keyOf, lure } from './forms.ts'
import type { Page } from './frame.ts'
import { html } from './html.ts'
import type { Place } from './notices.ts'
import { day, facts, light, link } from './parts.ts'
import type { Visit } from './visit.ts'

const words = {
  title: { zh: '对{county}退出公示提出异议', en: 'Object to the exit of {county}' },
  statement: { zh: '哪里不属实', en: 'What is not true' },
  hint: {
    zh: '写明时间、地点、事情；不要写别人的证件号码、电话。',
    en: 'Say when, where and what; leave out other people’s ID and telephone numbers.',
  },
  name: { zh: '姓名（可不填）', en: 'Your name (optional)' },
  contact: { zh: '联系方式（可不填）', en: 'How to reach you (optional)' },
  private: {
    zh: '姓名和联系方式只有受理单位可以查看，每次查看都有记录。',
    en: 'Name and contact are seen only by the unit that handles it, and each time somebody looks it is recorded.',
  },
  send: { zh: '提出异议', en: 'Object' },
  over: { zh: '公示已经结束，不能再提出异议。', en: 'The notice is over; no more objections are taken.' },
  done: { zh: '异议已受理', en: 'Your objection is received' },
  receipt: { zh: '您的回执编号：', en: 'Your receipt:' },
  keep: {
    zh: '请记下编号，凭它查询答复；编号只显示这一次。',
    en: 'Write it down: with it you see the answer. It is shown only now.',
  },
  ask: { zh: '查询异议的答复', en: 'What was answered to an objection' },
  code: { zh: '回执编号', en: 'Receipt' },
  look: { zh: '查询', en: 'Ask' },
  found: { zh: '异议的答复', en: 'Your objection' },
  on: { zh: '提出', en: 'Made on' },
  answered: { zh: '答复', en: 'Answered on' },
  outcome: { zh: '结论', en: 'Outcome' },
  reason: { zh: '理由', en: 'Reason' },
  upheld: { zh: '成立，退回整改', en: 'upheld; the case was returned for correction' },
  dismissed: { zh: '不成立', en: 'dismissed' },
  waiting: { zh: '办理中', en: 'being looked into' },
  back: { zh: '回到公示', en: 'Back to the notice' },
} satisfies Record<string, Text>

const addressOf = ({ unit, year, round }: Place) => `/public/notices/${unit}/${year}/${round}`

/** The form by which anyone objects. */
export async function objectForm(visit: Visit, place: Place): Promise<Page> {
  visit.query(z.object({}))
  const { say } = visit
  const notice = await visit.ask('notice.show', place)
  const title = say(words.title).replace('{county}', say(notice.name))
  const back = html`<p>${link(visit, addressOf(place), say(words.back))}</p>`
  if (!notice.isOpen)
    return {
      title,
      body: html`<p>${light('none', say(words.over))}</p>
        ${back}`,
    }
  const body = html`<form class="card" method="post" action="${visit.to(`${addressOf(place)}/object`)}">
      <input type="hidden" name="key" value="${formKey()}" />${lure(visit)}
      <p class="field">
        <label for="statement">${say(words.statement)}<span class="hint">${say(words.hint)}</span></label>
        <textarea id="statement" name="statement" required minlength="4" maxlength="2000"></textarea>
      </p>
      <p class="field"><label for="name">${say(words.name)}</label><input id="name" name="name" maxlength="100" /></p>
      <p class="field">
        <label for="contact">${say(words.contact)}</label><input id="contact" name="contact" maxlength="200" />
      </p>
      <p class="sub small">${say(words.private)}</p>
      <button>${say(words.send)}</button>
    </form>
    ${back}`
  return { title, body }
}

/** Takes an objection in, through the same act as everywhere. */
export async function object(visit: Visit, place: Place, request: FastifyRequest): Promise<Page> {
  const fields = fieldsOf(request, ['key', 'statement', 'name', 'contact'])
  const { statement, name, contact } = fields
  const input = { unit: place.unit, year: place.year, statement, ...(name && { name }), ...(contact && { contact }) }
  const { receipt } = (await does(visit.program, 'notice.object', input, keyOf(fields))) as { receipt: string }
  const { say } = visit
  const body = html`<div class="card">
    <p>${say(words.receipt)}</p>
    <p class="receipt">${receipt}</p>
    <p>${say(words.keep)}</p>
    <p>${link(visit, '/public/objections', say(words.ask))} · ${link(visit, addressOf(place), say(words.back))}</p>
  </div>`
  return { title: say(words.done), body }
}

/** Where somebody with a receipt asks. */
export function objections(visit: Visit): Promise<Page> {
  visit.query(z.object({}))
  const { say } = visit
  const body = html`<form class="card row" method="post" action="${visit.to('/public/objections')}">
    <label
      >${say(words.code)} <input name="receipt" required maxlength="20" autocomplete="off" placeholder="XXXXX-XXXXX"
    /></label>
    <button>${say(words.look)}</button>
  </form>`
  return Promise.resolve({ title: say(words.ask), body })
}

export async function objection(visit: Visit, request: FastifyRequest): Promise<Page> {
  const { receipt = '' } = fieldsOf(request, ['receipt'])
  const found = await visit.ask('objection.show', { receipt })
  const { say } = visit
  const place = { unit: found.unit, year: found.year, round: found.round }
  const body = html`<div class="card">
    ${facts([
      [say(words.on), day(visit, found.on)],
      [say(words.answered), day(visit, found.answeredOn)],
      [say(words.outcome), say(words[found.outcome ?? 'waiting'])],
      ...(found.reason ? ([[say(words.reason), found.reason]] as const) : []),
    ])}
    <p>${link(visit, addressOf(place), say(words.back))}</p>
  </div>`
  return { title: say(words.found), body }
}
