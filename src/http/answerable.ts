import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { NotFound } from '#kernel/ask.ts'
import type { Charter } from '#kernel/charter.ts'
import { type Answerable, answerable, findLineage } from '#kernel/standing.ts'
import { DutyId, type Text, UnitId } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { findUnits } from '#src/program/seats.ts'
import { describeDuty } from './acts.ts'
import { parseQuery, readerOf } from './query.ts'

const Question = z.object({ duty: DutyId, unit: UnitId })

/** "Who answered for this, here, on that day?": one holder, or the vacancy itself. */
export function answerableRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/answerable', async (request) => {
    const { duty: id, unit } = parseQuery(Question, request)
    const { db, charter, on } = await readerOf(program, request)
    const duty = charter.findDuty(id, on)
    if (!duty)
      throw new NotFound({
        zh: `${on} 生效的章程没有“${id}”这项职责。`,
        en: `The charter in force on ${on} knows no duty «${id}».`,
      })
    const lineage = await findLineage(db, unit, on)
    if (!lineage) throw new NotFound({ zh: `${on} 没有这个单位。`, en: `There was no such unit on ${on}.` })
    const whose = await answerable(db, charter, duty, lineage, on)
    return { duty: describeDuty(duty), unit: lineage[0], on, answerable: whose, postNames: postNamesIn(charter, whose) }
  })
  // A person names a unit by its code or its name; programs go on with the id.
  app.get('/api/units', async (request) => {
    const { named } = parseQuery(z.object({ named: z.string().min(1).max(100) }), request)
    const { db, on } = await readerOf(program, request)
    return findUnits(db, named, on)
  })
}

/** What the posts that an answer speaks of are called. */
function postNamesIn(charter: Charter, whose: Answerable): Readonly<Record<string, Text>> {
  const seats =
    whose.kind === 'holder'
      ? [whose.seat]
      : whose.kind === 'vacancy'
        ? [whose.seat, ...(whose.routedTo ? [whose.routedTo.seat] : [])]
        : []
  return Object.fromEntries(seats.map(({ post }) => [post, charter.post(post).name]))
}
