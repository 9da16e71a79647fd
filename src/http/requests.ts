import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { requestSheet } from '#features/coordination/index.ts'
import { XLSX_TYPE } from '#src/sheets/index.ts'
import type { Program } from '#src/program/open.ts'
import { languageOf } from './language.ts'
import { malformed } from './problems.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

/** The answers to a request as a workbook: `GET /api/requests/{id}.xlsx?on&lang`. */
export function requestRoutes(app: FastifyInstance, program: Program) {
  app.get<{ Params: { id: string } }>('/api/requests/:id.xlsx', async (request, reply) => {
    const { id } = request.params
    if (!z.uuid().safeParse(id).success)
      throw malformed('id', { zh: '不是要求的编号。', en: 'This is not the id of a request.' })
    parseQuery(z.object({}), request)
    await seatedActor(program, request)
    const sheet = await requestSheet(await readerOf(program, request), program.figures, id, languageOf(request))
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', `attachment; filename="answers-${id.slice(0, 8)}.xlsx"`)
      .send(sheet)
  })
}
