import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import * as letters from '#features/letters/index.ts'
import type { Reader } from '#kernel/ask.ts'
import type { Program } from '#src/program/open.ts'
import { languageOf, type Language } from './language.ts'
import { malformed } from './problems.ts'
import { readerOf } from './query.ts'

type LetterPdf = (reader: Reader, letter: string, language: Language) => Promise<Uint8Array>

/** A responsibility letter as a document to print and to keep. */
export function letterRoutes(app: FastifyInstance, program: Program) {
  const { letterPdf } = letters as { letterPdf?: LetterPdf }
  if (!letterPdf) return
  app.get<{ Params: { id: string } }>('/api/letters/:id.pdf', async (request, reply) => {
    const { id } = request.params
    if (!z.uuid().safeParse(id).success) throw malformed('id', { zh: '不是编号。', en: 'This is not an id.' })
    const document = await letterPdf(await readerOf(program, request), id, languageOf(request))
    return reply.type('application/pdf').header('content-disposition', `inline; filename="${id}.pdf"`).send(Buffer.from(document))
  })
}
