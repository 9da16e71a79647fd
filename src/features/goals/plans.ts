import { sql } from 'kysely'
import { z } from 'zod'
import { withAbilities } from '#kernel/abilities.ts'
import { ask } from '#kernel/ask.ts'
import { type Day, type Text, UnitId } from '#kernel/words.ts'

type Row = {
  id: string
  unit: string
  unit_zh: string
  unit_en: string
  kind: 'annual' | 'rolling'
  year: number
  version: number
  title_zh: string
  title_en: string
  text_zh: string
  text_en: string
  status: 'V' | 'P' | 'K' | 'made-up'
  adoptedOn: Day
  act: string
  isInForce: boolean
}

/** The plans of the units at and below one, the newest versions first; older versions are marked. */
export const listPlans = ask({
  name: 'plan.list',
  title: { zh: '规划计划', en: 'Plans' },
  purpose: {
    zh: '某单位及以下的年度计划和滚动规划，各版可查。',
    en: 'Annual and rolling plans at and below a unit, with all their versions.',
  },
  access: 'public',
  input: z.object({
    unit: UnitId,
    year: z.int().min(2000).max(2100).optional(),
    kind: z.enum(['annual', 'rolling']).optional(),
    versions: z.enum(['in-force', 'all']).default('in-force'),
    offset: z.int().min(0).default(0),
    limit: z.int().min(1).max(200).default(50),
  }),
  async answer(reader, { unit, year, kind, versions, offset, limit }) {
    const { on } = reader
    const plans = sql`
      select p.id, p.unit_id as unit, v.name_zh as unit_zh, v.name_en as unit_en, p.kind, p.year, p.version, p.title_zh, p.title_en,
             p.text_zh, p.text_en, p.status, p.adopted_on as "adoptedOn", p.act_id as act,
             p.version = max(p.version) over (partition by p.unit_id, p.kind, p.year) as "isInForce"
        from plan p join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> ${on}::date) is true
       where p.adopted_on <= ${on}::date and v.lineage @> array[${unit}]::uuid[]`
    const which = sql`true
      ${year === undefined ? sql`` : sql`and year = ${year}`}
      ${kind === undefined ? sql`` : sql`and kind = ${kind}`}
      ${versions === 'all' ? sql`` : sql`and "isInForce"`}`
    const [total, { rows }] = await Promise.all([
      sql<{ n: number }>`select count(*)::int as n from (${plans}) p where ${which}`.execute(reader.db),
      sql<Row>`select * from (${plans}) p where ${which}
        order by year desc, "adoptedOn" desc, id limit ${limit} offset ${offset}`.execute(reader.db),
    ])
    const shown = rows.map(({ unit_zh, unit_en, title_zh, title_en, text_zh, text_en, ...row }) => ({
      ...row,
      unitName: { zh: unit_zh, en: unit_en } satisfies Text,
      title: { zh: title_zh, en: title_en } satisfies Text,
      text: { zh: text_zh, en: text_en } satisfies Text,
      madeUp: row.status === 'made-up',
      isPast: String(row.year) < reader.today.slice(0, 4),
    }))
    return { total: total.rows[0]?.n ?? 0, plans: await withAbilities(reader, 'plan', shown) }
  },
})
