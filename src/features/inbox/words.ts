import type { Text } from '#kernel/words.ts'

/** Kinds of events, as people choose among them. */
export const kinds = {
  owed: { zh: '应办与提醒', en: 'Owed and reminded' },
  late: { zh: '逾期与督办', en: 'Late and urged' },
  below: { zh: '下级的逾期', en: 'Late below' },
  waiting: { zh: '等我办的其他事', en: 'Also waiting for me' },
} as const satisfies Record<string, Text>
export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]]

/** What happened, told to whoever owes the thing. */
const toOwn: Readonly<Record<string, Text>> = {
  opened: { zh: '新的应办事项', en: 'Newly owed' },
  'put-off': { zh: '期限已延长', en: 'Put off to a later day' },
  remind: { zh: '提醒：期限将到', en: 'Reminder: due soon' },
  yellow: { zh: '黄灯：期限临近', en: 'Yellow light: due very soon' },
  late: { zh: '已逾期', en: 'Late' },
  urge: { zh: '上级督办', en: 'Urged by the level above' },
  report: { zh: '已报告更上一级', en: 'Reported to the level above that' },
  notice: { zh: '已被通报', en: 'Criticised by notice' },
  interview: { zh: '将被约谈', en: 'Summoned for an interview' },
}

/** The same, told to whoever stands above. */
const toThoseAbove: Readonly<Record<string, Text>> = {
  urge: { zh: '下级逾期，已由本级督办', en: 'Late below; urged in your name' },
  report: { zh: '下级逾期，已报告本级', en: 'Late below; reported to you' },
  notice: { zh: '下级逾期，已由本级通报', en: 'Late below; criticised in your name' },
  interview: { zh: '下级逾期，由本级约谈', en: 'Late below; summoned in your name' },
  answered: { zh: '督办已有回复', en: 'The urging was answered' },
}

export const waits: Text = { zh: '等您办理', en: 'Waits for you' }

/** What a step says to a reader; one that only the charter knows is called as the charter calls it. */
export function said(step: string, isOwn: boolean, title?: Text): Text {
  const [name = step] = step.split('/')
  return (isOwn ? toOwn : toThoseAbove)[name] ?? title ?? { zh: name, en: name }
}

/** What comes before the due day; all else is lateness. */
const early = ['opened', 'put-off', 'remind', 'yellow']

export const kindOf = (step: string, isOwn: boolean): Exclude<Kind, 'waiting'> =>
  isOwn ? (early.includes(step.split('/')[0] ?? '') ? 'owed' : 'late') : 'below'
