import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { AnyAsk } from '#kernel/ask.ts'
import type { Program } from '#src/program/open.ts'
import { checkLanguage, parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'
import { formOf } from './shape.ts'

/** A route for each question, and the catalogue of all of them. */
export function askRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/asks', (request) => {
    checkLanguage(request)
    return program.asks.map(({ name, title, purpose, access, input }) => ({
      name,
      title,
      purpose,
      access,
      form: formOf(input),
    }))
  })
  for (const ask of program.asks) app.get(`/api/asks/${ask.name}`, (request) => answerAsk(program, ask, request))
}

async function answerAsk(program: Program, ask: AnyAsk, request: FastifyRequest) {
  const input: unknown = parseQuery(ask.input, request)
  if (ask.access === 'seated') await seatedActor(program, request)
  const answer: unknown = await ask.answer(await readerOf(program, request), input)
  // Nothing is an answer too, and JSON has a word for it.
  return JSON.stringify(answer ?? null, bigintAsText)
}

const bigintAsText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
