import { lateObligations, metInTime, openObligations } from './figures.ts'
import { listObligations, showObligation } from './list.ts'
import { openCalendar } from './open.ts'

export { standOf } from './list.ts'
export { openCalendar }

export const acts = [openCalendar] as const
export const asks = [listObligations, showObligation] as const
export const figures = [openObligations, lateObligations, metInTime] as const
