import type { RefusalText } from '#kernel/act.ts'
import type { Text } from '#kernel/words.ts'

/** Officials send and count many people at once; an act takes so many. */
export const BATCH_MAX = 500

export const roles = {
  leader: { zh: '队长', en: 'Leader' },
  member: { zh: '队员', en: 'Member' },
} as const satisfies Record<string, Text>
export type Role = keyof typeof roles

export const leaveKinds = {
  personal: { zh: '事假', en: 'Personal' },
  sick: { zh: '病假', en: 'Sick' },
  family: { zh: '探亲、婚丧、产假', en: 'Family' },
  annual: { zh: '年休假', en: 'Annual' },
  duty: { zh: '公差、培训', en: 'Away on duty' },
} as const satisfies Record<string, Text>
export type LeaveKind = keyof typeof leaveKinds

/** The marks of an attendance sheet, one for each day of the month. */
export const marks = {
  p: { zh: '在村', en: 'present' },
  l: { zh: '请假', en: 'on leave' },
  d: { zh: '公差', en: 'away on duty' },
  a: { zh: '缺勤', en: 'absent' },
  '-': { zh: '不计', en: 'not told' },
} as const satisfies Record<string, Text>

export const endings = {
  recalled: { zh: '召回', en: 'recalled' },
  relieved: { zh: '期满轮换', en: 'relieved, the term being over' },
  changed: { zh: '调整', en: 'left before the end of the term' },
  dissolved: { zh: '工作队撤回', en: 'left with the team' },
} as const satisfies Record<string, Text>
export type Ending = keyof typeof endings

/** Reasons that several acts give in the same words. */
export const shared = {
  'village-unknown': {
    zh: '{unit}没有登记这个村（{village}）。',
    en: '{unit} has registered no such village ({village}).',
    topic: { zh: '村由本县登记', en: 'the villages are registered by this county' },
    remedy: { zh: '先登记村，或核对县。', en: 'Register the village first, or check the county.' },
  },
  'worker-unknown': {
    zh: '{unit}没有登记这名人员（{worker}）。',
    en: '{unit} has registered no such person ({worker}).',
    topic: { zh: '人员由本县登记', en: 'the people are registered by this county' },
    remedy: { zh: '先登记人员，或核对县。', en: 'Register the person first, or check the county.' },
  },
  'team-unknown': {
    zh: '{unit}没有这支工作队，或它已经撤回。',
    en: '{unit} has no such team, or it has been dissolved.',
    topic: { zh: '工作队在岗', en: 'the team is there' },
  },
  'worker-twice': {
    zh: '{worker}在同一次办理中列了两次。',
    en: '{worker} is listed twice in one act.',
    topic: { zh: '人员没有重复', en: 'nobody is listed twice' },
    remedy: { zh: '删去重复的一行。', en: 'Leave the second out.' },
  },
  'serves-elsewhere': {
    zh: '{worker}自{since}起在{village}驻村。',
    en: '{worker} has served in {village} since {since}.',
    topic: { zh: '人员没有在别处驻村', en: 'nobody serves elsewhere' },
    remedy: { zh: '先离开原工作队。', en: 'Let them leave that team first.' },
  },
  'not-available': {
    zh: '{worker}目前不可选派。',
    en: '{worker} cannot be sent at present.',
    topic: { zh: '人员可以选派', en: 'the people can be sent' },
    remedy: { zh: '更新人员情况后再选派。', en: 'Bring the person’s record up to date first.' },
  },
  'home-township': {
    zh: '{worker}是{township}人，不得在本乡镇驻村。',
    en: '{worker} comes from {township}, and nobody serves in the home township.',
    topic: { zh: '不在本乡镇驻村', en: 'nobody serves in the home township' },
    cites: 'parameter:home_township_barred',
    remedy: {
      zh: '派往其他乡镇，或在人员情况中注明允许并说明。',
      en: 'Send them elsewhere, or allow it in their record.',
    },
  },
  'home-county': {
    zh: '{worker}是本县人，不得在本县驻村。',
    en: '{worker} comes from this county, and nobody serves in the home county.',
    topic: { zh: '不在本县驻村', en: 'nobody serves in the home county' },
    cites: 'parameter:home_county_barred',
    remedy: { zh: '派往外县，或在人员情况中注明允许。', en: 'Send them elsewhere, or allow it in their record.' },
  },
  'term-too-short': {
    zh: '{worker}的驻村期限到{until}为止，不足{years}年。',
    en: 'The term of {worker} ends on {until}: less than {years} years.',
    topic: { zh: '驻村期限够长', en: 'the term is long enough' },
    cites: 'parameter:team_term_years_min',
  },
  'one-leader': {
    zh: '{village}的工作队应有且只有一名队长，现为{count}名。',
    en: 'The team of {village} has one leader; {count} are named.',
    topic: { zh: '一名队长', en: 'one leader' },
  },
  'one-first-secretary': {
    zh: '{village}的工作队列了{count}名第一书记，只能有一名。',
    en: 'The team of {village} has one first secretary; {count} are named.',
    topic: { zh: '第一书记不超过一名', en: 'no more than one first secretary' },
  },
  'joined-too-late': {
    zh: '{worker}{since}才加入，最早次日才能离开。',
    en: '{worker} joined on {since} and can leave on the day after at the earliest.',
    topic: { zh: '离开在加入之后', en: 'nobody leaves before the day after joining' },
  },
} as const satisfies Record<string, RefusalText>

/** What several acts tell before the button is pressed. */
export const sharedAdvice = {
  'serves-at-home': {
    zh: '{worker}是{home}人，将在家乡驻村。',
    en: '{worker} comes from {home} and would serve at home.',
  },
  'no-first-secretary': {
    zh: '{village}的工作队没有第一书记。',
    en: 'The team of {village} has no first secretary.',
  },
  'below-minimum': {
    zh: '{village}的工作队将只有{count}人，不足{min}人，须限期补齐。',
    en: 'The team of {village} will have {count} people, fewer than {min}: it must be completed in time.',
  },
} as const satisfies Record<string, RefusalText>
