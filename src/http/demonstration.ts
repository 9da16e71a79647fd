import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { parseInput } from '#kernel/input.ts'
import { Day } from '#kernel/words.ts'
import { moveTo } from '#src/program/demonstration.ts'
import type { Program } from '#src/program/open.ts'
import { refuseWhileLoading } from './acts.ts'
import { refused } from './problems.ts'

/** The demonstration's clock goes forward when a visitor says so. In production there is no such route. */
export function demonstrationRoutes(app: FastifyInstance, program: Program) {
  if (!program.demonstration) return
  let last: Promise<unknown> = Promise.resolve()
  app.post('/api/demonstration/day', async (request) => {
    const { day } = parseInput(z.object({ day: Day }), request.body)
    refuseWhileLoading(program)
    // One after the other: the second sees the day that the first has reached.
    const mine = last.then(() => moveTo(program, day))
    last = mine.catch(() => undefined)
    const refusal = await mine
    if (refusal) throw refused([refusal])
    return { today: program.clock.today() }
  })
}
