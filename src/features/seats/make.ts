import { sql } from 'kysely'
import { z } from 'zod'
import { act, type Reading } from '#kernel/act.ts'
import type { Charter } from '#kernel/charter.ts'
import { findLineage, type Lineage } from '#kernel/standing.ts'
import { PostId, Text, UnitId } from '#kernel/words.ts'

/**
 * Who appoints: principals are appointed by the level above, everybody else by the unit's own principals.
 * The root's principals are appointed at the root.
 */
export async function appointingUnit(unit: string, post: string, { db, charter, on }: Reading): Promise<string> {
  const lineage = await findLineage(db, unit, on)
  return (lineage && appointedAt(charter, lineage, post)) ?? unit
}

/** As `appointingUnit`, where the units above are known already. */
export function appointedAt(charter: Charter, lineage: Lineage, post: string): string {
  const isPrincipal = charter.tiers.some((tier) => tier.principals.includes(post))
  return (isPrincipal ? lineage[1]?.id : undefined) ?? lineage[0].id
}

/** Seats a person in a post. The seat must be vacant; its term runs until `appointment.end`. */
export const makeAppointment = act({
  name: 'appointment.make',
  title: { zh: '任命', en: 'Appoint somebody to a post' },
  purpose: {
    zh: '任命一人担任某单位的职务，或在空缺期间代理；同一职务同一天只有一人。',
    en: 'Seats a person in a post of a unit, as its holder or acting while it is vacant; never two on one day.',
  },
  duty: 'appoint-officials',
  input: z.object({
    unit: UnitId,
    post: PostId,
    person: z
      .strictObject({ id: z.uuid(), name: Text, madeUp: z.boolean() })
      .meta({ label: { zh: '人员', en: 'Person' }, widget: 'person' }),
    capacity: z
      .enum(['holder', 'acting'])
      .default('holder')
      .meta({
        label: { zh: '方式', en: 'Capacity' },
        widget: 'choice',
        choices: { holder: { zh: '任职', en: 'Holder' }, acting: { zh: '代理', en: 'Acting' } },
      }),
  }),
  refusals: {
    'post-not-of-tier': {
      zh: '{unit}没有“{post}”这一职务。',
      en: '{unit} has no post «{post}».',
      topic: { zh: '职务属于该单位', en: 'the unit has this post' },
    },
    'seat-taken': {
      zh: '该职务自{since}起由{holder}担任。',
      en: '{holder} has held this post since {since}.',
      topic: { zh: '职务空缺', en: 'the post is vacant' },
      remedy: { zh: '先办理免职，再任命。', en: 'End that appointment first.' },
    },
    'person-known-otherwise': {
      zh: '人员编号已登记为{name}。',
      en: 'This person is registered as {name}.',
      remedy: { zh: '核对人员编号。', en: 'Check the person’s id.' },
    },
  },
  advice: {
    'sits-elsewhere': {
      zh: '{name}当日还在{seats}任职。',
      en: '{name} sits in {seats} already.',
    },
  },
  about: {
    kind: 'seat',
    offered: (seat: { unit: string; post: string; person: unknown }) => seat.person === null,
    input: (seat: { unit: string; post: string }) => ({ unit: seat.unit, post: seat.post }),
    over: (seat: { appointedAt: string }) => seat.appointedAt,
  },
  over: (input, read) => appointingUnit(input.unit, input.post, read),
  turns: (input) => [input.unit],
  async facts(tx, { unit, post, person }, by) {
    const [lineage, taken, known, others] = await Promise.all([
      findLineage(tx, unit, by.on),
      sql<{ since: string; zh: string; en: string }>`
        select lower(a.valid_at) as since, p.name_zh as zh, p.name_en as en
          from appointment a join person p on p.id = a.person_id
         where a.unit_id = ${unit} and a.post = ${post} and (a.valid_at && daterange(${by.on}, null)) is true`.execute(
        tx,
      ),
      tx.selectFrom('person').select(['name_zh as zh', 'name_en as en']).where('id', '=', person.id).executeTakeFirst(),
      sql<{ zh: string; en: string }>`
        select string_agg(v.name_zh, '、') as zh, string_agg(v.name_en, ', ') as en
          from appointment a join unit_version v on v.unit_id = a.unit_id and (v.valid_at @> ${by.on}::date) is true
         where a.person_id = ${person.id} and (a.valid_at @> ${by.on}::date) is true having count(*) > 0`.execute(tx),
    ])
    return { unit: lineage?.[0], taken: taken.rows[0], known, elsewhere: others.rows[0] }
  },
  rule: ({ unit, taken, known, elsewhere }, { post, person }, refuse, by, advise) => [
    (unit !== undefined && by.charter.findPost(post) !== undefined && by.charter.tierOfPost(post) === unit.tier) ||
      refuse('post-not-of-tier', { unit: unit?.name ?? '?', post: by.charter.findPost(post)?.name ?? post }),
    taken === undefined || refuse('seat-taken', { since: taken.since, holder: { zh: taken.zh, en: taken.en } }),
    known === undefined ||
      (known.zh === person.name.zh && known.en === person.name.en) ||
      refuse('person-known-otherwise', { name: known }),
    elsewhere === undefined || advise('sits-elsewhere', { name: person.name, seats: elsewhere }),
  ],
  async effect(tx, { unit, post, person, capacity }, { known }, by) {
    if (!known)
      await sql`insert into person (id, name_zh, name_en, made_up, act_id)
        values (${person.id}, ${person.name.zh}, ${person.name.en}, ${person.madeUp}, ${by.act})`.execute(tx)
    await sql`insert into appointment (unit_id, post, person_id, capacity, valid_at, act_id)
      values (${unit}, ${post}, ${person.id}, ${capacity}, daterange(${by.on}, null), ${by.act})`.execute(tx)
    return { unit, post, person: person.id }
  },
  subject: (input) => `${input.unit}/${input.post}`,
})
