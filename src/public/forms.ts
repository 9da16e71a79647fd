import { createHash, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { FILE_BYTES_MAX, receiptFrom } from '#features/mobilisation/index.ts'
import { ANYBODY, refuseWhileLoading } from '#src/http/acts.ts'
import { malformed, Problem, refused } from '#src/http/problems.ts'
import type { Program } from '#src/program/open.ts'
import { html } from './html.ts'
import type { Visit } from './visit.ts'
import type { AnyAct } from '#kernel/act.ts'
import { perform } from '#kernel/perform.ts'

/** What a form may weigh: an enclosure with the words around it. */
const FORM_BYTES_MAX = FILE_BYTES_MAX + 128 * 1024

/** Reads what a browser sends of a form, with an enclosure or without. */
export function readForms(app: FastifyInstance) {
  const types = ['application/x-www-form-urlencoded', 'multipart/form-data']
  app.addContentTypeParser(types, { parseAs: 'buffer', bodyLimit: FORM_BYTES_MAX }, (request, body: Buffer, done) => {
    const headers = { 'content-type': request.headers['content-type'] ?? '' }
    new Response(new Uint8Array(body), { headers }).formData().then(
      (form) => done(null, form),
      () => done(malformed('form', { zh: '表单无法读取。', en: 'The form cannot be read.' })),
    )
  })
}

/** A field that people do not see: only a program that fills in whatever it finds fills it in. */
const LURE = 'website'
export const lure = (visit: Visit) =>
  html`<p class="lure" aria-hidden="true">
    <label for="${LURE}">${visit.say({ zh: '请留空', en: 'Leave this empty' })}</label>
    <input id="${LURE}" name="${LURE}" tabindex="-1" autocomplete="off" />
  </p>`

/** The fields that somebody filled in, by name; what was left empty is not among them. */
export function fieldsOf(request: FastifyRequest, names: readonly string[]): Record<string, string> {
  const { body } = request
  if (!(body instanceof FormData)) throw new Problem('wrong-form')
  const lured = body.get(LURE)
  if (typeof lured === 'string' && lured !== '')
    throw malformed('form', {
      zh: '留空的一栏被填写了，看来是程序提交的；请清空该栏再提交。',
      en: 'The field that stays empty was filled in, as programs do; empty it and send again.',
    })
  const fields = names.flatMap((name) => {
    const value = body.get(name)
    if (typeof value !== 'string') return []
    const text = value.replaceAll('\r\n', '\n').trim()
    if (!text.isWellFormed() || text.includes('\0'))
      throw malformed(name, { zh: '含有无法保存的字符。', en: 'It holds a character that cannot be kept.' })
    return text === '' ? [] : [[name, text] as const]
  })
  return Object.fromEntries(fields)
}

/** The enclosure, if there is one. */
export async function fileOf(request: FastifyRequest) {
  const file = request.body instanceof FormData ? request.body.get('file') : null
  if (!(file instanceof File) || file.size === 0) return undefined
  if (file.size > FILE_BYTES_MAX)
    throw new Problem('too-large', {}, { zh: '附件超过 2 MB。', en: 'The enclosure weighs more than 2 MB.' })
  const content = Buffer.from(await file.arrayBuffer()).toString('base64')
  const type = file.type === 'application/octet-stream' ? '' : file.type
  return { name: file.name.slice(-120), ...(type && { type }), content }
}

/** Each form carries a number of its own, so that pressing twice does it once. */
export const formKey = (): string => randomUUID()

export function keyOf(fields: Readonly<Record<string, string>>): string {
  const { data } = z.uuid().safeParse(fields['key'])
  if (data === undefined) throw malformed('key', { zh: '请重新打开表单。', en: 'Open the form anew.' })
  return data
}

/** The receipt that goes with a form: whoever has the form has it, and it follows from nothing that is kept. */
export const receiptOf = (key: string): string => receiptFrom(createHash('sha256').update(`receipt ${key}`).digest())

/** Does a deed of the public from a form. Nothing of the browser or its address goes with it. */
export async function does(program: Program, name: string, input: unknown, key: string): Promise<unknown> {
  refuseWhileLoading(program)
  const act = program.acts.find((each: AnyAct) => each.name === name)
  if (!act) throw new Error(`There is no act ${name}.`)
  const outcome = await perform(program.engine, act, input, {
    actor: { kind: 'public', from: ANYBODY },
    key: createHash('sha256').update(`form ${key}`).digest('base64url'),
    at: program.clock.now(),
    via: 'web',
  })
  if (outcome.outcome === 'refused') throw refused(outcome.refusals)
  return outcome.result
}
