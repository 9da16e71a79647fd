import { sql } from 'kysely'
import { z } from 'zod'
import { act, type By } from '#kernel/act.ts'
import { v7 } from '#kernel/uuid.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { listed } from './held.ts'
import { addMatter, handleDuty, matterInput, unknownDuty } from './matters.ts'

const PARTIES_MAX = 50

/** A level opens a matter among units below it: each takes part, and the level itself settles it. */
export const openMatter = act({
  name: 'matter.open',
  title: { zh: '发起跨单位协调事项', en: 'Open a matter among units' },
  purpose: {
    zh: '就涉及几个下级单位的事项发起协调：各方说明情况，由本级定下来。',
    en: 'Opens a matter that concerns several units below: each says its part, and this level settles it.',
  },
  duty: 'link-and-coordinate',
  input: z.object({
    unit: UnitId.meta({ label: { zh: '发起单位', en: 'Unit that opens it' } }),
    ...matterInput,
    parties: z
      .array(UnitId.meta({ label: { zh: '单位', en: 'Unit' } }))
      .min(2)
      .max(PARTIES_MAX)
      .meta({ label: { zh: '涉及的单位', en: 'Units concerned' } }),
  }),
  refusals: {
    ...unknownDuty,
    'not-below': {
      zh: '{names}不在{unit}之下。',
      en: '{names}: not below {unit}.',
      topic: { zh: '涉及的都是下级单位', en: 'every unit concerned stands below' },
      cites: 'duty:link-and-coordinate',
    },
    'one-unit-only': {
      zh: '只涉及一个单位，不需要协调。',
      en: 'Only one unit is concerned; there is nothing to coordinate.',
      topic: { zh: '涉及两个以上单位', en: 'two units or more are concerned' },
    },
    'not-this-level': {
      zh: '{unit}不承担域内协调，由{bearer}承担。',
      en: '{unit} does not coordinate an area; {bearer} does.',
      topic: { zh: '本级承担域内协调', en: 'this level coordinates the area' },
    },
  },
  then: [{ zh: '各方在期限内说明情况。', en: 'Each unit concerned says its part in time.' }],
  about: { kind: 'matter-desk', input: (desk: { unit: string }) => ({ unit: desk.unit }) },
  // The level that coordinates the area of its parties: where a tier is missing, whoever took its duties over.
  over: (input) => input.parties[0] ?? input.unit,
  turns: (input) => [input.unit],
  async facts(tx, { unit, parties }, by) {
    const asked = [...new Set(parties)]
    const { rows } = await sql<{ id: string; name: Text; isBelow: boolean }>`
      select v.unit_id as id, json_build_object('zh', v.name_zh, 'en', v.name_en) as name,
             ${unit} = any (v.lineage) and v.unit_id <> ${unit} as "isBelow"
        from unnest(${asked}::uuid[]) u (id)
        join unit_version v on v.unit_id = u.id and (v.valid_at @> ${by.on}::date) is true`.execute(tx)
    const strange = asked.filter((id) => !rows.some((row) => row.id === id))
    return {
      parties: asked,
      strange: [
        ...rows.filter((row) => !row.isBelow).map((row) => row.name),
        ...strange.map((id): Text => ({ zh: id, en: id })),
      ],
    }
  },
  rule: ({ parties, strange }, { unit, concerns }, refuse, by) => [
    by.charter.findDuty(concerns, by.on) !== undefined || refuse('unknown-duty', { duty: concerns }),
    by.bearer.id === unit || refuse('not-this-level', { unit: nameOf(unit, by), bearer: by.bearer.name }),
    strange.length === 0 || refuse('not-below', { names: listed(strange), unit: nameOf(unit, by) }),
    parties.length > 1 || refuse('one-unit-only'),
  ],
  async effect(tx, input, { parties }, by) {
    const id = v7()
    const posts = by.charter.findDuty(handleDuty, by.on)?.held_by[by.bearer.tier] ?? []
    const post = posts[0] ?? by.charter.tier(by.bearer.tier).principals[0] ?? ''
    await addMatter(tx, by, { ...input, id, kind: 'joint' }, { unit: input.unit, post })
    await sql`insert into matter_party (matter_id, unit_id, act_id)
      select ${id}, unit, ${by.act} from unnest(${parties}::uuid[]) unit`.execute(tx)
    return { matter: id, to: input.unit, parties }
  },
  subject: (_input, result) => result.matter,
  obliges: (_input, result, obligation) => (obligation === 'contribute-to-matter' ? result.parties : [result.to]),
})

const nameOf = (unit: string, by: By): Text =>
  by.lineage.find((each) => each.id === unit)?.name ?? { zh: '该单位', en: 'that unit' }
