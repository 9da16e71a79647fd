import { type RawBuilder, sql } from 'kysely'
import { ask } from '#kernel/ask.ts'
import type { Db } from '#kernel/db.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import type { Day } from '#kernel/words.ts'
import { atOrBelow } from './standing.ts'

type Row = { id: string; key: string; zh: string; en: string; a_zh: string; a_en: string }

/** Answers what a form looks for among rows of `id, unit_id, key, zh, en, a_zh, a_en, rank`. */
async function choose(
  db: Db,
  on: Day,
  rows: RawBuilder<unknown>,
  { unit, id, text, texts, limit }: ChoiceInput,
): Promise<ChoiceAnswer> {
  const within = unit === undefined ? sql`true` : atOrBelow(unit, on, 'x.unit_id')
  const found = await sql<Row>`
    select x.id, x.key, x.zh, x.en, x.a_zh, x.a_en from (${rows}) x
     where (${id ?? null}::uuid is null or x.id = ${id ?? null}::uuid) and ${within}
       and (${texts.length} = 0 or x.zh = any (${texts}::text[]) or x.en = any (${texts}::text[]) or x.key = any (${texts}::text[])
            or x.id::text = any (${texts}::text[]))
       and (${text} = '' or strpos(lower(concat_ws(' ', x.key, x.zh, x.en, x.a_zh, x.a_en)), lower(${text})) > 0)
     order by x.rank, x.a_zh, x.zh, x.id limit ${limit}`.execute(db)
  return {
    choices: found.rows.map((row) => ({
      id: row.id,
      key: row.key,
      name: { zh: row.zh, en: row.en },
      about: { zh: row.a_zh, en: row.a_en },
    })),
  }
}

export const findVillageChoices = ask({
  name: 'find.villages',
  title: { zh: '查找村', en: 'Find villages' },
  purpose: { zh: '按村名或乡镇查找村，供填表选择。', en: 'Villages by name or township, to choose from in forms.' },
  access: 'seated',
  input: ChoiceInput,
  answer: ({ db, on }, input) =>
    choose(
      db,
      on,
      sql`select v.id, v.unit_id, v.township_zh || v.name_zh as key, v.name_zh as zh, v.name_en as en, v.township_zh as a_zh,
                 v.township_en as a_en, 0 as rank
            from village v where v.on_day <= ${on}::date`,
      input,
    ),
})

export const findWorkerChoices = ask({
  name: 'find.workers',
  title: { zh: '查找人员', en: 'Find people who can be sent' },
  purpose: {
    zh: '按姓名或派出单位查找可选派人员，没有驻村的在前。',
    en: 'People who can be sent, by name or by who sends them; those who serve nowhere come first.',
  },
  access: 'seated',
  input: ChoiceInput,
  answer: ({ db, on }, input) =>
    choose(
      db,
      on,
      sql`select w.id, w.unit_id, p.name_zh as key, p.name_zh as zh, p.name_en as en,
                 concat_ws(' · ', k.employer_zh, case when m.worker_id is not null then '驻村' end) as a_zh,
                 concat_ws(' · ', k.employer_en, case when m.worker_id is not null then 'serving' end) as a_en,
                 case when m.worker_id is null and k.available then 0 else 1 end as rank
            from worker w join person p on p.id = w.id
            join lateral (select x.* from worker_version x where x.worker_id = w.id and x.on_day <= ${on}::date order by x.n desc limit 1) k on true
            left join team_member m on m.worker_id = w.id and m.valid_at @> ${on}::date
           where w.on_day <= ${on}::date`,
      input,
    ),
})

export const findTeamChoices = ask({
  name: 'find.teams',
  title: { zh: '查找工作队', en: 'Find teams' },
  purpose: {
    zh: '按村名查找在岗的驻村工作队，供填表选择。',
    en: 'Teams that are there, by their village, to choose from in forms.',
  },
  access: 'seated',
  input: ChoiceInput,
  answer: ({ db, on }, input) =>
    choose(
      db,
      on,
      sql`select t.id, t.unit_id, v.township_zh || v.name_zh as key, v.name_zh as zh, v.name_en as en, v.township_zh as a_zh,
                 v.township_en as a_en, 0 as rank
            from team t join village v on v.id = t.village_id where t.valid_at @> ${on}::date`,
      input,
    ),
})
