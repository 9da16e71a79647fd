import { type RawBuilder, sql } from 'kysely'
import { ask, type Reader } from '#kernel/ask.ts'
import { type ChoiceAnswer, ChoiceInput } from '#kernel/choices.ts'
import type { Text } from '#kernel/words.ts'

type Found = { id: string; title: string; about: Text }
type Asked = typeof ChoiceInput._output

/** Rows of `id, title, about, units, since` as choices for a form, the newest first. */
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
    choices: found.rows.map(({ id: key, title, about }) => ({
      id: key,
      key: title,
      name: { zh: title, en: title },
      about,
    })),
  }
}

/** Needs of a unit that are not closed, to choose from. */
export const findNeeds = ask({
  name: 'find.needs',
  title: { zh: '查找需求', en: 'Find needs' },
  purpose: {
    zh: '按名称查找尚未关闭的需求，供填表选择。',
    en: 'Needs that are not closed, by title, to choose from in forms.',
  },
  access: 'public',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select n.id, n.title, n.on_day as since, json_build_object('zh', v.name_zh || ' · ' || n.wanted_by, 'en', v.name_en || ' · ' || n.wanted_by) as about,
            array[n.unit_id] as units
        from need n
        join unit_version v on v.unit_id = n.unit_id and (v.valid_at @> n.on_day) is true
       where n.on_day <= ${reader.on}::date and not exists (select from need_closing x where x.need_id = n.id and x.on_day <= ${reader.on}::date)`,
      asked,
    ),
})

/** Pledges by their code: no more of them is told. */
export const findPledges = ask({
  name: 'find.pledges',
  title: { zh: '查找认捐', en: 'Find pledges' },
  purpose: { zh: '按编号查找认捐，供填表选择。', en: 'Pledges by their code, to choose from in forms.' },
  access: 'public',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select p.id, upper(right(replace(p.id::text, '-', ''), 8)) as title, p.on_day as since,
            json_build_object('zh', v.name_zh || ' · ' || p.on_day, 'en', v.name_en || ' · ' || p.on_day) as about,
            array_remove(array[p.unit_id, p.by_unit_id], null) as units
        from pledge p
        join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> p.on_day) is true
       where p.on_day <= ${reader.on}::date`,
      asked,
    ),
})

/** Organisations that a county admitted; those that wait are found by those with a seat. */
export const findPartners = ask({
  name: 'find.partners',
  title: { zh: '查找帮扶方', en: 'Find partners' },
  purpose: {
    zh: '按名称查找参与的企业和社会组织，供填表选择。',
    en: 'Enterprises and organisations by name, to choose from in forms.',
  },
  access: 'public',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select p.id, p.name as title, lower(p.valid_at) as since, json_build_object('zh', v.name_zh, 'en', v.name_en) as about,
            array[p.unit_id] as units
        from partner p
        join unit_version v on v.unit_id = p.unit_id and (v.valid_at @> lower(p.valid_at)) is true
       where (p.valid_at @> ${reader.on}::date) is true and p.name is not null
         and (${reader.actor?.kind === 'person'} or exists (select from partner_admission a where a.partner_id = p.id and a.on_day <= ${reader.on}::date))`,
      asked,
    ),
})

/** Campaigns that are on, in the areas that a unit lies in. */
export const findCampaigns = ask({
  name: 'find.campaigns',
  title: { zh: '查找活动', en: 'Find campaigns' },
  purpose: { zh: '查找正在进行的帮扶活动，供填表选择。', en: 'Campaigns that are on, to choose from in forms.' },
  access: 'public',
  input: ChoiceInput,
  answer: (reader, asked) =>
    chosen(
      reader,
      sql`select c.id, c.title, c.from_day as since, json_build_object('zh', v.name_zh || ' · ' || c.from_day, 'en', v.name_en || ' · ' || c.from_day) as about,
            array(select b.unit_id from unit_version b where b.unit_id = coalesce(${asked.unit ?? null}::uuid, c.unit_id)
                   and (b.valid_at @> ${reader.on}::date) is true and c.unit_id = any (b.lineage)) as units
        from campaign c
        join unit_version v on v.unit_id = c.unit_id and (v.valid_at @> c.on_day) is true
       where c.on_day <= ${reader.on}::date and ${reader.on}::date between c.from_day and c.until_day`,
      asked,
    ),
})
