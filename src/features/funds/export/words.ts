import type { Text } from '#kernel/words.ts'

/** How money may move, as the books call it. */
export type TransferKind =
  | 'appropriate'
  | 'allocate'
  | 'return'
  | 'pool'
  | 'commit'
  | 'release'
  | 'pay'
  | 'fee'
  | 'carry'
  | 'take-over'
  | 'reverse'

/** What is written as the counterpart of a transfer that pays nobody. */
export const kindNames: Readonly<Record<TransferKind, Text>> = {
  appropriate: { zh: '安排资金', en: 'Appropriation' },
  allocate: { zh: '下达资金', en: 'Allocation' },
  return: { zh: '上交资金', en: 'Return' },
  pool: { zh: '整合资金', en: 'Pooling' },
  commit: { zh: '安排到项目', en: 'Commitment to a project' },
  release: { zh: '收回项目资金', en: 'Release from a project' },
  pay: { zh: '支付', en: 'Payment' },
  fee: { zh: '列支管理费', en: 'Management fee' },
  carry: { zh: '结转下年', en: 'Carry-over' },
  'take-over': { zh: '接收撤并单位资金', en: 'Take-over' },
  reverse: { zh: '冲正', en: 'Reversal' },
}

export const accountKindNames: Readonly<Record<string, Text>> = {
  source: { zh: '来源', en: 'source' },
  available: { zh: '可用', en: 'available' },
  committed: { zh: '已安排到项目', en: 'committed' },
  paid: { zh: '已支付', en: 'paid' },
  fee: { zh: '管理费', en: 'fee' },
}
