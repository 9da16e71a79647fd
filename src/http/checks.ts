import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { runCheck } from '#kernel/check.ts'
import type { Program } from '#src/program/open.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

const Nothing = z.object({})

/** A route for each check. What is found wrong is for those who hold seats; what is looked for, anybody may know. */
export function checkRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/checks', (request) => {
    parseQuery(Nothing, request)
    return program.checks.map(({ details: _sql, ...check }) => check)
  })
  for (const check of program.checks) {
    app.get(`/api/checks/${check.id}`, async (request) => {
      parseQuery(Nothing, request)
      await seatedActor(program, request)
      const reader = await readerOf(program, request)
      const findings = await runCheck(reader.db, check, reader.on, reader.charter)
      const { details: _sql, ...described } = check
      return { check: described, on: reader.on, total: findings.length, findings }
    })
  }
}
