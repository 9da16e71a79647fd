import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { exportFunds, type FormatName, formatNames, formats } from '#features/funds/index.ts'
import { UnitId, Year } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { languageOf } from './language.ts'
import { Problem } from './problems.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

const About = z.object({ unit: UnitId.optional(), year: Year.optional() })

/** Each holds a connection and a snapshot for as long as the caller takes to read. */
const EXPORTS_AT_ONCE = 4
const CALLER_SILENT_MS_MAX = 60_000

/** The books of funds as files: `GET /api/exports/funds.journal?unit&year&on&lang`, one address for each format. */
export function exportRoutes(app: FastifyInstance, program: Program) {
  let running = 0
  for (const name of formatNames) {
    const { ending, type, access } = formats[name]
    app.get(`/api/exports/funds.${ending}`, async (request, reply) => {
      const about = parseQuery(About, request)
      const reader = await readerOf(program, request)
      if (access === 'seated') await seatedActor(program, request)
      if (running >= EXPORTS_AT_ONCE) throw new Problem('busy')
      running++
      const stream = await started((write) =>
        exportFunds(reader, name, { ...about, language: languageOf(request) }, write).finally(() => running--),
      )
      // Whoever goes away in the midst stops the reading, whatever stands between the file and the socket.
      reply.raw.once('close', () => stream.destroy())
      const file = `${fileName(name, request)}-${reader.on}.${ending}`
      return reply.type(type).header('content-disposition', `attachment; filename="${file}"`).send(stream)
    })
  }
}

const fileName = (name: FormatName, request: FastifyRequest) =>
  ['funds', name, (request.query as { year?: string }).year].filter((part) => part !== undefined).join('-')

type Producer = (write: (piece: string | Uint8Array) => Promise<void>) => Promise<void>

/**
 * A file as it is made, no faster than it is taken. What goes wrong before the first piece is thrown, so that it is told as
 * a problem; what goes wrong later breaks the answer off, so that nobody takes half a file for a whole one.
 */
async function started(produce: Producer): Promise<PassThrough> {
  const stream = new PassThrough()
  const begun = Promise.withResolvers<void>()
  const gone = new AbortController()
  stream.once('close', () => gone.abort())
  const write = async (piece: string | Uint8Array) => {
    begun.resolve()
    gone.signal.throwIfAborted()
    if (!stream.write(piece))
      await once(stream, 'drain', { signal: AbortSignal.any([gone.signal, AbortSignal.timeout(CALLER_SILENT_MS_MAX)]) })
  }
  produce(write).then(
    () => {
      begun.resolve()
      stream.end()
    },
    (error: Error) => {
      begun.reject(error)
      stream.destroy(error)
    },
  )
  // Until it is sent, nobody else listens; what went wrong is told by `begun` or by the broken answer.
  stream.on('error', () => undefined)
  await begun.promise
  return stream
}
