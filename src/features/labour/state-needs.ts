import { z } from 'zod'
import { act } from '#kernel/act.ts'
import { UnitId } from '#kernel/words.ts'
import { VillageId } from './inputs.ts'
import { readSkills, readVillages } from './read.ts'
import { addStatements } from './statements.ts'
import { BATCH_MAX, shared } from './words.ts'

const count = (min: number, max: number, zh: string, en: string) =>
  z.int().min(min).max(max).meta({ label: { zh, en }, widget: 'count' })

const Statement = z.strictObject({
  village: VillageId,
  people: count(0, 50, '需要人数', 'People needed').meta({
    label: { zh: '需要人数', en: 'People needed' },
    hint: { zh: '不再需要工作队的填 0。', en: 'Nought where no team is needed any more.' },
    widget: 'count',
  }),
  households: count(0, 100_000, '建档立卡户数', 'Registered households'),
  weight: count(1, 10, '权重（1—10）', 'Weight (1–10)').default(5),
})
const Need = z.strictObject({
  village: VillageId,
  skill: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .meta({
      label: { zh: '专长', en: 'Skill' },
      hint: { zh: '如：农业技术', en: 'Such as: agriculture' },
    }),
  people: count(1, 20, '人数', 'People'),
})

/** What villages need: how many people, with which skills. The latest statement holds; earlier ones stay to be seen. */
export const stateNeeds = act({
  name: 'village.state-needs',
  title: { zh: '填报村的需求', en: 'State what villages need' },
  purpose: {
    zh: '填报各村需要的驻村人数、专长和建档立卡户数；新的填报替代旧的，旧的仍可查看。',
    en: 'States how many people a village needs, with which skills, and how many registered households it has; the latest statement holds.',
  },
  duty: 'coordinate-labour',
  input: z.object({
    unit: UnitId,
    statements: z
      .array(Statement)
      .min(1)
      .max(BATCH_MAX)
      .meta({ label: { zh: '各村', en: 'Villages' } }),
    skills: z
      .array(Need)
      .max(BATCH_MAX * 4)
      .default([])
      .meta({ label: { zh: '需要的专长', en: 'Skills needed' } }),
  }),
  refusals: {
    'village-unknown': shared['village-unknown'],
    'village-stated-twice': {
      zh: '{village}在同一次填报中列了两次。',
      en: '{village} is listed twice in one statement.',
      topic: { zh: '每村一行', en: 'every village once' },
      remedy: { zh: '删去重复的一行。', en: 'Leave the second out.' },
    },
    'skill-unknown': {
      zh: '没有“{skill}”这项专长；可填：{known}。',
      en: 'There is no skill «{skill}»; there are: {known}.',
      topic: { zh: '专长在目录中', en: 'the skills stand in the list' },
    },
    'skill-twice': {
      zh: '{village}的“{skill}”列了两次。',
      en: '«{skill}» is listed twice for {village}.',
      topic: { zh: '专长没有重复', en: 'every skill once for a village' },
    },
    'skill-of-another-village': {
      zh: '专长中的村（{village}）不在这次填报的村中。',
      en: 'A skill is asked for {village}, which is not among the villages of this statement.',
      topic: { zh: '专长属于所填的村', en: 'skills belong to the villages listed' },
    },
  },
  about: {
    kind: 'village',
    input: (village: { unit: string; id: string; people?: number; households?: number; weight?: number }) => ({
      unit: village.unit,
      statements: [
        {
          village: village.id,
          people: village.people ?? 3,
          households: village.households ?? 0,
          weight: village.weight ?? 5,
        },
      ],
    }),
  },
  over: (input) => input.unit,
  async facts(tx, { statements, skills }) {
    const [villages, known] = await Promise.all([
      readVillages(
        tx,
        [...statements, ...skills].map((each) => each.village),
      ),
      readSkills(tx),
    ])
    return { villages, known }
  },
  rule({ villages, known }, { unit, statements, skills }, refuse, by) {
    const stated = statements.map((each) => each.village)
    const nameOf = (id: string) => villages.get(id)?.name ?? id
    const asked = skills.map((each) => `${each.village}/${known.get(each.skill)}`)
    return [
      ...[...new Set(stated)].map(
        (id) =>
          villages.get(id)?.unit === unit ||
          refuse('village-unknown', { unit: by.lineage[0].name, village: nameOf(id) }),
      ),
      ...stated.map((id, at) => stated.indexOf(id) === at || refuse('village-stated-twice', { village: nameOf(id) })),
      ...skills.flatMap(({ village, skill }, at) => [
        known.has(skill) || refuse('skill-unknown', { skill, known: [...new Set(known.values())].join(', ') }),
        stated.includes(village) || refuse('skill-of-another-village', { village: nameOf(village) }),
        asked.indexOf(asked[at] ?? '') === at || refuse('skill-twice', { village: nameOf(village), skill }),
      ]),
    ]
  },
  async effect(tx, { unit, statements, skills }, { villages, known }, by) {
    const next = (id: string) => (villages.get(id)?.statements ?? 0) + 1
    await addStatements(
      tx,
      by,
      statements.map((each) => ({ ...each, n: next(each.village) })),
      skills.map((each) => ({ ...each, n: next(each.village), skill: known.get(each.skill) ?? each.skill })),
    )
    return { unit, villages: statements.map((each) => each.village) }
  },
})
