import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { calendarFile, findOwnShare, findShare, type Share } from '#features/inbox/index.ts'
import { links } from '#src/links.ts'
import type { Program } from '#src/program/open.ts'
import { derive } from '#src/program/secret.ts'
import { notFound } from './problems.ts'
import { seatedActor } from './session.ts'

const MAC_BYTES = 16
const ID_BYTES = 16
const TOKEN = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil(((ID_BYTES + MAC_BYTES) * 4) / 3)}}$`)

/** What a caller without a key to it may know of a calendar: nothing, whatever the reason. */
const nothing = () => notFound({ zh: '没有这个日历。', en: 'There is no such calendar.' })

/** A seat's calendar for the programs of whoever sits there, and where it is found; and whether mail is sent at all. */
export function feedRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/inbox/delivery', async (request) => {
    const { person, seat } = await seatedActor(program, request)
    const share = await findOwnShare(program.reads.db, person, seat, program.clock.today())
    return {
      mail: program.mail ? { from: program.mail.from } : null,
      calendar: share ? `${addressOf(program, request)}/calendar/${tokenOf(program, share)}.ics` : null,
    }
  })
  app.get<{ Params: { token: string } }>('/calendar/:token.ics', async (request, reply) => {
    const share = await shareOf(program, request.params.token)
    if (!share) throw nothing()
    const { reads, charter, clock, acts } = program
    const today = clock.today()
    const reader = { db: reads.db, charter, on: today, today, map: today, actor: undefined, acts, links }
    const file = await calendarFile(reader, share, addressOf(program, request))
    const tag = `"${createHash('sha256').update(file).digest('base64url').slice(0, 27)}"`
    reply.header('etag', tag).header('cache-control', 'private, no-cache').header('x-robots-tag', 'noindex')
    if (request.headers['if-none-match'] === tag) return reply.code(304).send()
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', 'inline; filename="zeren.ics"')
      .send(file)
  })
}

/** Where people find the program: as it was told, or as it was asked. */
const addressOf = ({ url }: Program, request: FastifyRequest) => url ?? `${request.protocol}://${request.host}`

/** Proves that a token was made here, for this share in this version and no other. */
const macOf = ({ secret }: Program, { id, version }: Pick<Share, 'id' | 'version'>): Buffer =>
  createHmac('sha256', derive(secret, 'calendar')).update(`${id} ${version}`).digest().subarray(0, MAC_BYTES)

const tokenOf = (program: Program, share: Share): string =>
  Buffer.concat([Buffer.from(share.id.replaceAll('-', ''), 'hex'), macOf(program, share)]).toString('base64url')

async function shareOf(program: Program, token: string): Promise<Share | undefined> {
  if (!TOKEN.test(token)) return undefined
  const bytes = Buffer.from(token, 'base64url')
  const hex = bytes.subarray(0, ID_BYTES).toString('hex')
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const share = await findShare(program.reads.db, id, program.clock.today())
  return share && timingSafeEqual(bytes.subarray(ID_BYTES), macOf(program, share)) ? share : undefined
}
