import { sql } from 'kysely'
import { z } from 'zod'
import { ask } from '#kernel/ask.ts'
import type { Text } from '#kernel/words.ts'
import { likely } from './find.ts'
import { postWords } from './held.ts'

const Words = z
  .string()
  .trim()
  .max(100)
  .default('')
  .meta({ label: { zh: '查找内容', en: 'Text' } })
const Limit = z.int().min(1).max(50).default(12)

/** Units to choose from, for the fields of forms: those of the programme first. */
export const findUnits = ask({
  name: 'find.units',
  title: { zh: '查找单位', en: 'Find units' },
  purpose: {
    zh: '按名称或代码查找当日的单位，可限层级和范围。',
    en: 'Units of the day by name or code, of some tiers or within a unit.',
  },
  access: 'public',
  input: z.object({
    text: Words,
    tiers: z.array(z.string().max(60)).max(12).default([]),
    under: z.uuid().optional(),
    id: z.uuid().optional(),
    limit: Limit,
  }),
  async answer({ db, on, charter }, { text, tiers, under, id, limit }) {
    const { rows } = await sql<{
      id: string
      zh: string
      en: string
      tier: string
      code: string | null
      above_zh: string | null
      above_en: string | null
    }>`
      select v.unit_id as id, v.name_zh as zh, v.name_en as en, v.tier, v.code, p.name_zh as above_zh, p.name_en as above_en
        from unit_version v left join unit_version p on p.unit_id = v.parent_id and (p.valid_at @> ${on}::date) is true
       where (v.valid_at @> ${on}::date) is true
         and (${id ?? null}::uuid is null or v.unit_id = ${id ?? null}::uuid)
         and (${text} = '' or v.name_zh ilike ${likely(text)} or v.name_en ilike ${likely(text)} or v.code = ${text})
         and (${tiers.length} = 0 or v.tier = any (${tiers}::text[]))
         and (${under ?? null}::uuid is null or v.lineage @> array[${under ?? null}::uuid])
       order by (lower(v.name_en) = lower(${text}) or v.name_zh = ${text}) desc,
                exists (select from unit_designation d where d.unit_id = v.unit_id) desc,
                array_length(v.lineage, 1), length(v.name_zh), v.code limit ${limit}`.execute(db)
    return {
      units: rows.map((row) => ({
        id: row.id,
        tier: row.tier,
        code: row.code,
        name: { zh: row.zh, en: row.en } satisfies Text,
        about: {
          zh: [row.above_zh, charter.tier(row.tier).name.zh].filter(Boolean).join(' · '),
          en: [row.above_en, charter.tier(row.tier).name.en].filter(Boolean).join(' · '),
        } satisfies Text,
      })),
    }
  },
})

/** People to choose from, with the seats that they hold on the day. */
export const findPeople = ask({
  name: 'find.people',
  title: { zh: '查找人员', en: 'Find people' },
  purpose: { zh: '按姓名查找人员及其当日职务。', en: 'People by name, with the seats that they hold on the day.' },
  access: 'seated',
  input: z.object({ text: Words, id: z.uuid().optional(), limit: Limit }),
  async answer({ db, on, charter }, { text, id, limit }) {
    const { rows } = await sql<{
      id: string
      zh: string
      en: string
      made_up: boolean
      unit_zh: string | null
      unit_en: string | null
      post: string | null
    }>`
      select p.id, p.name_zh as zh, p.name_en as en, p.made_up, s.zh as unit_zh, s.en as unit_en, s.post
        from person p
        left join lateral (
          select v.name_zh as zh, v.name_en as en, a.post from appointment a
            join unit_version v on v.unit_id = a.unit_id and (v.valid_at @> ${on}::date) is true
           where a.person_id = p.id and (a.valid_at @> ${on}::date) is true limit 1) s on true
       where (${id ?? null}::uuid is null or p.id = ${id ?? null}::uuid)
         and (${text} = '' or p.name_zh ilike ${likely(text)} or p.name_en ilike ${likely(text)})
       order by (p.name_zh = ${text} or lower(p.name_en) = lower(${text})) desc, p.name_zh, p.id limit ${limit}`.execute(
      db,
    )
    return {
      people: rows.map((row) => {
        const post = row.post === null ? undefined : postWords(charter, row.post).name
        return {
          id: row.id,
          name: { zh: row.zh, en: row.en } satisfies Text,
          madeUp: row.made_up,
          about: post
            ? { zh: `${row.unit_zh ?? ''} · ${post.zh}`, en: `${row.unit_en ?? ''} · ${post.en}` }
            : { zh: '无职务', en: 'holds no seat' },
        }
      }),
    }
  },
})
