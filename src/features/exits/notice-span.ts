import { sql } from 'kysely'
import type { By } from '#kernel/act.ts'
import { addSpan, type Span } from '#kernel/calendar.ts'
import type { Db, Tx } from '#kernel/db.ts'
import type { Day } from '#kernel/words.ts'

export type Notice = { readonly from: Day; readonly until: Day; readonly round: number }

/** The notice of a round, if it was posted. */
export async function findNotice(db: Db | Tx, unit: string, year: number, round: number): Promise<Notice | undefined> {
  const { rows } = await sql<Notice>`
    select from_day as "from", until_day as until, round from exit_notice
     where unit_id = ${unit} and exit_year = ${year} and round = ${round}`.execute(db)
  return rows[0]
}

/** Objections of a case that nobody has answered yet, of every round. */
export async function countOpenObjections(db: Db | Tx, unit: string, year: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from exit_objection o
     where o.unit_id = ${unit} and o.exit_year = ${year}
       and not exists (select from objection_answer a where a.objection_id = o.id)`.execute(db)
  return rows[0]?.n ?? 0
}

/** How long the charter wants a notice to stand for the unit acted over. */
export const spanOf = (by: By): Span =>
  by.charter.getSpan(
    'exit_notice',
    by.on,
    by.lineage.map((unit) => unit.code),
  )

/** The earliest last day of a notice posted on a day. */
export const untilAtLeast = (from: Day, span: Span, by: By): Day => addSpan(from, span, by.charter.calendar)

export const spanInWords = ({ value, unit }: Span) =>
  unit === 'days' ? { zh: `${value}天`, en: `${value} days` } : { zh: `${value}个工作日`, en: `${value} working days` }

/** Where the notice stands, for good. */
export const noticeAddress = (unit: string, year: number, round: number): string => `/notices/${unit}/${year}/${round}`

export const noticeRefusals = {
  'notice-too-short': {
    zh: '公示到{until}为止，短于应有的{span}（至少到{least}）。',
    en: 'The notice ends on {until}: shorter than the {span} that it must stand (at least until {least}).',
    topic: { zh: '公示时间足够', en: 'the notice stands long enough' },
    notJudgedWith: ['not-at-this-step'],
    cites: 'parameter:exit_notice',
  },
} as const
