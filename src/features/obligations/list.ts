import { sql } from 'kysely'
import { z } from 'zod'
import { ask, NotFound, type Reader } from '#kernel/ask.ts'
import { lineagesOf, withAbilities } from '#kernel/abilities.ts'
import { workingDaysBetween } from '#kernel/calendar.ts'
import type { Light } from '#kernel/link.ts'
import { findBearer } from '#kernel/standing.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'

/** Lights turn yellow so many working days before a date (the campaign's practice, status V). */
export const yellowWorkingDays = 3

type Row = {
  id: string
  obligation: string
  duty: string
  unit: string
  subject: string
  opened_on: Day
  due_on: Day
  met_on: Day | null
  opened_by: string
  met_by: string | null
  zh: string
  en: string
}

/** How an item stands on a day, in a light and in words. */
export function standOf(reader: Reader, due: Day, metOn: Day | null): { light: Light; words: Text } {
  const { on, charter } = reader
  if (metOn !== null && metOn <= on)
    return metOn <= due
      ? { light: 'green', words: { zh: '按期办结', en: 'met in time' } }
      : { light: 'yellow', words: { zh: '逾期办结', en: 'met late' } }
  const left = workingDaysBetween(on, due, charter.calendar)
  if (due < on) {
    const late = Math.max(1, -left)
    return {
      light: 'red',
      words: { zh: `逾期 ${late} 个工作日`, en: `${late} working day${late === 1 ? '' : 's'} late` },
    }
  }
  if (left <= yellowWorkingDays)
    return {
      light: 'yellow',
      words: { zh: `剩 ${left} 个工作日`, en: `${left} working day${left === 1 ? '' : 's'} left` },
    }
  return { light: 'none', words: { zh: `${due} 到期`, en: `due ${due}` } }
}

/** What is owed below a unit on a day: who owes it, since when, by when, and how it stands. */
export const listObligations = ask({
  name: 'obligation.list',
  title: { zh: '应办事项', en: 'What is owed' },
  purpose: {
    zh: '某单位及其以下当日应办、逾期和已办结的事项，由谁负责、依据何条。',
    en: 'Items owed at and below a unit on a day, open, late or met; who answers, and on what ground.',
  },
  access: 'seated',
  input: z.object({
    unit: UnitId,
    state: z.enum(['open', 'late', 'met', 'all']).default('open'),
    obligation: z.string().optional(),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, state, obligation, offset, limit }) {
    const { on } = reader
    const which = {
      open: sql`(i.met_on is null or i.met_on > ${on}::date)`,
      late: sql`(i.met_on is null or i.met_on > ${on}::date) and i.due_on < ${on}::date`,
      met: sql`i.met_on <= ${on}::date`,
      all: sql`true`,
    }[state]
    const from = sql`
        from obligation_item i join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${on}::date) is true
       where v.lineage @> array[${unit}]::uuid[] and i.opened_on <= ${on}::date
         and (i.lapsed_on is null or i.lapsed_on > ${on}::date) and ${which}
         and (${obligation ?? null}::text is null or i.obligation = ${obligation ?? null})`
    const [total, { rows }] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n ${from}`.execute(reader.db),
      sql<Row>`select i.id, i.obligation, i.duty, i.unit_id as unit, i.subject, i.opened_on, i.due_on, i.met_on, i.opened_by,
          i.met_by, v.name_zh as zh, v.name_en as en ${from} order by i.due_on, i.id limit ${limit} offset ${offset}`.execute(
        reader.db,
      ),
    ])
    return {
      total: total.rows[0]?.n ?? 0,
      items: await withAbilities(reader, 'obligation', await described(reader, rows)),
    }
  },
})

/** One item, for its permanent address. */
export const showObligation = ask({
  name: 'obligation.show',
  title: { zh: '应办事项详情', en: 'One obligation' },
  purpose: {
    zh: '一项应办事项的来由、期限、责任人和结果。',
    en: 'Why an item is owed, by when, by whom, and how it ended.',
  },
  access: 'seated',
  input: z.object({ id: z.uuid() }),
  async answer(reader, { id }) {
    const { rows } = await sql<Row>`
      select i.id, i.obligation, i.duty, i.unit_id as unit, i.subject, i.opened_on, i.due_on, i.met_on, i.opened_by, i.met_by,
             v.name_zh as zh, v.name_en as en
        from obligation_item i join unit_version v on v.unit_id = i.unit_id and (v.valid_at @> ${reader.on}::date) is true
       where i.id = ${id} and i.opened_on <= ${reader.on}::date`.execute(reader.db)
    const [item] = await withAbilities(reader, 'obligation', await described(reader, rows))
    if (!item) throw new NotFound({ zh: '没有这项应办事项。', en: 'There is no such obligation.' })
    return item
  },
})

/** Adds to each item its words, its ground in the charter, and the seat that owes it. */
async function described(reader: Reader, rows: readonly Row[]) {
  const { charter, on } = reader
  const lineages = await lineagesOf(
    reader.db,
    rows.map((row) => row.unit),
    on,
  )
  return rows.map(({ zh, en, ...row }) => {
    const declared = charter.text.obligations.find((each) => each.id === row.obligation)
    const duty = charter.findDuty(row.duty, on)
    const lineage = lineages.get(row.unit)
    const bearer = duty && lineage && findBearer(charter, duty, lineage)
    return {
      ...row,
      met_on: row.met_on !== null && row.met_on <= on ? row.met_on : null,
      name: { zh, en },
      title: declared?.title ?? { zh: row.obligation, en: row.obligation },
      article: declared?.article ?? '',
      source: declared?.source ?? '',
      status: declared?.status ?? null,
      acts: declared?.met_by ?? [],
      owes: bearer && { unit: bearer.unit, post: bearer.posts[0], posts: bearer.posts },
      ...standOf(reader, row.due_on, row.met_on),
    }
  })
}
