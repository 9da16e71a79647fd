import { sql } from 'kysely'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import type { Day, Text } from '#kernel/words.ts'

export const yearRefusals = {
  'year-not-over': {
    zh: '{year}年到{day}才结束。',
    en: 'The year {year} ends only on {day}.',
    topic: { zh: '年度已经结束', en: 'the year is over' },
    remedy: { zh: '在该日或之后办理。', en: 'Do it on that day or later.' },
  },
} as const satisfies Record<string, RefusalText>

/** Whether the last day of the year has come. */
export function isOver(year: number, refuse: Refuse<'year-not-over'>, by: By): Line<'year-not-over'> {
  const day = `${year}-12-31`
  return by.on >= day || refuse('year-not-over', { year, day })
}

/** What a unit still holds of a line in the books of a year: uncommitted, or committed to a project and unpaid. */
export type Remains = {
  readonly line: string
  readonly name: Text
  readonly kind: 'available' | 'committed'
  readonly project: string | null
  readonly year: number
  readonly amount: bigint
  /** The day of the account's last entry. */
  readonly lastOn: Day | null
}

/** All that is left in a unit's books of a year, in one order. */
export const readRemains = (tx: Tx, unit: string, year: number) => remainsWhere(tx, unit, year, year)

/** All that is left in a unit's books of the years before one. */
export const readRemainsBefore = (tx: Tx, unit: string, year: number) => remainsWhere(tx, unit, 0, year - 1)

async function remainsWhere(tx: Tx, unit: string, from: number, to: number): Promise<readonly Remains[]> {
  const { rows } = await sql<Omit<Remains, 'name'> & Text>`
    select a.line_id as line, l.name_zh as zh, l.name_en as en, a.kind, a.project_id as project, a.year, a.balance as amount, a.last_on as "lastOn"
      from fund_account a join fund_line l on l.id = a.line_id
     where a.unit_id = ${unit} and a.year between ${from}::int and ${to}::int and a.kind in ('available', 'committed') and a.balance > 0
     order by a.id`.execute(tx)
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

/** The days of the last entries in a unit's books of the year into which something is carried. */
export async function readAhead(tx: Tx, unit: string, year: number) {
  const { rows } = await sql<Pick<Remains, 'line' | 'lastOn'>>`
    select line_id as line, last_on as "lastOn" from fund_account
     where unit_id = ${unit} and year = ${year}::int + 1 and kind in ('available', 'committed')`.execute(tx)
  return rows
}
