import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import type { Day } from '#kernel/words.ts'

export type ObjectionShown = {
  readonly id: string
  readonly unit: string
  readonly round: number
  readonly statement: string
  readonly on: Day
  readonly answeredOn: Day | null
  readonly outcome: 'upheld' | 'dismissed' | null
  readonly reason: string | null
  readonly due: Day | null
}

/** The objections to a case, for those with a seat: what was said and answered, never who said it. */
export async function objectionsOf({ db, on }: Reader, unit: string, year: number): Promise<readonly ObjectionShown[]> {
  const { rows } = await sql<ObjectionShown>`
    select o.id, o.unit_id as unit, o.round, o.statement, o.on_day as "on", a.on_day as "answeredOn", a.outcome, a.reason,
           obligation_due(i.id, i.due_on, ${on}::date) as due
      from exit_objection o
      left join objection_answer a on a.objection_id = o.id and a.on_day <= ${on}::date
      left join obligation_item i on i.subject = o.id::text and i.unit_id = o.unit_id and i.obligation = 'answer-objection'
     where o.unit_id = ${unit} and o.exit_year = ${year} and o.on_day <= ${on}::date
     order by o.id`.execute(db)
  return rows
}

/** Whoever objected asks with the receipt what became of it. */
export const showObjection = ask({
  name: 'objection.show',
  title: { zh: '查询异议答复', en: 'What became of an objection' },
  purpose: {
    zh: '凭回执编号查询自己的异议是否已答复。',
    en: 'With the receipt anyone sees what was answered to their own objection.',
  },
  access: 'public',
  input: z.object({
    receipt: z
      .string()
      .trim()
      .regex(/^[0-9A-Za-z]{5}-?[0-9A-Za-z]{5}$/)
      .meta({ label: { zh: '回执编号', en: 'Receipt' } }),
  }),
  async answer({ db, on }, { receipt }) {
    const letters = receipt.toUpperCase().replace('-', '')
    const { rows } = await sql<Omit<ObjectionShown, 'id' | 'due'> & { year: number }>`
      select o.unit_id as unit, o.exit_year as year, o.round, o.statement, o.on_day as "on", a.on_day as "answeredOn", a.outcome, a.reason
        from exit_objection o left join objection_answer a on a.objection_id = o.id and a.on_day <= ${on}::date
       where o.receipt = ${`${letters.slice(0, 5)}-${letters.slice(5)}`} and o.on_day <= ${on}::date`.execute(db)
    if (!rows[0]) throw new NotFound({ zh: '没有这个回执编号。', en: 'There is no such receipt.' })
    return rows[0]
  },
})
