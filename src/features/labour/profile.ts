import { sql } from 'kysely'
import { z } from 'zod'
import type { By, Line, RefusalText, Refuse } from '#kernel/act.ts'
import type { Tx } from '#kernel/db.ts'
import { type Text, UnitId } from '#kernel/words.ts'
import { place, SkillList, word } from './inputs.ts'

/** What is known of somebody who can be sent, beside their name. */
export const profile = {
  employerZh: word(80, '派出单位（中文）', 'Sent by (Chinese)'),
  employerEn: word(120, '派出单位（英文）', 'Sent by (English)'),
  skills: SkillList,
  homeUnit: UnitId.optional().meta({
    label: { zh: '籍贯（县）', en: 'Comes from (county)' },
    hint: { zh: '用于避免在家乡驻村。', en: 'So that nobody serves at home unawares.' },
    widget: 'unit',
  }),
  homeTownship: word(40, '籍贯（乡镇，中文）', 'Comes from (township, Chinese)').optional(),
  homeAllowed: z
    .boolean()
    .default(false)
    .meta({ label: { zh: '允许在家乡驻村', en: 'May serve at home' } }),
  ...place,
  travelKmMax: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .meta({ label: { zh: '最远公里数', en: 'Farthest, in km' }, widget: 'count' }),
  noNight: z
    .boolean()
    .default(false)
    .meta({ label: { zh: '不能住村', en: 'Cannot stay overnight' } }),
} as const

const Profile = z.strictObject(profile)
export type Profile = z.output<typeof Profile>

export const profileRefusals = {
  'skill-unknown': {
    zh: '{worker}：没有“{skill}”这项专长；可填：{known}。',
    en: '{worker}: there is no skill «{skill}»; there are: {known}.',
    topic: { zh: '专长在目录中', en: 'the skills stand in the list' },
  },
  'half-a-place': {
    zh: '{worker}的位置只填了一半：东距和北距要么都填，要么都不填。',
    en: 'Only half of the place of {worker} is given: metres east and north go together.',
    topic: { zh: '位置完整', en: 'places are whole' },
  },
  'home-unknown': {
    zh: '{worker}填了籍贯乡镇，却没有填县。',
    en: '{worker} has a home township but no home county.',
    topic: { zh: '籍贯完整', en: 'homes are whole' },
  },
} as const satisfies Record<string, RefusalText>

/** What speaks against a profile. */
export const profileLines = (
  worker: Text,
  { skills, eastM, northM, homeUnit, homeTownship }: Profile,
  known: ReadonlyMap<string, string>,
  refuse: Refuse<keyof typeof profileRefusals>,
): readonly Line<keyof typeof profileRefusals>[] => [
  ...skills.map(
    (skill) =>
      known.has(skill) || refuse('skill-unknown', { worker, skill, known: [...new Set(known.values())].join(', ') }),
  ),
  (eastM === undefined) === (northM === undefined) || refuse('half-a-place', { worker }),
  homeTownship === undefined || homeUnit !== undefined || refuse('home-unknown', { worker }),
]

export type Version = Profile & { readonly id: string; readonly n: number; readonly available: boolean }

/** Writes what is known of people from the day of the deed. */
export const addVersions = (tx: Tx, by: By, known: ReadonlyMap<string, string>, versions: readonly Version[]) =>
  sql`insert into worker_version (worker_id, n, on_day, employer_zh, employer_en, home_unit_id, home_township_zh, home_allowed, skills,
                                  east_m, north_m, travel_km_max, no_night, available, act_id)
    select id, n, ${by.on}, ez, ee, home, township, allowed, string_to_array(skills, ','), east, north, km, no_night, available, ${by.act}
      from jsonb_to_recordset(${JSON.stringify(
        versions.map((each) => ({
          id: each.id,
          n: each.n,
          ez: each.employerZh,
          ee: each.employerEn,
          home: each.homeUnit ?? null,
          township: each.homeTownship ?? null,
          allowed: each.homeAllowed,
          skills: [...new Set(each.skills.map((skill) => known.get(skill) ?? skill))].toSorted().join(','),
          east: each.eastM ?? null,
          north: each.northM ?? null,
          km: each.travelKmMax ?? null,
          no_night: each.noNight,
          available: each.available,
        })),
      )}::jsonb) as x (id uuid, n int, ez text, ee text, home uuid, township text, allowed boolean, skills text, east int, north int,
                       km int, no_night boolean, available boolean)`.execute(tx)
