import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { Text, UnitId } from '#kernel/words.ts'

/**
 * Founds a programme: its root unit, and the first person who sits there.
 * Done once, by the installation itself; from then on everybody is appointed by somebody.
 */
export const foundProgramme = act({
  name: 'programme.found',
  title: { zh: '启动项目', en: 'Found the programme' },
  purpose: {
    zh: '建立最高一级单位，并任命第一位经办人；此后人人由人任命。',
    en: 'Makes the root unit and seats the first official; from then on everybody is appointed by somebody.',
  },
  duty: 'make-overall-plans',
  input: z.object({
    unit: UnitId,
    name: Text.meta({ label: { zh: '名称', en: 'Name' } }),
    post: z.string().meta({ label: { zh: '职务', en: 'Post' }, widget: 'post' }),
    person: z
      .strictObject({ id: z.uuid(), name: Text, madeUp: z.boolean() })
      .meta({ label: { zh: '第一位经办人', en: 'First official' } }),
  }),
  refusals: {
    'already-founded': {
      zh: '项目已于{on}启动。',
      en: 'The programme was founded on {on}.',
      topic: { zh: '尚未启动', en: 'not founded yet' },
    },
    'post-not-of-root': {
      zh: '章程中最高一级没有“{post}”这一职务。',
      en: 'The charter knows no post «{post}» at the highest tier.',
      topic: { zh: '职务属于最高一级', en: 'the post is of the highest tier' },
    },
  },
  automatic: true,
  founding: true,
  final: true,
  over: (input) => input.unit,
  facts: async (tx) => {
    const root = await tx.selectFrom('unit').select('established_on').limit(1).executeTakeFirst()
    return { foundedOn: root?.established_on ?? null }
  },
  rule: ({ foundedOn }, input, refuse, by) => [
    foundedOn === null || refuse('already-founded', { on: foundedOn }),
    (by.charter.findPost(input.post) && by.charter.tierOfPost(input.post) === by.lineage[0].tier) ||
      refuse('post-not-of-root', { post: input.post }),
  ],
  async effect(tx, input, _facts, by) {
    const { person } = input
    await sql`
      with founded as (insert into unit (id, established_on, act_id) values (${input.unit}, ${by.on}, ${by.act}))
      insert into unit_version (unit_id, valid_at, tier, name_zh, name_en, lineage, act_id)
      values (${input.unit}, daterange(${by.on}, null), ${by.lineage[0].tier}, ${input.name.zh}, ${input.name.en},
              array[${input.unit}::uuid], ${by.act})`.execute(tx)
    await sql`
      with registered as (
        insert into person (id, name_zh, name_en, made_up, act_id)
        values (${person.id}, ${person.name.zh}, ${person.name.en}, ${person.madeUp}, ${by.act}))
      insert into appointment (unit_id, post, person_id, capacity, valid_at, act_id)
      values (${input.unit}, ${input.post}, ${person.id}, 'holder', daterange(${by.on}, null), ${by.act})`.execute(tx)
    return { unit: input.unit }
  },
})
