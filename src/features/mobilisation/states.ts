import type { Text } from '#kernel/words.ts'

/** What is needed and pledged: money and purchases in whole fen, goods in pieces of their measure, jobs and talent in people. */
export const helpKinds = ['money', 'goods', 'jobs', 'purchase', 'talent'] as const
export type HelpKind = (typeof helpKinds)[number]
export const helpKindWords: Readonly<Record<HelpKind, Text>> = {
  money: { zh: '资金', en: 'Money' },
  goods: { zh: '物资', en: 'Goods' },
  jobs: { zh: '岗位', en: 'Jobs' },
  purchase: { zh: '采购农产品', en: 'Purchase of produce' },
  talent: { zh: '人才', en: 'Talent' },
}
export const isMoney = (kind: HelpKind) => kind === 'money' || kind === 'purchase'

/** Who pledges: an eastern unit that is paired, a central body that assists, an organisation that joined, or anyone. */
export type ByKind = 'pair' | 'assistant' | 'partner' | 'person'

export type PledgeState = 'made' | 'matched' | 'declined' | 'delivered' | 'disputed' | 'confirmed' | 'withdrawn'
export type PledgeStep = 'make' | 'match' | 'decline' | 'deliver' | 'confirm' | 'dispute' | 'withdraw'

/** The steps that each state allows, and where they lead; the database's constraint says the same. */
export const pledgeMoves: Readonly<Record<PledgeState, Partial<Readonly<Record<PledgeStep, PledgeState>>>>> = {
  made: { match: 'matched', decline: 'declined', withdraw: 'withdrawn' },
  matched: { deliver: 'delivered', withdraw: 'withdrawn' },
  delivered: { confirm: 'confirmed', dispute: 'disputed' },
  disputed: { deliver: 'delivered', withdraw: 'withdrawn' },
  declined: {},
  confirmed: {},
  withdrawn: {},
}

export const pledgeStateWords: Readonly<Record<PledgeState, Text>> = {
  made: { zh: '待县里答复', en: 'waits for the county' },
  matched: { zh: '已对接', en: 'matched' },
  declined: { zh: '未采纳', en: 'declined' },
  delivered: { zh: '已兑现，待核实', en: 'delivered, to be confirmed' },
  disputed: { zh: '核实有异议', en: 'disputed' },
  confirmed: { zh: '已核实收到', en: 'confirmed' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
}

export type NeedState = 'open' | 'matched' | 'met' | 'closed'
export const needStateWords: Readonly<Record<NeedState, Text>> = {
  open: { zh: '待对接', en: 'open' },
  matched: { zh: '已全部对接', en: 'wholly matched' },
  met: { zh: '已满足', en: 'met' },
  closed: { zh: '已关闭', en: 'closed' },
}
