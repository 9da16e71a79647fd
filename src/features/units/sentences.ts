import type { RefusalText } from '#kernel/act.ts'
import type { Text } from '#kernel/words.ts'

const NAMES_SHOWN_MAX = 10

/** Names put into a sentence; a long list is cut and its length told. */
export function listed(names: readonly (Text | string)[]): Text {
  const rest = names.length > NAMES_SHOWN_MAX ? ` … (${names.length})` : ''
  const shown = names
    .slice(0, NAMES_SHOWN_MAX)
    .map((name) => (typeof name === 'string' ? { zh: name, en: name } : name))
  return { zh: shown.map((name) => name.zh).join('、') + rest, en: shown.map((name) => name.en).join(', ') + rest }
}

/** The values that stand more than once. */
export function twice(values: readonly string[]): string[] {
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const value of values) (seen.has(value) ? again : seen).add(value)
  return [...again]
}

/** Reasons that several acts on the register of divisions share. */
export const sentences = {
  'id-in-use': {
    zh: '编号{ids}已属于别的单位，或出现两次。',
    en: 'These ids belong to another unit already or stand twice: {ids}.',
    remedy: { zh: '新单位使用新的编号。', en: 'Give a new unit a new id.' },
  },
  'code-in-use': {
    zh: '代码{codes}已有单位使用，或出现两次。',
    en: 'These codes are in use or stand twice: {codes}.',
    topic: { zh: '代码不重复', en: 'no code is used twice' },
    remedy: { zh: '先变更原单位的代码，或换一个代码。', en: 'Recode the other unit first, or choose another code.' },
  },
  'name-taken': {
    zh: '同一上级之下已有{names}。',
    en: 'The same unit above has another {names} already.',
    topic: { zh: '同级不重名', en: 'no two names under one unit are the same' },
    remedy: {
      zh: '换一个名称，或先更名、合并原单位。',
      en: 'Choose another name, or rename or merge the other unit first.',
    },
  },
  'tier-not-below': {
    zh: '{names}的层级不低于{above}，或不是章程所列层级。',
    en: 'The tier of {names} is not below that of {above}, or the charter does not know it.',
    topic: { zh: '层级正确', en: 'tiers descend' },
  },
  'tier-differs': {
    zh: '{names}与{unit}不是同一层级。',
    en: '{names} and {unit} are not of one tier.',
    topic: { zh: '层级相同', en: 'the units are of one tier' },
  },
  'not-a-unit': {
    zh: '{day}没有这些单位：{ids}。',
    en: 'There were no such units on {day}: {ids}.',
    topic: { zh: '单位存在', en: 'every unit exists' },
    remedy: { zh: '核对单位和日期。', en: 'Check the units and the day.' },
  },
  'changed-later': {
    zh: '{names}在{day}之后已有变更。',
    en: '{names} changed already on a day after {day}.',
    topic: { zh: '按时间先后登记', en: 'changes are registered in the order of their days' },
    remedy: { zh: '以最近一次变更之后的日期登记。', en: 'Register it on a day after the latest change.' },
  },
  'too-new': {
    zh: '{names}当日才设立、变更、认定或任命人员，当日不能撤销。',
    en: '{names} was established, changed, designated or staffed only on this day and cannot be closed on it.',
    topic: { zh: '当日没有其他变更', en: 'nothing else changed on this day' },
    remedy: { zh: '次日再办理。', en: 'Do it on the next day.' },
  },
  'target-among-sources': {
    zh: '{names}既是来源又是去向。',
    en: '{names} is both closed and carried on.',
    remedy: { zh: '保留的单位不列入撤销名单。', en: 'Leave the unit that carries on out of those that close.' },
  },
} as const satisfies Record<string, RefusalText>

/** What whoever closes a unit should know before. */
export const closingAdvice = {
  'seats-end': {
    zh: '{names}撤销后，{count}人的任职随之终止。',
    en: 'When {names} closes, {count} people leave their posts with it.',
  },
  'obligations-lapse': {
    zh: '{names}尚有{count}项未办结事项（包括进行中的退出），将随之失效，须由接续单位重新办理；公众在等答复的，由接续单位按原期限答复。',
    en: '{count} things that {names} still owes, an exit under way among them, lapse; the successor takes them up anew. What the public waits for, the successor answers by the same day.',
  },
  'designation-passes': {
    zh: '{names}是贫困县，认定转由接续单位承担。',
    en: '{names} is a poor county; the designation passes to the successor.',
  },
} as const satisfies Record<string, RefusalText>
