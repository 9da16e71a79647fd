import { delegateDuty } from './delegate.ts'
import { endAppointment } from './end.ts'
import { exceptAppointment } from './except.ts'
import { makeAppointment } from './make.ts'
import { recallDuty } from './recall.ts'

export { appointingUnit } from './make.ts'
export { delegateDuty, endAppointment, exceptAppointment, makeAppointment, recallDuty }

export const acts = [makeAppointment, endAppointment, exceptAppointment, delegateDuty, recallDuty] as const
export const asks = [] as const
export const figures = [] as const
