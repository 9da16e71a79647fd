import type { Text } from '#kernel/words.ts'

/** Where a matter stands. */
export type MatterState = 'open' | 'settled' | 'returned' | 'withdrawn' | 'closed'
/** What may be done with it. */
export type MatterStep = 'raise' | 'open' | 'relay' | 'settle' | 'return' | 'answer' | 'withdraw' | 'reopen' | 'close'

/** The steps that each state allows, and where they lead; the database's constraint says the same. */
export const moves: Readonly<Record<MatterState, Partial<Readonly<Record<MatterStep, MatterState>>>>> = {
  open: { relay: 'open', settle: 'settled', return: 'returned', withdraw: 'withdrawn' },
  returned: { answer: 'open', withdraw: 'withdrawn' },
  settled: { reopen: 'open', close: 'closed' },
  withdrawn: {},
  closed: {},
}

export const stateWords: Readonly<Record<MatterState, Text>> = {
  open: { zh: '办理中', en: 'being handled' },
  settled: { zh: '已答复', en: 'settled' },
  returned: { zh: '已退回', en: 'returned' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
  closed: { zh: '已办结', en: 'closed' },
}
