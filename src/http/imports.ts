import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  importLibrary,
  libraryErrors,
  libraryFile,
  libraryTemplate,
  markedLibrary,
  stageLibrary,
} from '#features/projects/index.ts'
import { rehearse } from '#kernel/perform.ts'
import { UnitId } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { sheetLimits, SheetProblem, XLSX_TYPE } from '#src/sheets/index.ts'
import { refuseWhileLoading } from './acts.ts'
import { malformed, Problem } from './problems.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

/** Files come as they are, whatever a browser or a shell takes them for; what they are is looked at inside. */
const FILE_TYPES = [
  XLSX_TYPE,
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.ms-excel.sheet.macroEnabled.12',
  'application/zip',
  'text/csv',
]
/** Reading takes a processor for seconds; others have to be served meanwhile. */
const READING_AT_ONCE = 2
const NAME_CHARACTERS_MAX = 200

const Sent = z.object({ unit: UnitId, name: z.string().max(NAME_CHARACTERS_MAX).default('') })
const Asked = z.object({ unit: UnitId.optional() })
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** How far the reading of a county's file has come. */
type Progress = { rows: number }

/** Library files: sent and looked at, given back with their errors marked, and the template to begin with. */
export function importRoutes(app: FastifyInstance, program: Program) {
  const reading = new Map<string, Progress>()
  void app.register(async (files) => {
    // Only here; everywhere else a body is JSON.
    files.addContentTypeParser(FILE_TYPES, (_request, payload, done) => done(null, payload))
    files.post('/api/imports/library', { bodyLimit: sheetLimits.fileBytesMax }, (request) =>
      receive(program, request, reading),
    )
  })
  app.get('/api/imports/library', async (request) => {
    const { unit } = parseQuery(z.object({ unit: UnitId }), request)
    await seatedActor(program, request)
    return { reading: reading.get(unit) ?? null }
  })
  app.get('/api/imports/template.xlsx', async (_request, reply) =>
    reply
      .type(XLSX_TYPE)
      .header('content-disposition', 'attachment; filename="library-template.xlsx"')
      .send(Buffer.from(await libraryTemplate(program.reads.db))),
  )
  app.get<{ Params: { sha: string } }>('/api/imports/:sha/marked.xlsx', async (request, reply) => {
    const { sha } = request.params
    if (!Digest.safeParse(sha).success)
      throw malformed('sha', { zh: '不是文件摘要。', en: 'This is not the digest of a file.' })
    const actor = await seatedActor(program, request)
    const { unit = actor.seat.unit } = parseQuery(Asked, request)
    const marked = await markedLibrary(await readerOf(program, request), unit, sha)
    return reply
      .type(XLSX_TYPE)
      .header('content-disposition', `attachment; filename="library-marked-${sha.slice(0, 8)}.xlsx"`)
      .send(marked)
  })
}

/** Takes a file in, keeps its rows where the act finds them, and tells what importing it would do. */
async function receive(program: Program, request: FastifyRequest, reading: Map<string, Progress>) {
  const { unit, name } = parseQuery(Sent, request)
  if (Number(request.headers['content-length'] ?? 0) > sheetLimits.fileBytesMax) throw tooLarge()
  const actor = await seatedActor(program, request)
  refuseWhileLoading(program)
  // Whose duty it is, is asked before a byte is read; that this file is unknown yet does not matter.
  const nothing = { unit, file: createHash('sha256').digest('hex') }
  await rehearse(program.engine, importLibrary, nothing, { actor, at: program.clock.now() })
  if (reading.size >= READING_AT_ONCE || reading.has(unit)) throw new Problem('busy')
  const progress: Progress = { rows: 0 }
  reading.set(unit, progress)
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zeren-import-'))
  try {
    const file = path.join(folder, 'sent')
    await pipeline(bodyOf(request), limited(), createWriteStream(file))
    const sent = {
      unit,
      path: file,
      name,
      by: { person: actor.person, ...actor.seat },
      on: program.clock.today(),
    }
    const sha256 = await stageLibrary(program.engine.database.db, sent, { heard: (rows) => (progress.rows = rows) })
    const reader = await readerOf(program, request)
    const [summary, errors] = await Promise.all([
      libraryFile.answer(reader, { unit, file: sha256 }),
      libraryErrors.answer(reader, { unit, file: sha256, offset: 0, limit: 50 }),
    ])
    return { ...summary, errors }
  } catch (error) {
    if (error instanceof SheetProblem) throw problemOf(error)
    throw error
  } finally {
    reading.delete(unit)
    await rm(folder, { recursive: true, force: true })
  }
}

const tooLarge = () => problemOf(new SheetProblem('too-large', { limit: sheetLimits.fileBytesMax / 1024 / 1024 }))

/** A file that cannot be read is told by its own sentence; nothing of it was kept. */
const problemOf = ({ code, sentence }: SheetProblem) =>
  new Problem(
    code === 'too-large'
      ? 'too-large'
      : code === 'csv' || code === 'xls' || code === 'other-format'
        ? 'wrong-form'
        : 'malformed',
    { code, issues: [{ field: 'file', problem: sentence }] },
    sentence,
  )

function bodyOf(request: FastifyRequest): NodeJS.ReadableStream {
  const { body } = request
  if (typeof body === 'object' && body !== null && 'pipe' in body) return body as NodeJS.ReadableStream
  throw new Problem(
    'wrong-form',
    {},
    {
      zh: `请以文件内容本身作为请求正文（Content-Type: ${XLSX_TYPE}）。`,
      en: `Send the file itself as the body (Content-Type: ${XLSX_TYPE}).`,
    },
  )
}

/** Whoever does not say how much they send is counted while they send it. */
function limited(): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      done(bytes > sheetLimits.fileBytesMax ? tooLarge() : null, chunk)
    },
  })
}
