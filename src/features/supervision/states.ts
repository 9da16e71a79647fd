import type { Text } from '#kernel/words.ts'

/** Where a finding stands. */
export type FindingState = 'open' | 'explained' | 'rectified' | 'returned' | 'closed' | 'withdrawn'
/** What may be done with it. */
export type FindingStep = 'record' | 'explain' | 'rectify' | 'close' | 'return' | 'withdraw'

/** The steps that each state allows, and where they lead; the database's constraint says the same. Silence leads nowhere. */
export const moves: Readonly<Record<FindingState, Partial<Readonly<Record<FindingStep, FindingState>>>>> = {
  open: { explain: 'explained', withdraw: 'withdrawn' },
  explained: { explain: 'explained', rectify: 'rectified', withdraw: 'withdrawn' },
  rectified: { close: 'closed', return: 'returned', withdraw: 'withdrawn' },
  returned: { explain: 'explained', rectify: 'rectified', withdraw: 'withdrawn' },
  closed: {},
  withdrawn: {},
}

export const stateWords: Readonly<Record<FindingState, Text>> = {
  open: { zh: '待说明原因', en: 'waiting for its cause' },
  explained: { zh: '整改中', en: 'being put right' },
  rectified: { zh: '待核验', en: 'waiting to be verified' },
  returned: { zh: '退回重改', en: 'sent back' },
  closed: { zh: '已销号', en: 'closed' },
  withdrawn: { zh: '已撤销', en: 'withdrawn' },
}

export const severityWords = {
  info: { zh: '提示', en: 'for information' },
  warning: { zh: '一般', en: 'ordinary' },
  severe: { zh: '严重', en: 'severe' },
  critical: { zh: '危急', en: 'critical' },
} as const satisfies Record<string, Text>
export type Severity = keyof typeof severityWords

/** How far an inspection has come. */
export type InspectionState = 'planned' | 'drawn' | 'opened' | 'cancelled'
export const inspectionWords: Readonly<Record<InspectionState, Text>> = {
  planned: { zh: '种子已封存', en: 'seed committed' },
  drawn: { zh: '已抽取，名单封存', en: 'drawn, list sealed' },
  opened: { zh: '名单已启封', en: 'list opened' },
  cancelled: { zh: '已取消', en: 'cancelled' },
}
