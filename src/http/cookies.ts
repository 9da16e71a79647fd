import { createHmac, randomUUID } from 'node:crypto'
import type { CookieSerializeOptions } from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { PostId } from '#kernel/words.ts'

const SEAT = 'zeren_seat'
const VISITOR = 'zeren_visitor'
const SEAT_SECONDS = 30 * 86_400
const VISITOR_SECONDS = 365 * 86_400

/** The seat that somebody chose to act in; in a demonstration also as whom. */
const Chosen = z.object({ unit: z.uuid(), post: PostId, delegation: z.uuid().optional(), person: z.uuid().optional() })
export type Chosen = z.output<typeof Chosen>

const options = (request: FastifyRequest, maxAge: number): CookieSerializeOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'strict',
  secure: request.protocol === 'https',
  signed: true,
  maxAge,
})

const read = new WeakMap<FastifyRequest, { readonly chosen: Chosen | undefined }>()

/** The seat in a request's cookie, if it is one that this installation has signed; looked at once for whoever asks. */
export function findChosen(request: FastifyRequest): Chosen | undefined {
  let known = read.get(request)
  if (!known) {
    known = { chosen: readChosen(request) }
    read.set(request, known)
  }
  return known.chosen
}

function readChosen(request: FastifyRequest): Chosen | undefined {
  const value = signedValue(request, SEAT)
  if (value === undefined) return undefined
  // An earlier version of the program may have signed a seat in another form: whoever holds it chooses anew.
  return Chosen.safeParse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8'))).data
}

/** Whose seat a request comes from, in a word. */
export function seatOf(request: FastifyRequest): string | undefined {
  const chosen = findChosen(request)
  return chosen && `${chosen.unit}/${chosen.post}`
}

export const setChosen = (request: FastifyRequest, reply: FastifyReply, chosen: Chosen) =>
  reply.setCookie(SEAT, Buffer.from(JSON.stringify(chosen)).toString('base64url'), options(request, SEAT_SECONDS))

export const clearChosen = (reply: FastifyReply) => reply.clearCookie(SEAT, { path: '/' })

function signedValue(request: FastifyRequest, name: string): string | undefined {
  const raw = request.cookies[name]
  const unsigned = raw === undefined ? undefined : request.unsignCookie(raw)
  return unsigned?.valid ? unsigned.value : undefined
}

/** Lets a visitor's browser be known again, so that the same deed sent twice is done once. It says nothing of who it is. */
export function markVisitor(request: FastifyRequest, reply: FastifyReply) {
  if (signedValue(request, VISITOR) === undefined)
    reply.setCookie(VISITOR, randomUUID(), options(request, VISITOR_SECONDS))
}

/** Whose deed it is when anyone may act: the browser's, or without a cookie that of the address, which is not written down. */
export const visitorOf = (request: FastifyRequest, secret: string): string =>
  signedValue(request, VISITOR) ??
  createHmac('sha256', secret).update(`address ${request.ip}`).digest('base64url').slice(0, 22)
