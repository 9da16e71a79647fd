import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { v7 } from '#kernel/uuid.ts'
import { Day, PersonId, type Text, UnitId } from '#kernel/words.ts'
import {
  inspectDuty,
  inspectorField,
  listed,
  ownUnit,
  peopleOf,
  placesWithin,
  seedLine,
  shareOut,
} from './inspection-facts.ts'

/** A superior plans an inspection by lot: over which units, about what, how many are drawn, and by which committed seed. */
export const planInspection = act({
  name: 'inspection.plan',
  title: { zh: '制定督查计划', en: 'Plan an inspection' },
  purpose: {
    zh: '列明督查什么、在哪些单位中抽几个，并在抽取前公布随机种子的摘要：谁也不能看了名单再挑种子。名单到启封日才公开。',
    en: 'Says what is inspected and how many of which units are drawn, and publishes the digest of a secret seed before the draw, so that nobody can choose a seed by its list. The list is told on its own day, not before.',
  },
  duty: inspectDuty,
  input: z.object({
    unit: inspectorField,
    title: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '名称', en: 'Title' } }),
    from: Day.meta({ label: { zh: '督查期间自', en: 'From' } }),
    until: Day.meta({ label: { zh: '至', en: 'Until' } }),
    topics: z
      .array(
        z
          .string()
          .trim()
          .min(2)
          .max(80)
          .meta({ label: { zh: '督查内容', en: 'Subject' }, widget: 'reference', finds: 'find.subjects' }),
      )
      .min(1)
      .max(40)
      .meta({
        label: { zh: '督查内容', en: 'Subjects' },
        hint: { zh: '章程的职责或核查规则，按名称查找。', en: 'Duties of the charter or checks, found by name.' },
      }),
    units: z
      .array(
        z.strictObject({
          unit: UnitId,
          stratum: seedLine(1)
            .default('all')
            .meta({ label: { zh: '层', en: 'Stratum' } }),
        }),
      )
      .max(3000)
      .default([])
      .meta({
        label: { zh: '抽取范围', en: 'Units that may be drawn' },
        hint: {
          zh: '留空则为本级范围内在列的全部贫困县。',
          en: 'Left empty: all poor counties of the area on that day.',
        },
      }),
    count: z
      .int()
      .min(1)
      .max(3000)
      .meta({ label: { zh: '抽取个数', en: 'How many are drawn' }, widget: 'count' }),
    inspectors: z
      .array(PersonId)
      .max(200)
      .default([])
      .meta({ label: { zh: '督查人员', en: 'Inspectors' } }),
    commitment: z
      .string()
      .trim()
      .toLowerCase()
      .regex(/^[0-9a-f]{64}$/)
      .meta({
        widget: 'digest',
        label: { zh: '种子的 SHA-256 摘要', en: 'SHA-256 of the seed' },
        hint: {
          zh: '64 位十六进制。种子自己保管：丢失就只能取消重来。',
          en: '64 hexadecimal digits. Keep the seed yourself: if it is lost, the plan can only be cancelled.',
        },
      }),
    publicNumber: z
      .string()
      .trim()
      .min(2)
      .max(200)
      .meta({ label: { zh: '并入哪个公开号码', en: 'Which public number is joined' } }),
    drawOn: Day.meta({ label: { zh: '抽取日', en: 'Day of the draw' } }),
    opensOn: Day.meta({ label: { zh: '名单启封日', en: 'Day on which the list opens' } }),
  }),
  refusals: {
    ...ownUnit,
    'unknown-topic': {
      zh: '章程没有这些职责，也没有运行过这些核查：{topics}。',
      en: 'Neither a duty of the charter nor a check that has run: {topics}.',
      topic: { zh: '督查内容都认得', en: 'every subject is known' },
    },
    'outside-the-area': {
      zh: '{names}不在{unit}范围内。',
      en: '{names}: not within {unit}.',
      topic: { zh: '抽取范围在本级以内', en: 'every unit lies within the area' },
    },
    'draw-exceeds-frame': {
      zh: '范围内只有{units}个单位，抽不出{count}个。',
      en: '{count} cannot be drawn of {units} units.',
      topic: { zh: '范围够抽', en: 'there are enough units to draw from' },
    },
    'days-out-of-order': {
      zh: '日期次序不对：抽取日须在今天以后，启封日不早于抽取日，期间不早于启封日。',
      en: 'The days are out of order: the draw lies ahead, the list opens not before it, and the period ends not before that.',
      topic: { zh: '日期次序对', en: 'the days are in order' },
    },
  },
  then: [
    {
      zh: '抽取日由督查单位开种子抽取，名单只有自己能看。',
      en: 'On its day the list is drawn; only the planner may look at it.',
    },
    {
      zh: '启封日公开种子和名单，谁都可以重算。',
      en: 'On the day of opening seed and list are told, and anybody can draw them again.',
    },
  ],
  about: { kind: 'inspection-desk', input: (desk: { unit: string }) => ({ unit: desk.unit }) },
  over: (input) => input.unit,
  async facts(tx, { unit, units, topics, inspectors }, by) {
    const asked =
      units.length > 0 ? units : (await poorWithin(tx, unit, by.on)).map((id) => ({ unit: id, stratum: 'all' }))
    const ids = asked.map((each) => each.unit)
    const [places, seated, checks] = await Promise.all([
      placesWithin(tx, ids, unit, by.on),
      peopleOf(tx, inspectors, ids, by.on),
      sql<{
        id: string
      }>`select distinct check_id as id from check_run where check_id = any (${topics}::text[])`.execute(tx),
    ])
    const within = new Map(places.map((place) => [place.unit, place]))
    const strange = ids
      .filter((id) => id !== unit && within.get(id)?.isWithin !== true)
      .map((id): Text => within.get(id)?.name ?? { zh: id, en: id })
    const own = [...(ids.includes(unit) ? [by.lineage[0].name] : []), ...seated.map((each) => each.name)]
    const known = new Set(checks.rows.map((row) => row.id))
    const unknown = topics.filter((topic) => !known.has(topic) && !by.charter.findDuty(topic, by.on))
    return { frame: [...new Map(asked.map((each) => [each.unit, each])).values()], strange, own, unknown }
  },
  rule: ({ frame, strange, own, unknown }, { count, drawOn, opensOn, from, until }, refuse, by) => [
    own.length === 0 || refuse('inspector-of-own-unit', { names: listed(own) }),
    unknown.length === 0 || refuse('unknown-topic', { topics: unknown.join(', ') }),
    strange.length === 0 || refuse('outside-the-area', { names: listed(strange), unit: by.lineage[0].name }),
    count <= frame.length || refuse('draw-exceeds-frame', { count, units: frame.length }),
    (drawOn > by.on && opensOn >= drawOn && until >= opensOn && until >= from) || refuse('days-out-of-order'),
  ],
  async effect(tx, input, { frame }, by) {
    const id = v7()
    const sizes = [...Map.groupBy(frame, (each) => each.stratum)].map(
      ([stratum, units]) => [stratum, units.length] as const,
    )
    const drawn = shareOut(input.count, sizes)
    const rows = frame.map((each, at) => ({ ...each, n: at + 1, drawn: drawn.get(each.stratum) ?? 0 }))
    await sql`
      insert into inspection (id, unit_id, title, period, topics, units_drawn, commitment, draw_on, opens_on, public_number, on_day, act_id)
      values (${id}, ${input.unit}, ${input.title}, daterange(${input.from}::date, ${input.until}::date, '[]'), ${input.topics}, ${input.count},
              ${input.commitment}, ${input.drawOn}, ${input.opensOn}, ${input.publicNumber}, ${by.on}, ${by.act})`.execute(
      tx,
    )
    await sql`
      insert into inspection_frame (inspection_id, n, unit_id, stratum, stratum_drawn, planner_unit_id, act_id)
      select ${id}, f.n, f.unit, f.stratum, f.drawn, ${input.unit}, ${by.act}
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as f (n int, unit uuid, stratum text, drawn int)`.execute(
      tx,
    )
    await sql`
      insert into inspection_inspector (inspection_id, person_id, act_id)
      select distinct ${id}::uuid, p, ${by.act}::uuid from unnest(${input.inspectors}::uuid[]) p`.execute(tx)
    return { unit: input.unit, inspection: id, units: frame.length, drawOn: input.drawOn }
  },
})

async function poorWithin(tx: Tx, unit: string, on: Day): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select d.unit_id as id from unit_designation d join unit_version v on v.unit_id = d.unit_id and (v.valid_at @> ${on}::date) is true
     where (d.valid_at @> ${on}::date) is true and v.lineage @> array[${unit}]::uuid[] and v.unit_id <> ${unit}
     order by v.code nulls last, d.unit_id`.execute(tx)
  return rows.map((row) => row.id)
}
