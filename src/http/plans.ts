import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { cancelPlan, stopPlans } from '#features/labour/index.ts'
import { findLineage } from '#kernel/standing.ts'
import { UnitId } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { Problem } from './problems.ts'
import { parseQuery } from './query.ts'
import { seatedActor } from './session.ts'

const About = z.object({ unit: UnitId })

/** A search for a plan is stopped by whoever sits in the county that it is for, or above it; and all of them when the program ends. */
export function planRoutes(app: FastifyInstance, program: Program) {
  app.delete('/api/plans/deployment', async (request) => {
    const { unit } = parseQuery(About, request)
    const actor = await seatedActor(program, request)
    const lineage = await findLineage(program.reads.db, unit, program.clock.today())
    if (!lineage?.some((each) => each.id === actor.seat.unit)) throw new Problem('not-your-duty')
    return { cancelled: cancelPlan(unit) }
  })
  app.addHook('onClose', (_app, done) => {
    stopPlans()
    done()
  })
}
