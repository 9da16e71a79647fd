import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  answersCsv,
  answerSheet,
  checkAnswerFile,
  checkFrameFile,
  frameCsv,
  paperOf,
  questionnaires,
} from '#features/evaluation/index.ts'
import type { Program } from '#src/program/open.ts'
import { SheetProblem, XLSX_TYPE } from '#src/sheets/index.ts'
import { languageOf } from './language.ts'
import { malformed, Problem } from './problems.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

const FILE_BYTES_MAX = 16 * 1024 * 1024
const FILE_TYPES = [XLSX_TYPE, 'application/octet-stream', 'application/vnd.ms-excel', 'text/csv']
const Id = z.uuid()
const County = z.coerce.number().int().min(1).max(999)

type Params = { readonly id: string; readonly county?: string }
type Asked = FastifyRequest<{ Params: Params }>

/** The papers of an evaluation by sample, once it is drawn: questionnaires to print, sheets to fill in, what was drawn and answered. */
export function samplingRoutes(app: FastifyInstance, program: Program) {
  const idOf = ({ params }: Asked) => {
    if (!Id.safeParse(params.id).success) throw malformed('id', { zh: '不是编号。', en: 'This is not an id.' })
    return params.id
  }
  const seated = async (request: Asked) => {
    const id = idOf(request)
    const reader = await readerOf(program, request)
    await seatedActor(program, request)
    return { id, reader }
  }
  const paper = async (request: Asked) => {
    const { id, reader } = await seated(request)
    const county = County.safeParse(request.params.county)
    if (!county.success) throw malformed('county', { zh: '不是样本中的县号。', en: 'This is no number of a county.' })
    return paperOf(reader, id, county.data)
  }
  app.get<{ Params: Params }>('/api/evaluations/:id/questionnaires/:county.html', async (request, reply) => {
    const { found, county, drawn, name } = await paper(request)
    const language = languageOf(request)
    return reply
      .type('text/html; charset=utf-8')
      .header('content-disposition', `inline; filename="questionnaires-${county.n}.html"`)
      .send(Readable.from(questionnaires(found, county, name[language], drawn, language)))
  })
  app.get<{ Params: Params }>('/api/evaluations/:id/answers/:county.xlsx', async (request, reply) => {
    const { found, county, drawn } = await paper(request)
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', `attachment; filename="answers-${county.n}.xlsx"`)
      .send(Buffer.from(await answerSheet(found.id, county.n, drawn, languageOf(request))))
  })
  const csvs = { answers: answersCsv, frame: frameCsv }
  for (const [name, make] of Object.entries(csvs))
    app.get<{ Params: Params }>(`/api/evaluations/:id/${name}.csv`, async (request, reply) => {
      const { id, reader } = await seated(request)
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${name}-${id.slice(0, 8)}.csv"`)
        .send(await make(reader, id))
    })
  void app.register(async (files) => {
    // Only here; everywhere else a body is JSON.
    files.addContentTypeParser(FILE_TYPES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const looked = <Told>(request: FastifyRequest, look: (file: Uint8Array) => Promise<Told>): Promise<Told> => {
      if (!Buffer.isBuffer(request.body)) throw new Problem('wrong-form')
      return look(request.body).catch((error: unknown) => {
        if (!(error instanceof SheetProblem)) throw error
        const { code, sentence } = error
        throw new Problem('malformed', { code, issues: [{ field: 'file', problem: sentence }] }, sentence)
      })
    }
    files.post('/api/imports/answers', { bodyLimit: FILE_BYTES_MAX }, async (request) => {
      const { evaluation } = parseQuery(z.object({ evaluation: Id }), request)
      const reader = await readerOf(program, request)
      await seatedActor(program, request)
      return looked(request, (file) => checkAnswerFile(reader, evaluation, file))
    })
    files.post('/api/imports/frame', { bodyLimit: FILE_BYTES_MAX }, async (request) => {
      const reader = await readerOf(program, request)
      await seatedActor(program, request)
      return looked(request, (file) => checkFrameFile(reader, file))
    })
  })
}
