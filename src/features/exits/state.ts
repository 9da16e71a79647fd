import type { Text } from '#kernel/words.ts'

/** Where a case stands. Nothing but an act moves it: silence never approves. */
export type State =
  | 'none'
  | 'proposed'
  | 'withdrawn'
  | 'returned'
  | 'reviewed'
  | 'verified'
  | 'noticed'
  | 'reported'
  | 'drawn'
  | 'released'
  | 'evaluated'
  | 'approved'
  | 'revoked'

export type Step =
  | 'propose'
  | 'withdraw'
  | 'review'
  | 'commission'
  | 'verify'
  | 'notice'
  | 'objection'
  | 'report'
  | 'draw'
  | 'evaluate'
  | 'approve'
  | 'revoke'

export type StepOutcome = 'done' | 'pass' | 'return' | 'drawn' | 'released'

/** Every move there is: step, from, outcome, to. The database holds the same list, and a test compares them. */
export const moves: readonly (readonly [Step, State, StepOutcome, State])[] = [
  ['propose', 'none', 'done', 'proposed'],
  ['propose', 'withdrawn', 'done', 'proposed'],
  ['propose', 'returned', 'done', 'proposed'],
  ['propose', 'revoked', 'done', 'proposed'],
  ['withdraw', 'proposed', 'done', 'withdrawn'],
  ['review', 'proposed', 'pass', 'reviewed'],
  ['review', 'proposed', 'return', 'returned'],
  ['commission', 'reviewed', 'pass', 'reviewed'],
  ['commission', 'reviewed', 'return', 'reviewed'],
  ['verify', 'reviewed', 'pass', 'verified'],
  ['verify', 'reviewed', 'return', 'returned'],
  ['notice', 'verified', 'done', 'noticed'],
  ['objection', 'noticed', 'return', 'returned'],
  ['report', 'noticed', 'done', 'reported'],
  ['draw', 'reported', 'drawn', 'drawn'],
  ['draw', 'reported', 'released', 'released'],
  ['evaluate', 'reported', 'pass', 'evaluated'],
  ['evaluate', 'reported', 'return', 'returned'],
  ['evaluate', 'drawn', 'pass', 'evaluated'],
  ['evaluate', 'drawn', 'return', 'returned'],
  ['approve', 'evaluated', 'done', 'approved'],
  ['approve', 'released', 'done', 'approved'],
  ['revoke', 'approved', 'return', 'revoked'],
]

/** Where a step leads; undefined if the case does not stand where the step begins. */
export const findMove = (step: Step, from: State, outcome: StepOutcome): State | undefined =>
  moves.find(([aStep, aState, anOutcome]) => aStep === step && aState === from && anOutcome === outcome)?.[3]

/** The seven steps of the procedure, and after them the county that is out. */
export const stages = ['propose', 'review', 'verify', 'notice', 'report', 'evaluate', 'approve', 'out'] as const
export type Stage = (typeof stages)[number]

type Standing = {
  readonly name: Text
  /** The step that comes next. */
  readonly stage: Stage
  /** Whose turn it is, and what they owe by when; a county that was returned owes nothing by a date. */
  readonly awaits?: { readonly duty: string; readonly obligation?: string }
  /** The county is in the procedure: it has proposed and was neither returned nor decided on. */
  readonly isOpen: boolean
}

export const standings: Readonly<Record<State, Standing>> = {
  none: {
    name: { zh: '未提出', en: 'not proposed' },
    stage: 'propose',
    awaits: { duty: 'propose-exit' },
    isOpen: false,
  },
  withdrawn: {
    name: { zh: '已撤回', en: 'withdrawn' },
    stage: 'propose',
    awaits: { duty: 'propose-exit' },
    isOpen: false,
  },
  returned: {
    name: { zh: '退回整改', en: 'returned for correction' },
    stage: 'propose',
    awaits: { duty: 'propose-exit' },
    isOpen: false,
  },
  revoked: {
    name: { zh: '批准已撤销', en: 'approval revoked' },
    stage: 'propose',
    awaits: { duty: 'propose-exit' },
    isOpen: false,
  },
  proposed: {
    name: { zh: '待初审', en: 'waits for review' },
    stage: 'review',
    awaits: { duty: 'review-exit', obligation: 'review-exit' },
    isOpen: true,
  },
  reviewed: {
    name: { zh: '待核查', en: 'waits for verification' },
    stage: 'verify',
    awaits: { duty: 'verify-exit', obligation: 'verify-exit' },
    isOpen: true,
  },
  verified: {
    name: { zh: '待公示', en: 'waits for its notice' },
    stage: 'notice',
    awaits: { duty: 'verify-exit', obligation: 'post-notice' },
    isOpen: true,
  },
  noticed: {
    name: { zh: '公示后待审定报告', en: 'noticed, waits for the report' },
    stage: 'report',
    awaits: { duty: 'verify-exit', obligation: 'report-exit' },
    isOpen: true,
  },
  reported: {
    name: { zh: '已报告，待专项评估检查', en: 'reported, waits for evaluation' },
    stage: 'evaluate',
    awaits: { duty: 'evaluate-exits', obligation: 'evaluate-exit' },
    isOpen: true,
  },
  drawn: {
    name: { zh: '已抽中，待专项评估检查', en: 'drawn, waits for evaluation' },
    stage: 'evaluate',
    awaits: { duty: 'evaluate-exits', obligation: 'evaluate-exit' },
    isOpen: true,
  },
  released: {
    name: { zh: '未抽中，待批准', en: 'not drawn, waits for approval' },
    stage: 'approve',
    awaits: { duty: 'approve-exit', obligation: 'approve-exit' },
    isOpen: true,
  },
  evaluated: {
    name: { zh: '评估通过，待批准', en: 'evaluation passed, waits for approval' },
    stage: 'approve',
    awaits: { duty: 'approve-exit', obligation: 'approve-exit' },
    isOpen: true,
  },
  approved: { name: { zh: '已批准退出', en: 'exit approved' }, stage: 'out', isOpen: false },
}

export const stageNames: Readonly<Record<Stage, Text>> = {
  propose: { zh: '提出', en: 'Proposal' },
  review: { zh: '初审', en: 'Review' },
  verify: { zh: '核查', en: 'Verification' },
  notice: { zh: '公示', en: 'Public notice' },
  report: { zh: '审定报告', en: 'Report' },
  evaluate: { zh: '专项评估检查', en: 'Special evaluation' },
  approve: { zh: '批准', en: 'Approval' },
  out: { zh: '已退出', en: 'Out of poverty' },
}

const all = Object.keys(standings) as State[]
export const openStates: readonly State[] = all.filter((state) => standings[state].isOpen)
export const statesAt = (stage: Stage): readonly State[] => all.filter((state) => standings[state].stage === stage)
/** The states in which a county may put its case up, for the first time or again. */
export const proposable: readonly State[] = statesAt('propose')
