import './tables.ts'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Db, Tx } from '#kernel/db.ts'
import { type Day, DocumentNumber, type Text, UnitId, Year } from '#kernel/words.ts'
import type { ProjectKind } from '#features/projects/index.ts'

export const FundLineId = z
  .uuid()
  .meta({ label: { zh: '资金', en: 'Fund line' }, widget: 'reference', finds: 'find.fund-lines' })

/** What names money in the books: whose books, which line, and of which year they are. */
export const InBooks = {
  unit: UnitId.meta({ label: { zh: '记账单位', en: 'Whose books' }, widget: 'unit' }),
  line: FundLineId,
  year: Year.meta({
    label: { zh: '账目年度', en: 'Year of the books' },
    hint: { zh: '结转后为结转到的年度', en: 'After a carry-over, the year it was carried to' },
    widget: 'year',
  }),
}

export const Paper = { document: DocumentNumber }

/** Money of one source and year under one document number. */
export type FundLine = {
  readonly line: string
  readonly unit: string
  readonly source: 'central' | 'provincial' | 'pool'
  readonly year: number
  readonly name: Text
  readonly earmark: ProjectKind | null
  readonly document: string
  readonly madeUp: boolean
  readonly on: Day
}

const columns = [
  'id as line',
  'unit_id as unit',
  'source',
  'year',
  'name_zh as zh',
  'name_en as en',
  'earmark',
  'document',
  'made_up as madeUp',
  'on_day as on',
] as const

/** The lines of some ids that were there on a day. */
export async function readLines(db: Db | Tx, ids: readonly string[], on: Day): Promise<readonly FundLine[]> {
  const rows = await db
    .selectFrom('fund_line')
    .select(columns)
    .where(sql<boolean>`id = any (${ids}::uuid[])`)
    .where('on_day', '<=', on)
    .execute()
  return rows.map(({ zh, en, ...row }) => ({ ...row, name: { zh, en } }))
}

export const findLine = async (db: Db | Tx, id: string, on: Day): Promise<FundLine | undefined> =>
  (await readLines(db, [id], on))[0]

/** What obligations to pass a line on are called: the line, and the year of its money. */
export const passingOn = (line: string, lineYear: number | '') => `fund/${line}/${lineYear}`
