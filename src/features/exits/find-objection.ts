import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

export const ObjectionId = z.uuid().meta({ label: { zh: '异议', en: 'Objection' }, widget: 'reference' })

export type Objection = {
  readonly id: string
  readonly unit: string
  readonly year: number
  readonly round: number
  readonly statement: string
  readonly on: Day
  readonly answeredOn: Day | null
}

/** An objection against an exit of a unit, whatever became of it. */
export async function findObjection(tx: Tx, id: string, unit: string): Promise<Objection | undefined> {
  const { rows } = await sql<Objection>`
    select o.id, o.unit_id as unit, o.exit_year as year, o.round, o.statement, o.on_day as "on", a.on_day as "answeredOn"
      from exit_objection o left join objection_answer a on a.objection_id = o.id
     where o.id = ${id} and o.unit_id = ${unit}`.execute(tx)
  return rows[0]
}

export const objectionRefusals = {
  'objection-unknown': {
    zh: '{unit}没有这项异议。',
    en: 'There is no such objection about {unit}.',
    topic: { zh: '异议存在', en: 'the objection exists' },
  },
} as const
