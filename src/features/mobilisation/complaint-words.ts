import type { Text } from '#kernel/words.ts'

/** What a complaint is about. */
export const complaintKinds = {
  listing: { zh: '建档立卡、错评漏评', en: 'who is listed as poor' },
  money: { zh: '扶贫资金', en: 'money' },
  project: { zh: '项目质量、进度', en: 'a project' },
  exit: { zh: '脱贫退出不实', en: 'an exit that is not true' },
  conduct: { zh: '作风、形式主义', en: 'conduct, forms instead of work' },
  other: { zh: '其他', en: 'something else' },
} as const satisfies Record<string, Text>
export type ComplaintKind = keyof typeof complaintKinds

/** Whose doing it is: the unit's work, or those who lead it. */
export const complaintTargets = {
  work: { zh: '单位的工作', en: 'the unit’s work' },
  leaders: { zh: '单位的领导或经办负责人', en: 'those who lead the unit' },
} as const satisfies Record<string, Text>

export const complaintStates = {
  open: { zh: '办理中', en: 'being looked into' },
  answered: { zh: '已答复', en: 'answered' },
} as const satisfies Record<string, Text>
export type ComplaintState = keyof typeof complaintStates

export const complaintOutcomes = {
  upheld: { zh: '属实', en: 'found true' },
  partly: { zh: '部分属实', en: 'found true in part' },
  dismissed: { zh: '不属实', en: 'not found true' },
} as const satisfies Record<string, Text>
export type ComplaintOutcome = keyof typeof complaintOutcomes

export const complaintSteps = {
  file: { zh: '收到', en: 'received' },
  add: { zh: '补充', en: 'added to' },
  transfer: { zh: '转办', en: 'transferred' },
  answer: { zh: '答复', en: 'answered' },
  contest: { zh: '不满意，由上一级再办', en: 'not satisfied; looked into again above' },
} as const satisfies Record<string, Text>
export type ComplaintStep = keyof typeof complaintSteps

/** What its way tells: its steps, and where the unit that it waited with was closed. */
export const complaintWay = {
  ...complaintSteps,
  carry: {
    zh: '原办理单位撤并，由接续单位办理，期限不变',
    en: 'its unit was closed; whoever carries it on answers by the same day',
  },
} as const satisfies Record<string, Text>
export type ComplaintWay = keyof typeof complaintWay
