import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { complaintKinds, complaintTargets } from '#features/mobilisation/index.ts'
import type { Text } from '#kernel/words.ts'
import { does, fieldsOf, fileOf, formKey, keyOf, lure, receiptOf } from './forms.ts'
import type { Page } from './frame.ts'
import { html, type Html } from './html.ts'
import { day, facts, light, link, section } from './parts.ts'
import type { Visit } from './visit.ts'

const words = {
  title: { zh: '投诉举报', en: 'Complain or give a tip' },
  sub: {
    zh: '不需要账号，不记录您的地址和浏览器。内容和联系方式只有办理单位可以阅看，每次阅看都有记录。反映单位领导的，由上一级办理。',
    en: 'No account is needed; nothing of your address or browser is kept. What you say and how to reach you is seen only by the unit that handles it, and each time somebody reads it that is recorded. What is about those who lead a unit is handled above it.',
  },
  ask: { zh: '凭回执编号查询', en: 'Ask with a receipt' },
  code: { zh: '回执编号', en: 'Receipt' },
  look: { zh: '查询', en: 'Ask' },
  file: { zh: '提出', en: 'File one' },
  where: { zh: '先找到要反映的单位', en: 'First find the place that it is about' },
  find: { zh: '名称、拼音或代码', en: 'Name or code' },
  search: { zh: '查找', en: 'Find' },
  nothing: { zh: '没有找到。', en: 'Nothing was found.' },
  about: { zh: '反映的单位', en: 'About' },
  another: { zh: '换一个单位', en: 'another place' },
  kind: { zh: '哪方面', en: 'About what' },
  against: { zh: '反映的是', en: 'Whose doing' },
  statement: { zh: '反映的情况', en: 'What is wrong' },
  hint: {
    zh: '写明时间、地点、事情；不要写别人的证件号码、电话。',
    en: 'Say when, where and what; leave out other people’s ID and telephone numbers.',
  },
  enclosure: { zh: '附件（可不附）', en: 'Enclosure (optional)' },
  enclosureHint: { zh: 'JPEG、PNG 或 PDF，不超过 2 MB', en: 'JPEG, PNG or PDF, at most 2 MB' },
  contact: { zh: '联系方式（可不填）', en: 'How to reach you (optional)' },
  send: { zh: '提交', en: 'Send' },
  received: { zh: '已收到', en: 'It is received' },
  receipt: { zh: '您的回执编号：', en: 'Your receipt:' },
  keep: {
    zh: '请记下编号。凭它查询答复、补充情况；系统不保存编号，丢失后无法找回。',
    en: 'Write it down: with it you read the answer and add to what you said. The system does not keep it, so it cannot be found again.',
  },
  standing: { zh: '办理情况', en: 'What became of it' },
  filed: { zh: '收到日期', en: 'Received' },
  state: { zh: '状态', en: 'Standing' },
  handler: { zh: '办理', en: 'Handled by' },
  due: { zh: '应在此日前答复', en: 'To be answered by' },
  setting: { zh: '（时限为设定值，无文件依据）', en: '(the time limit is a setting; no document gives it)' },
  files: { zh: '附件', en: 'Enclosures' },
  way: { zh: '办理经过', en: 'Its way' },
  add: { zh: '补充情况', en: 'Add to it' },
  contest: { zh: '对答复不满意', en: 'Not satisfied with the answer' },
  contestHow: {
    zh: '由答复单位的上一级重新办理。',
    en: 'The level above the one that answered looks into it again.',
  },
  more: { zh: '补充的内容', en: 'What you add' },
  why: { zh: '为什么不满意', en: 'Why you are not satisfied' },
} satisfies Record<string, Text>

const AT = '/public/complaints'
const Query = z.object({ unit: z.uuid().optional(), find: z.string().trim().max(60).default('') })

/** Where anyone asks what became of a complaint, finds the place that theirs is about, and files it. */
export async function complaints(visit: Visit): Promise<Page> {
  const { unit, find } = visit.query(Query)
  const { say } = visit
  const about = unit === undefined ? await placeForm(visit, find) : await filingForm(visit, unit)
  const body = html`<p class="sub">${say(words.sub)}</p>
    ${section(say(words.file), about)}
    ${section(
      say(words.ask),
      html`<form class="row" method="post" action="${visit.to(`${AT}/status`)}">
        <label
          >${say(words.code)}
          <input name="receipt" required maxlength="40" autocomplete="off" placeholder="XXXX-XXXX-XXXX-XXXX"
        /></label>
        <button class="plain">${say(words.look)}</button>
      </form>`,
    )}`
  return { title: say(words.title), body, query: { ...(unit && { unit }), ...(find && { find }) } }
}

async function placeForm(visit: Visit, find: string): Promise<Html> {
  const { say } = visit
  const { units } = find === '' ? { units: [] } : await visit.ask('unit.find', { text: find, limit: 20 })
  return html`<form class="row" method="get" action="${AT}">
      ${visit.isSaid && html`<input type="hidden" name="lang" value="${visit.language}" />`}
      <label
        >${say(words.where)}<span class="hint">${say(words.find)}</span>
        <input name="find" value="${find}" maxlength="60"
      /></label>
      <button>${say(words.search)}</button>
    </form>
    ${find !== '' && units.length === 0 && html`<p>${say(words.nothing)}</p>`}
    <ul>
      ${units.map(
        (each) =>
          html`<li>
            <a href="${visit.to(AT, { unit: each.unit })}">${say(each.name)}</a>
            <span class="small sub">${each.path.map((above) => say(above)).join(' · ')}</span>
          </li>`,
      )}
    </ul>`
}

async function filingForm(visit: Visit, unit: string): Promise<Html> {
  const { say } = visit
  const found = await visit.ask('unit.show', { unit })
  const options = (choices: Readonly<Record<string, Text>>) =>
    Object.entries(choices).map(([value, text]) => html`<option value="${value}">${say(text)}</option>`)
  return html`<form method="post" enctype="multipart/form-data" action="${visit.to(AT)}">
    <input type="hidden" name="key" value="${formKey()}" /><input type="hidden" name="unit" value="${unit}" />
    ${lure(visit)}
    <p class="field"><b>${say(words.about)}</b>: ${say(found.name)} · ${link(visit, AT, say(words.another))}</p>
    <p class="field">
      <label for="kind">${say(words.kind)}</label
      ><select id="kind" name="kind">
        ${options(complaintKinds)}
      </select>
    </p>
    <p class="field">
      <label for="against">${say(words.against)}</label
      ><select id="against" name="against">
        ${options(complaintTargets)}
      </select>
    </p>
    ${statementField(visit, words.statement)}
    <p class="field">
      <label for="contact">${say(words.contact)}</label
      ><input id="contact" name="contact" maxlength="200" autocomplete="off" />
    </p>
    <button>${say(words.send)}</button>
  </form>`
}

const statementField = (visit: Visit, label: Text) =>
  html`<p class="field">
      <label for="statement">${visit.say(label)}<span class="hint">${visit.say(words.hint)}</span></label>
      <textarea id="statement" name="statement" required minlength="4" maxlength="4000"></textarea>
    </p>
    <p class="field">
      <label for="file">${visit.say(words.enclosure)}<span class="hint">${visit.say(words.enclosureHint)}</span></label>
      <input id="file" type="file" name="file" accept=".jpg,.jpeg,.png,.pdf" />
    </p>`

/** Takes a complaint in; the receipt is shown with what is known of it from now on. */
export async function file(visit: Visit, request: FastifyRequest): Promise<Page> {
  const fields = fieldsOf(request, ['key', 'unit', 'kind', 'against', 'statement', 'contact'])
  const { key: _key, ...said } = fields
  const receipt = receiptOf(keyOf(fields))
  const enclosure = await fileOf(request)
  await does(
    visit.program,
    'complaint.file',
    { ...said, receipt, ...(enclosure && { file: enclosure }) },
    keyOf(fields),
  )
  const { say } = visit
  const body = html`<div class="card">
      <p>${say(words.receipt)}</p>
      <p class="receipt">${receipt}</p>
      <p>${say(words.keep)}</p>
    </div>
    ${await standing(visit, receipt)}`
  return { title: say(words.received), body }
}

/** What became of the complaint of a receipt, and what may be done about it. */
export async function status(visit: Visit, request: FastifyRequest): Promise<Page> {
  const { receipt = '' } = fieldsOf(request, ['receipt'])
  return { title: visit.say(words.standing), body: await standing(visit, receipt) }
}

/** Adds to a complaint, or contests its answer; then shows how it stands. */
export async function more(visit: Visit, request: FastifyRequest, act: 'complaint.add' | 'complaint.contest') {
  const fields = fieldsOf(request, ['key', 'receipt', 'statement'])
  const { receipt = '', statement } = fields
  const enclosure = await fileOf(request)
  await does(visit.program, act, { receipt, statement, ...(enclosure && { file: enclosure }) }, keyOf(fields))
  return { title: visit.say(words.received), body: await standing(visit, receipt) }
}

async function standing(visit: Visit, receipt: string): Promise<Html> {
  const found = await visit.ask('complaint.status', { receipt })
  const { say } = visit
  const isOpen = found.state === 'open'
  const handler = [found.handlerName, found.post].flatMap((text) => (text ? [say(text)] : [])).join(' · ')
  const further = isOpen
    ? { at: `${AT}/add`, name: words.add, label: words.more }
    : { at: `${AT}/contest`, name: words.contest, label: words.why }
  return html`${section(
    say(words.standing),
    html`${facts([
      [say(words.about), found.name ? say(found.name) : '—'],
      [say(words.kind), say(found.kindName)],
      [say(words.filed), day(visit, found.on)],
      [say(words.state), light(isOpen ? 'yellow' : 'green', say(found.stateName))],
      [say(words.handler), handler],
      ...(found.due
        ? ([
            [say(words.due), html`${day(visit, found.due)} <span class="small sub">${say(words.setting)}</span>`],
          ] as const)
        : []),
      [say(words.files), found.files],
    ])}`,
  )}
  ${section(
    say(words.way),
    html`<ol class="way">
      ${found.steps.map(
        (step) =>
          html`<li>
            ${day(visit, step.on)} · ${say(step.stepName)} · ${step.handlerName && say(step.handlerName)}
            ${step.outcomeName && html`<b>${say(step.outcomeName)}</b>`}${step.answer && html`<p class="answer">${step.answer}</p>`}
          </li>`,
      )}
    </ol>`,
  )}
  ${section(
    say(further.name),
    html`${!isOpen && html`<p>${say(words.contestHow)}</p>`}
      <form method="post" enctype="multipart/form-data" action="${visit.to(further.at)}">
        <input type="hidden" name="key" value="${formKey()}" /><input type="hidden" name="receipt" value="${receipt}" />
        ${statementField(visit, further.label)}<button class="plain">${say(words.send)}</button>
      </form>`,
  )}`
}
