import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Reader } from '#kernel/ask.ts'
import { countCheck, runCheck } from '#kernel/check.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import type { Program } from '#src/program/open.ts'
import { parseQuery, readerOf } from './query.ts'
import { seatedActor } from './session.ts'

const Nothing = z.object({})
/** Only what lies in this unit. */
const Within = z.object({ unit: UnitId.optional() })

/** A route for each check. What is found wrong is for those who hold seats; what is looked for, anybody may know. */
export function checkRoutes(app: FastifyInstance, program: Program) {
  app.get('/api/checks', (request) => {
    parseQuery(Nothing, request)
    return program.checks.map(({ details: _sql, ...check }) => check)
  })
  for (const check of program.checks) {
    app.get(`/api/checks/${check.id}`, async (request) => {
      const { unit } = parseQuery(Within, request)
      await seatedActor(program, request)
      const reader = await readerOf(program, request)
      const all = await runCheck(reader.db, check, reader.on, reader.charter)
      const places = await placesOf(reader, all)
      const findings = all
        .filter((each) => unit === undefined || places.get(each.unit)?.lineage.includes(unit))
        .map((each) => ({ ...each, unitName: places.get(each.unit)?.name ?? { zh: each.unit, en: each.unit } }))
      const { details: _sql, ...described } = check
      return { check: described, on: reader.on, everywhere: all.length, total: findings.length, findings }
    })
    app.get(`/api/checks/${check.id}/summary`, async (request) => {
      parseQuery(Nothing, request)
      await seatedActor(program, request)
      const reader = await readerOf(program, request)
      const counts = await countCheck(reader.db, check, reader.on, reader.charter)
      const places = await placesOf(reader, counts)
      const { details: _sql, ...described } = check
      return {
        check: described,
        on: reader.on,
        total: counts.reduce((sum, each) => sum + each.total, 0),
        units: counts.map((each) => ({
          ...each,
          unitName: places.get(each.unit)?.name ?? { zh: each.unit, en: each.unit },
        })),
      }
    })
  }
}

type Place = { readonly unit: string; readonly name: Text; readonly lineage: readonly string[] }

/** What the units that a check found are called on the day, or were when they closed, and what they lie in. */
async function placesOf(
  { db, on }: Reader,
  found: readonly { readonly unit: string }[],
): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<Place>`
    select distinct on (unit_id) unit_id as unit, json_build_object('zh', name_zh, 'en', name_en) as name, lineage from unit_version
     where unit_id = any (${[...new Set(found.map((each) => each.unit))]}::uuid[]) and lower(valid_at) <= ${on}::date
     order by unit_id, lower(valid_at) desc`.execute(db)
  return new Map(rows.map((row) => [row.unit, row]))
}
