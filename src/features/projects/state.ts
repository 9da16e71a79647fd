import type { Text } from '#kernel/words.ts'

/** Where a project stands. Nothing but an act moves it: silence never approves. */
export type State =
  | 'none'
  | 'proposed'
  | 'returned'
  | 'argued'
  | 'noticed'
  | 'admitted'
  | 'assigned'
  | 'started'
  | 'accepted'
  | 'handed-over'
  | 'withdrawn'

export type Step =
  | 'propose'
  | 'argue'
  | 'notice'
  | 'admit'
  | 'assign'
  | 'start'
  | 'report'
  | 'accept'
  | 'hand-over'
  | 'withdraw'

export type StepOutcome = 'done' | 'pass' | 'return'

/** Every move there is: step, from, outcome, to. The database holds the same list, and a test compares them. */
export const moves: readonly (readonly [Step, State, StepOutcome, State])[] = [
  ['propose', 'none', 'done', 'proposed'],
  ['propose', 'proposed', 'done', 'proposed'],
  ['propose', 'returned', 'done', 'proposed'],
  ['argue', 'proposed', 'pass', 'argued'],
  ['argue', 'proposed', 'return', 'returned'],
  ['notice', 'argued', 'done', 'noticed'],
  ['admit', 'noticed', 'pass', 'admitted'],
  ['admit', 'noticed', 'return', 'returned'],
  ['assign', 'admitted', 'done', 'assigned'],
  ['start', 'assigned', 'done', 'started'],
  ['report', 'started', 'done', 'started'],
  ['accept', 'started', 'pass', 'accepted'],
  ['accept', 'started', 'return', 'started'],
  ['hand-over', 'accepted', 'done', 'handed-over'],
  ['withdraw', 'proposed', 'done', 'withdrawn'],
  ['withdraw', 'returned', 'done', 'withdrawn'],
  ['withdraw', 'argued', 'done', 'withdrawn'],
  ['withdraw', 'noticed', 'done', 'withdrawn'],
  ['withdraw', 'admitted', 'done', 'withdrawn'],
  ['withdraw', 'assigned', 'done', 'withdrawn'],
  ['withdraw', 'started', 'done', 'withdrawn'],
]

/** Where a step leads; undefined if the project does not stand where the step begins. */
export const findMove = (step: Step, from: State, outcome: StepOutcome): State | undefined =>
  moves.find(([aStep, aState, anOutcome]) => aStep === step && aState === from && anOutcome === outcome)?.[3]

/** The states from which a step can be taken. */
export const statesBefore = (step: Step): readonly State[] => [
  ...new Set(moves.filter(([each]) => each === step).map(([, from]) => from)),
]

type Standing = {
  readonly name: Text
  /** Whose turn it is, and what they owe by when. */
  readonly awaits?: { readonly duty: string; readonly obligation?: string }
}

export const standings: Readonly<Record<State, Standing>> = {
  none: { name: { zh: '未申报', en: 'not proposed' }, awaits: { duty: 'propose-projects' } },
  proposed: {
    name: { zh: '已申报，待论证', en: 'proposed, to be argued' },
    awaits: { duty: 'argue-projects', obligation: 'argue-project' },
  },
  returned: { name: { zh: '退回修改', en: 'returned' }, awaits: { duty: 'propose-projects' } },
  argued: { name: { zh: '已论证，待公示', en: 'argued, to be noticed' }, awaits: { duty: 'keep-project-library' } },
  noticed: { name: { zh: '公示，待入库', en: 'noticed, to be admitted' }, awaits: { duty: 'keep-project-library' } },
  admitted: {
    name: { zh: '已入库，待下达', en: 'in the library, to be assigned' },
    awaits: { duty: 'assign-projects' },
  },
  assigned: {
    name: { zh: '已下达，待开工', en: 'assigned, to be started' },
    awaits: { duty: 'land-projects', obligation: 'start-project' },
  },
  started: { name: { zh: '实施中', en: 'under way' }, awaits: { duty: 'land-projects' } },
  accepted: { name: { zh: '已验收，待移交', en: 'accepted, to be handed over' }, awaits: { duty: 'land-projects' } },
  'handed-over': { name: { zh: '已移交', en: 'handed over' } },
  withdrawn: { name: { zh: '已撤销', en: 'withdrawn' } },
}

/**
 * Whoever a project waits for. One that is under way and reported done waits to be accepted, unless it was just returned: then for
 * whoever puts it right.
 */
export const awaitsOf = (state: State, doneBp: number, lastStep?: Step): Standing['awaits'] =>
  state === 'started' && doneBp >= 10_000 && lastStep !== 'accept'
    ? { duty: 'accept-projects', obligation: 'accept-project' }
    : standings[state].awaits

export const stepNames: Readonly<Record<Step, Text>> = {
  propose: { zh: '申报', en: 'Proposed' },
  argue: { zh: '论证', en: 'Argued' },
  notice: { zh: '公示', en: 'Noticed' },
  admit: { zh: '入库', en: 'Admitted' },
  assign: { zh: '下达', en: 'Assigned' },
  start: { zh: '开工', en: 'Started' },
  report: { zh: '报告进度', en: 'Progress reported' },
  accept: { zh: '验收', en: 'Accepted' },
  'hand-over': { zh: '移交', en: 'Handed over' },
  withdraw: { zh: '撤销', en: 'Withdrawn' },
}

export const states = Object.keys(standings).filter((state) => state !== 'none') as [State, ...State[]]
/** In the library: admitted or further on, and not withdrawn. */
export const libraryStates: readonly State[] = ['admitted', 'assigned', 'started', 'accepted', 'handed-over']
/** On the ground: the work has begun. */
export const landedStates: readonly State[] = ['started', 'accepted', 'handed-over']
