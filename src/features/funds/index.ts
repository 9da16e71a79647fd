import { allocateFunds } from './allocate.ts'
import { appropriateFunds } from './appropriate.ts'
import { contributeFunds } from './contribute.ts'
import { handFundsDown } from './hand-down.ts'
import { passFundsOn } from './pass-on.ts'

export { passingOn } from './lines.ts'
export { inWords } from './money.ts'

export const acts = [appropriateFunds, contributeFunds, handFundsDown, allocateFunds, passFundsOn] as const
export const asks = [] as const
export const figures = [] as const
export const links = [] as const
