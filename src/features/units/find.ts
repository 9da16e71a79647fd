import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'

const FOUND_MAX = 50

/** What somebody types to find a unit: a name in Chinese, its pinyin, or a code; spaces and apostrophes do not matter. */
export const typed = (text: string) => text.toLowerCase().replace(/[\s'’_%\\]/g, '')

/** A name as it is searched: lower case, without spaces and apostrophes. */
export const searched = (column: string) => sql`regexp_replace(lower(${sql.ref(column)}), '[\\s''’]', '', 'g')`

/** Finds units of the whole country by name, pinyin or code, the former ones too. */
export const unitFind = ask({
  name: 'unit.find',
  title: { zh: '查找单位', en: 'Find a unit' },
  purpose: {
    zh: '按名称、拼音或代码查找全国的单位，曾用名称和代码也能查到。',
    en: 'Finds units of the whole country by name, pinyin or code, by former names and codes as well.',
  },
  access: 'public',
  input: z.object({
    text: z.string().trim().max(60).default(''),
    tier: z.string().optional(),
    limit: z.int().min(1).max(FOUND_MAX).default(10),
  }),
  async answer({ db, on }, { text, tier, limit }) {
    const key = typed(text)
    if (key === '') return { units: [] }
    const { rows } = await sql<{
      unit: string
      zh: string
      en: string
      tier: string
      code: string | null
      was_zh: string
      was_en: string
      was_code: string | null
      path: Text[]
    }>`
      with hit as (
        select distinct on (v.unit_id) v.unit_id, v.name_zh, v.name_en, v.code, (v.valid_at @> ${on}::date) is true as is_present,
               case when v.name_zh = ${key} or v.code = ${key} then 0
                    when v.name_zh like ${`${key}%`} or ${searched('v.name_en')} like ${`${key}%`} or v.code like ${`${key}%`} then 1
                    else 2 end as rank
          from unit_version v
         where lower(v.valid_at) <= ${on}
           and (v.name_zh like ${`%${key}%`} or ${searched('v.name_en')} like ${`%${key}%`} or v.code like ${`${key}%`})
         order by v.unit_id, (v.valid_at @> ${on}::date) is true desc, rank, lower(v.valid_at) desc)
      select n.unit_id as unit, n.name_zh as zh, n.name_en as en, n.tier, n.code,
             hit.name_zh as was_zh, hit.name_en as was_en, hit.code as was_code,
             (select coalesce(json_agg(json_build_object('zh', a.name_zh, 'en', a.name_en) order by array_position(n.lineage, a.unit_id)), '[]')
                from unit_version a
               where a.unit_id = any (n.lineage) and a.unit_id <> n.unit_id and a.parent_id is not null and (a.valid_at @> ${on}::date) is true) as path
        from hit
        join unit_version n on n.unit_id = hit.unit_id and (n.valid_at @> ${on}::date) is true
       where ${tier === undefined ? sql`true` : sql`n.tier = ${tier}`}
       order by hit.rank, cardinality(n.lineage), length(n.name_zh), n.code nulls last, n.name_en
       limit ${limit}`.execute(db)
    return {
      units: rows.map(({ zh, en, was_zh, was_en, was_code, ...row }) => ({
        ...row,
        name: { zh, en },
        // Told only where it is a former name or code that was found.
        was: was_zh === zh && was_code === row.code ? null : { name: { zh: was_zh, en: was_en }, code: was_code },
      })),
    }
  },
})
