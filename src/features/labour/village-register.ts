import { sql } from 'kysely'
import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { scattered } from '#kernel/uuid.ts'
import { UnitId } from '#kernel/words.ts'
import { place, SkillList, word } from './inputs.ts'
import { readSkills } from './read.ts'
import { addStatements } from './statements.ts'
import { BATCH_MAX } from './words.ts'

/** How heavily a village weighs that said nothing of it. */
const WEIGHT = 5

const Village = z.strictObject({
  townshipZh: word(40, '乡镇（中文）', 'Township (Chinese)'),
  townshipEn: word(60, '乡镇（英文）', 'Township (English)'),
  nameZh: word(40, '村名（中文）', 'Village (Chinese)'),
  nameEn: word(60, '村名（英文）', 'Village (English)'),
  ...place,
  people: z
    .int()
    .min(0)
    .max(50)
    .optional()
    .meta({
      label: { zh: '需要人数', en: 'People needed' },
      hint: { zh: '也可以以后再填报。', en: 'Can be stated later as well.' },
      widget: 'count',
    }),
  households: z
    .int()
    .min(0)
    .max(100_000)
    .optional()
    .meta({ label: { zh: '建档立卡户数', en: 'Registered households' }, widget: 'count' }),
  skills: SkillList.meta({
    label: { zh: '需要的专长', en: 'Skills needed' },
    hint: { zh: '每项一人，用逗号隔开。', en: 'One person for each, between commas.' },
  }),
  madeUp: z
    .boolean()
    .default(false)
    .meta({ label: { zh: '虚构', en: 'Made up' }, widget: 'hidden' }),
})

/** A county registers the villages that teams are sent to. */
export const registerVillages = act({
  name: 'village.register',
  title: { zh: '登记村', en: 'Register villages' },
  purpose: {
    zh: '登记本县需要选派驻村工作队的村：所在乡镇、村名和位置。',
    en: 'Registers the villages of the county that resident teams are sent to: township, name and where they lie.',
  },
  duty: 'coordinate-labour',
  input: z.object({
    unit: UnitId,
    villages: z
      .array(Village)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '村', en: 'Villages' } }),
  }),
  refusals: {
    'village-twice': {
      zh: '{township}{village}在名单中列了两次。',
      en: '{village} of {township} stands twice in the list.',
      topic: { zh: '名单中没有重复', en: 'no village stands twice in the list' },
      remedy: { zh: '删去重复的一行。', en: 'Leave the second out.' },
    },
    'village-known': {
      zh: '{township}{village}已经登记。',
      en: '{village} of {township} is registered already.',
      topic: { zh: '村尚未登记', en: 'the villages are new' },
      remedy: { zh: '删去这一行。', en: 'Leave it out.' },
    },
    'half-a-place': {
      zh: '{village}的位置只填了一半：东距和北距要么都填，要么都不填。',
      en: 'Only half of the place of {village} is given: metres east and north go together.',
      topic: { zh: '位置完整', en: 'places are whole' },
    },
    'skill-unknown': {
      zh: '{village}：没有“{skill}”这项专长；可填：{known}。',
      en: '{village}: there is no skill «{skill}»; there are: {known}.',
      topic: { zh: '专长在目录中', en: 'the skills stand in the list' },
    },
    'needs-nobody': {
      zh: '{village}填了户数或专长，却没有填需要几个人。',
      en: 'For {village} households or skills are given, but not how many people it needs.',
      topic: { zh: '需求完整', en: 'needs are whole' },
    },
  },
  then: [
    { zh: '需求有变时填报各村需求，再选派工作队。', en: 'Where its needs change, state them; then form its team.' },
  ],
  about: { kind: 'labour', input: (county: { unit: string }) => ({ unit: county.unit }) },
  over: (input) => input.unit,
  async facts(tx, { unit, villages }) {
    const skills = await readSkills(tx)
    const { rows } = await sql<{ n: number }>`
      select x.n::int as n
        from unnest(${villages.map((each) => each.townshipZh)}::text[], ${villages.map((each) => each.nameZh)}::text[])
             with ordinality as x (township, name, n)
        join village v on v.unit_id = ${unit} and v.township_zh = x.township and v.name_zh = x.name`.execute(tx)
    return { known: rows.map((row) => row.n - 1), skills }
  },
  rule({ known, skills }, { villages }, refuse) {
    const called = villages.map((each) => `${each.townshipZh}\n${each.nameZh}`)
    const factsOf = ({ townshipZh, townshipEn, nameZh, nameEn }: z.output<typeof Village>) => ({
      township: { zh: townshipZh, en: townshipEn },
      village: { zh: nameZh, en: nameEn },
    })
    return villages.flatMap((each, at) => [
      called.indexOf(called[at] ?? '') === at || refuse('village-twice', factsOf(each)),
      !known.includes(at) || refuse('village-known', factsOf(each)),
      (each.eastM === undefined) === (each.northM === undefined) || refuse('half-a-place', factsOf(each)),
      each.people !== undefined ||
        (each.households === undefined && each.skills.length === 0) ||
        refuse('needs-nobody', factsOf(each)),
      ...each.skills.map(
        (skill) =>
          skills.has(skill) ||
          refuse('skill-unknown', {
            village: factsOf(each).village,
            skill,
            known: [...new Set(skills.values())].join(', '),
          }),
      ),
    ])
  },
  async effect(tx, { unit, villages }, { skills }, by) {
    const ids = villages.map((_, at) => scattered(by.act, at))
    const column = <T>(of: (village: (typeof villages)[number]) => T) => villages.map(of)
    await sql`insert into village (id, unit_id, township_zh, township_en, name_zh, name_en, east_m, north_m, made_up, on_day, act_id)
      select id, ${unit}, tz, te, nz, ne, east, north, made_up, ${by.on}, ${by.act}
        from unnest(${ids}::uuid[], ${column((each) => each.townshipZh)}::text[], ${column((each) => each.townshipEn)}::text[],
                    ${column((each) => each.nameZh)}::text[], ${column((each) => each.nameEn)}::text[],
                    ${column((each) => each.eastM ?? null)}::int[], ${column((each) => each.northM ?? null)}::int[],
                    ${column((each) => each.madeUp)}::boolean[]) as x (id, tz, te, nz, ne, east, north, made_up)`.execute(
      tx,
    )
    const stated = villages.flatMap((each, at) =>
      each.people === undefined
        ? []
        : [{ village: ids[at] ?? '', n: 1, people: each.people, households: each.households ?? 0, weight: WEIGHT }],
    )
    const needs = villages.flatMap((each, at) =>
      [...new Set(each.skills.map((skill) => skills.get(skill) ?? skill))].map((skill) => ({
        village: ids[at] ?? '',
        n: 1,
        skill,
        people: 1,
      })),
    )
    await addStatements(tx, by, stated, needs)
    return { unit, villages: ids }
  },
})
