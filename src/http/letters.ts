import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { letterPdf } from '#features/letters/index.ts'
import type { Program } from '#src/program/open.ts'
import { languageOf, languages } from './language.ts'
import { malformed } from './problems.ts'
import { readerOf } from './query.ts'
import { seatedActor } from './session.ts'

/** The paper speaks one language, or Chinese with English beside it. */
const paperLanguages = [...languages, 'both'] as const

/** A responsibility letter as a document to print and to keep. */
export function letterRoutes(app: FastifyInstance, program: Program) {
  app.get<{ Params: { id: string }; Querystring: { lang?: unknown } }>(
    '/api/letters/:id.pdf',
    async (request, reply) => {
      const { id } = request.params
      if (!z.uuid().safeParse(id).success) throw malformed('id', { zh: '不是编号。', en: 'This is not an id.' })
      const language = paperLanguages.find((each) => each === request.query.lang) ?? languageOf(request)
      const reader = await readerOf(program, request, paperLanguages)
      await seatedActor(program, request)
      const document = await letterPdf(reader, id, language)
      return reply.type('application/pdf').header('content-disposition', `inline; filename="${id}.pdf"`).send(document)
    },
  )
}
