import { type RawBuilder, sql } from 'kysely'
import { ask, type Reader } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import type { Text } from '#kernel/words.ts'

type Found = { id: string; title: string; about: Text }
type Asked = typeof ChoiceInput._output

/** Rows of `id, title, about, unit_id, since` as choices for a form, the newest first. */
async function chosen({ db }: Reader, rows: RawBuilder<unknown>, asked: Asked): Promise<ChoiceAnswer> {
  const { unit = null, id = null, text, texts, limit } = asked
  const found = await sql<Found>`
    select r.id, r.title, r.about from (${rows}) r
     where (${id}::uuid is null or r.id = ${id}::uuid)
       and (${unit}::uuid is null or ${id}::uuid is not null or ${unit}::uuid = any (r.units))
       and (${texts.length} = 0 or r.title = any (${texts}::text[]) or r.id::text = any (${texts}::text[]))
       and (${text} = '' or strpos(lower(r.title), lower(${text})) > 0)
     order by r.since desc, r.id desc limit ${limit}`.execute(db)
  return {
    choices: found.rows.map((row) => ({
      id: row.id,
      key: row.title,
      name: { zh: row.title, en: row.title },
      about: row.about,
    })),
  }
}

/** Matters to choose from: those of a unit, or with it. */
export const findMatters = ask({
  name: 'find.matters',
  title: { zh: '查找协调事项', en: 'Find matters' },
  purpose: { zh: '按名称查找协调事项，供填表选择。', en: 'Matters by name, to choose from in forms.' },
  access: 'seated',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select m.id, m.title, m.on_day as since, json_build_object('zh', v.name_zh || ' · ' || m.on_day, 'en', v.name_en || ' · ' || m.on_day) as about,
            array_remove(array[m.unit_id, s.owner_unit_id], null) || array(select y.unit_id from matter_party y where y.matter_id = m.id) as units
        from matter m
        join unit_version v on v.unit_id = m.unit_id and (v.valid_at @> m.on_day) is true
        join lateral (select owner_unit_id from matter_step s where s.matter_id = m.id and s.on_day <= ${reader.on}::date order by s.ordinal desc limit 1) s on true
       where m.on_day <= ${reader.on}::date`,
      asked,
    ),
})

/** Requests to choose from: those of a unit, or asked of it. */
export const findRequests = ask({
  name: 'find.requests',
  title: { zh: '查找报送要求', en: 'Find requests' },
  purpose: { zh: '按名称查找报送要求，供填表选择。', en: 'Requests by name, to choose from in forms.' },
  access: 'seated',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select r.id, r.title, r.on_day as since, json_build_object('zh', v.name_zh || ' · ' || r.on_day, 'en', v.name_en || ' · ' || r.on_day) as about,
            array[r.unit_id] || array(select p.unit_id from report_request_receiver p where p.request_id = r.id) as units
        from report_request r
        join unit_version v on v.unit_id = r.unit_id and (v.valid_at @> r.on_day) is true
       where r.on_day <= ${reader.on}::date`,
      asked,
    ),
})

/** Assignments to choose from: those of a unit. */
export const findAssignments = ask({
  name: 'find.assignments',
  title: { zh: '查找分工', en: 'Find assignments' },
  purpose: {
    zh: '按内容查找事项的分工，供填表选择。',
    en: 'Assignments of matters by what is to be done, to choose from in forms.',
  },
  access: 'seated',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select a.id, a.task as title, a.on_day as since, json_build_object('zh', m.title || ' · ' || a.due_on, 'en', m.title || ' · ' || a.due_on) as about,
            array[a.unit_id] as units
        from matter_assignment a join matter m on m.id = a.matter_id
       where a.on_day <= ${reader.on}::date`,
      asked,
    ),
})
